"""Take an own exercise into a prescription: whole, because the patient has no file of it."""

from formcheck.exercises.plain import OWN_PREFIX
from formcheck.exercises.schema import Exercise
from formcheck.prescription.made import with_facts
from formcheck.prescription.model import Item, PlannedSession, Prescription


def carrying(prescription: Prescription, exercise: Exercise) -> Prescription:
    """Return the prescription with an exercise in it, where that does not come with formcheck.

    One of the same id is replaced, and what is prescribed of it stays as it is.
    """
    if not exercise.id.startswith(OWN_PREFIX):
        return prescription
    others = tuple(one for one in prescription.own_exercises if one.id != exercise.id)
    return with_facts(prescription, own_exercises=(*others, exercise))


def including(prescription: Prescription, exercise: Exercise, why: str | None) -> Prescription:
    """Return the prescription with an own exercise in it; a seal of it is gone.

    Parameters
    ----------
    why
        What it is to help with: it is then done in every session in which it is not yet, in the
        dose that it begins with. None to take it in alone.

    Raises
    ------
    PrescriptionError
        If its id is not that of an own exercise.
    """
    others = tuple(one for one in prescription.own_exercises if one.id != exercise.id)
    sessions = prescription.sessions
    if why is not None:
        item = Item(exercise=exercise.id, dose=exercise.starting_dose, why=why)
        sessions = tuple(_with_item(one, item) for one in sessions)
    return with_facts(
        prescription, own_exercises=(*others, exercise), sessions=sessions, signature=None
    )


def _with_item(session: PlannedSession, item: Item) -> PlannedSession:
    if any(there.exercise == item.exercise for there in session.items):
        return session
    return session.model_copy(update={"items": (*session.items, item)})
