"""Numbers of an exercise that a therapist sets: what they are called, and what they change.

``RULE`` is the bound of a form or a tempo rule (``RULE.min`` or ``RULE.max`` where it has two);
what counts as a fault moves along with the advice. ``target``, ``minimum_excursion``, ``effort``
and ``rest`` are those of what is counted (after ``MEASURE.`` where that is more than one measure);
``MEASURE.min`` and ``MEASURE.max`` are the bounds of a hold.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from formcheck import measures
from formcheck.exercises.altering import changed, moved, with_excursion
from formcheck.exercises.schema import (
    Bounds,
    Condition,
    Exercise,
    FormRule,
    Signal,
    TempoRule,
    Variant,
)

HALF_TURN_DEG = 180.0
SIGNAL_FIELDS = ("target", "minimum_excursion", "effort", "rest")
_Change = Callable[[Exercise, float], Exercise]


@dataclass(frozen=True, slots=True)
class SetThreshold:
    """A number that a therapist has set: what of the exercise, as in ``arm_low.min``."""

    name: str
    value: float


def settable(exercise: Exercise) -> tuple[str, ...]:
    """Return the names of everything that can be set."""
    return tuple(_changes(exercise))


def with_thresholds(exercise: Exercise, thresholds: Sequence[SetThreshold]) -> Exercise:
    """Return the exercise with the numbers that were set, in their order.

    Raises
    ------
    ValueError
        If there is no number of that name, or it does not go with the others.
    """
    for one in thresholds:
        change = _changes(exercise).get(one.name)
        if change is None:
            raise ValueError(
                f"{exercise.id} has no threshold {one.name}; expected one of"
                f" {', '.join(settable(exercise))}"
            )
        exercise = change(exercise, one.value)
    return exercise


def _changes(exercise: Exercise) -> Mapping[str, _Change]:
    changes: dict[str, _Change] = {}
    for rule in exercise.form:
        changes.update(_of_rule(rule))
    for tempo in exercise.tempo:
        changes[tempo.name] = _tempo(tempo.name)
    measures = dict.fromkeys(signal.measure for signal in _signals(exercise))
    for field in SIGNAL_FIELDS if measures else ():
        if len(measures) == 1:
            changes[field] = _signal(None, field)
        changes.update({f"{measure}.{field}": _signal(measure, field) for measure in measures})
    for condition in _conditions(exercise):
        for end in ("min", "max"):
            if math.isfinite(getattr(condition, end)):
                changes[f"{condition.measure}.{end}"] = _condition(condition.measure, end)
    return changes


def _signals(exercise: Exercise) -> Iterator[Signal]:
    for variant in exercise.variants:
        yield from variant.repetition.signals if variant.repetition else ()


def _conditions(exercise: Exercise) -> Iterator[Condition]:
    for variant in exercise.variants:
        yield from variant.hold.conditions if variant.hold else ()


def _of_rule(rule: FormRule) -> Iterator[tuple[str, _Change]]:
    ends = [end for end in ("min", "max") if math.isfinite(getattr(rule.advice, end))]
    if len(ends) == 1 or rule.advice.min == -rule.advice.max:
        yield rule.name, _form(rule.name, ends)
    if len(ends) == 2:
        yield from ((f"{rule.name}.{end}", _form(rule.name, [end])) for end in ends)


def _form(name: str, ends: Sequence[str]) -> _Change:
    def change(exercise: Exercise, value: float) -> Exercise:
        def of(rule: FormRule) -> FormRule:
            if rule.name != name:
                return rule
            _expect_possible(rule.measure, value)
            both = {"min": -abs(value), "max": abs(value)}
            asked = both if len(ends) == 2 else {ends[0]: value}
            now = {"min": rule.advice.min, "max": rule.advice.max} | asked
            return moved(rule, Bounds(**now))

        return changed(exercise, form=tuple(of(rule) for rule in exercise.form))

    return change


def _tempo(name: str) -> _Change:
    def change(exercise: Exercise, value: float) -> Exercise:
        def of(rule: TempoRule) -> TempoRule:
            if rule.name != name:
                return rule
            return changed(rule, advice_s=value, error_s=min(rule.error_s, value))

        return changed(exercise, tempo=tuple(of(rule) for rule in exercise.tempo))

    return change


def _signal(measure: str | None, field: str) -> _Change:
    def of(variant: Variant, value: float) -> Variant:
        rule = variant.repetition
        if rule is None:
            return variant
        signals = tuple(
            _set_signal(one, field, value) if measure in {None, one.measure} else one
            for one in rule.signals
        )
        return changed(variant, repetition=changed(rule, signals=signals))

    def change(exercise: Exercise, value: float) -> Exercise:
        return changed(exercise, variants=tuple(of(one, value) for one in exercise.variants))

    return change


def _set_signal(signal: Signal, field: str, value: float) -> Signal:
    _expect_possible(signal.measure, value)
    if field == "minimum_excursion":
        return with_excursion(signal, value)
    fitting = changed(signal, **{field: value})
    if fitting.outward != signal.outward:
        raise ValueError(f"{field} = {value:g}: target must lie beyond rest and effort")
    return fitting


def _expect_possible(measure: str, value: float) -> None:
    """Refuse what no body can show: a slip of the keys would switch a rule off unseen."""
    if measures.find(measure).unit == "deg" and abs(value) > HALF_TURN_DEG:
        raise ValueError(f"{value:g} degrees of {measure}: expected -180 to 180")


def _condition(measure: str, end: str) -> _Change:
    def of(variant: Variant, value: float) -> Variant:
        _expect_possible(measure, value)
        hold = variant.hold
        if hold is None:
            return variant
        conditions = tuple(
            changed(one, **{end: value})
            if one.measure == measure and math.isfinite(getattr(one, end))
            else one
            for one in hold.conditions
        )
        return changed(variant, hold=changed(hold, conditions=conditions))

    def change(exercise: Exercise, value: float) -> Exercise:
        return changed(exercise, variants=tuple(of(one, value) for one in exercise.variants))

    return change
