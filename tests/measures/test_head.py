"""What is read of how the head is held, seen from the front."""

import math

import pytest

from formcheck.measures import MEASURES

TRUNK = {
    "left_shoulder": (340.0, 100.0),
    "right_shoulder": (260.0, 100.0),
    "left_hip": (320.0, 300.0),
    "right_hip": (280.0, 300.0),
}
# Somebody who faces the camera: y down, the patient's left at larger x; a face of 40 px.
FACE = {
    "left_eye": (312.0, 40.0),
    "right_eye": (288.0, 40.0),
    "mouth_left": (308.0, 80.0),
    "mouth_right": (292.0, 80.0),
}

Points = dict[str, tuple[float, float]]


def face_tilt(points: Points) -> float:
    """Return what is read of these points."""
    measure = MEASURES["face_tilt"]
    return measure.compute(*(points[landmark] for landmark in measure.landmarks))


def bent(points: Points, deg: float) -> Points:
    """Return points turned about the middle of the shoulders, clockwise in the picture."""
    cos, sin = math.cos(math.radians(deg)), math.sin(math.radians(deg))
    return {
        name: (300 + (x - 300) * cos - (y - 100) * sin, 100 + (x - 300) * sin + (y - 100) * cos)
        for name, (x, y) in points.items()
    }


@pytest.mark.parametrize("deg", [-40.0, 0.0, 40.0])
def test_a_head_that_bends_is_read_against_the_trunk(deg):
    """To the patient's left, on the right of the picture, is +; the trunk may lean with it."""
    assert face_tilt(TRUNK | bent(FACE, deg)) == pytest.approx(deg)
    assert face_tilt(bent(TRUNK, 25) | bent(FACE, 25 + deg)) == pytest.approx(deg)


def test_a_head_that_turns_does_not_bend():
    """Seen from the side the eyes are close together, and still above the mouth."""
    turned = {name: (320 + (x - 300) / 10, y) for name, (x, y) in FACE.items()}
    assert face_tilt(TRUNK | turned) == pytest.approx(0)


def test_nothing_is_read_of_a_face_without_height():
    """Eyes on the mouth say nothing."""
    flat = dict.fromkeys(FACE, (300.0, 60.0))
    assert math.isnan(face_tilt(TRUNK | flat))
