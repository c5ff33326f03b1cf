"""What a page is told of a session as it stands."""

import math

from formcheck.analysis.cues import Cue
from formcheck.analysis.snapshot import Snapshot
from formcheck.session.calibrating import can_calibrate
from formcheck.session.events import SessionEvent
from formcheck.session.lookout import Seen
from formcheck.session.progress import Progress
from formcheck.session.stages import PauseReason, Stage
from formcheck.session.start import HELD_S
from formcheck.session.view import SessionView

_GOES_ON_BY_ITSELF = frozenset({PauseReason.LEFT_POSITION, PauseReason.OUT_OF_VIEW})


def waits_for_start(progress: Progress) -> bool:
    """Whether the start position, held, begins or goes on with a set."""
    if progress.stage is Stage.PAUSED and progress.pause:
        return progress.pause.reason in _GOES_ON_BY_ITSELF
    return progress.stage is Stage.START


def view_of(
    progress: Progress,
    snapshot: Snapshot | None = None,
    scout: Snapshot | None = None,
    seen: Seen | None = None,
    cue: Cue | None = None,
    events: tuple[SessionEvent, ...] = (),
) -> SessionView:
    """Return the session as it stands, and what was seen, said and done in this instant."""
    course = progress.course
    running, pause, inquiry = progress.running, progress.pause, progress.inquiry
    calibrator = progress.calibrator if progress.stage is Stage.CALIBRATING else None
    held = progress.lookout.progress if waits_for_start(progress) else None
    resting = progress.stage is Stage.REST
    rest_left_s = max(0.0, progress.rest_until_s - progress.time_s) if resting else None
    return SessionView(
        time_s=progress.time_s,
        stage=progress.stage,
        step_index=min(course.step_index, course.n_steps - 1),
        n_steps=course.n_steps,
        exercise=course.step.exercise,
        dose=course.step.dose,
        set_number=course.set_number,
        n_sets=course.step.dose.sets,
        is_set_under_way=running is not None,
        set_done=running.done if running else 0.0,
        set_due=course.step.dose.due,
        set_time_s=running.time_s if running else 0.0,
        placement=seen.placement if seen else None,
        can_calibrate=can_calibrate(progress),
        calibration_done=calibrator.done if calibrator else None,
        calibration_due=calibrator.due if calibrator else None,
        start_progress=held,
        countdown_s=_countdown_s(progress, held),
        snapshot=snapshot,
        scout=scout,
        rest_left_s=rest_left_s,
        pause_reason=pause.reason if pause else None,
        paused_stage=pause.before if pause else None,
        offered=progress.offered,
        question=inquiry.question if progress.stage is Stage.QUESTION else None,
        asks_how_much=inquiry.asks_how_much and progress.stage is Stage.PAUSED,
        is_stopped=progress.is_stopped,
        pause_says=inquiry.pause_says if pause else None,
        said_at_end=inquiry.said_at_end,
        cue=cue,
        events=events,
    )


def _countdown_s(progress: Progress, held: float | None) -> float | None:
    if progress.stage is Stage.DEMONSTRATION:
        return progress.showing.left_s(progress.time_s)
    if progress.stage is Stage.QUESTION and math.isfinite(progress.inquiry.until_s):
        return max(0.0, progress.inquiry.until_s - progress.time_s)
    return HELD_S * (1 - held) if held else None
