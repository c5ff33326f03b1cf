"""Change the sessions of a prescription: their days, their names, how many there are."""

from collections.abc import Iterable, Mapping

from formcheck.errors import PrescriptionError
from formcheck.exercises.schema import Exercise
from formcheck.prescription.made import made, with_facts
from formcheck.prescription.model import PlannedSession, Prescription, Weekday
from formcheck.prescription.resolving import check_resolvable
from formcheck.prescription.session_order import in_order


def known_session(prescription: Prescription, session: int) -> int:
    """Return the number of a session, counted from 0, if there is one.

    Raises
    ------
    PrescriptionError
        If there is none.
    """
    if not 0 <= session < len(prescription.sessions):
        raise PrescriptionError("that session is no longer part of the draft")
    return session


def session_with(session: PlannedSession, **changes: object) -> PlannedSession:
    """Return a session with other fields, by their names."""
    return made(PlannedSession, {**dict(session), **changes})


def with_session(prescription: Prescription, session: int, **changes: object) -> Prescription:
    """Return the prescription with one session otherwise, by the names of its fields."""
    sessions = list(prescription.sessions)
    number = known_session(prescription, session)
    sessions[number] = session_with(sessions[number], **changes)
    return with_facts(prescription, sessions=tuple(sessions))


def with_days(prescription: Prescription, session: int, days: Iterable[str]) -> Prescription:
    """Return the prescription with a session on other days of the week."""
    return with_session(prescription, session, days=frozenset(days))


def named(prescription: Prescription, session: int, name: str) -> Prescription:
    """Return the prescription with a session called so; by its days where the name is empty."""
    return with_session(prescription, session, name=name.strip() or None)


def divided(prescription: Prescription, session: int) -> Prescription:
    """Return the prescription with every second day of a session in one of its own.

    It holds the same exercises to begin with.

    Raises
    ------
    PrescriptionError
        If there is one day alone.
    """
    old = prescription.sessions[known_session(prescription, session)]
    days = [day for day in Weekday if day in old.days]
    if len(days) < 2:
        raise PrescriptionError(f"{old.label} is one day alone: tick another day of it first")
    first = session_with(old, days=frozenset(days[::2]))
    second = session_with(old, days=frozenset(days[1::2]), name=None)
    before, after = prescription.sessions[:session], prescription.sessions[session + 1 :]
    return with_facts(prescription, sessions=(*before, first, second, *after))


def without_session(prescription: Prescription, session: int) -> Prescription:
    """Return the prescription without a session, and without what was confirmed for it alone.

    Raises
    ------
    PrescriptionError
        If it is the only one.
    """
    number = known_session(prescription, session)
    left = prescription.sessions[:number] + prescription.sessions[number + 1 :]
    if not left:
        raise PrescriptionError("it is the only session: expected at least one")
    exercises = {item.exercise for one in left for item in one.items}
    confirmed = tuple(one for one in prescription.confirmed if one.exercise in exercises)
    return with_facts(prescription, sessions=left, confirmed=confirmed)


def put_in_order(prescription: Prescription, exercises: Mapping[str, Exercise]) -> Prescription:
    """Return the prescription with every session in the clinical order."""

    def change(session: PlannedSession) -> PlannedSession:
        order = in_order([item.exercise for item in session.items], exercises)
        ordered = sorted(session.items, key=lambda item: order.index(item.exercise))
        return session_with(session, items=tuple(ordered))

    check_resolvable(prescription, exercises)
    return with_facts(prescription, sessions=tuple(map(change, prescription.sessions)))
