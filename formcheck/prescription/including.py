"""Take an own exercise into a prescription: whole, because the patient has no file of it."""

from formcheck.exercises.schema import Exercise
from formcheck.prescription.model import Item, Prescription


def including(prescription: Prescription, exercise: Exercise, why: str | None) -> Prescription:
    """Return the prescription with an own exercise in it; a seal of it is gone.

    One of the same id is replaced, and what is prescribed of it stays as it is.

    Parameters
    ----------
    why
        What it is to help with: it is then done in every session in which it is not yet, in the
        dose that it begins with. None to take it in alone.
    """
    others = tuple(one for one in prescription.own_exercises if one.id != exercise.id)
    sessions = prescription.sessions
    if why is not None:
        item = Item(exercise=exercise.id, dose=exercise.starting_dose, why=why)
        sessions = tuple(
            one
            if any(there.exercise == exercise.id for there in one.items)
            else one.model_copy(update={"items": (*one.items, item)})
            for one in sessions
        )
    changed = {
        **dict(prescription),
        "own_exercises": (*others, exercise),
        "sessions": sessions,
        "signature": None,
    }
    return Prescription.model_validate(changed)
