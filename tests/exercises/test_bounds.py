"""Bounds of built-in exercises, just inside and just outside of what people reach."""

import math

import pytest

from formcheck.analysis.movement import Movement
from formcheck.analysis.repetitions import RepetitionCounter
from formcheck.exercises.library import load_all

EXERCISES = load_all()


def furthest(exercise: str, rest: float, peak: float) -> Movement | None:
    """Return what the first signal makes of four seconds from rest to a peak and back."""
    rule = EXERCISES[exercise].variants[0].repetition
    assert rule is not None
    counter = RepetitionCounter(rule.signals[0], rule.longest_s)
    found = None
    for k in range(120):
        way = math.sin(math.pi * min(max(k / 20 - 1, 0), 4) / 4)
        found = counter.update(k / 20, rest + (peak - rest) * way) or found
    return found


@pytest.mark.parametrize(
    ("exercise", "rest", "peak", "is_full"),
    [
        ("sit_to_stand", 92, 44, True),
        ("sit_to_stand", 92, 48, False),
        ("wall_angel", 72, 118, True),
        ("wall_angel", 72, 115, False),
    ],
)
def test_far_enough_is_what_people_reach(exercise, rest, peak, is_full):
    """Standing knees that read 44 in space stand; arms at 117 are as high as they get over 75."""
    movement = furthest(exercise, rest, peak)
    assert movement is not None
    assert movement.is_full is is_full


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
