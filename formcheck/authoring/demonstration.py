"""What a demonstration shows: every measure of the body over time, read as the core reads it."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from formcheck.analysis.body import BodyEstimator, BodyState
from formcheck.analysis.presence import Presence
from formcheck.analysis.readings import Channel, Reader, channel
from formcheck.errors import SourceError
from formcheck.exercises.readings import Reading, SideChoice
from formcheck.exercises.schema import Orientation
from formcheck.landmarks import Side
from formcheck.measures import MEASURES, Measure, View
from formcheck.pose import Pose

READ_SIDES = (
    SideChoice.NEAR,
    SideChoice.LEFT,
    SideChoice.RIGHT,
    SideChoice.MEAN,
    SideChoice.LARGER,
    SideChoice.SMALLER,
)
SHORTEST_S = 2.0
LONGEST_S = 600.0
"""A demonstration is of one movement; a whole session is analysed instead."""

MOST_POSES = 80_000
"""As many as a camera of 120 pictures a second takes in that time, and some more."""

# A way to lie that is read for less than this share of the time is a slip. So is a view, but one
# near the border to the next is read as that for moments, in which the movement goes on.
LIES_FROM_SHARE, SEEN_FROM_SHARE = 0.08, 0.01

Values = NDArray[np.float64]
Timed = tuple[float, Pose | None]
_Seen = TypeVar("_Seen", View, Orientation)


@dataclass(frozen=True, slots=True, eq=False)
class Demonstration:
    """Somebody who shows an exercise.

    Attributes
    ----------
    poses
        Every instant: its time [s] and the pose, None while nobody is seen.
    time_s
        Times at which the body was read [s], shape (n,).
    curves
        Every reading at these times, NaN where it could not be taken, each of shape (n,).
    view
        From where the camera sees it, most of the time.
    views, orientations
        From where else, and how the trunk lies: all that is more than a slip.
    near
        The side that is nearer to the camera, most of the time.
    """

    poses: tuple[Timed, ...]
    time_s: Values
    curves: Mapping[Channel, Values]
    view: View
    views: frozenset[View]
    orientations: frozenset[Orientation]
    near: Side

    @property
    def duration_s(self) -> float:
        """From its first to its last instant [s]."""
        return self.poses[-1][0] - self.poses[0][0]

    def curve(self, reading: Reading) -> Values:
        """Return how a reading went."""
        return self.curves[channel(reading)]


def read_measures() -> tuple[Measure, ...]:
    """Return what is read of a demonstration: all but sizes in pixels, which say how far one is."""
    return tuple(one for one in MEASURES.values() if one.unit != "px")


def watched(poses: Iterable[Timed]) -> Demonstration:
    """Return what poses show.

    Raises
    ------
    SourceError
        If it is too short or too long, or nobody is seen in most of it.
    """
    every = tuple(_no_longer(poses))
    _check_length(every)
    reader = Reader(
        Reading(measure=measure.name, side=side)
        for measure in read_measures()
        for side in (READ_SIDES if measure.sided else (SideChoice.MEAN,))
    )
    body, presence = BodyEstimator(), Presence()
    times: list[float] = []
    states: list[BodyState] = []
    rows: list[list[float]] = []
    for time_s, pose in every:
        sighting = presence.update(time_s, pose)
        if sighting.is_new:
            body.reset()
        if pose is None or sighting.refused:
            continue
        state = body.update(pose)
        if state.is_lengthwise:
            continue
        readings = reader.read(pose, state)
        times.append(time_s)
        states.append(state)
        rows.append([readings[key].value for key in reader.channels])
    _check_seen(len(times), len(every))
    columns = np.array(rows, np.float64).T
    views = Counter(state.view for state in states)
    lying = Counter(state.orientation for state in states)
    return Demonstration(
        poses=every,
        time_s=np.array(times, np.float64),
        curves=dict(zip(reader.channels, columns, strict=True)),
        view=max(views, key=lambda view: (views[view], view)),
        views=_not_slips(views, SEEN_FROM_SHARE),
        orientations=_not_slips(lying, LIES_FROM_SHARE),
        near=max(Side, key=lambda side: sum(state.near_side is side for state in states)),
    )


def _not_slips(counted: "Counter[_Seen]", from_share: float) -> frozenset[_Seen]:
    total = counted.total()
    return frozenset(one for one, n in counted.items() if n >= from_share * total)


def _no_longer(poses: Iterable[Timed]) -> Iterator[Timed]:
    """Yield poses until there are too many: a file may hold any number of them."""
    first_s = math.nan
    for number, (time_s, pose) in enumerate(poses):
        if number == 0:
            first_s = time_s
        yield time_s, pose
        if time_s - first_s > LONGEST_S or number > MOST_POSES:
            return  # refused below


def _check_length(poses: tuple[Timed, ...]) -> None:
    lasts_s = poses[-1][0] - poses[0][0] if poses else 0.0
    if not SHORTEST_S <= lasts_s <= LONGEST_S or len(poses) > MOST_POSES:
        raise SourceError(
            f"a demonstration lasts {SHORTEST_S:g} s to {LONGEST_S / 60:g} minutes, this one"
            f" {lasts_s:.1f} s: show one movement a few times, or hold one posture"
        )


def _check_seen(n_read: int, n_all: int) -> None:
    if n_read < math.ceil(n_all / 2):
        raise SourceError(
            f"somebody can be measured in {n_read} of {n_all} pictures of the demonstration:"
            " the whole body must be in the picture, and must not point at the camera"
        )
