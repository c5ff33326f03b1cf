"""The first schema: people, sessions and what was seen in them, what was said, the audit trail."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Nothing is changed or taken out of the trail; an entry is emptied when its person is erased.
_APPEND_ONLY = (
    """
    CREATE TRIGGER audit_is_never_shortened BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit trail is never shortened'); END
    """,
    """
    CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
    WHEN NEW.erased_by IS NULL
      OR OLD.erased_by IS NOT NULL
      OR coalesce(NEW.time, NEW.who, NEW.what, NEW.subject, NEW.about, NEW.digest, NEW.salt)
         IS NOT NULL
      OR NEW.number <> OLD.number
      OR NEW.entry_digest <> OLD.entry_digest
      OR NEW.previous <> OLD.previous
      OR NEW.link <> OLD.link
    BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END
    """,
)
_MOMENT, _WORD = sa.String(27), sa.String(32)
_Part = sa.Column[Any] | sa.Constraint


def upgrade() -> None:
    """Make every table."""
    _people()
    _said()
    _prescribed()
    _sessions()
    _sets()
    _counted()
    _judged()
    _beside_sets()
    _audit()
    _summed_up()
    for trigger in _APPEND_ONLY:
        op.execute(trigger)


def _people() -> None:
    _table(
        "people",
        _must("pseudonym", sa.String()),
        _must("token", sa.String()),
        _must("since", _MOMENT),
        sa.UniqueConstraint("pseudonym"),
        sa.UniqueConstraint("token"),
    )


def _said() -> None:
    _table(
        "pain_ratings",
        _parent("people", "person_id", sa.Integer()),
        _must("time", _MOMENT, index=True),
        _must("moment", _WORD),
        _may("value", sa.Integer()),
        _must("words", sa.Text()),
        _may("session_id", sa.String(), index=True),
        _may("exercise", sa.String()),
        sa.CheckConstraint("value between 0 and 10", name="value"),
    )
    _table(
        "outcomes",
        _parent("people", "person_id", sa.Integer()),
        _must("day", sa.Date(), index=True),
        _must("measure", sa.String()),
        _must("score", sa.Float()),
        _may("answers", sa.Text()),
    )
    _table(
        "red_flag_screens",
        _parent("people", "person_id", sa.Integer()),
        _must("time", _MOMENT),
        _must("positive", sa.Text()),
        _must("reason", sa.String()),
        _may("session_id", sa.String(), index=True),
    )


def _prescribed() -> None:
    _table(
        "prescriptions",
        _parent("people", "person_id", sa.Integer()),
        _must("revision", sa.Integer()),
        _must("based_on_revision", sa.Integer()),
        _must("toml", sa.String()),
        _must("digest", sa.String()),
        _may("signed_by", sa.String()),
        _may("signed_at", _MOMENT),
        _must("saved_by", sa.String()),
        _must("saved_at", _MOMENT),
        sa.UniqueConstraint("person_id", "revision"),
    )
    _table(
        "rule_overrides",
        _parent("people", "person_id", sa.Integer()),
        _must("prescription_revision", sa.Integer()),
        _must("rule", sa.String()),
        _must("who", sa.String()),
        _must("reason", sa.String()),
        _must("time", _MOMENT),
    )


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(), primary_key=True),
        _parent("people", "person_id", sa.Integer()),
        _must("started", _MOMENT, index=True),
        _must("end", _WORD),
        _must("duration_s", sa.Float()),
        _must("language", sa.String()),
        _must("formcheck_version", sa.String()),
        _may("prescription_revision", sa.Integer()),
        _may("heat_minutes", sa.Integer()),
        _must("facts", sa.LargeBinary()),
        _must("events", sa.LargeBinary()),
        _must("taken_in", _MOMENT),
    )
    _table(
        "pain_reports",
        _parent("sessions", "session_id", sa.String()),
        _must("time_s", sa.Float()),
        _must("step_index", sa.Integer()),
        _may("exercise", sa.String()),
        _may("set_number", sa.Integer()),
    )
    _table(
        "rules_applied",
        _parent("sessions", "session_id", sa.String()),
        _must("time_s", sa.Float()),
        _must("rule", sa.String()),
        _must("action", sa.String()),
        _must("tells_therapist", sa.Boolean()),
        _may("step_index", sa.Integer()),
    )


def _sets() -> None:
    _table(
        "sets",
        _parent("sessions", "session_id", sa.String()),
        _must("name", sa.String()),
        _may("step_index", sa.Integer()),
        _may("set_number", sa.Integer()),
        _must("exercise", sa.String(), index=True),
        _may("dose", sa.Text()),
        _must("end", _WORD),
        _must("started_s", sa.Float()),
        _must("outcome", _WORD),
        _must("basis", _WORD),
        _must("duration_s", sa.Float()),
        _must("n_frames", sa.Integer()),
        _must("n_frames_with_person", sa.Integer()),
        _must("assessed_share", sa.Float()),
        _must("jumps_s", sa.Text()),
        _must("recording_sha256", sa.String()),
        sa.UniqueConstraint("session_id", "name"),
    )


def _counted() -> None:
    readings = "start_value", "peak_value", "target", "reached"
    _table(
        "repetitions",
        _parent("sets", "set_id", sa.Integer()),
        _must("number", sa.Integer()),
        _must("variant", sa.String()),
        _may("side", _WORD),
        *_times("start_s", "peak_s", "end_s", "outbound_s", "effort_s", "return_s"),
        _must("measure", sa.String()),
        *(_may(name, sa.Float()) for name in readings),
        _must("is_whole", sa.Boolean()),
        _must("faults", sa.Text()),
        _may("turn", sa.Text()),
    )
    _table(
        "attempts",
        _parent("sets", "set_id", sa.Integer()),
        _must("exercise", sa.String()),
        *_times("time_s", "start_s", "peak_s"),
        _must("measure", sa.String()),
        *(_may(name, sa.Float()) for name in readings),
        _may("side", _WORD),
    )
    _table(
        "holds",
        _parent("sets", "set_id", sa.Integer()),
        _must("number", sa.Integer()),
        _must("variant", sa.String()),
        *_times("start_s", "end_s", "held_s"),
        _must("n_breaks", sa.Integer()),
        _must("faults", sa.Text()),
        _may("side", _WORD),
        _may("turn", sa.Text()),
    )


def _judged() -> None:
    _table(
        "faults",
        _parent("sets", "set_id", sa.Integer()),
        *(_must(name, sa.String()) for name in ("name", "severity", "measure", "unit")),
        *(_may(name, sa.Float()) for name in ("value", "threshold", "expected_error")),
        _must("phase", _WORD),
        _must("body_part", sa.String()),
        _may("side", _WORD),
        *_times("start_s", "end_s", "evidence_s"),
        *(_must(name, sa.String()) for name in ("observability", "says", "cue")),
    )
    _table(
        "checks",
        _parent("sets", "set_id", sa.Integer()),
        _must("name", sa.String()),
        _must("says", sa.String()),
        _must("status", _WORD),
        _must("n_found", sa.Integer()),
        _must("assessed_share", sa.Float()),
        _must("reason", sa.String()),
        _may("refused", sa.Text()),
    )
    _table(
        "abstentions",
        _parent("sets", "set_id", sa.Integer()),
        *_times("start_s", "end_s"),
        _must("reason", sa.Text()),
    )


def _beside_sets() -> None:
    _table(
        "corrections",
        _parent("sessions", "session_id", sa.String()),
        _parent("sets", "set_id", sa.Integer(), may=True),
        _must("subject", _WORD),
        _may("number", sa.Integer()),
        _must("kind", _WORD),
        _may("before", sa.Text()),
        _may("after", sa.Text()),
        _must("who", sa.String()),
        _must("time", _MOMENT),
        _must("comment", sa.String()),
    )
    op.create_table(
        "pose_chunks",
        sa.Column(
            "set_id", sa.Integer(), sa.ForeignKey("sets.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("number", sa.Integer(), primary_key=True),
        _must("data", sa.LargeBinary()),
    )


def _audit() -> None:
    said = "about", "digest", "salt"
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), primary_key=True),
        _may("time", _MOMENT),
        _may("who", sa.String()),
        _may("what", sa.String()),
        _may("subject", sa.String(), index=True),
        *(_may(name, sa.String()) for name in said),
        *(_must(name, sa.String()) for name in ("entry_digest", "previous", "link")),
        _may("erased_by", sa.Integer()),
        sqlite_autoincrement=True,
    )


def _summed_up() -> None:
    op.create_table(
        "session_summaries",
        sa.Column(
            "session_id",
            sa.String(),
            sa.ForeignKey("sessions.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        _must("person_id", sa.Integer(), index=True),
        _must("started", _MOMENT, index=True),
        _must("exercises", sa.Text()),
        *(_must(name, sa.Integer()) for name in ("n_sets", "n_sets_done", "n_repetitions")),
        _must("n_with_faults", sa.Integer()),
        _must("held_s", sa.Float()),
        _may("assessed_share", sa.Float()),
        _must("faults", sa.Text()),
        _must("n_pain_reports", sa.Integer()),
        *(_may(name, sa.Integer()) for name in ("pain_before", "pain_highest")),
        _must("to_tell", sa.Text()),
        _must("n_corrections", sa.Integer()),
        _may("signed_off_by", sa.String()),
        _may("signed_off_at", _MOMENT),
        _must("words", sa.Text()),
    )
    op.create_table(
        "person_facts",
        sa.Column(
            "person_id",
            sa.Integer(),
            sa.ForeignKey("people.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        _must("stamp", sa.Integer()),
        _must("facts", sa.Text()),
    )


def _table(name: str, *parts: _Part) -> None:
    op.create_table(name, sa.Column("id", sa.Integer(), primary_key=True), *parts)


def _must(name: str, kind: sa.types.TypeEngine[Any], *, index: bool = False) -> _Part:
    return sa.Column(name, kind, nullable=False, index=index)


def _may(name: str, kind: sa.types.TypeEngine[Any], *, index: bool = False) -> _Part:
    return sa.Column(name, kind, nullable=True, index=index)


def _times(*names: str) -> list[_Part]:
    return [_must(name, sa.Float()) for name in names]


def _parent(table: str, name: str, kind: sa.types.TypeEngine[Any], *, may: bool = False) -> _Part:
    """Return the column that names a row of another table: it goes when that goes."""
    key = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(name, kind, key, nullable=may, index=True)
