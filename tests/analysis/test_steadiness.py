"""A reading is at rest when it stays at a level, and since when it does is known."""

import numpy as np
import pytest

from formcheck.analysis.steadiness import AWAY_FOR_S, Rest, Steadiness


def rests(values: list[tuple[float, float]], *, fps: float = 20, within: float = 8) -> list[Rest]:
    """Return what is made of a reading that passes through these points, frame by frame."""
    steadiness = Steadiness(within, settle_s=1.0)
    points = np.array(values)
    times_s = np.arange(0, points[-1, 0] + 1e-9, 1 / fps)
    readings = np.interp(times_s, points[:, 0], points[:, 1])
    return [steadiness.update(float(t), float(v)) for t, v in zip(times_s, readings, strict=True)]


@pytest.mark.parametrize("fps", [10, 30])
def test_rest_begins_when_the_body_arrives(fps):
    """Sinking for three seconds at 20 degrees a second is not rest; what follows is."""
    found = rests([(0, 80), (3, 140), (8, 140)], fps=fps)
    resting = [rest for rest in found if rest.is_resting]
    assert {rest.since_s for rest in resting} == {resting[0].since_s}
    assert resting[0].since_s == pytest.approx(3.0, abs=0.3)
    assert not any(rest.is_resting for rest in found[: int(3.5 * fps)])


def test_rest_ends_when_the_body_began_to_move():
    """It is noticed a little later, and back-dated to where the movement began."""
    found = rests([(0, 140), (5, 140), (7, 60), (8, 60)])
    left = next(rest for rest in found if not rest.is_resting and rest.since_s > 1)
    assert left.since_s == pytest.approx(5.0, abs=0.3)


def test_who_swayed_before_leaving_left_when_they_moved_away():
    """A second off the level by half of what is allowed belongs to the rest."""
    found = rests([(0, 140), (5, 140), (5.1, 135), (6.2, 135), (6.8, 90), (8, 90)])
    left = next(rest for rest in found if not rest.is_resting and rest.since_s > 1)
    assert 6.1 <= left.since_s <= 6.4


def test_who_wanders_off_and_then_leaves_left_when_they_got_away():
    """Three of eight allowed in two seconds is no leaving; half a second later they are gone."""
    found = rests([(0, 140), (5, 140), (7, 136), (7.5, 100), (9, 100)])
    left = next(rest for rest in found if not rest.is_resting and rest.since_s > 1)
    assert left.since_s == pytest.approx(7.0, abs=0.15)


def test_a_small_shift_is_still_the_same_rest():
    """Seven degrees of eight are allowed, ten are not."""
    assert rests([(0, 140), (3, 140), (3.05, 133), (4, 133)])[-1].is_resting
    assert not rests([(0, 140), (3, 140), (3.05, 130), (4, 130)])[-1].is_resting


def test_sinking_slowly_deeper_is_still_the_same_rest():
    """Twenty degrees over a minute are no movement."""
    last = rests([(0, 120), (60, 140)], within=6)[-1]
    assert last.is_resting
    assert last.since_s < 1


def test_coming_back_is_a_new_rest():
    """Away for half a second and back: it rests since its return; away for long, it must settle."""
    last = rests([(0, 100), (3, 100), (3.2, 130), (3.4, 100), (6, 100)])[-1]
    assert last.is_resting
    assert last.since_s == pytest.approx(3.6, abs=0.3)
    elsewhere = rests([(0, 100), (3, 100), (3.2, 130), (9, 130)])
    assert elsewhere[-1].is_resting
    assert elsewhere[-1].since_s == pytest.approx(3.2 + AWAY_FOR_S, abs=0.4)


def test_seen_from_elsewhere_the_same_posture_reads_anew():
    """A reading that jumps because the camera moved does not end the rest."""
    steadiness = Steadiness(within=8, settle_s=1.0)
    for tenths in range(30):
        steadiness.update(tenths / 10, 50.0)
    steadiness.rebase()
    assert steadiness.update(3.0, 30.0) == Rest(is_resting=True, since_s=0.0)
    assert steadiness.update(3.1, 31.0).is_resting


def test_a_reading_that_is_hidden_has_not_moved():
    """What cannot be seen is not held against it, whether it was ever seen or not."""
    steadiness = Steadiness(within=8, settle_s=0.5)
    assert steadiness.update(0.0, float("nan")).is_resting
    for tenths in range(1, 20):
        steadiness.update(tenths / 10, 140.0)
    assert steadiness.update(2.0, float("nan")) == Rest(is_resting=True, since_s=0.1)
    assert steadiness.update(2.1, 141.0).is_resting


def test_what_goes_out_of_sight_while_it_moves_is_not_waited_for():
    """A knee that is seen on the way into a posture, and not in it, does not keep from resting."""
    steadiness = Steadiness(within=8, settle_s=1.0)
    for tenths in range(10):
        assert not steadiness.update(tenths / 10, 10.0 * tenths).is_resting
    assert not steadiness.update(1.8, float("nan")).is_resting
    assert steadiness.update(2.0, float("nan")).is_resting
