"""What a session looks like at one instant: everything that a page may draw or say."""

from dataclasses import dataclass

from formcheck.analysis.cues import Cue
from formcheck.analysis.snapshot import Snapshot
from formcheck.exercises.schema import Dose, Exercise
from formcheck.prescription.saying import Saying
from formcheck.session.events import SessionEvent
from formcheck.session.placement import Placement
from formcheck.session.routine import Question
from formcheck.session.stages import PauseReason, Stage


@dataclass(frozen=True, slots=True)
class SessionView:
    """Where the session stands, and what has just happened.

    Attributes
    ----------
    step_index, n_steps
        The step of the plan from 0, and how many there are.
    exercise, dose
        Those of the step; an easier exercise may have taken the place of the plan's.
    set_number, n_sets
        The set at hand or the next one, from 1, and how many this exercise has.
    is_set_under_way
        Whether a set has begun and not ended: also while paused within it.
    set_done
        What of the set's dose is done: repetitions, or seconds of holding. `set_due` is the dose.
    placement
        How the camera sees the patient; None where nobody looks (welcome, demonstration,
        exercising, summary).
    can_calibrate
        Whether the own range may be measured now, or again.
    calibration_done, calibration_due
        How much of the easy repetitions, or of the seconds in the comfortable posture, is done;
        None unless the own range is being measured.
    start_progress
        How much of the stillness before the start is done, 0 to 1; None unless it is waited for.
    countdown_s
        Seconds until exercising, or after a demonstration the placement, begins by itself; None
        while it does not.
    snapshot
        What the set's Coach made of this pose; None exactly where it was not fed.
    scout
        What the Coach that looks on between the sets made of it; None where that was not fed.
    rest_left_s
        None unless resting.
    pause_reason, paused_stage
        Why, and from which stage; None unless paused.
    offered
        Easier exercises that may be taken by the command ``easier``.
    question
        What is asked; None unless something is.
    asks_how_much
        Whether it may be said how much it hurts, though nothing is asked.
    is_stopped
        Whether a stop rule has stopped the exercise: it is not gone on with.
    pause_says, said_at_end
        What a stop rule says in this pause, and why it has ended the session.
    cue
        The one thing to say now, the flow's own or the Coach's.
    events
        What has happened in this update, in order, those of the set's Coach among it; what a
        command did is returned by `SessionFlow.command` and not told again.
    """

    time_s: float
    stage: Stage
    step_index: int
    n_steps: int
    exercise: Exercise
    dose: Dose
    set_number: int
    n_sets: int
    is_set_under_way: bool = False
    set_done: float = 0.0
    set_due: float = 0.0
    set_time_s: float = 0.0
    placement: Placement | None = None
    can_calibrate: bool = False
    calibration_done: float | None = None
    calibration_due: float | None = None
    start_progress: float | None = None
    countdown_s: float | None = None
    snapshot: Snapshot | None = None
    scout: Snapshot | None = None
    rest_left_s: float | None = None
    pause_reason: PauseReason | None = None
    paused_stage: Stage | None = None
    offered: tuple[Exercise, ...] = ()
    question: Question | None = None
    asks_how_much: bool = False
    is_stopped: bool = False
    pause_says: Saying | None = None
    said_at_end: tuple[Saying, ...] = ()
    cue: Cue | None = None
    events: tuple[SessionEvent, ...] = ()
