"""Change what is done in a prescription: which exercises, how much, with which numbers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from formcheck.errors import PrescriptionError
from formcheck.exercises.dose import Dose
from formcheck.exercises.schema import Exercise
from formcheck.landmarks import Side
from formcheck.prescription.editing_sessions import known_session, session_with, with_session
from formcheck.prescription.including import carrying
from formcheck.prescription.made import made, with_facts
from formcheck.prescription.model import Item, Prescription
from formcheck.prescription.progression import Proposal
from formcheck.prescription.resolving import TARGET, check_resolvable

_Change = Callable[[Item], Item]


@dataclass(frozen=True, slots=True)
class Place:
    """Which exercise of which session, counted from 0; ``side`` as the item has it."""

    session: int
    exercise: str
    side: Side | None = None


def with_item(prescription: Prescription, place: Place, **changes: object) -> Prescription:
    """Return the prescription with one exercise done otherwise, by the names of its fields."""
    return _each(prescription, place, lambda item: _item({**dict(item), **changes}))


def with_dose(
    prescription: Prescription, place: Place, dose: Dose, exercises: Mapping[str, Exercise]
) -> Prescription:
    """Return the prescription with more or less of one exercise."""
    return _resolvable(with_item(prescription, place, dose=dose), exercises)


def with_numbers(
    prescription: Prescription,
    exercise_id: str,
    numbers: Mapping[str, float | None],
    exercises: Mapping[str, Exercise],
) -> Prescription:
    """Return the prescription with numbers of an exercise set for this patient.

    Parameters
    ----------
    numbers
        By their names (`formcheck.exercises.set_thresholds`); None takes one back.

    Raises
    ------
    PrescriptionError
        If the exercise is not prescribed, or has no such number, or it does not go with the others.
    """

    def change(item: Item) -> Item:
        before = {} if item.target is None else {TARGET: item.target}
        asked = {**item.thresholds, **before, **numbers}
        own = {name: value for name, value in asked.items() if value is not None}
        target = own.pop(TARGET, None)
        return _item({**dict(item), "thresholds": own, "target": target})

    if exercise_id not in {item.exercise for item in _items(prescription)}:
        raise PrescriptionError(f"{exercise_id} is not prescribed: add it before setting numbers")
    changed = _all(prescription, lambda item: item.exercise == exercise_id, change)
    return _resolvable(changed, exercises)


def added(prescription: Prescription, session: int, exercise: Exercise, why: str) -> Prescription:
    """Return the prescription with one more exercise at the end of a session.

    An own exercise is taken into it, whole: the patient has no file of it.
    """
    new = _item({"exercise": exercise.id, "dose": exercise.starting_dose, "why": why})
    found = _in_session(prescription, session, lambda items: [*items, new])
    return carrying(found, exercise)


def removed(prescription: Prescription, place: Place) -> Prescription:
    """Return the prescription without one exercise, and without what was confirmed of it."""
    _found(prescription, place)
    found = _in_session(
        prescription, place.session, lambda items: [one for one in items if not _is(one, place)]
    )
    left = {item.exercise for item in _items(found)}
    return with_facts(found, confirmed=tuple(o for o in found.confirmed if o.exercise in left))


def replaced(prescription: Prescription, place: Place, exercise: Exercise) -> Prescription:
    """Return the prescription with another exercise in the place of one.

    Numbers and tempo were set for the other one, and so was its dose.
    """
    return carrying(_each(prescription, place, lambda item: _instead(item, exercise)), exercise)


def moved(prescription: Prescription, place: Place, by: int) -> Prescription:
    """Return the prescription with one exercise earlier (below 0) or later in its session."""

    def change(items: list[Item]) -> list[Item]:
        at = next(n for n, one in enumerate(items) if _is(one, place))
        item = items.pop(at)
        items.insert(max(0, at + by), item)
        return items

    _found(prescription, place)
    return _in_session(prescription, place.session, change)


def accepted(
    prescription: Prescription, item: Item, proposal: Proposal, exercises: Mapping[str, Exercise]
) -> Prescription:
    """Return the prescription with what is proposed for an exercise, wherever it is done.

    Raises
    ------
    PrescriptionError
        If nothing is proposed, or the exercise is no longer prescribed.
    """
    place = Place(0, item.exercise, item.side)
    if proposal.exercise is None and proposal.dose is None:
        raise PrescriptionError(f"nothing else is proposed for {item.exercise}")
    if not any(_is(one, place) for one in _items(prescription)):
        raise PrescriptionError(f"{item.exercise} is no longer part of the draft")

    def change(one: Item) -> Item:
        if proposal.exercise is not None:
            return _instead(one, exercises[proposal.exercise])
        return _item({**dict(one), "dose": proposal.dose})

    return _resolvable(_all(prescription, lambda one: _is(one, place), change), exercises)


def _items(prescription: Prescription) -> Iterator[Item]:
    return (item for session in prescription.sessions for item in session.items)


def _is(item: Item, place: Place) -> bool:
    return (item.exercise, item.side) == (place.exercise, place.side)


def _found(prescription: Prescription, place: Place) -> Item:
    session = prescription.sessions[known_session(prescription, place.session)]
    found = next((one for one in session.items if _is(one, place)), None)
    if found is None:
        raise PrescriptionError(f"{place.exercise} is no longer part of {session.label}")
    return found


def _each(prescription: Prescription, place: Place, change: _Change) -> Prescription:
    """Change the one item of a place."""
    _found(prescription, place)
    return _in_session(
        prescription,
        place.session,
        lambda items: [change(one) if _is(one, place) else one for one in items],
    )


def _all(
    prescription: Prescription, wanted: Callable[[Item], bool], change: _Change
) -> Prescription:
    """Change every item that is wanted, in whichever session."""
    sessions = tuple(
        session_with(one, items=tuple(change(item) if wanted(item) else item for item in one.items))
        for one in prescription.sessions
    )
    return with_facts(prescription, sessions=sessions)


def _in_session(
    prescription: Prescription, session: int, change: Callable[[list[Item]], list[Item]]
) -> Prescription:
    old = prescription.sessions[known_session(prescription, session)]
    return with_session(prescription, session, items=tuple(change(list(old.items))))


def _instead(item: Item, exercise: Exercise) -> Item:
    return _item(
        {
            "exercise": exercise.id,
            "dose": exercise.starting_dose,
            "why": item.why,
            "side": item.side,
            "may_progress": item.may_progress,
        }
    )


def _item(fields: Mapping[str, object]) -> Item:
    return made(Item, fields)


def _resolvable(prescription: Prescription, exercises: Mapping[str, Exercise]) -> Prescription:
    check_resolvable(prescription, exercises)
    return prescription
