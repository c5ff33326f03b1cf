"""Notice that somebody in a set does something else: another exercise, or one that is not known.

It is said kindly and changes nothing: the set waits, and counts whatever is the exercise.
"""

import math
from collections.abc import Sequence

from formcheck.analysis.confirming import Confirmer, DoneInstead
from formcheck.analysis.events import RepetitionAttempted, RepetitionCompleted
from formcheck.analysis.snapshot import Snapshot
from formcheck.analysis.stirring import Stirring
from formcheck.exercises.schema import Exercise
from formcheck.pose import Pose

# Who tries for so long and gets nothing counted does not do the exercise, as formcheck knows it.
TRIES_FOR_S = 20.0
# Of thirty pictures a second every other one: the set's own Coach comes first.
FOLLOWED_EVERY_S = 0.05
_TRIES = RepetitionCompleted | RepetitionAttempted


class Astray:
    """Watch one set.

    Parameters
    ----------
    due
        What is to be done.
    candidates
        Every exercise that may be done instead.

    Attributes
    ----------
    instead
        The other exercise that was noticed with the last pose; None most of the time.
    """

    def __init__(self, due: Exercise, candidates: Sequence[Exercise]) -> None:
        self._confirmer = Confirmer(due, candidates, FOLLOWED_EVERY_S)
        self._stirring = Stirring()
        self._before_s = math.nan
        self._tried_s = 0.0
        self.instead: DoneInstead | None = None

    @property
    def is_unknown(self) -> bool:
        """Whether there was much movement that was neither this exercise nor another one."""
        return self._tried_s >= TRIES_FOR_S

    def update(self, time_s: float, pose: Pose | None, of_due: Snapshot) -> None:
        """Take the next pose, and what the Coach of the set makes of it."""
        self.instead = self._confirmer.update(time_s, pose, of_due)
        is_trying = any(isinstance(event, _TRIES) for event in of_due.events)
        is_known = self.instead is not None or of_due.is_holding or is_trying
        passed_s, self._before_s = time_s - self._before_s, time_s
        if is_known:
            self._tried_s = 0.0
        elif pose is not None and self._stirring.update(pose) and not math.isnan(passed_s):
            self._tried_s += passed_s

    def rests(self) -> None:
        """Stop its clock until the next pose: a pause begins."""
        self._before_s = math.nan
        self._stirring.reset()
