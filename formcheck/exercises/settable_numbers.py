"""The numbers of an exercise that a therapist may set, with what they are in its file."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from formcheck import measures
from formcheck.exercises.schema import Exercise, FormRule
from formcheck.exercises.set_thresholds import SIGNAL_FIELDS

_SECONDS = "s"


@dataclass(frozen=True, slots=True)
class SettableNumber:
    """One number, as it is.

    Attributes
    ----------
    name
        As it is set: ``target``, ``hip_sag.max``.
    value
        What it is; of a bound to both sides, how far from the middle.
    unit
        Of the measure, or ``s``.
    measure
        What it is read from; empty for a duration.
    says
        What is wrong beyond it, in the words of the file; empty for what is counted by.
    """

    name: str
    value: float
    unit: str
    measure: str = ""
    says: str = ""


def settable_numbers(exercise: Exercise) -> tuple[SettableNumber, ...]:
    """Return what can be set, each once: what is counted by, then bounds of faults, then of holds.

    Where a number may be called in two ways, it is the shorter one; where an exercise is done in
    several ways that differ in it, it is that of the first.

    Examples
    --------
    >>> from formcheck.exercises import library
    >>> [(one.name, one.value) for one in settable_numbers(library.find("sit_to_stand"))][:1]
    [('target', 20.0)]
    """
    found: dict[str, SettableNumber] = {}
    for one in (*_signals(exercise), *_form(exercise), *_tempo(exercise), *_conditions(exercise)):
        found.setdefault(one.name, one)
    return tuple(found.values())


def _signals(exercise: Exercise) -> Iterator[SettableNumber]:
    rules = [variant.repetition for variant in exercise.variants if variant.repetition]
    signals = [signal for rule in rules for signal in rule.signals]
    is_one = len({signal.measure for signal in signals}) == 1
    for signal in signals:
        for field in SIGNAL_FIELDS:
            name = field if is_one else f"{signal.measure}.{field}"
            yield _of(name, getattr(signal, field), signal.measure)


def _form(exercise: Exercise) -> Iterator[SettableNumber]:
    for rule in exercise.form:
        ends = [end for end in ("min", "max") if math.isfinite(getattr(rule.advice, end))]
        if len(ends) == 1 or rule.advice.min == -rule.advice.max:
            # To both sides alike: it is set as how far from the middle.
            yield _bound(rule, rule.name, getattr(rule.advice, ends[-1]))
            continue
        for end in ends:
            yield _bound(rule, f"{rule.name}.{end}", getattr(rule.advice, end))


def _bound(rule: FormRule, name: str, value: float) -> SettableNumber:
    return _of(name, value, rule.measure, rule.says)


def _tempo(exercise: Exercise) -> Iterator[SettableNumber]:
    for rule in exercise.tempo:
        yield SettableNumber(rule.name, rule.advice_s, _SECONDS, says=rule.says)


def _conditions(exercise: Exercise) -> Iterator[SettableNumber]:
    for variant in exercise.variants:
        for condition in variant.hold.conditions if variant.hold else ():
            for end in ("min", "max"):
                if math.isfinite(value := getattr(condition, end)):
                    yield _of(f"{condition.measure}.{end}", value, condition.measure)


def _of(name: str, value: float, measure: str, says: str = "") -> SettableNumber:
    return SettableNumber(name, value, measures.find(measure).unit, measure, says)
