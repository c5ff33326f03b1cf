"""A whole session, from welcome to summary, at any speed of the camera."""

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from formcheck.analysis.coach import Coach
from formcheck.analysis.events import RepetitionCompleted
from formcheck.analysis.verdict import VerdictBuilder
from formcheck.landmarks import INDEX
from formcheck.session.events import Paused, Resumed, SessionEnded, SetEnded, SetStarted
from formcheck.session.progress import AFTER_TOLD_S, MOST_SHOWN_S, SHOWN_S
from formcheck.session.stages import Command, PauseReason, SetEnd, Stage
from formcheck.session.start import HELD_S
from tests.session.puppets import CATALOGUE, Drive, held, nobody, puppet, repeated, session

BRIDGE = puppet("glute_bridge")
STANDING_UP = puppet("sit_to_stand")
PUPPETS = {
    "glute_bridge": BRIDGE,
    "sit_to_stand": STANDING_UP,
    "front_plank": puppet("front_plank", n=1, hold_s=9.0),
    "side_bend": puppet("side_bend"),
}


def stages(drive: Drive) -> list[Stage]:
    """Return the stages that were gone through."""
    seen = [Stage.WELCOME, *(view.stage for view in drive.views)]
    return [seen[0], *(after for before, after in pairwise(seen) if after is not before)]


def begun(*steps, fps: int = 15, **kwargs) -> Drive:
    """Return a session that has left the welcome."""
    drive = Drive(session(*steps, **kwargs), PUPPETS, fps)
    drive.command(Command.BEGIN)
    return drive


def exercising(name: str = "glute_bridge", fps: int = 15) -> Drive:
    """Return a session in the middle of its first repetition."""
    drive = begun((name, repeated(2, 3)), fps=fps)
    drive.until(Stage.EXERCISING)
    drive.wait(3.0)
    return drive


@pytest.mark.parametrize("fps", [10, 15, 30, 60])
def test_a_session_goes_from_welcome_to_summary(fps):
    """Two sets of a repeated exercise and a hold are done to their dose, alike at any rate."""
    drive = begun(("glute_bridge", repeated(2, 3)), ("front_plank", held(1, 6.0)), fps=fps)
    drive.until(Stage.SUMMARY, within_s=90)
    one_set = [Stage.START, Stage.EXERCISING]
    assert stages(drive) == [
        Stage.WELCOME,
        *(Stage.PLACEMENT, *one_set, Stage.REST, *one_set, Stage.DEMONSTRATION),
        *(Stage.PLACEMENT, *one_set, Stage.SUMMARY),
    ]
    ends = drive.of_kind(SetEnded)
    assert [(end.step_index, end.set_number, end.end) for end in ends] == [
        (0, 1, SetEnd.DONE), (0, 2, SetEnd.DONE), (1, 1, SetEnd.DONE)
    ]  # fmt: skip
    assert [len(end.verdict.repetitions) for end in ends] == [3, 3, 0]
    assert ends[-1].verdict.held_s == pytest.approx(6.0, abs=0.11)
    # Placement 1 s, start 2 s, and the puppet's own time for three bridges.
    assert ends[0].time_s == pytest.approx(17.2, abs=0.35)
    assert [event.was_stopped for event in drive.of_kind(SessionEnded)] == [False]


@pytest.mark.parametrize("fps", [10, 30])
def test_a_set_is_what_the_plain_coach_makes_of_its_poses(fps):
    """Verdict and events of each set are those of a Coach that gets the same poses."""
    drive = begun(("glute_bridge", repeated(2, 2)), ("side_bend", repeated(1, 2)), fps=fps)
    drive.until(Stage.SUMMARY, within_s=90)
    for end, start in zip(drive.of_kind(SetEnded), drive.of_kind(SetStarted), strict=True):
        fed = [
            view.snapshot
            for view in drive.views
            if view.snapshot and start.time_s <= view.time_s <= end.time_s
        ]
        coach = Coach([CATALOGUE[end.exercise]])
        verdict = VerdictBuilder(coach)
        for snapshot in fed:
            verdict.take(coach.update(snapshot.time_s, snapshot.pose))
        verdict.take(coach.finish())
        assert verdict.verdict() == end.verdict
        assert len(end.verdict.repetitions) == 2


def test_a_demonstration_ends_by_itself():
    """After twenty seconds, counted down, the placement begins; between exercises as well."""
    drive = begun(("glute_bridge", repeated(1, 3)), ("side_bend", repeated(1, 3)))
    assert drive.flow.view.countdown_s == SHOWN_S
    assert drive.wait(5.0, nobody).countdown_s == pytest.approx(SHOWN_S - 5, abs=0.01)
    shown_s = drive.until(Stage.PLACEMENT, answer=no_answer).time_s
    assert shown_s == pytest.approx(SHOWN_S, abs=0.1)
    again_s = drive.until(Stage.DEMONSTRATION).time_s
    next_s = drive.until(Stage.PLACEMENT, answer=no_answer).time_s
    assert next_s - again_s == pytest.approx(SHOWN_S, abs=0.1)


def no_answer(view):
    """Say nothing."""


def test_a_demonstration_can_be_kept():
    """Asked to stay it waits for "next"; a pause stops its countdown only for as long."""
    drive = begun(("glute_bridge", repeated(1, 3)))
    drive.wait(5.0, nobody)
    drive.command(Command.PAUSE)
    drive.wait(40.0, nobody)
    drive.command(Command.RESUME)
    assert drive.flow.view.countdown_s == pytest.approx(SHOWN_S - 5, abs=0.1)
    drive.command(Command.STAY)
    view = drive.wait(60.0, nobody)
    assert (view.stage, view.countdown_s) == (Stage.DEMONSTRATION, None)
    drive.command(Command.NEXT)
    assert drive.flow.view.stage is Stage.PLACEMENT


def test_a_demonstration_waits_until_it_is_told():
    """While it is being told it stays, and five seconds longer; but for no more than a minute."""
    drive = begun(("glute_bridge", repeated(1, 3)))
    while drive.time_s < 30.0:
        drive.wait(1.0, nobody)
        drive.command(Command.TELLING)
    told_s = drive.until(Stage.PLACEMENT, answer=no_answer).time_s
    assert told_s == pytest.approx(30.0 + AFTER_TOLD_S, abs=1.1)
    drive = begun(("glute_bridge", repeated(1, 3)))
    while drive.flow.view.stage is Stage.DEMONSTRATION:
        drive.wait(1.0, nobody)
        drive.command(Command.TELLING)
    assert drive.time_s == pytest.approx(MOST_SHOWN_S, abs=1.1)


def test_movements_too_small_to_count_are_said_to_be():
    """Of two in a row the second is: who hears nothing would not know why nothing is counted."""
    drive = exercising()
    drive.play_s = 0.0
    for _ in range(4):
        begin_s = drive.time_s
        drive.wait(3.0, lambda time_s, begin_s=begin_s: halfway(time_s, time_s - begin_s))
    said = [view.cue.code for view in drive.views if view.cue]
    assert said.count("too_small") == 2


def halfway(time_s, elapsed_s):
    """Return somebody who lifts the hips to where it does not count yet, and lowers them."""
    share = 0.5 * math.sin(math.pi * elapsed_s / 3.0) ** 2
    low, high = BRIDGE.pose(time_s, 0.0), highest()
    image = (1 - share) * low.image + share * high.image
    world = (1 - share) * low.world + share * high.world
    return replace(low, image=image, world=world)


def highest():
    """Return the puppet at the top of a bridge."""
    hip = INDEX["left_hip"]
    return min(BRIDGE.poses, key=lambda pose: pose.image[hip, 1])


def test_the_start_needs_two_seconds_of_stillness():
    """The set begins two seconds after the start position is awaited and held, not earlier."""
    drive = begun(("glute_bridge", repeated(1, 3)))
    start_s = drive.until(Stage.START).time_s
    shown = [drive.tick().start_progress]
    began_s = drive.until(Stage.EXERCISING).time_s
    shown += [view.start_progress for view in drive.views if view.stage is Stage.START]
    assert began_s - start_s == pytest.approx(HELD_S, abs=0.15)
    assert min(shown) >= 0
    assert max(shown) > 0.9


def test_who_moves_does_not_start():
    """Nothing begins while somebody is in position but goes on moving."""
    drive = begun(("glute_bridge", repeated(1, 3)))
    drive.until(Stage.START)
    # Up and down all the time: the middle of the puppet's performance, again and again.
    drive.wait(12.0, lambda time_s: BRIDGE.pose(time_s, 3.0 + time_s % 8.0))
    assert drive.flow.view.stage is not Stage.EXERCISING


def test_a_rest_lasts_as_long_as_the_dose_says():
    """After a set the rest is counted down, and then the start position is awaited."""
    drive = begun(("glute_bridge", repeated(2, 2, rest_s=7.0)))
    start_s = drive.until(Stage.REST).time_s
    left_s = drive.wait(3.0).rest_left_s
    assert left_s == pytest.approx(4.0, abs=0.1)
    assert drive.until(Stage.START).time_s - start_s == pytest.approx(7.0, abs=0.1)


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


def test_a_session_that_was_cut_off_goes_on_where_it_was():
    """With the poses seen so far the count goes on, and the summary has the earlier set."""
    first = begun(("glute_bridge", repeated(2, 3)))
    first.until(Stage.REST)
    first.until(Stage.EXERCISING)
    while first.tick().set_done < 2:
        pass
    start_s = first.of_kind(SetStarted)[1].time_s
    so_far = [
        (view.snapshot.time_s, view.snapshot.pose)
        for view in first.views
        if view.snapshot and view.time_s > start_s
    ]
    second = begun(
        ("glute_bridge", repeated(2, 3)),
        resume_at=(0, 2),
        earlier=first.flow.results,
        so_far=so_far,
    )
    second.n = first.n + 100
    view = second.until(Stage.EXERCISING)
    assert (view.set_number, view.set_done) == (2, 2)
    second.until(Stage.SUMMARY)
    summary = second.flow.summary().exercises[0]
    assert [one.n_full for one in summary.sets] == [3, 3]
    assert len(second.of_kind(RepetitionCompleted)) == 1


def test_a_hold_is_done_when_its_seconds_are_whatever_the_breaks():
    """The seconds of two holds in one set add up."""
    plank = PUPPETS["front_plank"]
    drive = begun(("front_plank", held(1, 9.0)))
    drive.until(Stage.EXERCISING)
    clock_s = drive.time_s
    # Five seconds up, five down, and up again.
    performed = 2.0 + 3.2

    def broken(time_s: float):
        since_s = time_s - clock_s
        return plank.pose(time_s, performed if since_s % 10 < 5 else 0.0)

    end = drive.until(Stage.SUMMARY, within_s=40, pose=broken)
    assert end.stage is Stage.SUMMARY
    verdict = drive.of_kind(SetEnded)[0].verdict
    assert len(verdict.holds) == 2
    assert verdict.held_s == pytest.approx(9.0, abs=0.2)


def test_poses_seen_before_belong_to_the_set_that_was_cut_off():
    """Where that set is left out, the next one begins at nothing."""
    so_far = [(pose.time_s, pose) for pose in BRIDGE.poses[::4]]
    drive = begun(("glute_bridge", repeated(2, 9)), so_far=so_far)
    drive.n = 1000
    drive.command(Command.SKIP_SET)
    view = drive.until(Stage.EXERCISING)
    assert (view.set_number, view.set_done) == (2, 0)
    again = begun(("glute_bridge", repeated(2, 9)), so_far=so_far)
    again.n = 1000
    assert again.until(Stage.EXERCISING).set_done == 3
