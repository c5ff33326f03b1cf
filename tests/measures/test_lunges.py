"""What is read of legs that are set out to the side."""

import math

import pytest

from formcheck.measures import MEASURES

# Somebody upright who faces the camera: pixels, y down, the patient's left at larger x.
SHOULDERS = {"left_shoulder": (340.0, 100.0), "right_shoulder": (260.0, 100.0)}
HIPS = {"left_hip": (320.0, 300.0), "right_hip": (280.0, 300.0)}
TRUNK_PX = 200.0


def read(name: str, **points: tuple[float, float]) -> float:
    """Return a measure of these points."""
    measure = MEASURES[name]
    known = SHOULDERS | HIPS | points
    return measure.compute(*(known[landmark] for landmark in measure.landmarks))


@pytest.mark.parametrize(
    ("knee", "ankle", "bend_deg"),
    [
        ((400, 400), (480, 500), 0),
        ((420, 300), (420, 400), 90),
        ((390.7, 370.7), (390.7, 470.7), 45),
    ],
)
def test_a_knee_that_bends_to_the_side_reads_its_angle(knee, ankle, bend_deg):
    """Straight is 0; a level thigh over an upright shank is a right angle."""
    bend = read("lunge_knee_flexion", hip=(320, 300), knee=knee, ankle=ankle)
    assert bend == pytest.approx(bend_deg, abs=0.1)


def test_a_thigh_that_points_at_the_camera_reads_nothing():
    """Shorter in the picture than half of its shank, it says nothing of its knee."""
    shank = {"knee": (320, 345), "ankle": (320, 445)}
    assert math.isnan(read("lunge_knee_flexion", hip=(320, 296), **shank))
    assert read("lunge_knee_flexion", hip=(320, 294), **shank) == pytest.approx(0)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_knee_past_its_ankle_leans_out_on_either_side(sign):
    """0 above the ankle, + further out, - inside of it, for the left leg as for the right one."""
    hip, ankle = (300 + 20 * sign, 300), (300 + 150 * sign, 500)
    for outward_px, lean_deg in ((0, 0), (100, 45), (-100, -45)):
        knee = (ankle[0] + outward_px * sign, 400)
        lean = read("lunge_shank_lean", hip=hip, knee=knee, ankle=ankle)
        assert lean == pytest.approx(lean_deg)


def test_a_stance_is_measured_in_trunk_lengths():
    """Ankles that are a trunk and a half apart read 1.5, whichever is where."""
    ankles = {"left_ankle": (450.0, 600.0), "right_ankle": (150.0, 620.0)}
    assert read("stance_width", **ankles) == pytest.approx(300 / TRUNK_PX)
