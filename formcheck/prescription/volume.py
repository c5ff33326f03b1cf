"""How much a dose is, and how long a session takes."""

from collections.abc import Iterable, Mapping

from formcheck.exercises.dose import Dose
from formcheck.exercises.schema import Exercise
from formcheck.prescription.model import Item, PlannedSession

# Of a repetition whose tempo nobody has said, and of getting into position for an exercise.
REPETITION_S, GETTING_READY_S = 6.0, 45.0


def volume(dose: Dose) -> float:
    """Return all repetitions, or seconds of holding, of a dose."""
    return dose.sets * dose.due


def minutes(session: PlannedSession, exercises: Mapping[str, Exercise]) -> float:
    """Return about how long a session takes [min], heat left out.

    A repetition takes as long as its tempo says, or as simulated people who do the exercise take.
    """
    return sum(_duration_s(item, exercises.get(item.exercise)) for item in session.items) / 60.0


def _duration_s(item: Item, exercise: Exercise | None) -> float:
    dose = item.dose
    if dose.repetitions is None:
        set_s = dose.due
    else:
        set_s = dose.repetitions * _repetition_s(item, exercise)
    return GETTING_READY_S + dose.sets * set_s + (dose.sets - 1) * dose.rest_s


def _repetition_s(item: Item, exercise: Exercise | None) -> float:
    if item.tempo_s:
        return sum(item.tempo_s)
    paces: Iterable[float] = (
        motion.pace.out_s + motion.pace.hold_s + motion.pace.back_s + motion.pace.rest_s
        for motion in (exercise.motion if exercise else ())
    )
    return next(iter(paces), REPETITION_S)
