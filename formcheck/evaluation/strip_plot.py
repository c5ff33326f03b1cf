"""The plot below a strip: the signal over time, what was counted, and what is labelled."""

import math
from collections.abc import Callable, Iterable

import cv2
import numpy as np

from formcheck.analysis.curve import Curve
from formcheck.analysis.whole import Analysis
from formcheck.evaluation.labels import Clip
from formcheck.sinks.lettering import FONT, Box, Colour, Picture, shade

PLOT_HEIGHT = 300
MARGIN = 10
LANE_HEIGHT = 22
LANE_NAME_WIDTH = 96
# A labelled moment is good to this.
MOMENT_S = 0.15
CURVE_COLOUR: Colour = (255, 255, 255)
LEVEL_COLOUR: Colour = (150, 150, 160)
LANES: tuple[tuple[str, Colour], ...] = (
    ("labelled", (120, 230, 140)),
    ("counted", (120, 200, 255)),
    ("too small", (255, 140, 40)),
    ("not assessed", (150, 150, 160)),
)

Span = tuple[float, float]


def labelled_spans(clip: Clip) -> list[Span]:
    """Return from when to when each labelled repetition is furthest, and each hold."""
    moments = [
        time_s if isinstance(time_s, tuple) else (time_s - MOMENT_S, time_s + MOMENT_S)
        for time_s in clip.repetition_times_s
    ]
    return [*moments, *clip.holds_s]


def draw_plot(plot: Picture, analysis: Analysis, clip: Clip) -> None:
    """Draw onto an empty picture: a lane for each kind of span, and the curve above them."""
    verdict = analysis.verdict
    width = int(plot.shape[1])
    duration_s = max(verdict.duration_s, 0.1)

    def x_of(time_s: float) -> int:
        return round((width - 1) * min(max(time_s / duration_s, 0.0), 1.0))

    spans: tuple[list[Span], ...] = (
        labelled_spans(clip),
        [(r.start_s, r.end_s) for r in verdict.repetitions]
        + [(h.start_s, h.end_s) for h in verdict.holds],
        [(a.start_s, a.time_s) for a in verdict.attempts],
        [(a.start_s, a.end_s) for a in verdict.abstentions],
    )
    bottom = PLOT_HEIGHT - len(LANES) * LANE_HEIGHT
    for number, ((name, colour), lane) in enumerate(zip(LANES, spans, strict=True)):
        _draw_lane(plot, bottom + number * LANE_HEIGHT, lane, x_of, (name, colour))
    _draw_curve(plot[:bottom], analysis.curve, x_of)


def _draw_lane(
    plot: Picture,
    top: int,
    spans: Iterable[Span],
    x_of: Callable[[float], int],
    lane: tuple[str, Colour],
) -> None:
    name, colour = lane
    for start_s, end_s in spans:
        corners = (x_of(start_s), top + 3), (max(x_of(end_s), x_of(start_s) + 2), top + 18)
        cv2.rectangle(plot, *corners, colour, -1)
    shade(plot, Box(0, top + 2, LANE_NAME_WIDTH, LANE_HEIGHT - 3))
    _write(plot, name, (4, top + 15), CURVE_COLOUR)


def _draw_curve(plot: Picture, curve: Curve, x_of: Callable[[float], int]) -> None:
    values = [p.value for p in curve.points if not math.isnan(p.value)]
    if not values:
        _write(plot, "no signal", (4, 40), CURVE_COLOUR)
        return
    levels = [t.value for t in curve.thresholds]
    low, high = min(values + levels), max(values + levels)
    room = int(plot.shape[0]) - 2 * MARGIN

    def y_of(value: float) -> int:
        return MARGIN + round(room * (high - value) / max(high - low, 1e-9))

    for threshold in curve.thresholds:
        y = y_of(threshold.value)
        cv2.line(plot, (0, y), (plot.shape[1], y), LEVEL_COLOUR, 1)
        _write(
            plot,
            f"{threshold.name} {threshold.value:g}",
            (plot.shape[1] - 180, y - 3),
            LEVEL_COLOUR,
        )
    piece: list[tuple[int, int]] = []
    for point in (*curve.points, None):
        if point is None or math.isnan(point.value):
            if piece:
                cv2.polylines(
                    plot, [np.array(piece, np.int32).reshape(-1, 1, 2)], False, CURVE_COLOUR, 2
                )
            piece = []
        else:
            piece.append((x_of(point.time_s), y_of(point.value)))
    words = f"{curve.measure} {min(values):.2f} to {max(values):.2f} {curve.unit}"
    _write(plot, words, (4, 16), CURVE_COLOUR)


def _write(plot: Picture, text: str, place: tuple[int, int], colour: Colour) -> None:
    cv2.putText(plot, text, place, FONT, 0.42, colour, 1, cv2.LINE_AA)
