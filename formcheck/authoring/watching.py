"""What can go wrong with it: what the therapist names, and what the demonstration itself says."""

import math
from typing import Literal

from formcheck.authoring.choices import FaultChoice
from formcheck.authoring.demonstration import Demonstration
from formcheck.authoring.numbers import readable_views
from formcheck.authoring.parts import PARTS
from formcheck.authoring.repeating import LEAST_EXCURSION
from formcheck.authoring.trial import Trial
from formcheck.errors import UsageError
from formcheck.exercises.readings import Bounds, Reading
from formcheck.exercises.rules import FormRule, Phase, Signal, TempoRule
from formcheck.exercises.schema import Exercise, Variant
from formcheck.measures import MEASURES

NOT_FAR, TOO_FAST = "not_far_enough", "too_fast"
NOT_FAR_BELOW = 0.7
# Twice as fast as it was shown is too fast.
TOO_FAST_SHARE = 0.5
_MOVING = frozenset({Phase.OUTBOUND, Phase.EFFORT, Phase.RETURN})
_BASIS: Literal["demonstration"] = "demonstration"


def form_of(
    demonstration: Demonstration, variant: Variant, faults: tuple[FaultChoice, ...]
) -> tuple[FormRule, ...]:
    """Return the faults that were named, after a tip for who does not go as far as was shown."""
    rules = [_fault(demonstration, one, number) for number, one in enumerate(faults, start=1)]
    if variant.repetition:
        rules.insert(0, _not_far(variant.repetition.signals[0]))
    return tuple(rules)


def _not_far(signal: Signal) -> FormRule:
    way = signal.minimum_excursion / LEAST_EXCURSION
    return FormRule(
        name=NOT_FAR,
        says="The movement does not go as far as it was shown.",
        cue="Go a little further, if it feels well.",
        why="It was shown through a larger range.",
        body_part=PARTS[signal.measure],
        measure=signal.measure,
        side=signal.side,
        statistic="range",
        advice=Bounds(min=round(NOT_FAR_BELOW * way, 3)),
        phases=_MOVING,
        views=signal.views,
        observability="fair",
        basis=_BASIS,
    )


def _fault(demonstration: Demonstration, fault: FaultChoice, number: int) -> FormRule:
    reading = Reading(measure=fault.measure, side=fault.side)
    if demonstration.view not in MEASURES[fault.measure].views:
        raise UsageError(f"{fault.measure} cannot be read from the {demonstration.view}")
    return FormRule(
        name=f"fault_{number}",
        says=fault.says,
        cue=fault.cue,
        why=fault.why,
        body_part=fault.part or PARTS[fault.measure],
        measure=fault.measure,
        side=fault.side,
        advice=fault.bounds,
        error=_beyond(fault.bounds, MEASURES[fault.measure].expected_error),
        phases=fault.phases,
        views=readable_views(demonstration, reading),
        observability="fair",
        basis=_BASIS,
    )


def _beyond(bounds: Bounds, error: float) -> Bounds:
    """Return from where on it is a fault of the repetition: what the measure errs beyond a tip."""
    return Bounds(min=bounds.min - error, max=bounds.max + error)


def fitting(exercise: Exercise, trial: Trial) -> Exercise:
    """Return the exercise with what is not chosen but taken over from the demonstration.

    A tip for who does it twice as fast as it was shown; and none for who does not go as far, where
    the demonstration itself varies by that much.
    """
    form = tuple(
        rule for rule in exercise.form if rule.name != NOT_FAR or NOT_FAR not in trial.fault_names
    )
    rules = (_too_fast(exercise, trial),) if math.isfinite(trial.median_duration_s) else ()
    return exercise.model_copy(update={"form": form, "tempo": rules})


def _too_fast(exercise: Exercise, trial: Trial) -> TempoRule:
    return TempoRule(
        name=TOO_FAST,
        says="The repetition is twice as fast as it was shown.",
        cue="Take your time.",
        why="Swing replaces strength and control.",
        body_part=exercise.form[0].body_part,
        phases=_MOVING,
        advice_s=round(TOO_FAST_SHARE * trial.median_duration_s, 1),
        observability="fair",
        basis=_BASIS,
    )
