"""The measure that a set is counted or timed by, over its time: small, and readable in grey."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from formcheck.analysis.curve import Curve
from formcheck.analysis.events import Fault, Hold, Repetition
from formcheck.analysis.verdict import Abstention
from formcheck.patient_reports import svg
from formcheck.reports.chart import round_steps, unbroken_lines, value_range

WIDTH, HEIGHT = 360.0, 128.0
LEFT, RIGHT, TOP, BOTTOM = 42.0, 352.0, 8.0, 84.0
_LANE_Y, _LANE_HEIGHT, _TIMES_Y = 88.0, 15.0, 121.0
_LETTERS = 10.0
_MOST_LEVELS = 4
_LEAST_LABEL_WIDTH = 9.0  # a number does not fit into less

Written = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Done:
    """What was done in a set: what the curve is marked with."""

    end_s: float
    repetitions: tuple[Repetition, ...]
    holds: tuple[Hold, ...]
    faults: tuple[Fault, ...]
    abstentions: tuple[Abstention, ...]


def set_curve(curve: Curve, done: Done, value: Written, time: Written) -> str:
    """Return the drawing: curve, target, what was counted or held, and what was not judged.

    Parameters
    ----------
    value, time
        Write a reading and a time as the language does.
    """
    # A set lies somewhere in its session, whose clock all times are on.
    begin_s = curve.points[0].time_s if curve.points else 0.0
    end_s = max(done.end_s, begin_s + 0.1)
    low, high = value_range(curve)

    def x_of(time_s: float) -> float:
        share = (time_s - begin_s) / (end_s - begin_s)
        return LEFT + (RIGHT - LEFT) * min(max(share, 0.0), 1.0)

    def y_of(reading: float) -> float:
        return TOP + (BOTTOM - TOP) * (high - reading) / (high - low)

    levels = round_steps(low, high)
    levels = levels[:: max(1, -(-len(levels) // _MOST_LEVELS))]
    parts = [
        *_unseen(done, x_of),
        *_levels(levels, y_of, value),
        *(_target(y_of(one.value)) for one in curve.thresholds),
        *(_piece(points) for points in unbroken_lines(curve, x_of, y_of)),
        *_marks(done, x_of),
        *_times(begin_s, end_s, x_of, time),
    ]
    return svg.picture(WIDTH, HEIGHT, parts)


def _unseen(done: Done, x_of: Callable[[float], float]) -> Iterator[str]:
    for one in done.abstentions:
        x = x_of(one.start_s)
        width = max(x_of(one.end_s) - x, 0.5)
        yield svg.element("rect", x=x, y=TOP, width=width, height=BOTTOM - TOP, fill=svg.WASH)


def _levels(
    levels: Sequence[float], y_of: Callable[[float], float], value: Written
) -> Iterator[str]:
    for level in levels:
        y = y_of(level)
        yield svg.line((LEFT, y), (RIGHT, y), stroke=svg.LINE, stroke_width=0.6)
        yield svg.words(LEFT - 4, y + 3.4, value(level), anchor="end", size=_LETTERS)


def _target(y: float) -> str:
    return svg.line((LEFT, y), (RIGHT, y), stroke=svg.INK, stroke_width=1.2, stroke_dasharray="6 3")


def _piece(points: str) -> str:
    return svg.element(
        "polyline",
        points=points,
        fill="none",
        stroke=svg.INK,
        stroke_width=1.4,
        stroke_linejoin="round",
    )


def _marks(done: Done, x_of: Callable[[float], float]) -> Iterator[str]:
    """Yield a box for each repetition or hold; filled where something was wrong in it."""
    marked: list[Repetition | Hold] = [*done.repetitions, *done.holds]
    for one in marked:
        x, is_faulty = x_of(one.start_s), bool(one.faults)
        width = max(x_of(one.end_s) - x - 1.0, 1.5)
        yield svg.element(
            "rect",
            x=x,
            y=_LANE_Y,
            width=width,
            height=_LANE_HEIGHT,
            fill=svg.LINE if is_faulty else "white",
            stroke=svg.INK,
            stroke_width=1.6 if is_faulty else 0.7,
        )
        if width >= _LEAST_LABEL_WIDTH:
            x += width / 2
            y = _LANE_Y + _LANE_HEIGHT - 4
            yield svg.words(x, y, str(one.number), anchor="middle", size=_LETTERS)


def _times(
    begin_s: float, end_s: float, x_of: Callable[[float], float], time: Written
) -> Iterator[str]:
    for at_s in round_steps(begin_s, end_s):
        x = x_of(at_s)
        anchor = "end" if x > RIGHT - 12 else "middle"
        yield svg.words(x, _TIMES_Y, time(at_s), anchor=anchor, size=_LETTERS)
