"""The own range is measured the first time, and everything after is measured against it."""

import pytest

from formcheck.analysis.events import RepetitionCompleted
from formcheck.analysis.own_numbers import Calibration, Fit, OwnSignal, RangeBasis
from formcheck.exercises.schema import SideChoice
from formcheck.measures import View
from formcheck.session.calibrating import WAITS_S
from formcheck.session.events import (
    Calibrated,
    CalibrationLeftOut,
    Paused,
    SetEnded,
    SetStarted,
    StageChanged,
)
from formcheck.session.own_ranges import OwnRanges
from formcheck.session.stages import Command, PauseReason, Stage
from tests.session.puppets import Drive, held, nobody, puppet, repeated, session

BRIDGES = {"glute_bridge": puppet("glute_bridge")}
LESS = {"glute_bridge": puppet("glute_bridge", reach=0.42)}
POSE = {"child_pose": puppet("child_pose", n=1, hold_s=14.0)}


def begun(*steps, puppets=BRIDGES, fits=None, asks=True, fps=15):
    """Return a session that measures what it does not know, after its demonstration."""
    known = OwnRanges(fits or {}, asks=asks)
    drive = Drive(session(*steps, known=known), puppets, fps)
    drive.command(Command.BEGIN)
    return drive


def stages(drive):
    """Return the stages that were come to, in order."""
    return [event.stage for event in drive.of_kind(StageChanged)]


def known_bridge(view=View.SIDE):
    """Return a fit of somebody whose bridges go from 4 to 12."""
    own = OwnSignal("bridge", "hip_lift", SideChoice.NEAR, 4.0, 12.0, 3)
    return {"glute_bridge": Fit((Calibration("glute_bridge", view, signals=(own,)),))}


@pytest.mark.parametrize("fps", [10, 30])
def test_the_first_time_three_easy_repetitions_come_first(fps):
    """After the placement three bridges are measured and not counted; then the set begins."""
    drive = begun(("glute_bridge", repeated(1, 3)), fps=fps)
    drive.until(Stage.SUMMARY, within_s=90)
    assert stages(drive) == [
        *(Stage.DEMONSTRATION, Stage.PLACEMENT, Stage.CALIBRATING),
        *(Stage.START, Stage.EXERCISING, Stage.SUMMARY),
    ]
    (measured,) = drive.of_kind(Calibrated)
    assert measured.calibration.signals[0].n_repetitions == 3
    assert measured.calibration.view is View.SIDE
    (end,) = drive.of_kind(SetEnded)
    assert len(end.verdict.repetitions) == len(drive.of_kind(RepetitionCompleted)) == 3
    assert end.verdict.basis is RangeBasis.CALIBRATION
    assert end.verdict.fit.calibrations == (measured.calibration,)


def test_what_is_done_is_shown_and_said_and_nothing_is_judged():
    """It counts aloud and says thank you; no correction is said, and no set is under way."""
    drive = begun(("glute_bridge", repeated(1, 3)))
    drive.until(Stage.CALIBRATING)
    drive.until(Stage.START)
    views = [view for view in drive.views if view.stage is Stage.CALIBRATING]
    assert {view.calibration_done for view in views} == {0.0, 1.0, 2.0}
    assert {view.calibration_due for view in views} == {3.0}
    assert not any(view.is_set_under_way or view.snapshot for view in views)
    assert views[-1].scout is not None
    said = [view.cue.code for view in drive.views if view.cue]
    assert said == ["calibrate_repetitions", *["calibration_counted"] * 2, "calibrated"]


def test_who_can_do_less_is_counted_once_it_is_known():
    """Bridges that are attempts by the file alone are the set of somebody who was measured."""
    before = begun(("glute_bridge", repeated(1, 3)), puppets=LESS, asks=False)
    before.until(Stage.EXERCISING)
    assert before.wait(14.0).snapshot.count < 3
    drive = begun(("glute_bridge", repeated(1, 3)), puppets=LESS)
    drive.until(Stage.SUMMARY, within_s=90)
    (one,) = drive.flow.summary().exercises
    assert (one.n_full, one.n_attempted) == (3, 0)
    assert one.basis is RangeBasis.CALIBRATION
    assert one.own == drive.of_kind(Calibrated)[0].calibration.signals[0]
    assert one.reached.target == pytest.approx(one.own.furthest)


def test_a_posture_is_measured_for_five_seconds():
    """Of a hold the comfortable posture is taken up first."""
    drive = begun(("child_pose", held(1, 5.0)), puppets=POSE)
    view = drive.until(Stage.CALIBRATING)
    assert view.stage is Stage.CALIBRATING
    drive.until(Stage.START)
    (measured,) = drive.of_kind(Calibrated)
    assert measured.calibration.postures
    assert max(v.calibration_due or 0 for v in drive.views) == 5.0


def test_what_is_the_same_for_everybody_is_not_asked_for():
    """A plank is a straight line: it begins as ever."""
    plank = {"front_plank": puppet("front_plank", n=1, hold_s=9.0)}
    drive = begun(("front_plank", held(1, 6.0)), puppets=plank)
    drive.until(Stage.START)
    assert Stage.CALIBRATING not in stages(drive)
    assert not drive.flow.view.can_calibrate
    assert drive.command(Command.CALIBRATE) == ()


def test_what_is_known_is_not_measured_again():
    """With a calibration of this view it goes straight to the start; of another one it does not."""
    drive = begun(("glute_bridge", repeated(1, 2)), fits=known_bridge())
    drive.until(Stage.START)
    assert Stage.CALIBRATING not in stages(drive)
    drive.until(Stage.SUMMARY)
    assert drive.of_kind(SetEnded)[0].verdict.basis is RangeBasis.CALIBRATION
    other = begun(("glute_bridge", repeated(1, 2)), fits=known_bridge(View.OBLIQUE))
    other.until(Stage.CALIBRATING)


def test_a_session_that_does_not_ask_measures_nothing():
    """Without it everything is as it was, also on demand."""
    drive = begun(("glute_bridge", repeated(1, 2)), asks=False)
    drive.until(Stage.START)
    assert Stage.CALIBRATING not in stages(drive)
    assert not drive.flow.view.can_calibrate
    assert drive.command(Command.CALIBRATE) == ()


def test_it_can_be_left_out_by_one_key():
    """The forward key goes on without it, kindly, and it is not asked for again."""
    drive = begun(("glute_bridge", repeated(1, 2)))
    drive.until(Stage.CALIBRATING)
    (left_out, changed) = drive.command(Command.NEXT)
    assert isinstance(left_out, CalibrationLeftOut)
    assert changed.stage is Stage.START
    said = [drive.tick(nobody).cue for _ in range(25)]
    assert "not_calibrated" in {cue.code for cue in said if cue}
    drive.command(Command.RESTART_PLACEMENT)
    drive.until(Stage.START)
    assert stages(drive).count(Stage.CALIBRATING) == 1
    drive.until(Stage.SUMMARY)
    assert drive.of_kind(SetEnded)[0].verdict.basis is not RangeBasis.CALIBRATION


def test_two_are_taken_where_the_third_is_left_out():
    """Who has done two and goes on is measured by two."""
    drive = begun(("glute_bridge", repeated(1, 2)))
    drive.until(Stage.CALIBRATING)
    while (drive.tick().calibration_done or 0) < 2:
        pass
    measured, _ = drive.command(Command.NEXT)
    assert measured.calibration.signals[0].n_repetitions == 2


def test_it_is_not_waited_for_forever():
    """After a minute without a repetition it goes on without."""
    drive = begun(("glute_bridge", repeated(1, 2)))
    began_s = drive.until(Stage.CALIBRATING).time_s
    still = BRIDGES["glute_bridge"]
    end_s = drive.until(
        Stage.START, within_s=90, pose=lambda time_s: still.pose(time_s, 0.0)
    ).time_s
    assert end_s - began_s == pytest.approx(WAITS_S, abs=0.2)
    assert drive.of_kind(CalibrationLeftOut)


def test_a_pause_does_not_lose_what_was_done():
    """Paused after one, it goes on at one, and the minute does not run."""
    drive = begun(("glute_bridge", repeated(1, 2)))
    drive.until(Stage.CALIBRATING)
    while (drive.tick().calibration_done or 0) < 1:
        pass
    drive.command(Command.PAUSE)
    drive.wait(WAITS_S + 5, nobody)
    assert drive.flow.view.stage is Stage.PAUSED
    drive.command(Command.RESUME)
    assert drive.tick().calibration_done == 1
    drive.until(Stage.START)
    assert drive.of_kind(Calibrated)


def test_it_hurts_stops_it_at_once():
    """Pain is asked about here as anywhere."""
    drive = begun(("glute_bridge", repeated(1, 2)))
    drive.until(Stage.CALIBRATING)
    drive.command(Command.HURTS)
    assert [event.reason for event in drive.of_kind(Paused)] == [PauseReason.HURTS]
    drive.command(Command.SKIP_EXERCISE)
    assert drive.flow.view.stage is Stage.SUMMARY
    assert drive.of_kind(SetStarted) == []


def test_it_can_be_measured_again():
    """From the start position of a later set on request; what was measured last counts."""
    drive = begun(("glute_bridge", repeated(1, 2)), fits=known_bridge())
    drive.until(Stage.START)
    assert drive.flow.view.can_calibrate
    drive.command(Command.CALIBRATE)
    assert drive.flow.view.stage is Stage.CALIBRATING
    drive.until(Stage.SUMMARY, within_s=90)
    (measured,) = drive.of_kind(Calibrated)
    (end,) = drive.of_kind(SetEnded)
    assert end.verdict.fit.calibrations == (measured.calibration,)
