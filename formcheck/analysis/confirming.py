"""Whether what is done is the exercise that is due.

Beside the one that was named, every other exercise is followed as if none had been: once one of
them is recognised on time in which nothing of the due one was done, it was done instead. What is
neither is not named: somebody who walks about, or does an exercise that is not known here.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from formcheck.analysis.coach import Coach
from formcheck.analysis.events import ExerciseRecognised, HoldEnded, RepetitionCompleted
from formcheck.analysis.snapshot import Snapshot
from formcheck.exercises.schema import Exercise
from formcheck.pose import Pose


@dataclass(frozen=True, slots=True)
class DoneInstead:
    """Another exercise than the one that is due.

    Attributes
    ----------
    time_s, since_s
        When it was noticed, and when it had begun [s].
    exercise, name
        Its id, and what it is called.
    """

    time_s: float
    exercise: str
    name: str
    since_s: float


class Confirmer:
    """Notice that another exercise is done than the one that is due.

    Parameters
    ----------
    due
        What was named.
    candidates
        Every exercise that may be done instead; the due one may be among them.
    every_s
        Poses that come sooner after the last one are left out: all candidates cost more than
        the due one, and fifteen pictures a second are enough to recognise by.

    Attributes
    ----------
    instead
        What was done instead so far, in order.
    """

    def __init__(self, due: Exercise, candidates: Sequence[Exercise], every_s: float = 0.0) -> None:
        self._due = due
        self._every_s = every_s
        self._followed_s = -math.inf
        others = [one for one in candidates if one.id != due.id]
        self._coach = Coach([due, *others])
        self._names = {one.id: one.name for one in others}
        self._done_s = -math.inf
        self.instead: list[DoneInstead] = []

    def update(self, time_s: float, pose: Pose | None, of_due: Snapshot) -> DoneInstead | None:
        """Take the next pose, and what the Coach of the due exercise makes of it."""
        self._note(of_due)
        if time_s - self._followed_s < self._every_s:
            return None
        self._followed_s = time_s
        return self._take(self._coach.update(time_s, pose))

    def finish(self, of_due: Snapshot) -> DoneInstead | None:
        """Take the end: where there is little of anything, one movement is enough."""
        self._note(of_due)
        return self._take(self._coach.finish())

    def _note(self, of_due: Snapshot) -> None:
        """Note when something of the due exercise was done last."""
        is_done = any(isinstance(e, RepetitionCompleted | HoldEnded) for e in of_due.events)
        if is_done or of_due.is_holding:
            self._done_s = of_due.time_s

    def _take(self, seen: Snapshot) -> DoneInstead | None:
        for event in seen.events:
            if not isinstance(event, ExerciseRecognised) or event.exercise == self._due.id:
                continue
            if event.since_s > self._done_s:
                name = self._names[event.exercise]
                found = DoneInstead(event.time_s, event.exercise, name, event.since_s)
                self.instead.append(found)
                return found
        return None
