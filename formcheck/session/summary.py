"""What a session came to: what was done, how far it went, what to do better, what was not seen.

Only what the verdicts of its sets say. Nothing praises what was not checked.
"""

from dataclasses import dataclass

from formcheck.analysis.events import Hold, NotAssessed, Severity
from formcheck.analysis.own_numbers import OwnSignal, RangeBasis
from formcheck.analysis.symmetry import Symmetry
from formcheck.analysis.verdict import Verdict
from formcheck.exercises.schema import Dose, Exercise
from formcheck.landmarks import Side
from formcheck.session.stages import SetEnd


@dataclass(frozen=True, slots=True)
class SetResult:
    """One set that is over.

    Attributes
    ----------
    exercise
        The exercise that was done: an easier one may have taken the place of the plan's.
    verdict
        What its Coach made of it.
    """

    step_index: int
    set_number: int
    exercise: Exercise
    dose: Dose
    end: SetEnd
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Peak:
    """The furthest point of one repetition, for a chart.

    Attributes
    ----------
    number
        1 for the first of its set, attempts counted among them.
    time_s
        When it was there, on the clock of the session [s].
    value
        In the unit of the measure.
    reached
        Share of the way to the target; 1 where it was reached.
    is_full
        False for an attempt that turned back too early to count.
    """

    number: int
    time_s: float
    value: float
    reached: float
    is_full: bool
    side: Side | None = None
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RangeReached:
    """How far the repetitions went, against the target.

    Attributes
    ----------
    measure, unit, expected_error
        What was read, and the typical error of one such reading.
    mean, best
        Reading at the furthest point: mean of all full repetitions, and of the furthest one.
    target
        What the patient works toward, in ``unit``.
    mean_reached
        Mean share of the way from rest to target.
    """

    measure: str
    unit: str
    expected_error: float
    mean: float
    best: float
    target: float
    mean_reached: float


@dataclass(frozen=True, slots=True)
class SetSummary:
    """One set in figures.

    Attributes
    ----------
    n_full, n_attempted, n_with_faults
        Repetitions that counted, movements that turned back too early, and how many of those
        that counted had an error or a tip.
    held_s, holds
        Time inside the posture [s], and each hold.
    peaks
        Furthest point of each repetition and attempt, in order.
    assessed_share
        Share of the pictures in which the exercise could be judged, 0 to 1.
    """

    set_number: int
    dose: Dose
    end: SetEnd
    n_full: int
    n_attempted: int
    n_with_faults: int
    held_s: float
    holds: tuple[Hold, ...]
    peaks: tuple[Peak, ...]
    assessed_share: float


@dataclass(frozen=True, slots=True)
class Improvement:
    """One thing to do better.

    Attributes
    ----------
    fault
        The name of the finding in the exercise's file: its cue says what to do.
    n_found
        How often it was found.
    """

    exercise: str
    fault: str
    severity: Severity
    n_found: int


@dataclass(frozen=True, slots=True)
class NotJudged:
    """A possible fault that could not be judged.

    Attributes
    ----------
    refused
        What kept from it; None where nothing was done in which it could have been seen.
    """

    fault: str
    refused: NotAssessed | None


@dataclass(frozen=True, slots=True)
class ExerciseSummary:
    """One exercise of the session over all its sets.

    Attributes
    ----------
    is_hold
        Whether its time counts, not its repetitions.
    reached
        None where nothing was repeated.
    basis
        What far enough, or the posture, was measured against in the last set.
    own
        The patient's own range that it was; None where it was none, or a posture.
    symmetry
        The sides beside each other; None where repetitions belong to none.
    improvements
        At most two, the most useful first.
    nothing_wrong_seen
        Names of the findings that were watched without anything being seen.
    not_judged
        Findings that this camera could not show, this time.
    not_checked
        Names of what no camera can see (`Exercise.not_checked`).
    """

    exercise: str
    step_index: int
    is_hold: bool
    sets: tuple[SetSummary, ...]
    n_full: int
    n_attempted: int
    n_with_faults: int
    held_s: float
    reached: RangeReached | None
    basis: RangeBasis
    own: OwnSignal | None
    symmetry: Symmetry | None
    improvements: tuple[Improvement, ...]
    nothing_wrong_seen: tuple[str, ...]
    not_judged: tuple[NotJudged, ...]
    not_checked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SessionSummary:
    """What the session came to.

    Attributes
    ----------
    exercises
        In the order in which they were done; only those of which a set was begun.
    improvements
        The two most useful things to do better, over all exercises.
    n_sets_done, n_sets_planned
        Sets that were done to their dose, and sets of the plan.
    n_pain_reports
        How often the patient has said that it hurts, since this session was begun or resumed.
    """

    exercises: tuple[ExerciseSummary, ...]
    improvements: tuple[Improvement, ...]
    n_sets_done: int
    n_sets_planned: int
    n_pain_reports: int = 0
