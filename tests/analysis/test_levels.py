"""Who has gone on to rest elsewhere is in the posture as if they came to it, or not at all."""

import math
from collections.abc import Iterable, Sequence

import pytest

from formcheck.analysis.body import BodyState
from formcheck.analysis.levels import ELSEWHERE, Levels
from formcheck.analysis.own_numbers import AS_IN_THE_FILE
from formcheck.analysis.posture import PostureGate
from formcheck.analysis.readings import Channel, Taken, channel
from formcheck.analysis.variants import HoldVariant
from formcheck.exercises.schema import Condition, HoldRule, Orientation, Variant
from formcheck.landmarks import Side
from formcheck.measures import View

WITHIN = 9.0
HIP = Condition(measure="hip_flexion", min=45, max=110, tolerance=6, steady_within=WITHIN)
ARMS = Condition(measure="shoulder_elevation", steady_within=WITHIN, optional=True)


def read(condition: Condition, value: float) -> dict[Channel, Taken]:
    """Return the one reading that a condition asks for."""
    return {channel(condition): Taken(value, Side.LEFT)}


def gone_on(condition: Condition, values: Sequence[float], view: View = View.SIDE) -> Levels:
    """Return the levels of somebody who rests for four seconds at each of these values."""
    levels = Levels([condition])
    levels.update(0.0, View.SIDE, read(condition, values[0]))
    for time_s, value in enumerate_tenths(values):
        rest = levels.update(time_s, View.SIDE if time_s <= 4 else view, read(condition, value))
        if rest.is_resting and not levels.is_elsewhere():
            levels.note()
    return levels


def enumerate_tenths(values: Sequence[float]) -> Iterable[tuple[float, float]]:
    """Yield each value for four seconds, ten times a second."""
    for number, value in enumerate(values):
        for tenths in range(40):
            yield 4.0 * number + 0.1 * (tenths + 1), value


@pytest.mark.parametrize(
    ("moved_by", "is_elsewhere"),
    [(0.0, False), (0.9 * ELSEWHERE * WITHIN, False), (1.1 * ELSEWHERE * WITHIN, True)],
)
def test_a_rest_far_from_the_last_one_is_elsewhere(moved_by, is_elsewhere):
    """Twice what a reading may sway is the border, either way."""
    assert gone_on(HIP, [70, 70 + moved_by]).is_elsewhere() is is_elsewhere
    assert gone_on(HIP, [70, 70 - moved_by]).is_elsewhere() is is_elsewhere


def test_what_is_optional_may_come_to_rest_anywhere():
    """Arms that are laid back along the body make no other posture of a child's pose."""
    assert not gone_on(ARMS, [150, 20]).is_elsewhere()


def test_seen_from_elsewhere_is_not_elsewhere():
    """The same posture reads anew in another view."""
    assert not gone_on(HIP, [70, 105], View.OBLIQUE).is_elsewhere()


def test_a_posture_that_was_left_for_a_moment_is_still_compared():
    """It comes to rest anew; what it is held against stays until the hold is over."""
    levels = gone_on(HIP, [70])
    levels.reset()
    for tenths in range(20):
        levels.update(5 + tenths / 10, View.SIDE, read(HIP, 100))
    assert levels.is_elsewhere()
    levels.forget()
    assert not levels.is_elsewhere()


def test_no_tolerance_lets_anybody_in():
    """A condition that is kept by its tolerance alone does not admit; a hidden reading does."""
    gate = PostureGate([HIP])
    assert gate.update(0.0, read(HIP, 100))
    assert gate.update(0.1, read(HIP, 114))
    assert gate.admits(read(HIP, 110))
    assert not gate.admits(read(HIP, 114))
    assert gate.admits(read(HIP, math.nan))
    gate.forget()
    assert gate.update(0.2, read(HIP, 114)) is False


def test_a_posture_settles_until_it_is_known_whether_it_rests():
    """Passing through takes less than a fifth of a second, who moves on for longer moves in it."""
    rule = HoldRule(conditions=[HIP], settle_s=1, grace_s=1, shortest_s=5, target_s=15)
    variant = Variant(id="hold", name="Held", orientations=["face_down"], hold=rule)
    follower = HoldVariant(variant, rule, AS_IN_THE_FILE)
    body = BodyState(View.SIDE, Orientation.FACE_DOWN, Side.LEFT)
    settling = []
    for tenths in range(16):
        follower.update(tenths / 10, body, read(HIP, 50 + 4 * tenths))
        settling += [tenths] if follower.is_settling else []
    assert settling == list(range(2, 14))
    follower.update(1.6, body, read(HIP, 150))
    assert not follower.is_settling


THIGH = Condition(measure="thigh_elevation", max=-55, tolerance=6)


@pytest.mark.parametrize(("thigh", "held_s"), [(-52.0, 8), (-58.0, 11)])
def test_who_sits_back_holds_hands_and_knees_no_longer(thigh, held_s):
    """The hips go on to rest 30 degrees away: what the tolerance alone would keep has ended."""
    rule = HoldRule(conditions=[HIP, THIGH], settle_s=1, grace_s=1, shortest_s=5, target_s=15)
    variant = Variant(id="hold", name="Held", orientations=["face_down"], hold=rule)
    follower = HoldVariant(variant, rule, AS_IN_THE_FILE)
    body = BodyState(View.SIDE, Orientation.FACE_DOWN, Side.LEFT)
    holds = []
    for tenths in range(121):
        is_back = tenths > 80
        readings = read(HIP, 100 if is_back else 70) | read(THIGH, thigh if is_back else -87)
        done = follower.update(tenths / 10, body, readings)
        holds += [done.held] if done else []
    last = follower.finish()
    holds += [last.held] if last else []
    (hold,) = holds
    assert hold.end_s == pytest.approx(8 if thigh > THIGH.max else 12, abs=0.2)
    assert hold.held_s == pytest.approx(held_s, abs=0.5)
