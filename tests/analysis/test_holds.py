"""The clock of a hold runs inside the posture, and nowhere else."""

import numpy as np
import pytest

from formcheck.analysis.holds import HeldPosture, HoldTimer
from formcheck.exercises.schema import HoldRule

RULE = HoldRule(
    conditions=[{"measure": "hip_flexion", "max": 30}],
    settle_s=0.5,
    grace_s=1.0,
    shortest_s=2.0,
    target_s=20,
)


def run(inside: list[tuple[float, float]], *, until_s: float = 12, fps: float = 20):
    """Return the holds of somebody who is inside the posture during these spans."""
    timer = HoldTimer(RULE)
    holds: list[HeldPosture] = []
    for time_s in np.arange(0, until_s, 1 / fps):
        is_inside = any(start_s <= time_s < end_s for start_s, end_s in inside)
        held = timer.update(float(time_s), is_inside=is_inside)
        holds += [held] if held else []
    last = timer.finish()
    return [*holds, last] if last else holds


@pytest.mark.parametrize("fps", [10, 20, 60])
def test_the_settling_time_is_credited(fps):
    """Six seconds inside are six seconds held, whatever the frame rate."""
    (hold,) = run([(1, 7)], fps=fps)
    assert hold.held_s == pytest.approx(6, abs=0.15)
    assert (hold.start_s, hold.end_s) == (pytest.approx(1, abs=0.1), pytest.approx(7, abs=0.1))


def test_a_short_break_is_counted_and_not_timed():
    """Leaving it for less than the grace time interrupts the clock, not the hold."""
    (hold,) = run([(1, 4), (4.6, 8)])
    assert hold.n_breaks == 1
    assert hold.held_s == pytest.approx(6.4, abs=0.2)


def test_a_long_break_ends_the_hold():
    """Leaving it for longer makes two holds."""
    first, second = run([(0, 4), (6, 10)])
    assert first.end_s == pytest.approx(4, abs=0.1)
    assert second.start_s == pytest.approx(6, abs=0.1)
    assert (first.n_breaks, second.n_breaks) == (0, 0)


def test_passing_through_the_posture_again_and_again_is_no_hold():
    """The top of a push-up, shorter than the settling time, earns nothing."""
    assert run([(k, k + 0.4) for k in range(11)]) == []


def test_a_posture_shorter_than_the_shortest_hold_is_not_reported():
    """Two seconds are the least; just below is nothing, just above is a hold."""
    assert run([(1, 2.9)]) == []
    assert len(run([(1, 3.2)])) == 1


def test_the_end_of_the_recording_ends_the_hold():
    """A hold that goes on until the end counts until the last frame."""
    (hold,) = run([(2, 99)], until_s=8)
    assert hold.held_s == pytest.approx(6, abs=0.15)


def test_time_between_distant_frames_is_not_credited():
    """What was not seen was not held."""
    timer = HoldTimer(RULE)
    for time_s in (0.0, 0.25, 0.5, 0.75, 5.75, 6.0):
        timer.update(time_s, is_inside=True)
    assert timer.held_s == pytest.approx(1.5)


def test_a_hold_that_came_to_rest_is_credited_from_then():
    """Told two seconds late that the posture has been at rest, the clock makes up for it."""
    timer = HoldTimer(RULE)
    for tenths in range(30):
        timer.update(tenths / 10, is_inside=False)
    for tenths in range(30, 60):
        timer.update(tenths / 10, is_inside=True, since_s=1.0)
    hold = timer.finish()
    assert (hold.start_s, hold.held_s) == (1.0, pytest.approx(4.9))


def test_a_movement_out_of_the_posture_is_not_held():
    """The hold ends when the movement began, not when it was noticed."""
    timer = HoldTimer(RULE)
    for tenths in range(60):
        timer.update(tenths / 10, is_inside=True)
    ended = [timer.update(tenths / 10, is_inside=False, since_s=5.0) for tenths in range(60, 75)]
    (hold,) = [held for held in ended if held]
    assert (hold.end_s, hold.held_s) == (5.0, pytest.approx(5.0))


def test_who_shifts_within_the_posture_has_longer_to_come_to_rest():
    """Three seconds of moving the arms are a break of a stretch, three of standing up its end."""

    def n_holds(*, is_in_posture):
        timer = HoldTimer(RULE)
        holds = []
        for tenths in range(140):
            is_inside = not 50 <= tenths < 80
            holds.append(
                timer.update(tenths / 10, is_inside=is_inside, is_in_posture=is_in_posture)
            )
        holds.append(timer.finish())
        return len([hold for hold in holds if hold])

    assert n_holds(is_in_posture=True) == 1
    assert n_holds(is_in_posture=False) == 2


def test_a_posture_is_kept_before_it_has_settled():
    """It says for how long, settled or not, and nothing once it is left."""
    timer = HoldTimer(RULE)
    for time_s, kept_s in [(1.0, 0.0), (1.2, 0.2), (1.4, 0.4), (1.6, 0.6)]:
        timer.update(time_s, is_inside=True)
        assert timer.kept_s == pytest.approx(kept_s)
        assert timer.is_holding is (kept_s > RULE.settle_s)
    timer.update(1.8, is_inside=False)
    assert timer.kept_s == 0
