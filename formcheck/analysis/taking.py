"""Take one measure from the landmarks of one pose, or say why it cannot be taken.

A reading is refused, and is NaN, where a landmark that it needs is hidden, or where that landmark
lies outside the picture and was therefore guessed. The engine's visibility alone cannot be
trusted, so the frame's edge is a test of its own.
"""

import math
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from formcheck import measures
from formcheck.analysis.events import NotAssessed
from formcheck.landmarks import INDEX, Side
from formcheck.measures import Measure, Outline
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
        Where it is of two, the larger, the smaller or their mean, and only one could be taken: why
        not the other, which may be larger, or smaller, still.

    Notes
    -----
    Every picture makes dozens of these; a named tuple is made in half the time of a frozen
    dataclass.
    """

    value: float
    side: Side | None = None
    refused: NotAssessed | None = None
    other_refused: NotAssessed | None = None


class Points:
    """The landmarks of one pose as plain floats, and which of them can be believed."""

    __slots__ = ("_pose", "_visibility", "_world", "are_certain", "image")

    def __init__(self, pose: Pose) -> None:
        self._pose = pose
        self.image: list[list[float]] = pose.image.tolist()
        self._world: list[list[float]] | None = None
        self._visibility: list[float] = pose.visibility.tolist()
        left, top, right, low = _edges_px(pose.width_px, pose.height_px)
        # Dozens of readings ask for the same few: each is looked at once.
        self.are_certain: list[bool] = [
            seen >= measures.FROM_VISIBILITY and left <= x <= right and top <= y <= low
            for (x, y), seen in zip(self.image, self._visibility, strict=True)
        ]

    @property
    def world(self) -> list[list[float]]:
        """The landmarks in space; many exercises ask for none."""
        if self._world is None:
            self._world = self._pose.world.tolist()
        return self._world

    @property
    def outline(self) -> Outline | None:
        """The edges of the trunk; None where they were not looked for."""
        edges = self._pose.outline
        return None if edges is None else tuple(tuple(edge) for edge in edges.tolist())

    def is_inside(self, index: int) -> bool:
        """Whether the landmark lies within the picture."""
        left, top, right, low = _edges_px(self._pose.width_px, self._pose.height_px)
        x, y = self.image[index]
        return left <= x <= right and top <= y <= low

    def is_usable(self, index: int, knee_from_visibility: float) -> bool:
        """Whether the landmark lies within the picture, and the engine saw it or its limb.

        What bears a covered knee bears a wholly hidden one between a hip and a seen ankle: the
        foot of a far leg that is slid out shows beyond the near one's, its knee does not.
        """
        if self.are_certain[index]:
            return True
        end = _BEYOND.get(index)
        if end is None or knee_from_visibility >= measures.FROM_VISIBILITY:
            return False
        if not self.is_inside(index):
            return False
        return self._visibility[index] >= knee_from_visibility or self.are_certain[end]


@cache
def _edges_px(width_px: int, height_px: int) -> tuple[float, float, float, float]:
    """Return how far left, up, right and down a landmark may lie; all of a recording have one."""
    x_px, y_px = EDGE_TOLERANCE * width_px, EDGE_TOLERANCE * height_px
    return -x_px, -y_px, (1 + EDGE_TOLERANCE) * width_px, (1 + EDGE_TOLERANCE) * height_px


class OneSide:
    """A measure on one side of the body: where its landmarks are found in every pose.

    Attributes
    ----------
    report
        The side that a reading tells; None where the measure has none.
    pick
        Gives what belongs to its landmarks of a list over all of them.
    """

    __slots__ = ("_compute", "_indices", "_is_flat", "measure", "pick", "report")

    def __init__(self, measure: Measure, side: Side, report: Side | None) -> None:
        self.measure = measure
        self.report = report
        self._compute = measure.compute
        self._is_flat = measure.plane == "image"
        names = [measures.landmark_name(name, side) for name in measure.landmarks]
        self._indices = tuple(INDEX[name] for name in names)
        self.pick = itemgetter(*self._indices)

    def taken(self, points: Points) -> Taken:
        """Take the reading of one pose."""
        pick = self.pick
        if False in pick(points.are_certain) or self.measure.takes_outline:
            return self._taken_with_care(points)
        space = points.image if self._is_flat else points.world
        return Taken(self._compute(*pick(space)), self.report)

    def _taken_with_care(self, points: Points) -> Taken:
        """Take it where a landmark may be hidden."""
        measure = self.measure
        space = points.image if self._is_flat else points.world
        taken, refused = [], None
        for name, index in zip(measure.landmarks, self._indices, strict=True):
            if points.is_usable(index, measure.knee_from_visibility):
                taken.append(space[index])
                continue
            refused = refused or _unusable(name, is_inside=points.is_inside(index))
            if not measure.bears_hidden:
                return Taken(math.nan, self.report, refused)
            taken.append([math.nan] * len(space[index]))
        if measure.takes_outline:
            return _on_outline(measure, taken, points.outline, self.report)
        value = measure.compute(*taken)
        return Taken(value, self.report, refused if math.isnan(value) else None)


def _on_outline(
    measure: Measure, taken: list[list[float]], outline: Outline | None, report: Side | None
) -> Taken:
    if outline is None:
        return Taken(math.nan, report, NO_OUTLINE)
    value = measure.compute(outline, *taken)
    return Taken(value, report, UNCLEAR_OUTLINE if math.isnan(value) else None)


@cache
def _unusable(name: str, *, is_inside: bool) -> NotAssessed:
    """Return why a landmark cannot be believed; every frame asks for the same few."""
    return _hidden(name) if is_inside else _out_of_frame(name)


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
