"""What is read of the legs of somebody who lies."""

import math

import pytest

from formcheck.measures import MEASURES

# Somebody on the back, the head on the left of the picture, with a trunk of 200 px.
BODY = {
    "left_shoulder": (100.0, 300.0),
    "right_shoulder": (100.0, 300.0),
    "left_hip": (300.0, 300.0),
    "right_hip": (300.0, 300.0),
}
HEELS = {"left_heel": (400.0, 310.0), "right_heel": (400.0, 310.0)}

Points = dict[str, tuple[float, float]]


def heels_apart(points: Points) -> float:
    """Return what is read of these points."""
    measure = MEASURES["heels_apart"]
    return measure.compute(*(points[landmark] for landmark in measure.landmarks))


def test_a_heel_that_slides_away_gives_the_sign():
    """+ for the left one, in trunk lengths, and - for the right one."""
    assert heels_apart(BODY | HEELS) == 0
    assert heels_apart(BODY | HEELS | {"left_heel": (520.0, 310.0)}) == pytest.approx(0.6)
    assert heels_apart(BODY | HEELS | {"right_heel": (520.0, 310.0)}) == pytest.approx(-0.6)


def test_a_heel_that_lies_lower_in_the_picture_has_not_slid():
    """The near foot is lower than the far one for a camera that looks down."""
    assert heels_apart(BODY | HEELS | {"left_heel": (400.0, 390.0)}) == 0


def test_without_a_trunk_nothing_is_read():
    """There is no direction to read along."""
    flat = BODY | {"left_hip": (100.0, 300.0), "right_hip": (100.0, 300.0)}
    assert math.isnan(heels_apart(flat | HEELS))


def test_a_thigh_that_sinks_gives_the_sign():
    """+ for the left one that stays, - for the right one; rolled to the side both sink."""
    measure = MEASURES["thighs_apart"]
    high, low = (380.0, 220.0), (400.0, 300.0)
    for left, right, expected in ((high, low, 45), (low, high, -45), (low, low, 0)):
        knees = {"left_knee": left, "right_knee": right}
        points = BODY | knees
        apart = measure.compute(*(points[landmark] for landmark in measure.landmarks))
        assert apart == pytest.approx(expected)
