"""What was measured in a set over time, for drawing, with the numbers that it was judged by."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from formcheck import measures
from formcheck.analysis.observing import Observed
from formcheck.analysis.readings import Channel, channel
from formcheck.analysis.snapshot import Threshold
from formcheck.exercises.readings import Bounds
from formcheck.exercises.schema import Exercise, Reading, Signal
from formcheck.landmarks import Side
from formcheck.measures import View

MOST_POINTS = 6000


@dataclass(frozen=True, slots=True)
class MeasureCurve:
    """One reading over time.

    Attributes
    ----------
    measure, side
        What is read; the side is one of `SideChoice`.
    is_primary
        Whether the exercise is counted or timed by it.
    values
        NaN where it could not be taken.
    """

    measure: str
    side: str
    unit: str
    expected_error: float
    is_primary: bool
    values: tuple[float, ...]
    thresholds: tuple[Threshold, ...]


@dataclass(frozen=True, slots=True)
class SetCurves:
    """Every reading of a set; what it is counted by comes first."""

    times_s: tuple[float, ...]
    curves: tuple[MeasureCurve, ...]


def set_curves(exercise: Exercise, observed: Sequence[Observed]) -> SetCurves:
    """Return what was read of a set.

    Parameters
    ----------
    exercise
        With the numbers by which it was judged.
    """
    every = max(1, math.ceil(len(observed) / MOST_POINTS))
    shown = observed[::every]
    view = _usual_view(observed)
    primary = _primary(exercise, view)
    keys = tuple(
        dict.fromkeys([*primary, *(key for one in exercise.readings() for key in _keys(one))])
    )
    read = zip(*(_read(keys, one) for one in shown), strict=True) if shown else ((),) * len(keys)
    curves = [
        _curve(key, exercise, view, values, is_primary=key in primary)
        for key, values in zip(keys, read, strict=True)
    ]
    drawn = [one for one in curves if not all(map(math.isnan, one.values))]
    return SetCurves(tuple(one.time_s for one in shown), tuple(drawn))


def _read(keys: Sequence[Channel], one: Observed) -> list[float]:
    """Return all that was read at one instant.

    Its landmarks are let go at once: those of a whole set are a hundred thousand lists, and most of
    the time went into looking through them for garbage.
    """
    readings = one.readings
    if readings is None:
        return [math.nan] * len(keys)
    values = [readings[key].value if key in readings else math.nan for key in keys]
    readings.let_go()
    return values


def _curve(
    key: Channel,
    exercise: Exercise,
    view: View | None,
    values: tuple[float, ...],
    *,
    is_primary: bool,
) -> MeasureCurve:
    name, side = key
    measure = measures.find(name)
    return MeasureCurve(
        name,
        str(side) if measure.sided else "",
        measure.unit,
        measure.expected_error,
        is_primary,
        values,
        tuple(_thresholds(key, exercise, view)),
    )


def _usual_view(observed: Iterable[Observed]) -> View | None:
    views = Counter(one.body.view for one in observed if one.body is not None)
    return views.most_common(1)[0][0] if views else None


def _primary(exercise: Exercise, view: View | None) -> dict[Channel, None]:
    """Return what is counted or timed by, as it is read in the view."""
    found: dict[Channel, None] = {}
    for variant in exercise.variants:
        if variant.repetition:
            seen = [one for one in variant.repetition.signals if _is_seen(one, view)]
            found |= dict.fromkeys(key for one in seen for key in _keys(one))
        elif variant.hold and variant.hold.conditions:
            found |= dict.fromkeys(_keys(variant.hold.conditions[0]))
    return found


def _keys(reading: Reading) -> tuple[Channel, ...]:
    """Return what a reading is found under: on either side, where the movement decides."""
    return tuple(dict.fromkeys(channel(reading, working) for working in Side))


def _is_seen(signal: Signal, view: View | None) -> bool:
    return view is None or view in signal.views


def _thresholds(key: Channel, exercise: Exercise, view: View | None) -> Iterator[Threshold]:
    """Yield the numbers that mean something on this curve, each once."""
    told: dict[str, float] = {}
    for name, value in _named(key, exercise, view):
        if math.isfinite(value):
            told.setdefault(name, value)
    yield from (Threshold(name, value) for name, value in told.items())


def _named(key: Channel, exercise: Exercise, view: View | None) -> Iterator[tuple[str, float]]:
    for variant in exercise.variants:
        for signal in variant.repetition.signals if variant.repetition else ():
            if key in _keys(signal) and _is_seen(signal, view):
                yield from (
                    ("rest", signal.rest),
                    ("counts from", signal.effort),
                    ("target", signal.target),
                )
        for condition in variant.hold.conditions if variant.hold else ():
            if key in _keys(condition):
                yield from _bounds("held", condition)
    for rule in exercise.form:
        if rule.statistic == "value" and key in _keys(rule):
            yield from _bounds(rule.name, rule.advice)


def _bounds(name: str, bounds: Bounds) -> Iterator[tuple[str, float]]:
    yield from ((f"{name} from", bounds.min), (f"{name} to", bounds.max))
