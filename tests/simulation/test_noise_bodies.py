"""What the errors go by: where a body points, who hides what, how bent limbs are."""

import numpy as np
import pytest

from formcheck.landmarks import INDEX, Side
from formcheck.simulation.landmark_noise.bodies import SWAPPED, Bodies
from formcheck.simulation.landmark_noise.straightening import bends_deg, straightened
from tests.simulation.noisy import (
    FROM_THE_SIDE,
    STANDING,
    first_places,
    turned,
)


def test_a_mirrored_person_has_mirrored_errors():
    """The directions in which landmarks err, and who is hidden, are mirrored with the person."""
    lopsided = STANDING.copy()
    lopsided[INDEX["left_wrist"]] = (0.5, -0.6, -0.2)
    lopsided = turned(lopsided, 1, 40)
    mirrored = lopsided[SWAPPED] * (-1, 1, 1)
    one, other = Bodies.of(*first_places(lopsided)), Bodies.of(*first_places(mirrored))
    assert other.axes[:, SWAPPED] * (-1, 1, 1) == pytest.approx(one.axes)
    assert other.hidden[:, SWAPPED] == pytest.approx(one.hidden)
    assert one.hidden.max() > 0.3


def test_bent_limbs_open_by_their_share():
    """A knee bent by 90 degrees that loses a tenth is bent by 81; bones keep their length."""
    sitting = STANDING.copy()
    for side, out in (("left", 1), ("right", -1)):
        sitting[INDEX[f"{side}_knee"]] = (0.1 * out, 0.0, -0.4)
        sitting[INDEX[f"{side}_ankle"]] = (0.1 * out, 0.4, -0.4)
    opened = straightened(sitting[None], {"knee": 0.1, "elbow": 0.0})
    for side in Side:
        assert bends_deg(sitting[None], "knee", side) == pytest.approx([90])
        assert bends_deg(opened, "knee", side) == pytest.approx([81])
        shank = opened[0, INDEX[f"{side}_ankle"]] - opened[0, INDEX[f"{side}_knee"]]
        assert np.linalg.norm(shank) == pytest.approx(0.4)
    arms = [INDEX["left_wrist"], INDEX["right_elbow"]]
    assert opened[0, arms] == pytest.approx(sitting[arms])


def test_straight_limbs_stay_straight():
    """Where there is no bend nothing turns."""
    straight = STANDING.copy()
    straight[INDEX["left_knee"]] = straight[[INDEX["left_hip"], INDEX["left_ankle"]]].mean(0)
    opened = straightened(straight[None], {"knee": 0.5, "elbow": 0.0})
    assert opened[0, INDEX["left_ankle"]] == pytest.approx(straight[INDEX["left_ankle"]], abs=1e-6)


def test_a_trunk_that_points_at_the_camera_is_lengthwise():
    """Standing and lying across the view is not; lying towards the camera is."""
    lying = turned(STANDING, 0, 80)
    assert Bodies.of(*first_places(lying)).is_lengthwise.all()
    assert not Bodies.of(*first_places(STANDING)).is_lengthwise.any()
    assert not Bodies.of(*first_places(FROM_THE_SIDE)).is_lengthwise.any()
