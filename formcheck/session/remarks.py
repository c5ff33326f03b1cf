"""What is said in a set beside counts and corrections: how long still, and why nothing counts."""

from formcheck.analysis.events import RepetitionAttempted
from formcheck.analysis.snapshot import Snapshot
from formcheck.session.events import AnotherExercise
from formcheck.session.progress import Progress
from formcheck.session.running_set import RunningSet

# Of holds shorter than this nobody needs to hear how long they still are.
ANNOUNCED_FROM_S = 10.0
LAST_SECONDS_S = 5.0
TRYING_FROM = 2


class Remarks:
    """Remark on sets as they go on.

    Parameters
    ----------
    progress
        Of the session: its cues are wished for here.
    """

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._said: set[str] = set()

    def take(self, running: RunningSet, snapshot: Snapshot) -> None:
        """Say what there is to say of the newest pose of a set."""
        self._announce(running)
        self._name_another(running)
        self._encourage(running, snapshot)

    def is_new(self, what: str) -> bool:
        """Whether something was not said yet; from now on it was."""
        is_new = what not in self._said
        self._said.add(what)
        return is_new

    def _announce(self, running: RunningSet) -> None:
        """Say how long a hold still is, once half-way and once near its end."""
        due_s = running.step.dose.hold_s
        if due_s is None or due_s < ANNOUNCED_FROM_S:
            return
        cues, time_s, left_s = self._progress.cues, self._progress.time_s, due_s - running.done
        key = _key(running)
        if left_s <= LAST_SECONDS_S and self.is_new(f"last {key}"):
            cues.wish(time_s, "seconds_left", n=round(left_s))
        elif running.done >= due_s / 2 and self.is_new(f"half {key}"):
            cues.wish(time_s, "half_done")

    def _name_another(self, running: RunningSet) -> None:
        """Say that something else is done than what is due, and remind of that."""
        progress, instead = self._progress, running.astray.instead
        if instead is None:
            return
        due = running.step.exercise.id
        progress.happened(AnotherExercise(progress.time_s, due, instead.exercise))
        progress.cues.wish(progress.time_s, "another_exercise")

    def _encourage(self, running: RunningSet, snapshot: Snapshot) -> None:
        """Say why nothing is counted: once is getting ready, twice in a row is trying."""
        cues, time_s = self._progress.cues, self._progress.time_s
        is_attempt = any(isinstance(event, RepetitionAttempted) for event in snapshot.events)
        if is_attempt and running.n_too_small % TRYING_FROM == 0:
            cues.wish(time_s, "too_small")
        elif running.astray.is_unknown and self.is_new(f"unknown {_key(running)}"):
            cues.wish(time_s, "unknown_movement")


def _key(running: RunningSet) -> str:
    return f"{running.step_index}/{running.set_number}"
