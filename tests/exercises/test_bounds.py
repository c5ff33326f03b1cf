"""Bounds of postures that are held: inside is what landmarks err, outside what is not it."""

import pytest

from formcheck.exercises.library import load_all

EXERCISES = load_all()


@pytest.mark.parametrize(
    ("exercise", "variant", "measure", "value", "is_met"),
    [
        ("yoga_mountain", "mountain", "hip_height", 1.34, True),
        ("yoga_mountain", "mountain", "hip_height", 1.2, False),
        ("prone_press_up", "held", "thigh_elevation_in_space", -19, True),
        ("prone_press_up", "held", "hip_above_knee_line", -14, False),
        ("seated_thoracic_rotation", "held", "trunk_turn_toward", 22, True),
        ("seated_thoracic_rotation", "held", "trunk_turn_toward", 15, False),
    ],
)
def test_a_posture_allows_for_what_landmarks_err(exercise, variant, measure, value, is_met):
    """Short legs stand, flat thighs lie, and who sits at ease is no twist."""
    hold = next(one.hold for one in EXERCISES[exercise].variants if one.id == variant)
    assert hold is not None
    condition = next(one for one in hold.conditions if one.measure == measure)
    assert (condition.excess(value) == 0) is is_met
