"""What was done: sessions, their sets, and everything that was seen in them."""

from datetime import datetime
from typing import Literal

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from formcheck.analysis.events import NotAssessed, Severity, Turn
from formcheck.analysis.own_numbers import RangeBasis
from formcheck.analysis.verdict import CheckStatus, Outcome
from formcheck.exercises.rules import Phase
from formcheck.landmarks import Side
from formcheck.session.stages import SetEnd
from formcheck.store.records import SessionEnd
from formcheck.store.tables.base import JsonValue, Key, Reading, Table, Word, parent


class SessionRow(Table):
    """One session; its id is the name of the folder that it was written to.

    ``facts`` and ``events`` are the files ``session.json`` and ``events.jsonl`` as they were,
    the second one compressed (zlib).
    """

    __tablename__ = "sessions"

    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = parent("people.id")
    started: Mapped[datetime] = mapped_column(index=True)
    end: Mapped[SessionEnd] = mapped_column(Word(SessionEnd))
    duration_s: Mapped[float]
    language: Mapped[str]
    formcheck_version: Mapped[str]
    prescription_revision: Mapped[int | None]
    heat_minutes: Mapped[int | None]
    facts: Mapped[bytes]
    events: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    taken_in: Mapped[datetime]


class SetRow(Table):
    """One set and what its Coach made of it; ``recording_sha256`` is that of its poses."""

    __tablename__ = "sets"
    __table_args__ = (UniqueConstraint("session_id", "name"),)

    id: Mapped[Key]
    session_id: Mapped[str] = parent("sessions.id")
    name: Mapped[str]
    step_index: Mapped[int | None]
    set_number: Mapped[int | None]
    exercise: Mapped[str] = mapped_column(index=True)
    dose: Mapped[JsonValue | None]
    end: Mapped[SetEnd] = mapped_column(Word(SetEnd))
    started_s: Mapped[float]
    outcome: Mapped[Outcome] = mapped_column(Word(Outcome))
    basis: Mapped[RangeBasis] = mapped_column(Word(RangeBasis))
    duration_s: Mapped[float]
    n_frames: Mapped[int]
    n_frames_with_person: Mapped[int]
    assessed_share: Mapped[float]
    jumps_s: Mapped[tuple[float, ...]]
    recording_sha256: Mapped[str]


class RepetitionRow(Table):
    """One repetition that counted; see `formcheck.analysis.events.Repetition`."""

    __tablename__ = "repetitions"

    id: Mapped[Key]
    set_id: Mapped[int] = parent("sets.id")
    number: Mapped[int]
    variant: Mapped[str]
    side: Mapped[Side | None]
    start_s: Mapped[float]
    peak_s: Mapped[float]
    end_s: Mapped[float]
    outbound_s: Mapped[float]
    effort_s: Mapped[float]
    return_s: Mapped[float]
    measure: Mapped[str]
    start_value: Mapped[Reading]
    peak_value: Mapped[Reading]
    target: Mapped[Reading]
    reached: Mapped[Reading]
    is_whole: Mapped[bool]
    faults: Mapped[tuple[str, ...]]
    turn: Mapped[Turn | None]


class AttemptRow(Table):
    """One movement that turned back too early to count; see `RepetitionAttempted`."""

    __tablename__ = "attempts"

    id: Mapped[Key]
    set_id: Mapped[int] = parent("sets.id")
    time_s: Mapped[float]
    exercise: Mapped[str]
    start_s: Mapped[float]
    peak_s: Mapped[float]
    measure: Mapped[str]
    start_value: Mapped[Reading]
    peak_value: Mapped[Reading]
    target: Mapped[Reading]
    reached: Mapped[Reading]
    side: Mapped[Side | None]


class HoldRow(Table):
    """One posture that was held; see `formcheck.analysis.events.Hold`."""

    __tablename__ = "holds"

    id: Mapped[Key]
    set_id: Mapped[int] = parent("sets.id")
    number: Mapped[int]
    variant: Mapped[str]
    start_s: Mapped[float]
    end_s: Mapped[float]
    held_s: Mapped[float]
    n_breaks: Mapped[int]
    faults: Mapped[tuple[str, ...]]
    side: Mapped[Side | None]
    turn: Mapped[Turn | None]


class FaultRow(Table):
    """One thing that was wrong; see `formcheck.analysis.events.Fault`."""

    __tablename__ = "faults"

    id: Mapped[Key]
    set_id: Mapped[int] = parent("sets.id")
    name: Mapped[str]
    severity: Mapped[Severity] = mapped_column(String)
    measure: Mapped[str]
    value: Mapped[Reading]
    threshold: Mapped[Reading]
    unit: Mapped[str]
    expected_error: Mapped[Reading]
    phase: Mapped[Phase] = mapped_column(Word(Phase))
    body_part: Mapped[str]
    side: Mapped[Side | None]
    start_s: Mapped[float]
    end_s: Mapped[float]
    evidence_s: Mapped[float]
    observability: Mapped[Literal["good", "fair", "poor"]] = mapped_column(String)
    says: Mapped[str]
    cue: Mapped[str]


class CheckRow(Table):
    """One possible fault: found, watched, or not assessed and why; see `Check`."""

    __tablename__ = "checks"

    id: Mapped[Key]
    set_id: Mapped[int] = parent("sets.id")
    name: Mapped[str]
    says: Mapped[str]
    status: Mapped[CheckStatus] = mapped_column(Word(CheckStatus))
    n_found: Mapped[int]
    assessed_share: Mapped[float]
    reason: Mapped[str]
    refused: Mapped[NotAssessed | None]


class AbstentionRow(Table):
    """A stretch of a set that could not be judged, and why; see `Abstention`."""

    __tablename__ = "abstentions"

    id: Mapped[Key]
    set_id: Mapped[int] = parent("sets.id")
    start_s: Mapped[float]
    end_s: Mapped[float]
    reason: Mapped[NotAssessed]


class PainReportRow(Table):
    """That it hurts, said in a session; see `formcheck.session.events.PainReported`."""

    __tablename__ = "pain_reports"

    id: Mapped[Key]
    session_id: Mapped[str] = parent("sessions.id")
    time_s: Mapped[float]
    step_index: Mapped[int]
    exercise: Mapped[str | None]
    set_number: Mapped[int | None]


class RuleAppliedRow(Table):
    """A stop rule that decided something; see `formcheck.session.events.RuleApplied`."""

    __tablename__ = "rules_applied"

    id: Mapped[Key]
    session_id: Mapped[str] = parent("sessions.id")
    time_s: Mapped[float]
    rule: Mapped[str]
    action: Mapped[str]
    tells_therapist: Mapped[bool]
    step_index: Mapped[int | None]


class PoseChunkRow(Table):
    """A piece of the compressed recording of a set's poses: all of them in order are the file."""

    __tablename__ = "pose_chunks"

    set_id: Mapped[int] = mapped_column(ForeignKey("sets.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    data: Mapped[bytes]
