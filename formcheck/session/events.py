"""What happens in a session, in the past tense; events of the Coach come among them."""

from dataclasses import dataclass

from formcheck.analysis.events import Event
from formcheck.analysis.own_numbers import Calibration
from formcheck.analysis.verdict import Verdict
from formcheck.exercises.schema import Dose
from formcheck.prescription.pain import Moment
from formcheck.session.stages import PauseReason, SetEnd, Stage


@dataclass(frozen=True, slots=True)
class StageChanged:
    """The session went from one stage to another."""

    time_s: float
    stage: Stage
    before: Stage


@dataclass(frozen=True, slots=True)
class SetStarted:
    """A set began: from the next pose on its Coach is fed.

    Attributes
    ----------
    step_index, set_number
        The step of the plan from 0, and the set of that step from 1.
    exercise
        The id of the exercise that is done: not the plan's own where an easier one was taken.
    """

    time_s: float
    step_index: int
    exercise: str
    set_number: int
    dose: Dose


@dataclass(frozen=True, slots=True)
class SetEnded:
    """A set ended; nothing more is fed to its Coach, which has been told to finish."""

    time_s: float
    step_index: int
    exercise: str
    set_number: int
    end: SetEnd
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Calibrated:
    """The patient's own range was measured: what comes after is measured against it."""

    time_s: float
    exercise: str
    calibration: Calibration


@dataclass(frozen=True, slots=True)
class CalibrationLeftOut:
    """The patient's own range was not measured: it was left out, or too little was seen."""

    time_s: float
    exercise: str
    n_seen: float


@dataclass(frozen=True, slots=True)
class Paused:
    """The session stopped to wait."""

    time_s: float
    reason: PauseReason


@dataclass(frozen=True, slots=True)
class Resumed:
    """The session goes on; ``since_s`` is when the pause began."""

    time_s: float
    since_s: float
    reason: PauseReason


@dataclass(frozen=True, slots=True)
class ExerciseSkipped:
    """The rest of an exercise was left out."""

    time_s: float
    step_index: int
    exercise: str


@dataclass(frozen=True, slots=True)
class EasierTaken:
    """An easier exercise takes the place of another."""

    time_s: float
    step_index: int
    exercise: str
    easier: str


@dataclass(frozen=True, slots=True)
class AnotherExercise:
    """Something else was done than the exercise of the set; ``instead`` is its id."""

    time_s: float
    exercise: str
    instead: str


@dataclass(frozen=True, slots=True)
class PainReported:
    """The patient said that it hurts; where and how much is asked elsewhere.

    ``exercise`` and ``set_number`` are those at hand, or None between exercises.
    """

    time_s: float
    step_index: int
    exercise: str | None
    set_number: int | None


@dataclass(frozen=True, slots=True)
class PainRated:
    """The patient said how much it hurts, 0 to 10, and what it feels like.

    ``exercise`` is the one that it is about; None before the first. ``rating`` is None where only
    a feeling was named.
    """

    time_s: float
    moment: Moment
    rating: int | None
    qualities: tuple[str, ...]
    exercise: str | None


@dataclass(frozen=True, slots=True)
class Screened:
    """The questions about warning signs were answered; ``positive`` are those with yes."""

    time_s: float
    reason: str
    positive: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeatAnswered:
    """The back was warmed for so many minutes, or not at all."""

    time_s: float
    minutes: int | None


@dataclass(frozen=True, slots=True)
class RuleApplied:
    """A stop rule decided something.

    Attributes
    ----------
    action
        What it decided, as ``stop_exercise``; ``lessened`` where less is done today.
    tells_therapist
        Whether the therapist has to know.
    step_index
        The step of the plan that it stopped; None where none was under way.
    """

    time_s: float
    rule: str
    action: str
    tells_therapist: bool
    step_index: int | None = None


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """The last set is over, or the patient stopped: the summary is ready."""

    time_s: float
    was_stopped: bool


OwnEvent = (
    StageChanged
    | SetStarted
    | SetEnded
    | Calibrated
    | CalibrationLeftOut
    | Paused
    | Resumed
    | ExerciseSkipped
    | EasierTaken
    | AnotherExercise
    | PainReported
    | PainRated
    | Screened
    | HeatAnswered
    | RuleApplied
    | SessionEnded
)
SessionEvent = OwnEvent | Event
