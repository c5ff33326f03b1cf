"""What is hidden, lost or swapped."""

import numpy as np

from formcheck.landmarks import INDEX
from formcheck.pose import Pose
from formcheck.simulation.camera import Camera
from formcheck.simulation.landmark_noise.bodies import ARMS, LEGS, Bodies
from formcheck.simulation.truth import Truth
from tests.simulation.noisy import (
    ALWAYS,
    CAMERA,
    FROM_THE_SIDE,
    STANDING,
    first_places,
    noise_of,
    times_at,
    truth_of,
)


def test_the_far_side_is_less_visible():
    """Seen from the right, the left limbs are the doubtful ones."""
    seen = noise_of().arrays(
        truth_of(FROM_THE_SIDE, times_at(30)), CAMERA, np.random.default_rng(1)
    )
    means = seen.visibility.mean(0)
    limbs = ("elbow", "wrist", "knee", "ankle")
    hidden = Bodies.of(*first_places(FROM_THE_SIDE)).hidden[0]
    sides = ("left", "right") if hidden[INDEX["left_knee"]] else ("right", "left")
    far, near = (np.mean([means[INDEX[f"{side}_{limb}"]] for limb in limbs]) for side in sides)
    assert far < 0.75 < near


def test_outside_of_the_picture_little_is_visible():
    """A landmark below the edge is less visible than the same one inside; never more."""
    low = Camera(CAMERA.eye, CAMERA.target, 640, 380)
    truth = truth_of(STANDING, times_at(30))
    inside, outside = (
        noise_of().arrays(truth, camera, np.random.default_rng(2)).visibility
        for camera in (CAMERA, low)
    )
    feet = [INDEX["left_heel"], INDEX["right_heel"]]
    assert (outside[:, feet] <= inside[:, feet]).all()
    assert outside[:, feet].mean() < inside[:, feet].mean()
    assert (outside[:, INDEX["nose"]] == inside[:, INDEX["nose"]]).all()


def test_nobody_is_none():
    """A frame without a person has no pose; it keeps its time."""
    truth = truth_of(STANDING, times_at(30))
    seen = noise_of(happens=ALWAYS).seen(truth, CAMERA, np.random.default_rng(8))
    assert [time_s for time_s, _ in seen] == truth.time_s.tolist()
    found = [pose is not None for _, pose in seen]
    assert 0.2 < np.mean(found) < 0.95
    assert all(isinstance(pose, Pose) for _, pose in seen if pose is not None)


def test_a_person_out_of_the_picture_is_not_found():
    """With shoulders and hips outside there is nobody."""
    truth = truth_of(STANDING, times_at(30, 1))
    away = Truth(truth.time_s, truth.image_px + 2000, truth.world_m, truth.angles_deg)
    assert not noise_of().arrays(away, CAMERA, np.random.default_rng(1)).is_found.any()


def test_swapped_limbs_change_places_altogether():
    """While arms or legs are swapped, the left knee is where the right one is."""
    truth = truth_of(STANDING, times_at(30))
    seen = noise_of(happens=ALWAYS).arrays(truth, CAMERA, np.random.default_rng(3))
    for limbs, joint in ((LEGS, "knee"), (ARMS, "wrist")):
        left = seen.image_px[:, INDEX[f"left_{joint}"], 0]
        is_swapped = left < 320
        assert 0.05 < is_swapped.mean() < 0.8
        assert (seen.image_px[is_swapped][:, limbs[::2], 0] < 325).all()
    assert (seen.image_px[:, INDEX["left_shoulder"], 0] > 320).all()
