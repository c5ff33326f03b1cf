"""What is known of a person besides their sessions: prescriptions, pain, outcomes, screens."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from formcheck.prescription.pain import Moment
from formcheck.store.corrections import Corrected, CorrectionKind
from formcheck.store.tables.base import JsonValue, Key, Table, Word, parent


class PersonRow(Table):
    """Somebody who exercises here, by a pseudonym.

    ``token`` stands for them in the audit trail, which outlives them.
    """

    __tablename__ = "people"

    id: Mapped[Key]
    pseudonym: Mapped[str] = mapped_column(unique=True)
    token: Mapped[str] = mapped_column(unique=True)
    since: Mapped[datetime]


class PrescriptionRow(Table):
    """One saving of a prescription; see `SavedPrescription`."""

    __tablename__ = "prescriptions"
    __table_args__ = (UniqueConstraint("person_id", "revision"),)

    id: Mapped[Key]
    person_id: Mapped[int] = parent("people.id")
    revision: Mapped[int]
    based_on_revision: Mapped[int]
    toml: Mapped[str]
    digest: Mapped[str]
    signed_by: Mapped[str | None]
    signed_at: Mapped[datetime | None]
    saved_by: Mapped[str]
    saved_at: Mapped[datetime]


class PainRow(Table):
    """How much it hurts; see `PainRating`.

    The session is named and not referred to: while it goes on it is not in the store.
    """

    __tablename__ = "pain_ratings"
    __table_args__ = (CheckConstraint("value between 0 and 10", name="value"),)  # or null

    id: Mapped[Key]
    person_id: Mapped[int] = parent("people.id")
    time: Mapped[datetime] = mapped_column(index=True)
    moment: Mapped[Moment] = mapped_column(Word(Moment))
    value: Mapped[int | None]
    words: Mapped[tuple[str, ...]]
    session_id: Mapped[str | None] = mapped_column(index=True)
    exercise: Mapped[str | None]


class OutcomeRow(Table):
    """What an outcome measure came to; see `OutcomeScore`."""

    __tablename__ = "outcomes"

    id: Mapped[Key]
    person_id: Mapped[int] = parent("people.id")
    day: Mapped[date] = mapped_column(index=True)
    measure: Mapped[str]
    score: Mapped[float]
    answers: Mapped[JsonValue | None]


class ScreenRow(Table):
    """The answers to the red-flag questions; see `RedFlagScreen`."""

    __tablename__ = "red_flag_screens"

    id: Mapped[Key]
    person_id: Mapped[int] = parent("people.id")
    time: Mapped[datetime]
    positive: Mapped[tuple[str, ...]]
    reason: Mapped[str]
    session_id: Mapped[str | None] = mapped_column(index=True)


class OverrideRow(Table):
    """A rule that was set aside; see `RuleOverride`."""

    __tablename__ = "rule_overrides"

    id: Mapped[Key]
    person_id: Mapped[int] = parent("people.id")
    prescription_revision: Mapped[int]
    rule: Mapped[str]
    who: Mapped[str]
    reason: Mapped[str]
    time: Mapped[datetime]


class CorrectionRow(Table):
    """A layer over what the machine says; see `Correction`. Without a set: about the session."""

    __tablename__ = "corrections"

    id: Mapped[Key]
    session_id: Mapped[str] = parent("sessions.id")
    set_id: Mapped[int | None] = parent("sets.id")
    subject: Mapped[Corrected] = mapped_column(Word(Corrected))
    number: Mapped[int | None]
    kind: Mapped[CorrectionKind] = mapped_column(Word(CorrectionKind))
    before: Mapped[JsonValue | None]
    after: Mapped[JsonValue | None]
    who: Mapped[str]
    time: Mapped[datetime]
    comment: Mapped[str]
