"""Pain around each session: before, in it, after it, and how the day after was."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from formcheck.prescription.aftermath import DayAfter
from formcheck.prescription.model import Baseline
from formcheck.prescription.pain import Moment
from formcheck.store import PainRating
from formcheck.weeks.days import local_day

# What is usual for somebody is seen in so many of the last sessions.
_USUAL_OF = 7
_NOT_IN_IT = {Moment.BEFORE, Moment.NEXT_MORNING}


@dataclass(frozen=True, slots=True)
class PainAround:
    """What was said about pain around one session, 0 to 10; None where nobody was asked.

    Attributes
    ----------
    said
        In the session: the exercise that it was about, if it was about one, and how much it hurt.
    next_morning, day_later
        On the morning after, and before the next session.
    """

    session_id: str
    day: date
    before: int | None = None
    said: tuple[tuple[str | None, int], ...] = ()
    next_morning: int | None = None
    day_later: int | None = None

    @property
    def after(self) -> int | None:
        """How much it hurt when the session ended."""
        return self.said[-1][1] if self.said else None

    def highest(self, exercise: str) -> int | None:
        """Return the most that was said in or after an exercise, or of none in particular."""
        values = [value for about, value in self.said if about in {None, exercise}]
        return max(values, default=self.before)

    def day_after(self, usual: int) -> DayAfter:
        """Return how the session was settled from."""
        return DayAfter(usual, self.before, self.after, self.next_morning, self.day_later)


def pain_around(ratings: Sequence[PainRating]) -> tuple[PainAround, ...]:
    """Return pain around every session in which anything was said about it, the latest last.

    What was said about a morning belongs to the session before it.
    """
    told = sorted((one for one in ratings if one.value is not None), key=lambda one: one.time)
    found: list[PainAround] = []
    for session_id, some in groupby(told, key=lambda one: one.session_id):
        said = list(some)
        before, morning = _last(said, Moment.BEFORE), _last(said, Moment.NEXT_MORNING)
        if found and found[-1].session_id != session_id:
            found[-1] = _settled(found[-1], morning, before)
        if session_id is not None and any(one.moment is not Moment.NEXT_MORNING for one in said):
            earlier = found.pop() if found and found[-1].session_id == session_id else None
            found.append(_around(session_id, said, before, earlier))
    return tuple(found)


def usual_pain(around: Sequence[PainAround], baseline: Baseline) -> int:
    """Return how much it usually hurts before a session; as at the start where none was yet."""
    before = [one.before for one in around if one.before is not None]
    if before:
        return round(statistics.median(before[-_USUAL_OF:]))
    return round((baseline.pain_0_100 or 0) / 10)


def _last(said: Sequence[PainRating], moment: Moment) -> int | None:
    return next((one.value for one in reversed(said) if one.moment is moment), None)


def _settled(pain: PainAround, morning: int | None, before: int | None) -> PainAround:
    """Return a session with what was said about the day after it, as far as it was not yet."""
    return replace(
        pain,
        next_morning=pain.next_morning if morning is None else morning,
        day_later=pain.day_later if before is None else before,
    )


def _around(
    session_id: str, said: Sequence[PainRating], before: int | None, earlier: PainAround | None
) -> PainAround:
    """Return what was said in a session, after what had been said in it earlier."""
    pain = earlier or PainAround(session_id, local_day(said[0].time))
    told = tuple(
        (one.exercise, one.value)
        for one in said
        if one.moment not in _NOT_IN_IT and one.value is not None
    )
    return replace(pain, before=pain.before if before is None else before, said=(*pain.said, *told))
