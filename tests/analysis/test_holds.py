"""The clock of a hold runs inside the posture, and nowhere else."""

import numpy as np
import pytest

from formcheck.analysis.holds import HeldPosture, HoldTimer, Steadiness
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


def rest_from(values: list[tuple[float, float]], *, fps: float = 20, within: float = 8):
    """Return, frame by frame, since when a reading through these points has been at rest."""
    steadiness = Steadiness(within, settle_s=1.0)
    points = np.array(values)
    times_s = np.arange(0, points[-1, 0] + 1e-9, 1 / fps)
    readings = np.interp(times_s, points[:, 0], points[:, 1])
    return times_s, [
        steadiness.update(float(t), float(v)) for t, v in zip(times_s, readings, strict=True)
    ]


@pytest.mark.parametrize("fps", [10, 30])
def test_a_stretch_begins_when_the_body_comes_to_rest(fps):
    """Sinking for three seconds at 20 degrees a second is not holding; what follows is."""
    times_s, since_s = rest_from([(0, 80), (3, 140), (8, 140)], fps=fps)
    settled = [since for t, since in zip(times_s, since_s, strict=True) if t > 4.2]
    assert settled[0] == pytest.approx(2.7, abs=0.25)
    assert len(set(settled)) == 1


def test_a_stretch_ends_when_the_body_moves_away():
    """Seven degrees of eight are allowed, ten are not."""
    _, since_s = rest_from([(0, 140), (3, 140), (3.05, 133), (4.0, 133)])
    assert None not in since_s
    _, since_s = rest_from([(0, 140), (3, 140), (3.05, 130), (4.0, 130)])
    assert None in since_s


def test_sinking_slowly_deeper_is_still_the_same_stretch():
    """Twenty degrees over a minute are no movement."""
    _, since_s = rest_from([(0, 120), (60, 140)], within=6)
    assert since_s[-1] is not None
    assert since_s[-1] < 1


def test_a_reading_that_is_hidden_for_a_moment_has_not_moved():
    """What cannot be seen is not held against it."""
    steadiness = Steadiness(8, settle_s=0.5)
    for k in range(20):
        steadiness.update(k / 10, 140)
    assert steadiness.update(2.0, float("nan")) == 0
    assert steadiness.update(2.1, 141) == 0


def test_a_reading_that_was_never_seen_holds_nothing_up():
    """The arms of somebody whose arms are out of the picture do not delay the hold."""
    assert Steadiness(8, settle_s=0.5).update(0.0, float("nan")) == float("-inf")
