"""Keep what people say and decide, and give it back: pain, outcomes, red flags, corrections."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from formcheck.errors import StoreError
from formcheck.prescription.pain import LEAST_PAIN, MOST_PAIN
from formcheck.store.audit import Act, digest_of, note
from formcheck.store.corrections import Corrected, Correction, check
from formcheck.store.people import person_row
from formcheck.store.reading import set_row
from formcheck.store.statements import (
    OutcomeScore,
    PainRating,
    RedFlagScreen,
    RuleOverride,
)
from formcheck.store.summaries import sum_up
from formcheck.store.tables import (
    CorrectionRow,
    FaultRow,
    HoldRow,
    OutcomeRow,
    OverrideRow,
    PainRow,
    PersonRow,
    RepetitionRow,
    ScreenRow,
    SessionRow,
    SetRow,
    Table,
    row_of,
    value_of,
)

_Value = TypeVar("_Value")
_COUNTED: dict[Corrected, Any] = {
    Corrected.REPETITION: RepetitionRow,
    Corrected.HOLD: HoldRow,
    Corrected.FAULT: FaultRow,
}


def add_pain(session: Session, person: str, rating: PainRating) -> None:
    """Keep how much it hurts.

    Raises
    ------
    StoreError
        If it is not between 0 and 10, or says nothing.
    """
    if rating.value is None and not rating.words:
        raise StoreError("expected how much it hurts, or what it feels like; got neither")
    if rating.value is not None and not LEAST_PAIN <= rating.value <= MOST_PAIN:
        raise StoreError(f"expected pain from {LEAST_PAIN} to {MOST_PAIN}, got {rating.value}")
    _add(session, person, PainRow, rating, (person, Act.PAIN_RATED, rating.moment))
    if rating.session_id is not None:
        sum_up(session, [rating.session_id])


def add_outcome(session: Session, person: str, score: OutcomeScore, by: str) -> None:
    """Keep what an outcome measure came to."""
    _add(session, person, OutcomeRow, score, (by, Act.OUTCOME_RECORDED, score.measure))


def add_screen(session: Session, person: str, screen: RedFlagScreen) -> None:
    """Keep the answers to the red-flag questions."""
    _add(session, person, ScreenRow, screen, (person, Act.SCREEN_ANSWERED, screen.reason))


def add_override(session: Session, person: str, override: RuleOverride) -> None:
    """Keep that a rule was set aside.

    Raises
    ------
    StoreError
        If nobody says so, or no reason is given.
    """
    if not override.who.strip() or not override.reason.strip():
        raise StoreError(f"setting {override.rule} aside needs a name and a reason")
    about = f"{override.rule} of prescription {override.prescription_revision}"
    _add(session, person, OverrideRow, override, (override.who, Act.RULE_OVERRIDDEN, about))


def add_corrections(session: Session, corrections: Sequence[Correction]) -> None:
    """Lay corrections over what the machine says, which stays as it is: all of them or none.

    Raises
    ------
    StoreError
        If there is nothing in the store that one could be about, or it does not say what it must.
    """
    for one in corrections:
        _add_correction(session, one)
    sum_up(session, {one.session_id for one in corrections})


def _add_correction(session: Session, correction: Correction) -> None:
    try:
        check(correction)
    except ValueError as error:
        raise StoreError(f"this correction cannot be kept: {error}") from error
    row = session.get(SessionRow, correction.session_id)
    if row is None:
        raise StoreError(f"the store has no session {correction.session_id!r}")
    about, set_id = f"session {row.id}", None
    if correction.set_name is not None:
        set_id = set_row(session, row.id, correction.set_name).id
        _check_is_there(session, set_id, correction)
        about = f"set {correction.set_name} of {about}"
    made = {one.name: getattr(correction, one.name) for one in fields(Correction)}
    del made["set_name"]
    session.add(CorrectionRow(**made, set_id=set_id))
    owner = session.get_one(PersonRow, row.person_id)
    digest = digest_of(repr(correction))
    note(session, correction.who, Act.VERDICT_CORRECTED, owner.token, about, digest)


def pain(session: Session, person: str, since: datetime | None) -> tuple[PainRating, ...]:
    """Return what was said about pain, in order."""
    return _values(session, person, PainRating, PainRow, PainRow.time, since)


def outcomes(session: Session, person: str, measure: str | None) -> tuple[OutcomeScore, ...]:
    """Return what outcome measures came to, by day."""
    found = _values(session, person, OutcomeScore, OutcomeRow, OutcomeRow.day)
    return tuple(one for one in found if measure in {None, one.measure})


def screens(session: Session, person: str) -> tuple[RedFlagScreen, ...]:
    """Return the answers to the red-flag questions, in order."""
    return _values(session, person, RedFlagScreen, ScreenRow, ScreenRow.time)


def overrides(session: Session, person: str) -> tuple[RuleOverride, ...]:
    """Return the rules that were set aside, in order."""
    return _values(session, person, RuleOverride, OverrideRow, OverrideRow.time)


def corrections(session: Session, session_id: str) -> tuple[Correction, ...]:
    """Return the layers over a session, in the order in which they were laid."""
    return _corrections(session, CorrectionRow.session_id == session_id)


def corrections_of(session: Session, person: str) -> tuple[Correction, ...]:
    """Return the layers over every session of a person, in their order."""
    theirs = select(SessionRow.id).join(PersonRow, SessionRow.person_id == PersonRow.id)
    theirs = theirs.where(PersonRow.pseudonym == person)
    return _corrections(session, CorrectionRow.session_id.in_(theirs))


def _corrections(session: Session, *conditions: ColumnElement[bool]) -> tuple[Correction, ...]:
    asked = (
        select(CorrectionRow, SetRow.name)
        .outerjoin(SetRow, CorrectionRow.set_id == SetRow.id)
        .where(*conditions)
        .order_by(CorrectionRow.id)
    )
    return tuple(value_of(Correction, row, set_name=name) for row, name in session.execute(asked))


def _add(
    session: Session, person: str, table: type[Table], value: Any, said: tuple[str, Act, str]
) -> None:
    """Add a row about a person; ``said`` is who did what, and what it is about."""
    row = person_row(session, person)
    session.add(row_of(table, value, person_id=row.id))
    session.flush()
    who, what, about = said
    note(session, who, what, row.token, about, digest_of(repr(value)))


def _values(
    session: Session,
    person: str,
    kind: type[_Value],
    table: Any,
    time: Any,
    since: datetime | date | None = None,
) -> tuple[_Value, ...]:
    """Return what a person has said, in order; columns alone are read, a year is soon many rows."""
    theirs = select(PersonRow.id).where(PersonRow.pseudonym == person).scalar_subquery()
    names = (one.name for one in fields(kind))  # type: ignore[arg-type]
    asked = select(*(getattr(table, name) for name in names)).where(table.person_id == theirs)
    if since is not None:
        asked = asked.where(time >= since)
    return tuple(kind(*row) for row in session.execute(asked.order_by(time, table.id)))


def _check_is_there(session: Session, set_id: int, correction: Correction) -> None:
    table = _COUNTED.get(correction.subject)
    if correction.number is None or table is None:
        return
    found = session.scalars(select(table.id).where(table.set_id == set_id)).all()
    if not 1 <= correction.number <= len(found):
        raise StoreError(
            f"{correction.set_name} has {len(found)} of what a {correction.subject} is:"
            f" there is no number {correction.number}"
        )
