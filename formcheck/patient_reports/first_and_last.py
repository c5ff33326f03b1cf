"""Each exercise the first time that it was done in a programme, and the last."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from formcheck.exercises.schema import Exercise
from formcheck.patient_reports.judged import counted
from formcheck.reviewing.corrected import reviewed
from formcheck.reviewing.judged import JudgedSession
from formcheck.session.summary import RangeReached
from formcheck.session.summing import range_reached
from formcheck.store import Store
from formcheck.store.figures import SetFigures
from formcheck.weeks.days import local_day
from formcheck.weeks.going import clean_share


@dataclass(frozen=True, slots=True)
class Went:
    """How an exercise went in one session.

    Attributes
    ----------
    n_repetitions, held_s
        Of all sets of that session.
    reached
        How far it went; None where nothing was counted.
    """

    day: date
    n_repetitions: int
    held_s: float
    clean_share: float | None
    reached: RangeReached | None


@dataclass(frozen=True, slots=True)
class FirstAndLast:
    """An exercise in the first session with it and in the last; the same where there was one."""

    exercise: str
    first: Went
    last: Went

    @property
    def further_by(self) -> float | None:
        """By how much nearer to the target, in its unit; None where it does not compare."""
        before, after = self.first.reached, self.last.reached
        if before is None or after is None or before.measure != after.measure:
            return None
        sign = 1 if after.mean_reached >= before.mean_reached else -1
        return sign * abs(after.mean - before.mean)

    @property
    def is_beyond_error(self) -> bool:
        """Whether the difference is larger than the error of a reading."""
        by, last = self.further_by, self.last.reached
        return by is not None and last is not None and abs(by) > last.expected_error


def first_and_last(
    store: Store, sets: Sequence[SetFigures], exercises: Mapping[str, Exercise]
) -> Iterator[FirstAndLast]:
    """Yield every exercise of some sets, in the order in which they were first done."""

    @cache  # most exercises were done first, and last, in the same session
    def session(session_id: str) -> JudgedSession:
        return reviewed(store, session_id, exercises)

    for exercise in dict.fromkeys(one.exercise for one in sets):
        alike = [one for one in sets if one.exercise == exercise]
        first, last = alike[0].session_id, alike[-1].session_id
        yield FirstAndLast(
            exercise,
            _went(session(first), [one for one in alike if one.session_id == first]),
            _went(session(last), [one for one in alike if one.session_id == last]),
        )


def _went(session: JudgedSession, sets: Sequence[SetFigures]) -> Went:
    exercise = sets[0].exercise
    done = [counted(one) for one in session.sets if one.record.exercise == exercise]
    return Went(
        day=local_day(session.record.started),
        n_repetitions=sum(len(one.repetitions) for one in done),
        held_s=sum(one.held_s for one in done),
        clean_share=clean_share(sets),
        reached=range_reached([repetition for one in done for repetition in one.measured]),
    )
