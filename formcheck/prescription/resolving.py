"""A prescription as exercises with this patient's numbers: all that the rest is told of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from formcheck.errors import PrescriptionError
from formcheck.exercises.dose import Dose
from formcheck.exercises.schema import Exercise
from formcheck.exercises.set_thresholds import SetThreshold, settable, with_thresholds
from formcheck.landmarks import Side
from formcheck.prescription.model import Item, PlannedSession, Prescription

TARGET = "target"


@dataclass(frozen=True, slots=True)
class Prescribed:
    """One exercise as this patient is to do it.

    Attributes
    ----------
    thresholds
        What the therapist has set: it wins over everything that is measured.
    side
        The only side to be done; None for both.
    """

    exercise: Exercise
    dose: Dose
    thresholds: tuple[SetThreshold, ...]
    side: Side | None
    item: Item


def resolved(session: PlannedSession, exercises: Mapping[str, Exercise]) -> tuple[Prescribed, ...]:
    """Return the exercises of a session, in order, each checked against its file.

    Raises
    ------
    PrescriptionError
        If there is no such exercise, or it has no such number or cannot be done like that.
    """
    return tuple(_resolved(item, exercises) for item in session.items)


def check_resolvable(prescription: Prescription, exercises: Mapping[str, Exercise]) -> None:
    """Raise if any session does not resolve.

    Raises
    ------
    PrescriptionError
        See `resolved`.
    """
    known = prescription.known(exercises)
    for session in prescription.sessions_now:
        resolved(session, known)


def _resolved(item: Item, exercises: Mapping[str, Exercise]) -> Prescribed:
    exercise = exercises.get(item.exercise)
    if exercise is None:
        raise PrescriptionError(
            f"there is no exercise {item.exercise!r}: `formcheck exercises list` names them"
        )
    if not exercise.fits(item.dose):
        due = "hold_s" if exercise.is_hold else "repetitions"
        raise PrescriptionError(f"{item.exercise} cannot be done like that: expected {due}")
    set_numbers = dict(item.thresholds)
    if item.target is not None:
        set_numbers[TARGET] = item.target
    thresholds = tuple(SetThreshold(name, value) for name, value in set_numbers.items())
    try:
        with_thresholds(exercise, thresholds)
    except ValidationError as error:
        raise PrescriptionError(f"{item.exercise}: {error.errors()[0]['msg']}") from error
    except ValueError as error:
        known = ", ".join(settable(exercise))
        raise PrescriptionError(f"{item.exercise}: {error} (it has {known})") from error
    return Prescribed(exercise, item.dose, thresholds, item.side, item)
