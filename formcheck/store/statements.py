"""What people say and decide: plain frozen values, into the store and out of it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from formcheck.prescription.pain import Moment


@dataclass(frozen=True, slots=True)
class PainRating:
    """How much it hurts, said by the patient.

    Attributes
    ----------
    value
        0 (none) to 10 (as bad as can be imagined); None where only a feeling was named.
    words
        What kind of feeling it is; see `formcheck.prescription.pain.Quality`.
    session_id
        The session in which it was said, also while that goes on; None outside of one.
    exercise
        The exercise that it was said after or in.
    """

    time: datetime
    moment: Moment
    value: int | None
    words: tuple[str, ...] = ()
    session_id: str | None = None
    exercise: str | None = None


@dataclass(frozen=True, slots=True)
class OutcomeScore:
    """What an outcome measure came to on a day.

    Attributes
    ----------
    measure
        Its id, as ``roland_morris``.
    answers
        What was answered or measured, as JSON knows it.
    """

    day: date
    measure: str
    score: float
    answers: Any = None


@dataclass(frozen=True, slots=True)
class RedFlagScreen:
    """The answers to the red-flag questions.

    Attributes
    ----------
    positive
        The ids of those that were answered with yes; all others were answered with no.
    reason
        Why they were asked.
    session_id
        The session at whose beginning they were asked; None outside of one.
    """

    time: datetime
    positive: tuple[str, ...] = ()
    reason: str = ""
    session_id: str | None = None


@dataclass(frozen=True, slots=True)
class RuleOverride:
    """A rule of the programme that somebody has set aside, and why."""

    prescription_revision: int
    rule: str
    who: str
    reason: str
    time: datetime


@dataclass(frozen=True, slots=True)
class PrescriptionDraft:
    """A prescription that is to be saved.

    Attributes
    ----------
    toml
        The whole file.
    digest
        What a signature is over, and names the contents.
    based_on_revision
        The newest one that whoever made it has seen; 0 where there was none.
    saved_by
        Who saves it.
    signed_by, signed_at
        Who has sealed it, and when; None without a seal.
    """

    toml: str
    digest: str
    based_on_revision: int
    saved_by: str
    signed_by: str | None = None
    signed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SavedPrescription:
    """A prescription of the store; every saving is a revision of its own, from 1."""

    revision: int
    based_on_revision: int
    toml: str
    digest: str
    signed_by: str | None
    signed_at: datetime | None
    saved_by: str
    saved_at: datetime
