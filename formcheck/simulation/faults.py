"""How much of a fault to do: so many times the way from clean to its threshold."""

import math

from formcheck.errors import UsageError
from formcheck.exercises.motion import Deviation, Motion, Pace
from formcheck.exercises.rules import FormRule, Phase, TempoRule
from formcheck.exercises.schema import Exercise
from formcheck.simulation.moments import Wrong

# A minimum-jerk movement takes this share of its time between 10 and 85 % of its way, and this
# share beyond 85 %; a repetition's phases are told apart there.
_BETWEEN, _BEYOND = 0.46, 0.29


def doable(exercise: Exercise, motion: Motion) -> tuple[str, ...]:
    """Return the faults that a motion can be done with: those it describes, and of tempo."""
    form = tuple(deviation.fault for deviation in motion.faults)
    is_hold = next(one.hold for one in exercise.variants if one.id == motion.variant)
    return form if is_hold else (*form, *(rule.name for rule in exercise.tempo))


def threshold(rule: FormRule, deviation: Deviation) -> float:
    """Return where a rule calls it a fault: its error bound, or the advice where it has none."""
    bounds = [one for one in (rule.error, rule.advice) if one is not None]
    lows = [one.min for one in bounds if not math.isinf(one.min)]
    highs = [one.max for one in bounds if not math.isinf(one.max)]
    return lows[0] if lows and (deviation.bound == "min" or not highs) else highs[0]


def wrong_by(exercise: Exercise, motion: Motion, fault: str, way: float) -> Wrong:
    """Return a form fault, so many times the way to its threshold.

    Raises
    ------
    UsageError
        Where the motion does not say how it is done.
    """
    deviation = next((one for one in motion.faults if one.fault == fault), None)
    if deviation is None:
        raise UsageError(
            f"The motion of {exercise.id} ({motion.variant}) does not say how {fault!r} is done;"
            f" expected one of {', '.join(doable(exercise, motion)) or 'none'}."
        )
    rule = next(one for one in exercise.form if one.name == fault)
    return Wrong(deviation, way * (threshold(rule, deviation) - deviation.clean))


def tempo_rule(exercise: Exercise, fault: str) -> TempoRule | None:
    """Return the tempo rule of a name, if it is one."""
    return next((rule for rule in exercise.tempo if rule.name == fault), None)


def hurried(pace: Pace, rule: TempoRule, way: float) -> Pace:
    """Return a pace that is so many times the way to being too fast.

    To where it is said: many movements that are an error are too short to be done at all.
    """
    parts = {
        Phase.OUTBOUND: _BETWEEN * pace.out_s,
        Phase.EFFORT: pace.hold_s + _BEYOND * (pace.out_s + pace.back_s),
        Phase.RETURN: _BETWEEN * pace.back_s,
    }
    clean_s = sum(parts[phase] for phase in rule.phases)
    # In proportion: in seconds, half again the way to a short threshold would leave none.
    factor = (rule.advice_s / clean_s) ** way
    faster = {}
    if Phase.OUTBOUND in rule.phases:
        faster["out_s"] = pace.out_s * factor
    if Phase.EFFORT in rule.phases:
        faster["hold_s"] = pace.hold_s * factor
    if Phase.RETURN in rule.phases:
        faster["back_s"] = pace.back_s * factor
    return pace.model_copy(update=faster)
