"""What was done of a session before it was cut off: it goes on from there."""

from collections.abc import Sequence
from dataclasses import dataclass

from formcheck.pose import Pose
from formcheck.session.summary import SetResult

SeenBefore = Sequence[tuple[float, Pose | None]]


@dataclass(frozen=True, slots=True)
class Earlier:
    """The part of a session that is over.

    Attributes
    ----------
    resume_at
        Step (from 0) and set (from 1) to go on at.
    results
        Every set that was over: they are summed up with the rest.
    seen
        Poses of the set to go on at that had been seen, with their times [s]: its Coach gets
        them first, so that what was done counts.
    n_pain_reports
        How often the patient had said that it hurts.
    """

    resume_at: tuple[int, int] = (0, 1)
    results: tuple[SetResult, ...] = ()
    seen: SeenBefore = ()
    n_pain_reports: int = 0


NOTHING_YET = Earlier()
