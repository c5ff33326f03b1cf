"""The weeks of a programme, as they are shown to the patient."""

import datetime
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from formcheck.exercises.schema import Exercise
from formcheck.prescription.adherence import Calendar, calendar
from formcheck.prescription.expectations import expectations
from formcheck.prescription.model import PlannedSession, Prescription
from formcheck.prescription.red_flags import recorded_outcome
from formcheck.prescription.review import (
    DUE_FROM_DAY,
    DUE_UNTIL_DAY,
    Form,
    Review,
    ReviewState,
    review,
    review_state,
)
from formcheck.prescription.saying import Saying
from formcheck.prescription.stop_rules import StopRuleId
from formcheck.store import SessionLine
from formcheck.store.figures import SetFigures
from formcheck.weeks.courses import Course, compared, courses
from formcheck.weeks.days import local_day
from formcheck.weeks.going import Went, clean_share
from formcheck.weeks.kept import Kept
from formcheck.weeks.pain_around import PainAround, pain_around, usual_pain
from formcheck.weeks.past import PastSession, by_session, past_sessions
from formcheck.weeks.proposals import ItemProposal, proposals
from formcheck.weeks.stood import Stood
from formcheck.weeks.warning_signs import newest_answers

N_PAST = 6
# How form was is told from so many sessions, the first and the latest.
FORM_SESSIONS = 3
# What is compared at the review was asked for within so many days.
FRESH_DAYS = 14
_ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be done today.

    Attributes
    ----------
    session
        What the plan has for today; None on a day of rest and before the start.
    is_done
        Whether something was done today.
    next_day
        The next day after today on which something is planned.
    waits_for
        Why no exercise is done now: warning signs that nobody has looked into.
    """

    session: PlannedSession | None
    is_done: bool
    next_day: datetime.date | None
    waits_for: tuple[Saying, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewAhead:
    """The review, and when one meets next.

    Attributes
    ----------
    prepared
        What it comes to, once it is due.
    on
        The day that the plan has for it.
    earliest, latest
        Between which days it belongs.
    next_contact
        When patient and therapist meet next; None where that is not known or over.
    """

    state: ReviewState
    prepared: Review | None
    on: datetime.date | None
    earliest: datetime.date
    latest: datetime.date
    next_contact: datetime.date | None


@dataclass(frozen=True, slots=True)
class Weeks:
    """How the weeks of one person go.

    Attributes
    ----------
    past
        The last sessions, the latest first.
    proposals
        What comes next for each exercise.
    stood
        The newest time of five stands that the camera has taken; None where there is none.
    """

    today: datetime.date
    prescription: Prescription
    due: Due
    calendar: Calendar
    past: tuple[PastSession, ...]
    courses: tuple[Course, ...]
    review: ReviewAhead
    expectations: tuple[Saying, ...]
    proposals: tuple[ItemProposal, ...]
    stood: Stood | None = None

    @property
    def to_tell(self) -> tuple[StopRuleId, ...]:
        """What happened in the last session that the therapist has to know."""
        return self.past[0].to_tell if self.past else ()

    def course(self, measure: str) -> Course | None:
        """Return how a measure has gone; None where there is nothing of it."""
        return next((one for one in self.courses if one.measure.id == measure), None)


def weeks_of(kept: Kept, exercises: Mapping[str, Exercise], today: datetime.date) -> Weeks:
    """Return how somebody's weeks go, from what is kept of them.

    Parameters
    ----------
    exercises
        All that are known, by id.
    """
    prescription = kept.prescription
    exercises = prescription.known(exercises)
    around = pain_around(kept.pain)
    done = {local_day(one.started) for one in kept.sessions if _is_something(one)}
    days = calendar(
        prescription.starts, today, lambda day: prescription.session_on(day) is not None, done
    )
    shown = courses(kept.outcomes, around, prescription.baseline)
    went = Went.of(kept, around, usual_pain(around, prescription.baseline))
    return Weeks(
        today=today,
        prescription=prescription,
        due=_due(kept, today, done),
        calendar=days,
        past=_past(kept, around),
        courses=shown,
        review=_review(kept, today, shown, days),
        expectations=expectations(prescription.onset, today),
        proposals=tuple(proposals(prescription, exercises, today, went, days)),
        stood=kept.stood,
    )


def _is_something(line: SessionLine) -> bool:
    """Whether anything was done: a session that ended before its first exercise is no day done."""
    return line.n_repetitions > 0 or line.held_s > 0


def _due(kept: Kept, today: datetime.date, done: Collection[datetime.date]) -> Due:
    prescription = kept.prescription
    first = max(today + _ONE_DAY, prescription.starts)
    week = (first + n * _ONE_DAY for n in range(7))
    return Due(
        session=prescription.session_on(today),
        is_done=today in done,
        next_day=next((day for day in week if prescription.session_on(day)), None),
        waits_for=_waits_for(kept),
    )


def _waits_for(kept: Kept) -> tuple[Saying, ...]:
    """Return what the newest answers about warning signs ask for; nothing where they are clear."""
    last = newest_answers(kept.prescription.red_flags, kept.screens)
    outcome = recorded_outcome(last) if last else None
    return outcome.says if outcome and outcome.blocked else ()


def _past(kept: Kept, around: Sequence[PainAround]) -> tuple[PastSession, ...]:
    asked = {one.session_id for one in around}
    lines = [one for one in kept.sessions if one.n_sets or one.id in asked][-N_PAST:]
    return past_sessions(lines, kept.latest_sets, kept.latest_rules, around)


def _review(
    kept: Kept, today: datetime.date, shown: Sequence[Course], days: Calendar
) -> ReviewAhead:
    prescription = kept.prescription
    # Who has seen the therapist since day 28 has looked at it with them.
    state = review_state(prescription.starts, today, prescription.last_contact)
    is_due = state in {ReviewState.DUE, ReviewState.OVERDUE}
    changes = list(compared(shown, today - FRESH_DAYS * _ONE_DAY))
    contact = prescription.next_contact
    return ReviewAhead(
        state=state,
        prepared=review(changes, days, form_of(kept)) if is_due else None,
        on=prescription.review,
        earliest=prescription.starts + DUE_FROM_DAY * _ONE_DAY,
        latest=prescription.starts + DUE_UNTIL_DAY * _ONE_DAY,
        next_contact=contact if contact and contact >= today else None,
    )


def form_of(kept: Kept) -> Form:
    """Return how much was clean in the first sessions and in the latest."""
    first, latest = _judged(kept.first_sets), _judged(kept.latest_sets)
    at_first = [one for sets in first[:FORM_SESSIONS] for one in sets]
    now = [one for sets in latest[-FORM_SESSIONS:] for one in sets]
    shares = (clean_share(at_first), clean_share(now))
    return Form(*(math.nan if one is None else one for one in shares))


def _judged(sets: Sequence[SetFigures]) -> list[list[SetFigures]]:
    """Return the sets of each session of which form could be judged."""
    sessions = by_session(sets).values()
    return [one for one in sessions if clean_share(one) is not None]
