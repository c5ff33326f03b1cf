"""Pain around each session: before, in it, after it, and how the day after was."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from formcheck.prescription.aftermath import DayAfter
from formcheck.prescription.model import Baseline
from formcheck.prescription.pain import Moment
from formcheck.store import PainRating
from formcheck.weeks.days import local_day

# What is usual for somebody is seen in so many of the last sessions.
_USUAL_OF = 7


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
    found: list[PainAround] = []
    for rating in sorted(ratings, key=lambda one: one.time):
        if rating.value is None:
            continue
        if rating.moment is Moment.NEXT_MORNING:
            _say_of_the_last(found, rating, "next_morning")
        elif rating.session_id is not None:
            if not found or found[-1].session_id != rating.session_id:
                found.append(PainAround(rating.session_id, local_day(rating.time)))
            found[-1] = _with(found[-1], rating)
        if rating.moment is Moment.BEFORE:
            _say_of_the_last(found, rating, "day_later")
    return tuple(found)


def usual_pain(around: Sequence[PainAround], baseline: Baseline) -> int:
    """Return how much it usually hurts before a session; as at the start where none was yet."""
    before = [one.before for one in around if one.before is not None]
    if before:
        return round(statistics.median(before[-_USUAL_OF:]))
    return round((baseline.pain_0_100 or 0) / 10)


def _say_of_the_last(
    found: list[PainAround], rating: PainRating, what: Literal["next_morning", "day_later"]
) -> None:
    """Say something of the last session before the one in which it was said."""
    for index in range(len(found) - 1, -1, -1):
        if found[index].session_id != rating.session_id:
            values = {what: rating.value}
            found[index] = replace(found[index], **values)  # type: ignore[arg-type]
            return


def _with(pain: PainAround, rating: PainRating) -> PainAround:
    assert rating.value is not None
    if rating.moment is Moment.BEFORE:
        return replace(pain, before=rating.value)
    return replace(pain, said=(*pain.said, (rating.exercise, rating.value)))
