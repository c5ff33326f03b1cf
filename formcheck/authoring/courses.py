"""How one reading goes in a demonstration: smoothed, with its rest, its way and its excursions.

Rest is where a demonstration begins and ends. An excursion leaves it by more than half of the whole
way and comes back; what a reading does in between does not matter.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Toward = Literal[-1, 0, 1]
"""Whether a reading grows (1) or falls (-1) from rest to effort, or swings to either side (0)."""

GRID_HZ = 30.0
SMOOTHED_OVER_S = 0.25
# A reading that is known for less than this share of the time is none to count by.
KNOWN_FROM_SHARE = 0.8
# Shares of the way from rest to the furthest: out beyond the first, back below the second.
OUT_FROM, BACK_BELOW = 0.6, 0.35
# The furthest, and rest, last as long as the reading is this near to them.
NEAR_SHARE = 0.1
# What makes so much of its way from one picture to the next, as often as it goes out, changes its
# sign instead of moving: the lean of a trunk that lies level, as on all fours.
LEAPS_FROM = 0.5
ENDS_S = 0.4
RESTS_WITHIN_S = 2.5
_LOW, _HIGH = 2.0, 98.0
# Between these shares of its range a reading that begins and ends there rests in the middle.
_MIDDLE = (0.33, 0.67)
# It swings to either side where that middle is about 0, by this share of half of its range.
ABOUT_ZERO_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Excursion:
    """One way out from rest and back.

    Attributes
    ----------
    from_s, to_s
        When it was further out than half-way [s].
    effort_s
        The middle of the time at its furthest.
    toward
        1 where the reading was larger than at rest, else -1.
    """

    from_s: float
    to_s: float
    effort_s: float
    toward: Toward

    def overlaps(self, other: "Excursion") -> bool:
        """Return whether most of the shorter of both is in the other."""
        common_s = min(self.to_s, other.to_s) - max(self.from_s, other.from_s)
        return common_s > 0.5 * min(self.to_s - self.from_s, other.to_s - other.from_s)


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """How one reading went.

    Attributes
    ----------
    time_s, values
        On a steady grid, smoothed.
    rest, size
        The reading at rest, and how far it goes from there.
    toward
        Which way.
    noise
        Standard deviation of what was smoothed away.
    excursions
        In order.
    """

    time_s: Values
    values: Values
    rest: float
    size: float
    toward: Toward
    noise: float
    excursions: tuple[Excursion, ...]

    @property
    def regularity(self) -> float:
        """How alike the times between the excursions are: 1 all the same, toward 0 if not."""
        times = np.array([one.effort_s for one in self.excursions])
        if len(times) < 3:
            return 1.0
        between = np.diff(times)
        return float(1.0 / (1.0 + between.std() / between.mean()))

    def rests_s(self) -> tuple[float, ...]:
        """Return when it rested: before the first excursion, between them and after the last."""
        first_s, last_s = float(self.time_s[0]), float(self.time_s[-1])
        starts = [one.from_s for one in self.excursions]
        ends = [one.to_s for one in self.excursions]
        gaps = list(zip(ends, starts[1:], strict=False))
        before = (max(first_s, starts[0] - RESTS_WITHIN_S), starts[0])
        after = (ends[-1], min(last_s, ends[-1] + RESTS_WITHIN_S))
        return tuple(self._rest_in(*gap) for gap in (before, *gaps, after) if gap[1] > gap[0])

    def _rest_in(self, from_s: float, to_s: float) -> float:
        chosen = (self.time_s >= from_s) & (self.time_s <= to_s)
        away = np.abs(self.values[chosen] - self.rest)
        return _middle_of_lowest(self.time_s[chosen], away, NEAR_SHARE * self.size)


def course(time_s: Values, readings: Values, *, may_swing: bool = False) -> Course | None:
    """Return how a reading went; None where it is hardly known, does not change, or leaps.

    Parameters
    ----------
    may_swing
        Whether it may go to either side of rest: a reading with a sign, as a lean to the left.
    """
    known = ~np.isnan(readings)
    if known.mean() < KNOWN_FROM_SHARE:
        return None
    grid = np.arange(time_s[0], time_s[-1], 1 / GRID_HZ)
    raw = np.interp(grid, time_s[known], readings[known])
    values = _smoothed(raw)
    low, high = np.percentile(values, [_LOW, _HIGH])
    if high - low <= 0:
        return None
    rest, toward = _rest_and_way(values, float(low), float(high), may_swing=may_swing)
    size = float(max(high - rest, rest - low))
    excursions = tuple(_excursions(grid, (values - rest) / size, toward))
    n_leaps = int((np.abs(np.diff(readings[known])) >= LEAPS_FROM * size).sum())
    if n_leaps >= max(1, len(excursions)):
        return None
    return Course(
        time_s=grid,
        values=values,
        rest=rest,
        size=size,
        toward=toward,
        noise=float(np.std(raw - values)),
        excursions=excursions,
    )


def _smoothed(raw: Values) -> Values:
    width = int(SMOOTHED_OVER_S * GRID_HZ) | 1
    padded = np.pad(raw, width // 2, mode="edge")
    return np.convolve(padded, np.full(width, 1 / width), mode="valid")


def _rest_and_way(
    values: Values, low: float, high: float, *, may_swing: bool
) -> tuple[float, Toward]:
    """Return the reading at rest and which way it goes from there."""
    n_end = max(1, int(ENDS_S * GRID_HZ))
    first, last = float(np.median(values[:n_end])), float(np.median(values[-n_end:]))
    place = ((first + last) / 2 - low) / (high - low)
    is_same = abs(first - last) <= (high - low) / 2
    is_between = is_same and _MIDDLE[0] < place < _MIDDLE[1]
    middle = (first + last) / 2
    if is_between and may_swing and abs(middle) <= ABOUT_ZERO_SHARE * (high - low) / 2:
        return middle, 0
    if is_between or not is_same:  # it ends elsewhere than it began: rest is where it is for longer
        place = float(np.median((values - low) / (high - low)))
    lowest, highest = np.percentile(values, [10.0, 90.0])
    return (float(lowest), 1) if place <= 0.5 else (float(highest), -1)


def _excursions(time_s: Values, travel: Values, toward: Toward) -> Iterator[Excursion]:
    if toward:
        yield from _to_one_side(time_s, toward * travel, toward)
        return
    both = [*_to_one_side(time_s, travel, 1), *_to_one_side(time_s, -travel, -1)]
    yield from sorted(both, key=lambda one: one.effort_s)


def _to_one_side(time_s: Values, travel: Values, toward: Toward) -> Iterator[Excursion]:
    begin: int | None = None
    for index, value in enumerate(travel.tolist()):
        if begin is None and value >= OUT_FROM:
            begin = index
        elif begin is not None and value <= BACK_BELOW:
            yield _excursion(time_s, travel, (begin, index), toward)
            begin = None
    if begin is not None:  # it ends at its furthest
        yield _excursion(time_s, travel, (begin, len(travel) - 1), toward)


def _excursion(time_s: Values, travel: Values, span: tuple[int, int], toward: Toward) -> Excursion:
    inside = slice(span[0], span[1] + 1)
    effort_s = _middle_of_lowest(time_s[inside], -travel[inside], NEAR_SHARE)
    return Excursion(float(time_s[span[0]]), float(time_s[span[1]]), effort_s, toward)


def _middle_of_lowest(time_s: Values, values: Values, near: float) -> float:
    """Return the middle between the first and the last time that it is about as low.

    What passes its lowest on the way out, and again on the way back, is furthest in between.
    """
    low = np.flatnonzero(values <= values.min() + near)
    return float((time_s[low[0]] + time_s[low[-1]]) / 2)
