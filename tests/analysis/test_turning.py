"""How far a trunk turned is read against how the person sat, and only where that was measured."""

import math

import pytest

from formcheck.analysis.holds import HeldPosture
from formcheck.analysis.movement import Movement
from formcheck.analysis.readings import channel
from formcheck.analysis.taking import Taken
from formcheck.analysis.turning import (
    PELVIS_WITHIN_DEG,
    WITHIN_DEG,
    TurnFollower,
)
from formcheck.exercises.schema import TURN_READINGS
from formcheck.landmarks import Side
from formcheck.measures import View
from formcheck.measures.turns import STRETCH, TrunkSeen, chest_turn_deg, pelvis_turn_deg

FRONT = TrunkSeen(0.0, 0.0, 0.9)


def seen(turn_deg, pelvis_deg=0.0):
    """Return a trunk as the engine sees it turned."""
    heading = math.radians(turn_deg)
    flat_deg = math.degrees(math.atan2(math.sin(heading) / STRETCH, math.cos(heading)))
    return TrunkSeen(flat_deg, pelvis_deg, 0.9 * math.cos(heading))


def seen_at_rest(pelvis_deg):
    """Return somebody who sits still, turned by so much as the engine sees it."""
    return TrunkSeen(pelvis_deg, pelvis_deg, 0.9 * math.cos(math.radians(pelvis_deg)))


def readings(trunk):
    values = (trunk.chest_deg, trunk.pelvis_deg, trunk.breadth)
    return {channel(r): Taken(value) for r, value in zip(TURN_READINGS, values, strict=True)}


def movement(start_s, end_s):
    middle_s = (start_s + end_s) / 2
    return Movement(start_s, middle_s, end_s, 1, 0.5, 1, 0, 30, is_full=True)


def followed(*trunks, rest=FRONT, view=View.FRONT):
    """Return a follower that has seen somebody at rest for a second, then these, ten a second."""
    follower = TurnFollower()
    for tenth in range(10):
        follower.update(tenth / 10, view, readings(rest), is_at_rest=True)
    for tenth, trunk in enumerate(trunks, start=10):
        follower.update(tenth / 10, view, readings(trunk), is_at_rest=False)
    return follower


@pytest.mark.parametrize(("side", "sign"), [(Side.LEFT, 1), (Side.RIGHT, -1)])
def test_a_repetition_says_how_far_it_went_to_its_side(side, sign):
    """The furthest instant counts, with the pelvis as it was then; + is to the left."""
    way = [seen(sign * deg, sign * deg / 4) for deg in (10, 30, 45, 20, -5)]
    turn = followed(*way).furthest(movement(1.0, 1.4), side)
    assert turn.chest_deg == pytest.approx(chest_turn_deg(FRONT, way[2]))
    assert turn.pelvis_deg == pytest.approx(pelvis_turn_deg(FRONT, way[2]))
    assert turn.chest_deg * sign > 0
    assert turn.unknown is None
    assert turn.pelvis_within_deg == PELVIS_WITHIN_DEG


@pytest.mark.parametrize(("pelvis_deg", "row"), [(0, 0), (13, 0), (15, 1), (-34, 1)])
def test_what_it_is_good_for_depends_on_where_the_chair_faces(pelvis_deg, row):
    """Who faces the camera is read better."""
    follower = followed(seen(pelvis_deg + 30), rest=seen_at_rest(pelvis_deg))
    turn = follower.furthest(movement(1.0, 1.1), Side.LEFT)
    assert turn.chest_within_deg == WITHIN_DEG[row][1]


def test_a_posture_that_is_held_is_read_in_its_middle():
    """A single frame that is far off does not matter."""
    way = [seen(40)] * 9 + [seen(85)]
    turn = followed(*way).held(HeldPosture(1.0, 2.0, 1.0, 0))
    assert turn.chest_deg == pytest.approx(chest_turn_deg(FRONT, way[0]))


def test_who_sits_turned_is_read_from_there():
    """The same turn, from a chair that does not quite face the camera."""
    rest = seen(15, pelvis_deg=10)
    turn = followed(seen(55, pelvis_deg=18), rest=rest).furthest(movement(1.0, 1.1), Side.LEFT)
    assert turn.chest_deg == pytest.approx(chest_turn_deg(rest, seen(55, pelvis_deg=18)))
    assert turn.chest_deg < chest_turn_deg(FRONT, seen(55, pelvis_deg=18))


def test_a_restless_moment_is_no_rest_and_a_turn_that_is_kept_neither():
    """Rest is the middle of what was at rest, and who stays turned is not."""
    follower = TurnFollower()
    for tenth in range(60):
        trunk = seen(60) if tenth > 20 else seen(20) if tenth == 5 else FRONT
        follower.update(tenth / 10, View.FRONT, readings(trunk), is_at_rest=True)
    follower.update(6.0, View.FRONT, readings(seen(30)), is_at_rest=False)
    turn = follower.furthest(movement(5.9, 6.1), Side.LEFT)
    assert turn.chest_deg == pytest.approx(chest_turn_deg(FRONT, seen(30)))


@pytest.mark.parametrize(
    ("follower", "unknown"),
    [
        (TurnFollower(), "no_rest_seen"),
        (followed(), "not_seen"),
        (followed(TrunkSeen(math.nan, 0.0, 0.9)), "not_seen"),
        (followed(seen(30), view=View.OBLIQUE), "wrong_view"),
        (followed(seen(30), rest=seen_at_rest(WITHIN_DEG[1][0] + 1)), "sits_turned"),
        (followed(seen(89)), "beyond_measured"),
    ],
)  # fmt: skip
def test_what_was_not_measured_is_not_said(follower, unknown):
    """No number without knowing what it is good for."""
    turn = follower.furthest(movement(1.0, 1.1), Side.LEFT)
    assert turn.unknown == unknown
    assert math.isnan(turn.chest_deg)
    assert math.isnan(turn.pelvis_deg)


def test_somebody_else_is_read_anew():
    """After a cut nothing is known of how the person sits."""
    follower = followed(seen(30))
    follower.interrupt()
    assert follower.furthest(movement(1.0, 1.1), Side.LEFT).unknown == "no_rest_seen"
