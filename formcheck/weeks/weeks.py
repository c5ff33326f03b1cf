"""The weeks of a programme, as they are shown to the patient."""

import datetime
import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
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
from formcheck.store import SessionEnd, SessionLine
from formcheck.store.figures import SetFigures
from formcheck.weeks.courses import Course, compared, courses
from formcheck.weeks.days import local_day
from formcheck.weeks.going import Went, clean_share, rule_id
from formcheck.weeks.kept import Kept
from formcheck.weeks.pain_around import PainAround, pain_around, usual_pain
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
class PastSession:
    """A session that was done.

    Attributes
    ----------
    clean_share
        Share without an error, of what the camera could judge; None where it could judge nothing.
    pain_before, pain_after
        0 to 10; None where nobody was asked.
    to_tell
        Stop rules that decided something of which the therapist has to know.
    """

    id: str
    day: datetime.date
    end: SessionEnd
    exercises: tuple[str, ...]
    n_sets: int
    n_sets_done: int
    n_repetitions: int
    held_s: float
    clean_share: float | None
    pain_before: int | None
    pain_after: int | None
    to_tell: tuple[StopRuleId, ...] = ()


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
        past=tuple(_past(kept, around)),
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


def _past(kept: Kept, around: Sequence[PainAround]) -> Iterator[PastSession]:
    sets = _by_session(kept.latest_sets)
    pain = {one.session_id: one for one in around}
    for line in reversed([one for one in kept.sessions if one.n_sets or one.id in pain][-N_PAST:]):
        said = pain.get(line.id)
        applied = (one.applied for one in kept.latest_rules if one.session_id == line.id)
        yield PastSession(
            id=line.id,
            day=local_day(line.started),
            end=line.end,
            exercises=line.exercises,
            n_sets=line.n_sets,
            n_sets_done=line.n_sets_done,
            n_repetitions=line.n_repetitions,
            held_s=line.held_s,
            clean_share=clean_share(sets[line.id]),
            pain_before=said.before if said else None,
            pain_after=said.after if said else None,
            to_tell=tuple(
                dict.fromkeys(rule_id(one.rule) for one in applied if one.tells_therapist)
            ),
        )


def _by_session(sets: Sequence[SetFigures]) -> dict[str, list[SetFigures]]:
    found: dict[str, list[SetFigures]] = defaultdict(list)
    for one in sets:
        found[one.session_id].append(one)
    return found


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
        prepared=review(changes, days, _form(kept)) if is_due else None,
        on=prescription.review,
        earliest=prescription.starts + DUE_FROM_DAY * _ONE_DAY,
        latest=prescription.starts + DUE_UNTIL_DAY * _ONE_DAY,
        next_contact=contact if contact and contact >= today else None,
    )


def _form(kept: Kept) -> Form:
    """Return how much was clean in the first sessions and in the latest."""
    first, latest = _judged(kept.first_sets), _judged(kept.latest_sets)
    at_first = [one for sets in first[:FORM_SESSIONS] for one in sets]
    now = [one for sets in latest[-FORM_SESSIONS:] for one in sets]
    shares = (clean_share(at_first), clean_share(now))
    return Form(*(math.nan if one is None else one for one in shares))


def _judged(sets: Sequence[SetFigures]) -> list[list[SetFigures]]:
    """Return the sets of each session of which form could be judged."""
    sessions = _by_session(sets).values()
    return [one for one in sessions if clean_share(one) is not None]
