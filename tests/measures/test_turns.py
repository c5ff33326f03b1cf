"""What is read of a trunk that turns, in space."""

import math

import pytest

from formcheck.measures import MEASURES
from formcheck.measures.turns import (
    PELVIS_SHARE,
    PELVIS_WEIGHT,
    STRETCH,
    TrunkSeen,
    chest_turn_deg,
    fused_turn_deg,
    pelvis_turn_deg,
)


def turned(name: str, chest_deg: float, pelvis_deg: float, side: str = "left") -> float:
    """Return a measure of somebody who faces the camera with chest and pelvis turned, + left."""
    measure = MEASURES[name]
    points = {}
    for part, half_m, deg in (("shoulder", 0.18, chest_deg), ("hip", 0.1, pelvis_deg)):
        across, away = half_m * math.cos(math.radians(deg)), half_m * math.sin(math.radians(deg))
        points[f"left_{part}"] = (across, 0.0, away)
        points[f"right_{part}"] = (-across, 0.0, -away)
    other = "right" if side == "left" else "left"
    full = {
        f"{place}{part}": points[f"{which}_{part}"]
        for place, which in (("", side), ("other_", other))
        for part in ("shoulder", "hip")
    }
    known = points | full
    return measure.compute(*(known[landmark] for landmark in measure.landmarks))


@pytest.mark.parametrize(("chest_deg", "pelvis_deg"), [(40, 0), (-40, 0), (30, 10), (0, 0)])
def test_a_turn_is_toward_one_side_as_far_as_it_is_away_from_the_other(chest_deg, pelvis_deg):
    """Seen for the left side it is the rotation, for the right one its opposite."""
    rotation_deg = turned("trunk_rotation", chest_deg, pelvis_deg)
    assert rotation_deg == pytest.approx(chest_deg - pelvis_deg / 2)
    toward = [
        turned("trunk_turn_toward", chest_deg, pelvis_deg, side) for side in ("left", "right")
    ]
    assert toward == pytest.approx([rotation_deg, -rotation_deg])


@pytest.mark.parametrize(
    ("chest_deg", "pelvis_deg", "twist_deg"),
    [(40, 0, 40), (-40, -10, 30), (60, 60, 0), (0, 25, 25)],
)
def test_a_chest_that_turns_with_the_pelvis_is_not_twisted(chest_deg, pelvis_deg, twist_deg):
    """Only what the one turns further than the other is a twist, to either side."""
    assert turned("trunk_twist", chest_deg, pelvis_deg) == pytest.approx(twist_deg)


def seen(chest_deg, pelvis_deg=0.0, breadth=0.9):
    """Return how a trunk is seen."""
    return TrunkSeen(chest_deg, pelvis_deg, breadth)


@pytest.mark.parametrize("side", [1, -1])
@pytest.mark.parametrize("turn_deg", [5, 20, 45, 70])
def test_depth_that_is_flattened_and_width_that_is_not_say_the_same(turn_deg, side):
    """Shoulders seen as the engine sees them from the front are read as far as they turned."""
    flat_deg = math.degrees(math.atan(math.tan(math.radians(turn_deg)) / STRETCH))
    narrow = 0.9 * math.cos(math.radians(turn_deg))
    read_deg = fused_turn_deg(seen(0), seen(side * flat_deg, breadth=narrow))
    assert read_deg == pytest.approx(side * turn_deg)


def test_near_the_front_depth_decides_and_far_from_it_width():
    """Shoulders that are too wide change little at 10 degrees, depth that is too small at 80."""
    front = seen(0)
    wide = fused_turn_deg(front, seen(10, breadth=0.9))
    assert wide == pytest.approx(math.degrees(math.atan(STRETCH * math.tan(math.radians(10)))))
    narrow = 0.9 * math.cos(math.radians(80))
    assert fused_turn_deg(front, seen(30, breadth=narrow)) == pytest.approx(80, abs=2)


def test_the_pelvis_is_taken_off_and_what_is_unknown_stays_so():
    """A pelvis that goes along makes less of the turn; a hidden landmark makes none of it."""
    front = seen(0)
    alone, along = (chest_turn_deg(front, seen(40, pelvis_deg, 0.6)) for pelvis_deg in (0, 20))
    assert along == pytest.approx(alone + PELVIS_WEIGHT * 20)
    assert along < alone
    assert pelvis_turn_deg(front, seen(40, 20, 0.6)) == pytest.approx(PELVIS_SHARE * 20)
    assert pelvis_turn_deg(seen(0, 170), seen(0, -170)) == pytest.approx(PELVIS_SHARE * 20)
    assert math.isnan(chest_turn_deg(front, seen(40, breadth=math.nan)))
