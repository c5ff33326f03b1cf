"""Keep the curve of the primary measure for a chart, in bounded memory.

Samples are kept until there are too many; then every pair of neighbours is reduced to its
lower and upper value, so that peaks survive however long the recording is.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from formcheck import measures
from formcheck.analysis.snapshot import Snapshot, Threshold

MOST_POINTS = 4000


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One point of the curve; ``value`` is NaN where there was no reading."""

    time_s: float
    value: float


@dataclass(frozen=True, slots=True)
class Curve:
    """The primary measure over time, with the thresholds in force at the end.

    Attributes
    ----------
    measure, unit, expected_error
        What it is, and its typical error in its unit.
    """

    measure: str
    unit: str
    expected_error: float
    thresholds: tuple[Threshold, ...]
    points: tuple[CurvePoint, ...]


EMPTY = Curve("", "", math.nan, (), ())


class CurveBuilder:
    """Collect the curve of a run, snapshot by snapshot."""

    def __init__(self, most_points: int = MOST_POINTS) -> None:
        self._most_points = most_points
        self._points: list[CurvePoint] = []
        self._every = 1
        self._pending: list[CurvePoint] = []
        self._last: Snapshot | None = None

    def take(self, snapshot: Snapshot) -> None:
        """Take one instant."""
        value = snapshot.primary.value if snapshot.primary else math.nan
        if snapshot.primary and not math.isnan(value):
            self._last = snapshot
        self._pending.append(CurvePoint(snapshot.time_s, value))
        if len(self._pending) >= self._every:
            self._points += extremes(self._pending) if self._every > 1 else self._pending
            self._pending = []
        if len(self._points) > self._most_points:
            self._every *= 2
            quads = [self._points[i : i + 4] for i in range(0, len(self._points), 4)]
            self._points = [point for quad in quads for point in extremes(quad)]

    def curve(self) -> Curve:
        """Return the curve of everything taken so far."""
        if self._last is None or self._last.primary is None:
            return EMPTY
        measure = measures.find(self._last.primary.measure)
        return Curve(
            measure=measure.name,
            unit=measure.unit,
            expected_error=measure.expected_error,
            thresholds=self._last.thresholds,
            points=(*self._points, *self._pending),
        )


def extremes(points: Sequence[CurvePoint]) -> list[CurvePoint]:
    """Return the lowest and the highest point, in order of time; gaps stay gaps."""
    seen = [point for point in points if not math.isnan(point.value)]
    if not seen:
        return list(points[:1])
    ends = {
        min(seen, key=lambda point: point.value),
        max(seen, key=lambda point: point.value),
    }
    return sorted(ends, key=lambda point: point.time_s)
