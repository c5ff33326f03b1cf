"""What is known of a person, as far as it may need attention: the same on whichever day it is read.

Whether it needs attention on a day is said by `formcheck.reviewing.attention`.
"""

from dataclasses import dataclass
from datetime import date, datetime

from formcheck.prescription.model import Weekday
from formcheck.prescription.outcomes import MeasureId
from formcheck.prescription.progression import Change
from formcheck.prescription.red_flags import RedFlagId
from formcheck.prescription.seal import SealState


@dataclass(frozen=True, slots=True)
class Mark:
    """A session, and when it began."""

    id: str
    started: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What stop rules want a therapist to know of a session."""

    session: Mark
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewFault:
    """An error of the newest session that no session before had, though the exercise was done."""

    exercise: str
    name: str
    says: str


@dataclass(frozen=True, slots=True)
class NotQuiet:
    """Pain around a session that was not within the rules.

    Attributes
    ----------
    before, highest
        0 to 10.
    limit
        From more than this on a session ends.
    did_not_settle
        Whether the day after was the reason.
    again
        Whether the session before was too much, too.
    """

    session: Mark
    before: int
    highest: int
    limit: int
    did_not_settle: bool
    again: bool


@dataclass(frozen=True, slots=True)
class PainChange:
    """What a measure of pain was at the start, and is now.

    Attributes
    ----------
    is_worse
        Whether it is worse by more than the error of the measure.
    """

    measure: MeasureId
    baseline: float
    now: float
    day: date
    is_worse: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """A change of an exercise that waits for the therapist's word."""

    exercise: str
    change: Change
    becomes: str | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """What is prescribed, as far as it matters here.

    Attributes
    ----------
    trouble
        Why it cannot be read; everything else is then empty.
    waiting
        As of the day of the newest session.
    """

    revision: int
    saved: date
    starts: date
    days: tuple[Weekday, ...] = ()
    last_contact: date | None = None
    seal: SealState = SealState.NONE
    waiting: tuple[Waiting, ...] = ()
    pain: tuple[PainChange, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a person.

    Attributes
    ----------
    done
        The days of the last four weeks before the newest session on which anything was done.
    to_tell
        Of sessions that nobody has signed off, the newest first.
    red_flags
        Warning signs that nobody has looked into, the most urgent first.
    pain
        Before the last sessions, the latest last.
    assessed_share
        Of the newest session, where nobody has signed it off.
    """

    n_sessions: int = 0
    n_not_reviewed: int = 0
    newest: Mark | None = None
    oldest_not_reviewed: Mark | None = None
    done: tuple[date, ...] = ()
    to_tell: tuple[Told, ...] = ()
    red_flags: tuple[RedFlagId, ...] = ()
    red_flags_since: date | None = None
    pain: tuple[tuple[date, int], ...] = ()
    not_quiet: NotQuiet | None = None
    new_faults: tuple[NewFault, ...] = ()
    assessed_share: float | None = None
    programme: Programme | None = None
