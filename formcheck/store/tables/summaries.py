"""What lists are made of: each row sums up what other tables say, and can be made anew of them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from formcheck.store.tables.base import JsonValue, Table


class SummaryRow(Table):
    """One session in a list; see `formcheck.store.summaries.SessionSummary`.

    Whose it is and when it began stands here again: a list of all sessions reads nothing else.
    """

    __tablename__ = "session_summaries"

    session_id: Mapped[str] = mapped_column(
        ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(index=True)
    started: Mapped[datetime] = mapped_column(index=True)
    exercises: Mapped[tuple[str, ...]]
    n_sets: Mapped[int]
    n_sets_done: Mapped[int]
    n_repetitions: Mapped[int]
    n_with_faults: Mapped[int]
    held_s: Mapped[float]
    assessed_share: Mapped[float | None]
    faults: Mapped[JsonValue]
    n_pain_reports: Mapped[int]
    pain_before: Mapped[int | None]
    pain_highest: Mapped[int | None]
    to_tell: Mapped[tuple[str, ...]]
    n_corrections: Mapped[int]
    signed_off_by: Mapped[str | None]
    signed_off_at: Mapped[datetime | None]
    words: Mapped[str] = mapped_column(Text)


class PersonFactsRow(Table):
    """What is worth a look of a person, as an upper layer has put it together.

    ``stamp`` is the number of the newest entry about them in the audit trail when it did: a later
    entry says that the facts have to be made anew.
    """

    __tablename__ = "person_facts"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    stamp: Mapped[int]
    facts: Mapped[JsonValue]
