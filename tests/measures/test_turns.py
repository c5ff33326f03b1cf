"""What is read of a trunk that turns, in space."""

import math

import pytest

from formcheck.measures import MEASURES


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
