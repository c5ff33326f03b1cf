"""A measure over the weeks, drawn: readable without colour."""

from collections.abc import Callable, Iterator
from datetime import date

from formcheck.patient_reports import svg
from formcheck.weeks import charts
from formcheck.weeks.charts import Chart

_LETTERS = 12.0
_MANY = 30


def course_drawing(chart: Chart, number: Callable[[float], str], day: Callable[[date], str]) -> str:
    """Return the drawing of a course.

    Parameters
    ----------
    number, day
        Write a value and a day as the language does.
    """
    parts = [*_band(chart), *_ticks(chart, number), *_lines(chart), *_dates(chart, day)]
    parts += _marks(chart)
    return svg.picture(charts.WIDTH, charts.HEIGHT, parts)


def _band(chart: Chart) -> Iterator[str]:
    if chart.band_y:
        top, bottom = chart.band_y
        width = charts.RIGHT - charts.LEFT
        yield svg.element(
            "rect", x=charts.LEFT, y=top, width=width, height=bottom - top, fill=svg.WASH
        )


def _ticks(chart: Chart, number: Callable[[float], str]) -> Iterator[str]:
    for tick in chart.ticks:
        yield _across(tick.y, stroke=svg.LINE, stroke_width=0.6)
        yield svg.words(
            charts.LEFT - 5, tick.y + 4, number(tick.value), anchor="end", size=_LETTERS
        )


def _lines(chart: Chart) -> Iterator[str]:
    if chart.baseline_y is not None:
        yield _across(chart.baseline_y, stroke=svg.INK, stroke_width=1.2, stroke_dasharray="7 4")
    if chart.important_y is not None:
        yield _across(chart.important_y, stroke=svg.INK, stroke_width=1.6, stroke_dasharray="1.5 4")


def _across(y: float, **look: str | float) -> str:
    return svg.line((charts.LEFT, y), (charts.RIGHT, y), **look)


def _dates(chart: Chart, day: Callable[[date], str]) -> Iterator[str]:
    anchors = ["start", *["middle"] * (len(chart.dates) - 2), "end"]
    for one, anchor in zip(chart.dates, anchors, strict=False):
        yield svg.words(one.x, charts.HEIGHT - 10, day(one.day), anchor=anchor, size=_LETTERS)


def _marks(chart: Chart) -> Iterator[str]:
    if len(chart.marks) > 1:
        yield svg.element(
            "polyline", points=chart.line, fill="none", stroke=svg.INK, stroke_width=1.4
        )
    radius = 3.5 if len(chart.marks) <= _MANY else 1.8
    for mark in chart.marks:
        yield svg.element("circle", cx=mark.x, cy=mark.y, r=radius, fill=svg.INK)
