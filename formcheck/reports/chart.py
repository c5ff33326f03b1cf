"""The timeline and the curve of a page, in the coordinates of its drawings."""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from formcheck.analysis.curve import Curve
from formcheck.reports.result import ExerciseResult, Result
from formcheck.reports.words import how_far

WIDTH = 1000.0
CURVE_HEIGHT = 220.0  # also its height on the page [px]
PADDING_SHARE = 0.08
LEAST_RANGE_ERRORS = 2.0  # what the curve shows at least, in expected errors
LETTER_HEIGHT = 15.0  # of the words and numbers beside the curve

Place = Callable[[float], float]
MakeBlock = Callable[[str, float, float, str, str], "Block"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of time on the timeline; ``lane`` says on which line and in which style."""

    lane: str
    x: float
    width: float
    start_s: float
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Level:
    """A horizontal line across the curve, and where its words are: no two on each other."""

    name: str
    y: float
    value: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything that a page draws along its time axis.

    Attributes
    ----------
    lines
        The curve's unbroken pieces, as SVG points.
    ticks
        Times along the axis as (x, seconds).
    """

    lines: tuple[str, ...]
    thresholds: tuple[Level, ...]
    scale: tuple[Level, ...]
    ticks: tuple[tuple[float, float], ...]
    blocks: tuple[Block, ...]


def build_chart(result: Result, curve: Curve) -> Chart:
    """Return the drawing of a result and its curve."""
    duration_s = max(result.duration_s, 0.1)
    low, high = value_range(curve)

    def x_of(time_s: float) -> float:
        return WIDTH * time_s / duration_s

    def y_of(value: float) -> float:
        return CURVE_HEIGHT * (high - value) / (high - low)

    thresholds = _spread((t.name, y_of(t.value), t.value) for t in curve.thresholds)
    words_at = [level.label_y for level in thresholds]
    return Chart(
        lines=unbroken_lines(curve, x_of, y_of),
        thresholds=thresholds,
        scale=tuple(
            Level("", y_of(value), value, y_of(value))
            for value in round_steps(low, high)
            if all(abs(y_of(value) - y) >= LETTER_HEIGHT for y in words_at)
        ),
        ticks=tuple((x_of(time_s), time_s) for time_s in round_steps(0.0, duration_s)),
        blocks=_blocks(result, x_of),
    )


def _spread(levels: Iterable[tuple[str, float, float]]) -> tuple[Level, ...]:
    """Return named lines with their words moved apart where the lines lie close together."""
    spread: list[Level] = []
    for name, y, value in sorted(levels, key=lambda level: level[1]):
        above = spread[-1].label_y if spread else -math.inf
        spread.append(Level(name, y, value, max(y, above + LETTER_HEIGHT)))
    # Those that the last ones pushed out at the bottom move up again.
    below = CURVE_HEIGHT + LETTER_HEIGHT
    for number in reversed(range(len(spread))):
        below = min(spread[number].label_y, below - LETTER_HEIGHT)
        spread[number] = replace(spread[number], label_y=below)
    return tuple(spread)


def value_range(curve: Curve) -> tuple[float, float]:
    """Return from where to where a curve is drawn: with its thresholds, and some room."""
    values = [point.value for point in curve.points if not math.isnan(point.value)]
    values += [threshold.value for threshold in curve.thresholds]
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    # What moves by less than its error is a flat line, not a mountain range.
    missing = max(0.0, LEAST_RANGE_ERRORS * curve.expected_error - (high - low))
    pad = PADDING_SHARE * (high - low) + missing / 2
    return low - pad, high + pad


def unbroken_lines(curve: Curve, x_of: Place, y_of: Place) -> tuple[str, ...]:
    """Return the pieces of a curve between its gaps, as SVG points."""
    pieces: list[list[str]] = [[]]
    for point in curve.points:
        if math.isnan(point.value):
            pieces.append([])
        else:
            pieces[-1].append(f"{x_of(point.time_s):.1f},{y_of(point.value):.1f}")
    return tuple(" ".join(piece) for piece in pieces if len(piece) > 1)


def round_steps(low: float, high: float) -> list[float]:
    """Return four to nine round numbers between two values."""
    raw = (high - low) / 6
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= raw)
    first = math.ceil(low / step)
    return [round(step * n, 6) for n in range(first, math.floor(high / step) + 1)]


def _blocks(result: Result, x_of: Place) -> tuple[Block, ...]:
    def block(lane: str, start_s: float, end_s: float, label: str, title: str) -> Block:
        x = x_of(start_s)
        title = f"{title}, {start_s:.1f} to {end_s:.1f} s"
        return Block(lane, x, max(2.0, x_of(end_s) - x), start_s, label, title)

    done = [result, *result.also_done]
    blocks = [one for part in done for one in _blocks_of(part, block, is_alone=len(done) == 1)]
    blocks += [
        block("unseen", row.start_s, row.end_s, "", f"not assessed: {row.says}")
        for row in result.abstentions
    ]
    return tuple(blocks)


def _blocks_of(part: ExerciseResult, block: MakeBlock, *, is_alone: bool) -> Iterator[Block]:
    """Yield what was done of one exercise, named where there are several."""
    name = "" if is_alone else f"{part.exercise_name}, "
    for row in part.repetitions:
        title = f"{name}repetition {row.number}"
        yield block("done", row.start_s, row.end_s, str(row.number), title)
    for hold in part.holds:
        title = f"{name}hold {hold.number}"
        yield block("done", hold.start_s, hold.end_s, f"{hold.held_s:.1f} s", title)
    for small in part.attempts:
        title = f"{name}too small: {how_far(small, part)}"
        yield block("attempt", small.start_s, small.time_s, "", title)
    for fault in part.faults:
        title = f"{name}{fault.name.replace('_', ' ')}"
        yield block(fault.severity, fault.start_s, fault.end_s, "", title)
