"""What is read of hands before the body."""

import numpy as np
import pytest

from formcheck.measures import MEASURES

# Somebody upright who faces the camera, a trunk of 200 px: y down, the patient's left at larger x.
BODY = {
    "left_shoulder": (340.0, 100.0),
    "right_shoulder": (260.0, 100.0),
    "left_hip": (320.0, 300.0),
    "right_hip": (280.0, 300.0),
}


def read(name: str, **points: tuple[float, float]) -> float:
    """Return a measure of these points."""
    measure = MEASURES[name]
    known = BODY | points
    return measure.compute(*(known[landmark] for landmark in measure.landmarks))


def test_the_higher_hand_gives_the_sign():
    """+ with the left one higher, - with the right one, in trunk lengths."""
    high, low = (300.0, 150.0), (310.0, 310.0)
    assert read("hands_height_gap", left_wrist=high, right_wrist=low) == pytest.approx(0.8)
    assert read("hands_height_gap", left_wrist=low, right_wrist=high) == pytest.approx(-0.8)


def test_who_leans_takes_the_hands_along():
    """The same body turned by 30 degrees reads the same, though its higher hand is now lower."""
    turn = np.deg2rad(30)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    points = BODY | {"left_wrist": (480.0, 160.0), "right_wrist": (200.0, 240.0)}
    leaning = {name: tuple(rotation @ point) for name, point in points.items()}
    assert read("hands_gap_along_trunk", **points) == pytest.approx(0.4)
    assert read("hands_gap_along_trunk", **leaning) == pytest.approx(0.4)
    assert read("hands_height_gap", **points) == pytest.approx(0.4)
    assert read("hands_height_gap", **leaning) < 0


def test_hands_are_apart_across_the_picture_alone():
    """One above the other they are not apart."""
    wrists = {"left_wrist": (420.0, 100.0), "right_wrist": (180.0, 100.0)}
    assert read("hands_apart", **wrists) == pytest.approx(1.2)
    wrists = {"left_wrist": (300.0, 100.0), "right_wrist": (300.0, 300.0)}
    assert read("hands_apart", **wrists) == 0


@pytest.mark.parametrize(
    ("wrist", "expected"), [((330.0, 200.0), 0), ((440.0, 110.0), 90), ((360.0, -100.0), 180)]
)
def test_an_arm_is_as_high_as_its_hand(wrist, expected):
    """Along the trunk, straight out from it, and in line with it overhead."""
    read_deg = read(
        "arm_elevation", hip=BODY["left_hip"], shoulder=BODY["left_shoulder"], wrist=wrist
    )
    assert read_deg == pytest.approx(expected, abs=0.01)
