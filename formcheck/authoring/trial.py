"""The exercise held against its own demonstration: it must count what was marked, and no more."""

import math
import statistics
from collections.abc import Iterable
from dataclasses import dataclass

from formcheck.analysis.coach import Coach
from formcheck.analysis.events import Event, Fault, FaultEnded, HoldEnded, RepetitionCompleted
from formcheck.authoring.demonstration import Demonstration, Timed
from formcheck.authoring.marks import Mark, Marks
from formcheck.exercises.schema import Exercise

# The clock of a hold may begin and end this much beside the marks.
HOLD_WITHIN_S = 1.0


@dataclass(frozen=True, slots=True)
class Trial:
    """What the exercise makes of a demonstration.

    Attributes
    ----------
    n_counted, n_marked
        Repetitions that it counts, and that are marked.
    n_elsewhere
        Of those counted, the ones in which no effort is marked.
    held_s, marked_s
        For how long it takes the posture as held, and for how long that is marked [s].
    median_duration_s
        Of the repetitions; NaN where none was counted.
    faults
        What it found wrong.
    """

    n_counted: int
    n_marked: int
    n_elsewhere: int
    held_s: float
    marked_s: float
    median_duration_s: float
    faults: tuple[Fault, ...]

    @property
    def is_right(self) -> bool:
        """Whether it counts, or times, exactly what was marked."""
        is_counted = self.n_counted == self.n_marked and self.n_elsewhere == 0
        return is_counted and abs(self.held_s - self.marked_s) <= HOLD_WITHIN_S

    @property
    def fault_names(self) -> tuple[str, ...]:
        """What it found wrong, each once."""
        return tuple(dict.fromkeys(fault.name for fault in self.faults))

    def says(self) -> str:
        """Return the outcome in one sentence."""
        if self.marked_s:
            return f"held for {self.held_s:.1f} s, of {self.marked_s:.1f} s that are marked"
        beside = f", {self.n_elsewhere} of them where no effort is marked" * bool(self.n_elsewhere)
        return f"counted {self.n_counted} of {self.n_marked}{beside}"


def tried(exercise: Exercise, demonstration: Demonstration, marks: Marks) -> Trial:
    """Return what an exercise makes of its demonstration."""
    events = happened(exercise, demonstration.poses)
    repetitions = [one.repetition for one in events if isinstance(one, RepetitionCompleted)]
    spans = [(one.start_s, one.end_s) for one in repetitions]
    lasted = [one.outbound_s + one.effort_s + one.return_s for one in repetitions]
    return Trial(
        n_counted=len(repetitions),
        n_marked=marks.n_repetitions,
        n_elsewhere=sum(not _has_any(span, marks.efforts) for span in spans),
        held_s=math.fsum(one.hold.held_s for one in events if isinstance(one, HoldEnded)),
        marked_s=marks.held_s,
        median_duration_s=statistics.median(lasted) if lasted else math.nan,
        faults=tuple(one.fault for one in events if isinstance(one, FaultEnded)),
    )


def happened(exercise: Exercise, poses: Iterable[Timed]) -> list[Event]:
    """Return everything that an exercise says of poses."""
    coach = Coach([exercise])
    snapshots = [coach.update(time_s, pose) for time_s, pose in poses]
    return [event for one in (*snapshots, coach.finish()) for event in one.events]


def _has_any(span: tuple[float, float], efforts: Iterable[Mark]) -> bool:
    return any(one.from_s <= span[1] and one.to_s >= span[0] for one in efforts)
