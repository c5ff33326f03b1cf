"""One set from its start to its end: a Coach of its own, and how much of the dose is done."""

import math
from collections.abc import Sequence

from formcheck.analysis.coach import Coach
from formcheck.analysis.events import RepetitionAttempted, RepetitionCompleted
from formcheck.analysis.own_numbers import AS_IN_THE_FILE, Fit
from formcheck.analysis.snapshot import Snapshot
from formcheck.analysis.verdict import VerdictBuilder
from formcheck.exercises.schema import Exercise
from formcheck.pose import Pose
from formcheck.session.astray import Astray
from formcheck.session.earlier import SeenBefore
from formcheck.session.events import SessionEvent, SetEnded, SetStarted
from formcheck.session.plan import Step
from formcheck.session.stages import SetEnd
from formcheck.session.summary import SetResult


class RunningSet:
    """One set that is under way.

    Attributes
    ----------
    done
        Repetitions, or seconds inside the posture, so far.
    time_s
        How long has been exercised, pauses left out [s].
    n_too_small
        Movements too small to count since the last one that counted.
    astray
        Whether something else is done.
    """

    def __init__(
        self,
        step_index: int,
        step: Step,
        set_number: int,
        so_far: SeenBefore = (),
        fit: Fit = AS_IN_THE_FILE,
        candidates: Sequence[Exercise] = (),
    ) -> None:
        self.step_index = step_index
        self.step = step
        self.set_number = set_number
        self.done = 0.0
        self.time_s = 0.0
        self.n_too_small = 0
        self._n_counted = 0
        self.astray = Astray(step.exercise, candidates)
        self._coach = Coach([step.exercise], {step.exercise.id: fit})
        self._verdict = VerdictBuilder(self._coach)
        self._fed_s = math.nan
        for time_s, pose in so_far:
            self.update(time_s, pose)
        self.rests()

    @property
    def is_complete(self) -> bool:
        """Whether the dose is done."""
        return self.done >= self.step.dose.due

    def update(self, time_s: float, pose: Pose | None) -> Snapshot:
        """Feed the next pose."""
        if not math.isnan(self._fed_s):
            self.time_s += time_s - self._fed_s
        self._fed_s = time_s
        snapshot = self._coach.update(time_s, pose)
        self._take(snapshot)
        self.astray.update(time_s, pose, snapshot)
        return snapshot

    def rests(self) -> None:
        """Stop the clock of exercising until the next pose: a pause begins."""
        self._fed_s = math.nan
        self.astray.rests()

    def begun(self, time_s: float) -> SetStarted:
        """Return that the set begins."""
        step = self.step
        return SetStarted(time_s, self.step_index, step.exercise.id, self.set_number, step.dose)

    def finish(self, time_s: float, end: SetEnd) -> tuple[SetResult, tuple[SessionEvent, ...]]:
        """End the set; return what came of it, and what has happened with that."""
        last = self._coach.finish()
        self._take(last)
        step = self.step
        result = SetResult(
            self.step_index,
            self.set_number,
            step.exercise,
            step.dose,
            end,
            self._verdict.verdict(),
        )
        ended = SetEnded(
            time_s,
            result.step_index,
            result.exercise.id,
            result.set_number,
            end,
            result.verdict,
        )
        return result, (*last.events, ended)

    def _take(self, snapshot: Snapshot) -> None:
        self._verdict.take(snapshot)
        for event in snapshot.events:
            if isinstance(event, RepetitionAttempted):
                self.n_too_small += 1
            elif isinstance(event, RepetitionCompleted):
                self.n_too_small = 0
            if isinstance(event, RepetitionCompleted) and self._counts(event):
                self._n_counted += 1
        is_timed = self.step.dose.hold_s is not None
        self.done = snapshot.total_held_s if is_timed else float(self._n_counted)

    def _counts(self, event: RepetitionCompleted) -> bool:
        """Whether a repetition is to the side that is due."""
        return self.step.side in {None, event.repetition.side} or event.repetition.side is None
