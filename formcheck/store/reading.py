"""Read sessions from the store: as lines of a list, or whole."""

import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, ScalarSelect, func, select
from sqlalchemy.orm import Session, undefer

from formcheck.analysis.events import Fault, Hold, Repetition, RepetitionAttempted
from formcheck.analysis.verdict import Abstention, Check
from formcheck.errors import StoreError
from formcheck.exercises.dose import Dose
from formcheck.session.events import PainReported, RuleApplied
from formcheck.session.stages import SetEnd
from formcheck.store.records import SessionLine, SessionRecord, SetRecord
from formcheck.store.statements import PainRating, RedFlagScreen
from formcheck.store.tables import (
    AbstentionRow,
    AttemptRow,
    CheckRow,
    FaultRow,
    HoldRow,
    PainReportRow,
    PainRow,
    PersonRow,
    PoseChunkRow,
    RepetitionRow,
    RuleAppliedRow,
    ScreenRow,
    SessionRow,
    SetRow,
    Table,
    value_of,
    values_of,
)

_Value = TypeVar("_Value")
# What a set consists of: by the name of the field, what it is and where it lies.
_PARTS: dict[str, tuple[type[Any], type[Table]]] = {
    "repetitions": (Repetition, RepetitionRow),
    "attempts": (RepetitionAttempted, AttemptRow),
    "holds": (Hold, HoldRow),
    "faults": (Fault, FaultRow),
    "checks": (Check, CheckRow),
    "abstentions": (Abstention, AbstentionRow),
}


def has_session(session: Session, session_id: str) -> bool:
    """Whether a session was taken in."""
    return session.scalar(select(SessionRow.id).where(SessionRow.id == session_id)) is not None


def session_lines(
    session: Session, person: str, since: datetime | None, until: datetime | None
) -> tuple[SessionLine, ...]:
    """Return the sessions of a person that began from ``since`` to before ``until``, in order."""
    is_asked = [PersonRow.pseudonym == person]
    if since is not None:
        is_asked.append(SessionRow.started >= since)
    if until is not None:
        is_asked.append(SessionRow.started < until)
    asked = select(SessionRow, *_figures()).join(PersonRow, SessionRow.person_id == PersonRow.id)
    in_order = SessionRow.started, SessionRow.id
    found = session.execute(asked.where(*is_asked).order_by(*in_order)).all()
    done = _exercises(session, is_asked)
    return tuple(
        SessionLine(
            row.id, person, row.started, row.end, row.duration_s, tuple(done[row.id]), *figures
        )
        for row, *figures in found
    )


def session_record(session: Session, session_id: str, *, poses: bool) -> SessionRecord:
    """Return a session as it was taken in, with or without the poses of its sets.

    Raises
    ------
    StoreError
        If there is none of this id.
    """
    row = session.get(SessionRow, session_id, options=[undefer(SessionRow.events)])
    if row is None:
        raise StoreError(f"the store has no session {session_id!r}")
    person = session.get_one(PersonRow, row.person_id)

    def beside(kind: type[_Value], table: Any) -> tuple[_Value, ...]:
        return values_of(kind, session.scalars(_of(table, table.session_id == row.id)))

    return value_of(
        SessionRecord,
        row,
        person=person.pseudonym,
        events=zlib.decompress(row.events),
        sets=tuple(_sets(session, row.id, poses=poses)),
        pain_reports=beside(PainReported, PainReportRow),
        pain_ratings=beside(PainRating, PainRow),
        screens=beside(RedFlagScreen, ScreenRow),
        rules_applied=beside(RuleApplied, RuleAppliedRow),
    )


def recording_bytes(session: Session, session_id: str, set_name: str) -> bytes:
    """Return the recording of a set, byte for byte.

    Raises
    ------
    StoreError
        If there is no such set.
    """
    return recording_of(session, set_row(session, session_id, set_name).id)


def recording_of(session: Session, set_id: int) -> bytes:
    """Return the recording of a set, byte for byte."""
    chunks = select(PoseChunkRow.data).where(PoseChunkRow.set_id == set_id)
    return b"".join(session.scalars(chunks.order_by(PoseChunkRow.number)))


def set_row(session: Session, session_id: str, set_name: str) -> SetRow:
    """Return the row of a set.

    Raises
    ------
    StoreError
        If there is no such set.
    """
    is_it = SetRow.session_id == session_id, SetRow.name == set_name
    found = session.scalar(select(SetRow).where(*is_it))
    if found is None:
        raise StoreError(f"the store has no set {set_name!r} of a session {session_id!r}")
    return found


def _figures() -> list[ScalarSelect[Any]]:
    """Return what a line says in figures, in the order of `SessionLine`."""
    sets = select(func.count()).where(SetRow.session_id == SessionRow.id)
    repetitions = (
        select(func.count())
        .select_from(RepetitionRow)
        .join(SetRow, RepetitionRow.set_id == SetRow.id)
        .where(SetRow.session_id == SessionRow.id)
    )
    held_s = (
        select(func.coalesce(func.sum(HoldRow.held_s), 0.0))
        .join(SetRow, HoldRow.set_id == SetRow.id)
        .where(SetRow.session_id == SessionRow.id)
    )
    hurts = select(func.count()).where(PainReportRow.session_id == SessionRow.id)
    return [
        sets.correlate(SessionRow).scalar_subquery(),
        sets.where(SetRow.end == SetEnd.DONE).correlate(SessionRow).scalar_subquery(),
        repetitions.correlate(SessionRow).scalar_subquery(),
        repetitions.where(RepetitionRow.faults != ()).correlate(SessionRow).scalar_subquery(),
        held_s.correlate(SessionRow).scalar_subquery(),
        hurts.correlate(SessionRow).scalar_subquery(),
    ]


def _exercises(
    session: Session, is_asked: Sequence[ColumnElement[bool]]
) -> Mapping[str, dict[str, None]]:
    """Return the exercises of each session, in the order in which they were begun."""
    rows = select(SetRow.session_id, SetRow.exercise)
    rows = rows.join(SessionRow, SetRow.session_id == SessionRow.id)
    rows = rows.join(PersonRow, SessionRow.person_id == PersonRow.id)
    done: dict[str, dict[str, None]] = defaultdict(dict)
    for session_id, exercise in session.execute(rows.where(*is_asked).order_by(SetRow.id)):
        done[session_id][exercise] = None
    return done


def _sets(session: Session, session_id: str, *, poses: bool) -> Iterator[SetRecord]:
    """Yield the sets of a session: with one question a table, however many sets there are."""
    rows = session.scalars(
        select(SetRow).where(SetRow.session_id == session_id).order_by(SetRow.id)
    )
    parts = {name: _by_set(session, session_id, *of) for name, of in _PARTS.items()}
    for row in rows:
        yield value_of(
            SetRecord,
            row,
            dose=None if row.dose is None else Dose.model_validate(row.dose),
            **{name: tuple(found[row.id]) for name, found in parts.items()},
            poses=recording_of(session, row.id) if poses else b"",
        )


def _by_set(
    session: Session, session_id: str, kind: type[_Value], table: Any
) -> Mapping[int, list[_Value]]:
    """Return what belongs to each set of a session, in the order in which it was added."""
    names = [one.name for one in fields(kind)]  # type: ignore[arg-type]
    asked = select(table.set_id, *(getattr(table, name) for name in names))
    asked = asked.join(SetRow, table.set_id == SetRow.id).where(SetRow.session_id == session_id)
    found: dict[int, list[_Value]] = defaultdict(list)
    for set_id, *values in session.execute(asked.order_by(table.id)):
        found[set_id].append(kind(*values))
    return found


def _of(table: Any, *conditions: Any) -> Any:
    """Return the rows of a table that fit, in the order in which they were added."""
    assert issubclass(table, Table)
    return select(table).where(*conditions).order_by(table.id)
