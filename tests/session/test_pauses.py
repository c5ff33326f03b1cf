"""What interrupts a set, and how it is gone on with."""

import math
from dataclasses import replace

import numpy as np
import pytest

from formcheck.landmarks import INDEX
from formcheck.session.events import Paused, Resumed, SetEnded
from formcheck.session.stages import Command, PauseReason, Stage
from formcheck.session.start import HELD_S
from tests.session.puppets import nobody, puppet, repeated
from tests.session.under_way import BRIDGE, begun, exercising


@pytest.mark.parametrize("fps", [10, 30])
def test_out_of_view_pauses_after_three_seconds_and_goes_on_by_itself(fps):
    """Who has gone is asked for after 3 s; back in the start position for 2 s, the set goes on."""
    drive = exercising(fps=fps)
    done = drive.until(Stage.EXERCISING).set_done
    gone_s = drive.time_s
    paused = drive.until(Stage.PAUSED, pose=nobody)
    assert paused.time_s - gone_s == pytest.approx(3.0, abs=0.25)
    assert paused.pause_reason is PauseReason.OUT_OF_VIEW
    assert paused.is_set_under_way
    drive.wait(4.0, nobody)
    assert drive.flow.view.stage is Stage.PAUSED
    drive.play_s = 0.0
    back_s = drive.time_s
    resumed = drive.until(Stage.EXERCISING)
    assert resumed.time_s - back_s == pytest.approx(HELD_S, abs=0.4)
    assert resumed.set_done == done
    drive.until(Stage.REST)
    assert len(drive.of_kind(SetEnded)[0].verdict.repetitions) == 3


def test_leaving_the_position_pauses():
    """Who gets up from the floor in the middle of a set is asked; it is not "down"."""
    drive = exercising()
    left_s = drive.time_s
    paused = drive.until(Stage.PAUSED, pose=standing)
    assert paused.pause_reason is PauseReason.LEFT_POSITION
    assert 3.0 <= paused.time_s - left_s < 5.0
    assert drive.of_kind(Paused)[0].reason is PauseReason.LEFT_POSITION
    drive.play_s = 0.0
    drive.until(Stage.EXERCISING)
    assert drive.of_kind(Resumed)[0].reason is PauseReason.LEFT_POSITION


def test_too_few_pictures_are_no_leaving():
    """Where a busy computer shows five pictures a second, nobody has left the position."""
    drive = exercising()
    for _ in range(40):
        drive.n += 2
        view = drive.tick()
    assert view.snapshot.not_assessed.code == "too_few_frames"
    assert drive.of_kind(Paused) == []


def standing(time_s: float):
    """Return somebody who stands, seen from the side."""
    return puppet("side_bend", azimuth_deg=90.0).pose(time_s, 0.0)


def lying(time_s: float):
    """Return somebody who lies on the back, as tall in the picture as who stands up."""
    return BRIDGE.pose(time_s, 0.0)


@pytest.mark.parametrize("fps", [10, 30])
def test_down_unexpectedly_pauses_and_waits_for_an_answer(fps):
    """Who is suddenly on the floor in an upright exercise is asked, and must answer."""
    drive = exercising("sit_to_stand", fps=fps)
    fell_s = drive.time_s
    paused = drive.until(Stage.PAUSED, pose=lying)
    assert paused.pause_reason is PauseReason.DOWN_UNEXPECTEDLY
    assert paused.time_s - fell_s < 1.5
    cues = [view.cue for view in drive.views if view.cue and view.time_s >= paused.time_s]
    assert [(cue.kind, cue.code) for cue in cues] == [("stop", "paused_down_unexpectedly")]
    drive.play_s = 0.0
    drive.wait(6.0)
    assert drive.flow.view.stage is Stage.PAUSED
    drive.command(Command.RESUME)
    assert drive.flow.view.stage is Stage.EXERCISING


def toppling(time_s: float, share: float):
    """Return somebody who goes over, about the feet: upright at 0, on the floor from 1 on."""
    upright, angle = standing(time_s), min(1.0, share) * math.pi / 2
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    feet = upright.image[INDEX["left_heel"]]
    world = upright.world.copy()
    world[:, :2] = world[:, :2] @ turn.T
    return replace(upright, image=feet + (upright.image - feet) @ turn.T, world=world)


@pytest.mark.parametrize(
    ("falls_within_s", "stage"), [(0.8, Stage.PAUSED), (4.0, Stage.REST), (6.0, Stage.REST)]
)
def test_a_fall_between_sets_is_asked_about(falls_within_s, stage):
    """Who falls while resting is asked; who lies down on the floor at their own pace is not."""
    drive = begun(("side_bend", repeated(2, 3, rest_s=30.0)))
    drive.until(Stage.REST)
    drive.wait(2.0)
    begin_s = drive.time_s
    view = drive.wait(8.0, lambda time_s: toppling(time_s, (time_s - begin_s) / falls_within_s))
    assert view.stage is stage
    reasons = [event.reason for event in drive.of_kind(Paused)]
    assert reasons == [PauseReason.DOWN_UNEXPECTEDLY] * (stage is Stage.PAUSED)


@pytest.mark.parametrize("name", ["sit_to_stand", "side_bend"])
def test_the_exercise_itself_is_no_fall(name):
    """Sitting down and bending sideways are not taken for a fall, nor for leaving."""
    drive = begun((name, repeated(1, 3)))
    drive.until(Stage.SUMMARY)
    assert drive.of_kind(Paused) == []


def test_nothing_reaches_the_set_while_it_pauses():
    """Repetitions done while paused do not count, and their poses are not the set's."""
    drive = exercising()
    done = drive.flow.view.set_done
    drive.command(Command.PAUSE)
    before_s = drive.time_s
    drive.wait(8.0, lambda time_s: BRIDGE.pose(time_s, 3.0 + time_s - before_s))
    assert all(view.snapshot is None for view in drive.views if view.time_s > before_s)
    drive.command(Command.RESUME)
    assert drive.tick().set_done == done


def test_who_resumes_by_key_has_time_to_get_back():
    """After a key there are ten seconds before leaving the position pauses again."""
    drive = exercising()
    drive.command(Command.PAUSE)
    drive.wait(2.0, standing)
    drive.command(Command.RESUME)
    drive.wait(9.0, standing)
    assert drive.flow.view.stage is Stage.EXERCISING
    drive.until(Stage.PAUSED, within_s=6.0, pose=standing)


def test_a_pause_in_the_rest_keeps_what_is_left_of_it():
    """The rest goes on with the seconds that were left when it was paused."""
    drive = begun(("glute_bridge", repeated(2, 2, rest_s=9.0)))
    drive.until(Stage.REST)
    left_s = drive.wait(3.0).rest_left_s
    drive.command(Command.PAUSE)
    drive.wait(20.0)
    drive.command(Command.RESUME)
    assert drive.flow.view.rest_left_s == pytest.approx(left_s, abs=0.1)


def test_a_long_pause_is_no_jump_of_the_picture():
    """Going on after a pause, nobody is told that the picture jumped."""
    drive = exercising()
    drive.command(Command.PAUSE)
    drive.wait(5.0)
    drive.command(Command.RESUME)
    drive.play_s = 0.0
    resumed_s = drive.time_s
    drive.wait(2.0)
    cues = [view.cue.code for view in drive.views if view.cue and view.time_s > resumed_s]
    assert cues == ["resumed"]
