"""Fit an exercise to one person, within the bounds that its file states.

What comes out is an exercise like any other, with other numbers: nothing that counts or judges
knows of it. Every bound is the file's own: no repetition counts for anybody that is smaller than
its ``least_excursion``, no target lies beyond the file's, no condition and no form rule moves by
more than it ``gives``. What a therapist sets is not bounded; it is applied last.
"""

from collections.abc import Iterator

from formcheck import measures
from formcheck.analysis.own_numbers import Calibration, Fit, OwnSignal, usual_at
from formcheck.analysis.own_range import LEAST_SHARE
from formcheck.exercises.altering import SHORT_OF_REST, changed, moved
from formcheck.exercises.schema import (
    Bounds,
    Condition,
    Exercise,
    FormRule,
    Individual,
    Signal,
    Variant,
)
from formcheck.exercises.set_thresholds import with_thresholds

# Rest ends within the first part of one's own range, wherever the file draws the line.
REST_ENDS_WITHIN = 0.75
# A comfortable posture varies: what lies this share of the expected error past it is the same.
MARGIN = 0.5
# A target lies at least this share of the excursion beyond what counts.
BEYOND_EFFORT = 0.1
SAME = 0.01


def fitted(exercise: Exercise, fit: Fit) -> Exercise:
    """Return the exercise with this person's numbers.

    Raises
    ------
    ValueError
        If a calibration is of another exercise, or a threshold that was set does not fit.
    """
    if not (fit.calibrations or fit.thresholds):
        return exercise
    for calibration in fit.calibrations:
        if calibration.exercise != exercise.id:
            raise ValueError(f"a calibration of {calibration.exercise}, not of {exercise.id}")
    personal = changed(
        exercise,
        variants=tuple(_to_person(variant, fit) for variant in exercise.variants),
        form=tuple(_rule(rule, fit) for rule in exercise.form),
    )
    return with_thresholds(personal, fit.thresholds)


def easiest(exercise: Exercise) -> Exercise:
    """Return the exercise as it may be for whoever can do least: what calibration counts by."""
    return changed(exercise, variants=tuple(_easiest(variant) for variant in exercise.variants))


def can_follow(exercise: Exercise, *, is_hold: bool) -> bool:
    """Return whether anything of the exercise may follow one person, held or repeated."""
    if not is_hold:
        return any(variant.repetition for variant in exercise.variants)
    holds = [variant.hold for variant in exercise.variants if variant.hold]
    conditions = [condition for hold in holds for condition in hold.conditions]
    rules = [rule for rule in exercise.form if rule.individual and rule.statistic == "value"]
    return bool(holds) and (any(one.gives for one in conditions) or bool(rules))


def _with_signals(variant: Variant, signals: Iterator[Signal]) -> Variant:
    if variant.repetition is None:
        return variant
    return changed(variant, repetition=changed(variant.repetition, signals=tuple(signals)))


def _with_conditions(variant: Variant, conditions: Iterator[Condition]) -> Variant:
    if variant.hold is None:
        return variant
    return changed(variant, hold=changed(variant.hold, conditions=tuple(conditions)))


def _easiest(variant: Variant) -> Variant:
    if variant.repetition:
        return _with_signals(variant, map(_easiest_signal, variant.repetition.signals))
    conditions = variant.hold.conditions if variant.hold else ()
    return _with_conditions(
        variant, (_widened(c, c.min - c.gives, c.max + c.gives) for c in conditions)
    )


def _easiest_signal(signal: Signal) -> Signal:
    effort = _easiest_effort(signal)
    ends = min(signal.outward * signal.rest, effort + SHORT_OF_REST * signal.least)
    return changed(
        signal,
        rest=signal.outward * ends,
        effort=signal.outward * effort,
        minimum_excursion=signal.least,
    )


def _easiest_effort(signal: Signal) -> float:
    """Return how far out effort must be for anybody: it gives by as much as the excursion.

    It does not give where it already lies so far short of rest that the excursion decides.
    """
    effort, rest = signal.outward * signal.effort, signal.outward * signal.rest
    gives = signal.minimum_excursion - signal.least
    return min(effort, max(effort - gives, rest - SHORT_OF_REST * signal.least))


def _at_age(signal: Signal, age_years: int | None) -> Signal:
    """Return a signal with the target that is usual at an age, where that is nearer."""
    outward = signal.outward
    usual = outward * usual_at(signal, age_years)
    if not usual < outward * signal.target:  # also where it is not known
        return signal
    counts_from = max(outward * signal.effort, outward * signal.rest)
    nearest = counts_from + BEYOND_EFFORT * signal.minimum_excursion
    return changed(signal, target=outward * min(max(usual, nearest), outward * signal.target))


def _to_person(variant: Variant, fit: Fit) -> Variant:
    if variant.repetition:
        signals = variant.repetition.signals
        for calibration in fit.calibrations:
            parts = [_parts(signal, variant, calibration) for signal in signals]
            signals = tuple(signal for part in parts for signal in part)
        return _with_signals(
            variant,
            (s if fit.own_signal(variant.id, s) else _at_age(s, fit.age_years) for s in signals),
        )
    conditions = variant.hold.conditions if variant.hold else ()
    return _with_conditions(variant, (_condition(one, variant, fit) for one in conditions))


def _parts(signal: Signal, variant: Variant, calibration: Calibration) -> tuple[Signal, ...]:
    """Return a signal as it is in the calibrated view, and as before in its others."""
    of_it = (variant.id, signal.measure, signal.side)
    own = next((o for o in calibration.signals if (o.variant, o.measure, o.side) == of_it), None)
    if own is None or calibration.view not in signal.views:
        return (signal,)
    others = signal.views - {calibration.view}
    personal = _signal(changed(signal, views=frozenset({calibration.view})), own)
    return (personal, changed(signal, views=others)) if others else (personal,)


def _signal(signal: Signal, own: OwnSignal) -> Signal:
    """Return a signal that counts by somebody's own range.

    All of it is said on the way outward, where larger is further.
    """
    outward = signal.outward
    rest, furthest = outward * own.rest, outward * own.furthest
    excursion = furthest - rest
    smallest = min(max(LEAST_SHARE * excursion, signal.least), signal.minimum_excursion)
    effort = min(outward * signal.effort, rest + LEAST_SHARE * excursion)
    effort = max(effort, _easiest_effort(signal), rest - SHORT_OF_REST * smallest)
    ends = min(
        max(outward * signal.rest, rest),
        rest + REST_ENDS_WITHIN * excursion,
        effort + SHORT_OF_REST * smallest,
    )
    return changed(
        signal,
        rest=outward * ends,
        # Where they are the same, a little less says as much: the excursion decides.
        effort=outward * (effort - SAME * smallest if effort == ends else effort),
        minimum_excursion=smallest,
        least_excursion=min(signal.least, smallest),
        target=outward * min(outward * signal.target, furthest),
    )


def _condition(condition: Condition, variant: Variant, fit: Fit) -> Condition:
    """Return a condition that takes in the comfortable posture that was measured last."""
    of_it = (variant.id, condition.measure, condition.side)
    for calibration in reversed(fit.calibrations):
        for own in calibration.postures:
            if (own.variant, own.measure, own.side) == of_it:
                bounds = _following(condition, own.value, condition.gives, condition.measure)
                return _widened(condition, bounds.min, bounds.max)
    return condition


def _rule(rule: FormRule, fit: Fit) -> FormRule:
    """Return a rule that follows what was measured last."""
    if rule.individual is None:
        return rule
    for calibration in reversed(fit.calibrations):
        for own in calibration.readings if calibration.view in rule.views else ():
            if own.rule == rule.name:
                return moved(rule, _followed(rule.individual, rule, own.value))
    return rule


def _followed(individual: Individual, rule: FormRule, own: float) -> Bounds:
    if individual.follows == "comfort":
        return _following(rule.advice, own, individual.gives, rule.measure)
    shift = max(-individual.gives, min(individual.gives, own))
    return Bounds(min=rule.advice.min + shift, max=rule.advice.max + shift)


def _following(bounds: Bounds, own: float, gives: float, measure: str) -> Bounds:
    """Return bounds that take in somebody's own value, moved by no more than they give."""
    margin = MARGIN * measures.find(measure).expected_error
    return Bounds(
        min=min(bounds.min, max(own - margin, bounds.min - gives)),
        max=max(bounds.max, min(own + margin, bounds.max + gives)),
    )


def _widened(condition: Condition, least: float, most: float) -> Condition:
    return changed(condition, min=least, max=most)
