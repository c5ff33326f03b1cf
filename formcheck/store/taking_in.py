"""Take a session into the store: all of it in one transaction, once."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from formcheck.store.audit import FORMCHECK, Act, digest_of, note
from formcheck.store.people import person_row
from formcheck.store.records import SessionRecord, SetRecord
from formcheck.store.summaries import sum_up
from formcheck.store.tables import (
    AbstentionRow,
    AttemptRow,
    CheckRow,
    FaultRow,
    HoldRow,
    PainReportRow,
    PainRow,
    PoseChunkRow,
    RepetitionRow,
    RuleAppliedRow,
    ScreenRow,
    SessionRow,
    SetRow,
    Table,
    row_of,
)

CHUNK_BYTES = 1 << 18
_BESIDE_SESSIONS = {"pain_reports", "pain_ratings", "screens", "rules_applied"}


def take_in(session: Session, record: SessionRecord) -> bool:
    """Add a session; False where it was there already.

    Parameters
    ----------
    session
        A transaction that writes.
    """
    if session.get(SessionRow, record.id) is not None:
        return False
    person = person_row(session, record.person)
    session.add(
        SessionRow(
            **_columns(record, {*_BESIDE_SESSIONS, "person", "sets", "events"}),
            person_id=person.id,
            events=zlib.compress(record.events),
            taken_in=datetime.now(UTC),
        )
    )
    session.flush()
    for one in record.sets:
        _add_set(session, record.id, one)
    session.add_all(_beside(record, person.id))
    sum_up(session, [record.id])
    recordings = (one.poses for one in record.sets)
    digest = digest_of(record.facts, record.events, *recordings)
    note(session, FORMCHECK, Act.SESSION_TAKEN_IN, person.token, f"session {record.id}", digest)
    return True


def _beside(record: SessionRecord, person_id: int) -> Iterator[Table]:
    """Yield what was said in a session, and decided because of it."""
    yield from (row_of(PainReportRow, one, session_id=record.id) for one in record.pain_reports)
    yield from (row_of(RuleAppliedRow, one, session_id=record.id) for one in record.rules_applied)
    yield from (row_of(PainRow, one, person_id=person_id) for one in record.pain_ratings)
    yield from (row_of(ScreenRow, one, person_id=person_id) for one in record.screens)


def _add_set(session: Session, session_id: str, record: SetRecord) -> None:
    parts = {"repetitions", "attempts", "holds", "faults", "checks", "abstentions"}
    row = SetRow(
        **_columns(record, {*parts, "poses", "dose"}),
        session_id=session_id,
        dose=record.dose.model_dump(mode="json") if record.dose else None,
        recording_sha256=recording_digest(record.poses),
    )
    session.add(row)
    session.flush()
    session.add_all(_parts(record, row.id))
    session.add_all(_chunks(record.poses, row.id))
    session.flush()


def recording_digest(recording: bytes) -> str:
    """Return what tells whether a recording is still what it was."""
    return digest_of(recording)


def _parts(record: SetRecord, set_id: int) -> Iterator[Table]:
    kinds: list[tuple[type[Table], Iterable[Any]]] = [
        (RepetitionRow, record.repetitions),
        (AttemptRow, record.attempts),
        (HoldRow, record.holds),
        (FaultRow, record.faults),
        (CheckRow, record.checks),
        (AbstentionRow, record.abstentions),
    ]
    for table, values in kinds:
        yield from (row_of(table, value, set_id=set_id) for value in values)


def _chunks(recording: bytes, set_id: int) -> Iterator[PoseChunkRow]:
    for number, start in enumerate(range(0, len(recording), CHUNK_BYTES)):
        data = recording[start : start + CHUNK_BYTES]
        yield PoseChunkRow(set_id=set_id, number=number, data=data)


def _columns(value: Any, without: set[str]) -> dict[str, Any]:
    names = (one.name for one in fields(value))
    return {name: getattr(value, name) for name in names if name not in without}
