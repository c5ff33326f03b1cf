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
EARS = {"left_ear": (325.0, 50.0), "right_ear": (275.0, 50.0)}

Points = dict[str, tuple[float, float]]


def read(name: str, points: Points) -> float:
    """Return what a measure reads of these points."""
    measure = MEASURES[name]
    return measure.compute(*(points[landmark] for landmark in measure.landmarks))


def face_tilt(points: Points) -> float:
    """Return what is read of these points."""
    return read("face_tilt", points)


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


@pytest.mark.parametrize("deg", [-40.0, 0.0, 40.0])
def test_a_head_that_is_tilted_is_read_from_ears_and_face(deg):
    """The left ear nearer to the ceiling is +, and the whole body may lean."""
    head = FACE | EARS
    assert read("head_bend", TRUNK | bent(head, -deg)) == pytest.approx(deg)
    assert read("head_bend", bent(TRUNK, 25) | bent(head, 25 - deg)) == pytest.approx(deg)


@pytest.mark.parametrize("wrong", [EARS, FACE])
def test_what_ears_or_face_err_by_is_halved(wrong):
    """They share no landmark: where one of them is ten degrees off, the head is five."""
    points = TRUNK | FACE | EARS | bent(wrong, -10)
    assert read("head_bend", points) == pytest.approx(5)


def test_a_hidden_ear_leaves_a_tilted_head_unknown():
    """Half of it would be another reading."""
    assert math.isnan(read("head_bend", TRUNK | FACE | EARS | {"left_ear": (math.nan, math.nan)}))
