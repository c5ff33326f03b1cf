"""Turn a pose into the readings that an exercise asks for, or say why they cannot be taken.

A reading is refused, and is NaN, where the view does not show it, where a landmark that it
needs is hidden, or where that landmark lies outside the picture and was therefore guessed. The
engine's visibility alone cannot be trusted, so the frame's edge is a test of its own.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from formcheck import measures
from formcheck.analysis.body import BodyState
from formcheck.analysis.events import NotAssessed
from formcheck.exercises.schema import Reading, SideChoice
from formcheck.landmarks import INDEX, Side
from formcheck.measures import Measure, Outline, View
from formcheck.pose import Pose

# A landmark this far outside (share of the picture's size) may still be the rim of a joint.
EDGE_TOLERANCE = 0.02

_PLAIN_NAMES = {"foot_index": "toes"}
NO_OUTLINE = NotAssessed("no_outline", "the outline of the body was not looked for")
UNCLEAR_OUTLINE = NotAssessed("no_outline", "the outline of the back cannot be followed")
_BEYOND = {INDEX[f"{side}_knee"]: INDEX[f"{side}_ankle"] for side in Side}


class Taken(NamedTuple):
    """One reading: a value, or NaN with the reason why there is none.

    Attributes
    ----------
    other_refused
        Where it is the larger or the smaller of two, and only one could be taken: why not the
        other, which may be larger, or smaller, still.

    Notes
    -----
    Every picture makes dozens of these; a named tuple is made in half the time of a frozen
    dataclass.
    """

    value: float
    side: Side | None = None
    refused: NotAssessed | None = None
    other_refused: NotAssessed | None = None


class Channel(tuple[str, SideChoice]):
    """The key of a reading: its measure and the side that was asked for."""

    __slots__ = ()


def channel(reading: Reading, working: Side | None = None) -> Channel:
    """Return the key under which this reading is found; unsided measures have one key.

    Parameters
    ----------
    working
        The side that moves, for readings of the working or the other side.
    """
    side = reading.side if measures.find(reading.measure).sided else SideChoice.MEAN
    if working and side is SideChoice.WORKING:
        side = SideChoice(working.value)
    elif working and side is SideChoice.OTHER:
        side = SideChoice(working.opposite.value)
    return Channel((reading.measure, side))


def _channels(reading: Reading) -> tuple[Channel, ...]:
    """Return every key under which this reading may be looked for."""
    return tuple(dict.fromkeys(channel(reading, working) for working in Side))


class Points:
    """The landmarks of one pose as plain floats, and which of them can be believed."""

    def __init__(self, pose: Pose) -> None:
        self.image: list[list[float]] = pose.image.tolist()
        self.world: list[list[float]] = pose.world.tolist()
        self._visibility: list[float] = pose.visibility.tolist()
        self._edges = pose.outline
        self._low = -EDGE_TOLERANCE * pose.width_px, -EDGE_TOLERANCE * pose.height_px
        self._high = (1 + EDGE_TOLERANCE) * pose.width_px, (1 + EDGE_TOLERANCE) * pose.height_px

    @property
    def outline(self) -> Outline | None:
        """The edges of the trunk; None where they were not looked for."""
        if self._edges is None:
            return None
        return tuple(tuple(edge) for edge in self._edges.tolist())

    def is_inside(self, index: int) -> bool:
        """Whether the landmark lies within the picture."""
        x, y = self.image[index]
        return self._low[0] <= x <= self._high[0] and self._low[1] <= y <= self._high[1]

    def is_usable(self, index: int, knee_from_visibility: float) -> bool:
        """Whether the landmark lies within the picture, and the engine saw it or its limb.

        What bears a covered knee bears a wholly hidden one between a hip and a seen ankle: the
        foot of a far leg that is slid out shows beyond the near one's, its knee does not.
        """
        if not self.is_inside(index):
            return False
        if self._visibility[index] >= measures.FROM_VISIBILITY:
            return True
        end = _BEYOND.get(index)
        if end is None or knee_from_visibility >= measures.FROM_VISIBILITY:
            return False
        return self._visibility[index] >= knee_from_visibility or self._is_certain(end)

    def _is_certain(self, index: int) -> bool:
        return self.is_inside(index) and self._visibility[index] >= measures.FROM_VISIBILITY


Readings = Mapping[Channel, Taken]


class PoseReadings(Readings):
    """The readings of one pose, each taken when it is first asked for.

    Of many candidates only a few are in place; what nobody asks for is not computed.
    """

    def __init__(self, measured: Mapping[Channel, Measure], pose: Pose, body: BodyState) -> None:
        self._measured = measured
        self._body = body
        self._pose = pose
        self._points: Points | None = None
        self._taken: dict[Channel, Taken] = {}
        self._on_side: dict[tuple[str, Side], Taken] = {}

    def __getitem__(self, key: Channel) -> Taken:
        """Take a reading."""
        taken = self._taken.get(key)
        if taken is None:
            taken = self._taken[key] = self._take(key)
        return taken

    def __contains__(self, key: object) -> bool:
        """Whether a reading can be asked for; nothing is taken by asking this."""
        return key in self._measured

    def __iter__(self) -> Iterator[Channel]:
        """Iterate over everything that can be asked for."""
        return iter(self._measured)

    def __len__(self) -> int:
        """Return how much can be asked for."""
        return len(self._measured)

    def value_taken(self, key: Channel) -> float:
        """Return the value where somebody has asked for it, else NaN."""
        return self._taken[key].value if key in self._taken else math.nan

    def let_go(self) -> None:
        """Keep what was asked for alone: what is asked for later is taken from the pose again."""
        self._points = None
        self._on_side = {}

    def _landmarks(self) -> Points:
        points = self._points
        if points is None:
            points = self._points = Points(self._pose)
        return points

    def _take(self, key: Channel) -> Taken:
        measure, view = self._measured[key], self._body.view
        if view not in measure.views:
            return Taken(math.nan, refused=wrong_view(view, measure.views))
        if not measure.sided:
            return _taken(measure, Side.LEFT, self._landmarks(), report=None)
        return self._take_sided(measure, key[1])

    def _take_sided(self, measure: Measure, choice: SideChoice) -> Taken:
        near = self._body.near_side
        match choice:
            case SideChoice.NEAR:
                return self._of(measure, near)
            case SideChoice.FAR:
                return self._of(measure, near.opposite)
            case SideChoice.LEFT | SideChoice.RIGHT:
                return self._of(measure, Side(choice.value))
            case SideChoice.LARGER | SideChoice.SMALLER:
                return _extreme(choice, [self._of(measure, side) for side in Side])
            case _:
                return _mean([self._of(measure, side) for side in Side])

    def _of(self, measure: Measure, side: Side) -> Taken:
        """Return the measure of one side: it is taken once, whoever asks for it."""
        key = measure.name, side
        taken = self._on_side.get(key)
        if taken is None:
            taken = self._on_side[key] = _taken(measure, side, self._landmarks(), report=side)
        return taken


class Reader:
    """Take a fixed set of readings from pose after pose.

    Parameters
    ----------
    asked
        Every reading that some rule needs; the same one may be asked for often.
    """

    def __init__(self, asked: Iterable[Reading]) -> None:
        keys = dict.fromkeys(key for reading in asked for key in _channels(reading))
        self.channels = tuple(keys)
        self._measured = {key: measures.find(key[0]) for key in self.channels}

    def read(self, pose: Pose, body: BodyState) -> PoseReadings:
        """Return the readings of this pose, in the order of ``channels``."""
        return PoseReadings(self._measured, pose, body)


def wrong_view(view: View, views: Iterable[View]) -> NotAssessed:
    """Say that the camera looks from the wrong side, and what to do."""
    right = " or ".join(sorted(views))
    advice = {"side": "turn sideways to the camera", "front": "face the camera"}
    todo = next((advice[name] for name in sorted(views) if name in advice), "turn a little")
    says = f"seen from the {view}, needs {right}: {todo}"
    return NotAssessed("wrong_view", says, view=view, views=tuple(sorted(views)))


def _taken(measure: Measure, side: Side, points: Points, *, report: Side | None) -> Taken:
    indices = _indices(measure.landmarks, side)
    space = points.image if measure.plane == "image" else points.world
    taken, refused = [], None
    for name, index in zip(measure.landmarks, indices, strict=True):
        if points.is_usable(index, measure.knee_from_visibility):
            taken.append(space[index])
            continue
        refused = refused or _unusable(name, index, points)
        if not measure.bears_hidden:
            return Taken(math.nan, report, refused)
        taken.append([math.nan] * len(space[index]))
    if measure.takes_outline:
        return _on_outline(measure, taken, points.outline, report)
    value = measure.compute(*taken)
    return Taken(value, report, refused if math.isnan(value) else None)


def _on_outline(
    measure: Measure, taken: list[list[float]], outline: Outline | None, report: Side | None
) -> Taken:
    if outline is None:
        return Taken(math.nan, report, NO_OUTLINE)
    value = measure.compute(outline, *taken)
    return Taken(value, report, UNCLEAR_OUTLINE if math.isnan(value) else None)


def _unusable(name: str, index: int, points: Points) -> NotAssessed:
    """Return why a landmark cannot be believed."""
    return _hidden(name) if points.is_inside(index) else _out_of_frame(name)


@cache
def _indices(landmarks: tuple[str, ...], side: Side) -> tuple[int, ...]:
    """Return where a measure's landmarks are found; every frame asks for the same few."""
    return tuple(INDEX[measures.landmark_name(name, side)] for name in landmarks)


def _mean(both: Sequence[Taken]) -> Taken:
    """Average over the sides that can be seen."""
    seen = [taken.value for taken in both if not math.isnan(taken.value)]
    return Taken(math.fsum(seen) / len(seen)) if seen else both[0]._replace(side=None)


def _extreme(choice: SideChoice, both: Sequence[Taken]) -> Taken:
    """Keep the larger or the smaller reading of the sides that can be seen."""
    seen = [taken for taken in both if not math.isnan(taken.value)]
    if not seen:
        return both[0]
    if len(seen) == 1:
        unseen = next(taken for taken in both if taken is not seen[0])
        return seen[0]._replace(other_refused=unseen.refused)
    best = max if choice is SideChoice.LARGER else min
    return best(seen, key=lambda taken: taken.value)


def _out_of_frame(name: str) -> NotAssessed:
    part = _plain(name)
    return NotAssessed("out_of_frame", f"{part} outside the picture: step back", part=name)


def _hidden(name: str) -> NotAssessed:
    return NotAssessed("landmarks_hidden", f"{_plain(name)} hidden", part=name)


def _plain(name: str) -> str:
    side, _, rest = name.partition("_")
    if side in tuple(Side):
        return f"{side} {_PLAIN_NAMES.get(rest, rest)}"
    return _PLAIN_NAMES.get(name, name.replace("_", " "))
