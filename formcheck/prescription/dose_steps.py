"""One step more or less of an exercise, one parameter at a time, in whole numbers.

No step makes a week's volume more than a fifth larger, or a reduced session more than half
smaller. Where one repetition alone is more than a fifth, the step is given all the same and says
how large it is: whether it is taken is for the therapist.
"""

import enum
import math
from dataclasses import dataclass

from formcheck.exercises.dose import Dose
from formcheck.prescription.progress_checks import MOST_GROWTH
from formcheck.prescription.stop_rules import stop_table
from formcheck.prescription.volume import volume

ROUND_HOLD_S = 5  # longer holds grow by what a clock shows
_EPSILON = 1e-9


class Parameter(enum.StrEnum):
    """What of a dose changes."""

    REPETITIONS = "repetitions"
    HOLD_S = "hold_s"
    SETS = "sets"


@dataclass(frozen=True, slots=True)
class DoseStep:
    """A dose with one parameter changed.

    Attributes
    ----------
    growth
        By what share the volume of a session changes against what is done now.
    is_too_large
        Whether the week's volume would grow by more than a fifth.
    """

    dose: Dose
    parameter: Parameter
    growth: float
    is_too_large: bool = False


def step_up(dose: Dose, ceiling: Dose, repetitions_step: int = 1) -> DoseStep | None:
    """Return the next dose on the way to ``ceiling``; None where that is reached.

    Parameters
    ----------
    dose
        What has been done for a week: the fifth is of that.
    repetitions_step
        2 where the sides take turns, so that they stay equal.

    Examples
    --------
    >>> step_up(Dose(repetitions=10), Dose(repetitions=15)).dose.repetitions
    12
    """
    most = volume(dose) * MOST_GROWTH + _EPSILON
    missing = ceiling.due - dose.due
    if missing > 0:
        step = _whole_step(dose, most / dose.sets - dose.due, missing, repetitions_step)
        larger = _with_due(dose, dose.due + step)
    elif ceiling.sets > dose.sets:
        larger = dose.model_copy(update={"sets": dose.sets + 1})
    else:
        return None
    return _step(dose, larger, is_too_large=volume(larger) > most)


def step_down(dose: Dose, share: float, repetitions_step: int = 1) -> DoseStep | None:
    """Return a dose smaller by about ``share``, between 30 and 50 %; None where none is.

    Examples
    --------
    >>> step_down(Dose(repetitions=10), 0.3).dose.repetitions
    7
    """
    less = _part_of(dose.due, share, repetitions_step if dose.repetitions else 1)
    if less:
        return _step(dose, _with_due(dose, dose.due - less))
    less = _part_of(dose.sets, share, 1)
    if less:
        return _step(dose, dose.model_copy(update={"sets": dose.sets - int(less)}))
    return None


def _whole_step(dose: Dose, room: float, missing: float, repetitions_step: int) -> float:
    """Return the largest whole step that there is room for, at least the smallest there is."""
    smallest = repetitions_step if dose.repetitions else 1
    unit = smallest
    if dose.repetitions is None and room >= ROUND_HOLD_S:
        unit = ROUND_HOLD_S
    return min(max(math.floor(room / unit) * unit, smallest), missing)


def _part_of(amount: float, share: float, unit: int) -> int:
    """Return the whole part that is nearest to a share and within the bounds; 0 where none is."""
    limits = stop_table().limits
    parts = range(unit, math.floor(amount) + 1, unit)
    fitting = [
        part
        for part in parts
        if limits.reduce_least - _EPSILON <= part / amount <= limits.reduce_most + _EPSILON
    ]
    return min(fitting, key=lambda part: abs(part / amount - share), default=0)


def _with_due(dose: Dose, due: float) -> Dose:
    if dose.repetitions is not None:
        return dose.model_copy(update={"repetitions": int(due)})
    return dose.model_copy(update={"hold_s": due})


def _step(dose: Dose, other: Dose, is_too_large: bool = False) -> DoseStep:
    changed = next(one for one in Parameter if getattr(dose, one) != getattr(other, one))
    return DoseStep(other, changed, volume(other) / volume(dose) - 1, is_too_large)
