"""A whole session, from welcome to summary, at any speed of the camera."""

import math
from dataclasses import replace

import pytest

from formcheck.analysis.coach import Coach
from formcheck.analysis.verdict import VerdictBuilder
from formcheck.landmarks import INDEX
from formcheck.session.events import SessionEnded, SetEnded, SetStarted
from formcheck.session.showing import AFTER_TOLD_S, MOST_SHOWN_S, SHOWN_S
from formcheck.session.stages import Command, SetEnd, Stage
from formcheck.session.start import HELD_S
from tests.session.puppets import CATALOGUE, held, nobody, repeated
from tests.session.under_way import BRIDGE, PUPPETS, begun, exercising, stages


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
