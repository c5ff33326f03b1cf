"""How the night after was: whether the next session has to be smaller (rule S06).

A session was too much if the next morning is more than two points worse than usual, or if what it
stirred up has not settled a day later. Once is answered with less, twice running also with a word
to the therapist.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from formcheck.prescription.saying import Saying
from formcheck.prescription.stop_rules import stop_table


@dataclass(frozen=True, slots=True)
class DayAfter:
    """Pain around one session, 0 to 10; None where nobody was asked.

    Attributes
    ----------
    usual
        What is usual for this patient, without a session the day before.
    before, after
        When the session began, and when it ended.
    next_morning
        On the morning after.
    day_later
        24 hours after the session, or when the next one begins.
    """

    usual: int
    before: int | None = None
    after: int | None = None
    next_morning: int | None = None
    day_later: int | None = None

    @property
    def was_too_much(self) -> bool:
        """Whether the session before was more than the back has settled from."""
        rise = stop_table().limits.morning
        if self.next_morning is not None and self.next_morning - self.usual > rise:
            return True
        if self.before is None or self.after is None or self.day_later is None:
            return False
        return self.after > self.before and self.day_later > self.before


@dataclass(frozen=True, slots=True)
class Smaller:
    """By how much the next session is to be smaller.

    Attributes
    ----------
    share
        How much of the volume is left out; or one level easier instead.
    tells_therapist
        Whether the therapist has to know: it was the second time running.
    """

    share: float
    tells_therapist: bool
    says: Saying


def next_session(days: Sequence[DayAfter]) -> Smaller | None:
    """Return by how much the next session has to be smaller; None where it need not be.

    Parameters
    ----------
    days
        One for each session, the latest last.

    Examples
    --------
    >>> next_session([DayAfter(usual=3, next_morning=6)]).share
    0.3
    """
    if not days or not days[-1].was_too_much:
        return None
    limits = stop_table().limits
    if len(days) > 1 and days[-2].was_too_much:
        return Smaller(limits.reduce_most, True, Saying("stop_rule.s06_again"))
    return Smaller(limits.reduce_least, False, Saying("stop_rule.s06"))
