"""The review after four to six weeks: when it is due, and what it comes to.

Pain and function are compared with the start, each by what its change is worth; nothing else
decides. How many days were done, and how well, stands beside it.
"""

import datetime
import enum
import math
from collections.abc import Sequence
from dataclasses import dataclass

from formcheck.prescription.adherence import Calendar
from formcheck.prescription.outcomes import FUNCTION, PAIN, OutcomeChange, Verdict
from formcheck.prescription.saying import Saying

# Four to six weeks, in the clinical document.
DUE_FROM_DAY, DUE_UNTIL_DAY = 28, 42


class ReviewState(enum.StrEnum):
    """Whether the review is due."""

    NOT_YET = "not_yet"
    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"

    @property
    def says(self) -> Saying:
        """What the patient is told about it."""
        return Saying(f"review_state.{self}")


class ReviewVerdict(enum.StrEnum):
    """What pain and function together come to."""

    IMPROVED = "improved"
    NO_CLEAR_CHANGE = "no_clear_change"
    MIXED = "mixed"
    WORSE = "worse"
    NOTHING_TO_COMPARE = "nothing_to_compare"


@dataclass(frozen=True, slots=True)
class Form:
    """Share of movements without an error that the camera could see, at first and now.

    It is told, and decides nothing: how much it wanders by itself is not known. NaN where form
    was not judged.
    """

    at_first: float = math.nan
    now: float = math.nan


@dataclass(frozen=True, slots=True)
class Review:
    """What is told at the review.

    Attributes
    ----------
    changes
        Of pain and function, in the order in which they were given.
    """

    verdict: ReviewVerdict
    changes: tuple[OutcomeChange, ...]
    calendar: Calendar
    form: Form

    @property
    def says(self) -> tuple[Saying, ...]:
        """What the patient is told."""
        done, planned = self.calendar.n_done, self.calendar.n_planned
        said = [Saying(f"review.{self.verdict}"), Saying.of("review.days", done=done, n=planned)]
        if math.isfinite(self.form.at_first) and math.isfinite(self.form.now):
            before, now = round(100 * self.form.at_first), round(100 * self.form.now)
            said.append(Saying.of("review.form", before=before, now=now))
        return tuple(said)


def review_state(
    starts: datetime.date, today: datetime.date, held_on: datetime.date | None = None
) -> ReviewState:
    """Return whether the review is due: from day 28 to day 42, then overdue.

    Parameters
    ----------
    held_on
        When it was held, if it was; too early does not count.

    Examples
    --------
    >>> start = datetime.date(2026, 3, 2)
    >>> str(review_state(start, start + datetime.timedelta(days=35)))
    'due'
    """
    if held_on is not None and (held_on - starts).days >= DUE_FROM_DAY:
        return ReviewState.DONE
    day = (today - starts).days
    if day < DUE_FROM_DAY:
        return ReviewState.NOT_YET
    return ReviewState.DUE if day <= DUE_UNTIL_DAY else ReviewState.OVERDUE


def review(
    changes: Sequence[OutcomeChange], calendar: Calendar, form: Form | None = None
) -> Review:
    """Return what the review comes to.

    Parameters
    ----------
    changes
        Against the start; what is neither pain nor function is left out of the verdict.
    """
    judged = tuple(one for one in changes if one.measure in PAIN | FUNCTION)
    return Review(_verdict(judged), judged, calendar, form or Form())


def _verdict(changes: Sequence[OutcomeChange]) -> ReviewVerdict:
    if not changes:
        return ReviewVerdict.NOTHING_TO_COMPARE
    verdicts = {one.verdict for one in changes}
    is_better, is_worse = Verdict.IMPROVED in verdicts, Verdict.WORSE in verdicts
    if is_better and is_worse:
        return ReviewVerdict.MIXED
    if is_better:
        return ReviewVerdict.IMPROVED
    return ReviewVerdict.WORSE if is_worse else ReviewVerdict.NO_CLEAR_CHANGE
