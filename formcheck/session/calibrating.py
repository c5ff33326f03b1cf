"""Measuring the patient's own range within a session: when it is due, how it goes, how it ends."""

import math

from formcheck.analysis.calibrator import Calibrator
from formcheck.analysis.snapshot import Snapshot
from formcheck.pose import Pose
from formcheck.session.events import Calibrated, CalibrationLeftOut
from formcheck.session.pausing import hold_on
from formcheck.session.progress import Progress
from formcheck.session.stages import Stage
from formcheck.session.vigil import Vigil

# Who does no easy repetition for so long is not asked for one any more.
WAITS_S = 60.0
# How long it takes to say thank you.
THANKED_S = 2.0


def leave_placement(progress: Progress) -> None:
    """Go on from the place: the first time to the own range, else to the start position."""
    is_due = progress.known.is_due(progress.course.step, progress.lookout.view)
    if is_due and not progress.is_gone_on_with:
        calibrate(progress)
    else:
        progress.await_start()


def can_calibrate(progress: Progress) -> bool:
    """Return whether the own range may be measured now, or again."""
    is_before_set = progress.stage is Stage.START and progress.running is None
    return is_before_set and progress.known.may_learn(progress.course.step)


def calibrate(progress: Progress) -> None:
    """Have the own range measured from here on."""
    step = progress.course.step
    calibrator = Calibrator(step.exercise, is_hold=step.is_hold)
    progress.calibrator = calibrator
    progress.calibrates_until_s = progress.time_s + WAITS_S
    # Nobody needs to be in position yet; who falls is seen.
    progress.vigil = Vigil(step.exercise, math.inf)
    progress.cues.drop()
    progress.cues.wish(
        progress.time_s,
        "calibrate_posture" if step.is_hold else "calibrate_repetitions",
        n=calibrator.due,
    )
    progress.go(Stage.CALIBRATING)


def measure(progress: Progress, time_s: float, pose: Pose | None) -> Snapshot | None:
    """Take the next pose; it ends by itself, also where nothing comes for a long time."""
    calibrator = progress.calibrator
    if calibrator is None:
        return None
    before = calibrator.done
    snapshot = calibrator.update(time_s, pose)
    if calibrator.done > before:
        progress.calibrates_until_s = progress.time_s + WAITS_S
        if not (calibrator.is_hold or calibrator.is_complete):  # the last one is thanked for
            progress.cues.wish(progress.time_s, "calibration_counted", n=calibrator.done)
    if calibrator.is_complete or progress.time_s > progress.calibrates_until_s:
        end(progress)
    elif reason := progress.vigil.update(snapshot):
        hold_on(progress, reason)
    return snapshot


def end(progress: Progress) -> None:
    """Take what was measured, or go on without it."""
    calibrator, progress.calibrator = progress.calibrator, None
    exercise_id = progress.course.step.exercise.id
    measured = calibrator.result() if calibrator else None
    if measured:
        progress.known.learn(measured)
        progress.happened(Calibrated(progress.time_s, exercise_id, measured))
    else:
        progress.known.leave_out(exercise_id)
        n_seen = calibrator.done if calibrator else 0.0
        progress.happened(CalibrationLeftOut(progress.time_s, exercise_id, n_seen))
    progress.cues.drop()
    progress.cues.wish(progress.time_s, "calibrated" if measured else "not_calibrated")
    progress.look_anew()
    progress.await_start(after_s=THANKED_S)
