"""Where the parts of a chart of the weeks lie: plain numbers, drawn as SVG by who shows it."""

import datetime
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from formcheck.weeks.courses import Course, Point

# As wide as a telephone: letters in it are never smaller than they are here.
WIDTH, HEIGHT = 360.0, 190.0
LEFT, RIGHT, TOP, BOTTOM = 34.0, 352.0, 10.0, 160.0
_ONE_DAY = datetime.timedelta(days=1)
_N_DATES = 3
_TICKS = (1, 2, 5, 10, 20, 25, 50)
_MOST_TICKS = 6


class Mark(NamedTuple):
    """A value, and where it lies."""

    x: float
    y: float
    point: Point


class Tick(NamedTuple):
    """A number on the upright axis, and where it lies."""

    y: float
    value: float


class Date(NamedTuple):
    """A day on the level axis, and where it lies."""

    x: float
    day: datetime.date


@dataclass(frozen=True, slots=True)
class Chart:
    """A course, drawn.

    Attributes
    ----------
    baseline_y, important_y
        Where the lines lie of the start, and of the least change that is important.
    band_y
        From where to where a change cannot be told from chance.
    """

    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    dates: tuple[Date, ...]
    baseline_y: float | None
    important_y: float | None
    band_y: tuple[float, float] | None

    @property
    def line(self) -> str:
        """The way from mark to mark, as SVG writes it."""
        return " ".join(f"{mark.x:g},{mark.y:g}" for mark in self.marks)


@dataclass(frozen=True, slots=True)
class _Scale:
    """From days and values to the picture."""

    since: datetime.date
    until: datetime.date
    least: float
    most: float

    def x(self, day: datetime.date) -> float:
        share = (day - self.since) / max(self.until - self.since, _ONE_DAY)
        return round(LEFT + share * (RIGHT - LEFT), 1)

    def y(self, value: float) -> float:
        share = (value - self.least) / (self.most - self.least)
        return round(BOTTOM - share * (BOTTOM - TOP), 1)


def chart_of(course: Course, since: datetime.date, until: datetime.date) -> Chart:
    """Return a course as a chart of the days from ``since`` to ``until``.

    What is older is left out; the line of the start stays.
    """
    points = [one for one in course.points if one.day <= until]
    first = min([since, *(one.day for one in points[-1:])])
    scale = _Scale(first, until, course.measure.least, _most(course))

    def at(value: float | None) -> float | None:
        return None if value is None else scale.y(value)

    band = course.within_error
    return Chart(
        marks=tuple(
            Mark(scale.x(one.day), scale.y(one.value), one) for one in points if one.day >= first
        ),
        ticks=tuple(Tick(scale.y(value), value) for value in _values(scale.least, scale.most)),
        dates=tuple(_dates(scale)),
        baseline_y=at(course.baseline),
        important_y=at(course.important),
        band_y=(scale.y(band[1]), scale.y(min(band))) if band else None,
    )


def _most(course: Course) -> float:
    """Return the end of the scale; of seconds only as much as there is to show."""
    if not course.measure.unit:
        return course.measure.most
    shown = [one.value for one in course.points]
    if course.within_error:
        shown += course.within_error
    return 5.0 * math.ceil(max(shown) / 5.0)


def _values(least: float, most: float) -> Iterator[float]:
    step = next(one for one in _TICKS if (most - least) / one <= _MOST_TICKS)
    value = math.ceil(least / step) * step
    while value <= most:
        yield float(value)
        value += step


def _dates(scale: _Scale) -> Iterator[Date]:
    n_days = (scale.until - scale.since).days
    shown = dict.fromkeys(round(n_days * k / (_N_DATES - 1)) for k in range(_N_DATES))
    for n in shown:
        day = scale.since + n * _ONE_DAY
        yield Date(scale.x(day), day)
