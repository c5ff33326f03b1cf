from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.exercises.joints import ANGLES as JOINT_ANGLES
from formcheck.exercises.joints import INDEX as JOINT
from formcheck.exercises.library import find
from formcheck.landmarks import INDEX, Side
from formcheck.simulation.camera import Camera, Viewpoint
from formcheck.simulation.kinematics import Placed, placed
from formcheck.simulation.people import average_skeleton
from formcheck.simulation.performance import Performance
from formcheck.simulation.plan import planned
from formcheck.simulation.script import motion_of, perform
from formcheck.simulation.truth import (
    ANGLES,
    Truth,
    frame_times_s,
    middle_of_hips,
    true_angles_deg,
    truth_of,
)

FPS = 5


@cache
def _squats(seed: int = 3) -> Performance:
    exercise = find("sit_to_stand")
    motion = motion_of(exercise, "squat")
    return perform(average_skeleton(), exercise, motion, planned(motion, 1), seed=seed)


def _camera(performance: Performance, azimuth_deg: float = 60) -> Camera:
    cloud = performance.bodies(np.array([0.0, 2.0])).landmarks.reshape(-1, 3)
    return Viewpoint(azimuth_deg, 1.0).framing(cloud)


def _truth(seed: int = 3) -> Truth:
    performance = _squats(seed)
    return truth_of(performance, _camera(performance), frame_times_s(performance, FPS))


def _body(height_m: float = 1.7, **angles: float) -> Placed:
    posture = np.zeros(len(JOINT_ANGLES))
    for name, value in angles.items():
        posture[JOINT[name]] = value
    return placed(average_skeleton(height_m), posture)


def _angle(body: Placed, name: str) -> float:
    return float(true_angles_deg(body)[ANGLES.index(name)])


def test_the_same_seed_gives_the_same_truth_and_another_does_not():
    """Truth is a function of person, performance and camera, to the last bit."""
    _squats.cache_clear()
    first = _truth()
    _squats.cache_clear()
    again, other = _truth(), _truth(seed=4)
    for field in ("time_s", "image_px", "world_m", "angles_deg"):
        assert np.array_equal(getattr(first, field), getattr(again, field))
    assert not np.array_equal(first.angles_deg[:20], other.angles_deg[:20])


def test_truth_is_read_back_within_the_steps_it_is_stored_in(tmp_path):
    """Half a step: 0.0125 px, 0.05 mm and 0.005 degrees."""
    written = _truth()
    path = tmp_path / "squat.truth.npz"
    written.save(path)
    read = Truth.load(path)
    assert read.time_s == pytest.approx(written.time_s, abs=1e-9)
    assert read.image_px == pytest.approx(written.image_px, abs=0.0126)
    assert read.world_m == pytest.approx(written.world_m, abs=0.000051)
    assert read.angles_deg == pytest.approx(written.angles_deg, abs=0.0051)


@pytest.mark.parametrize("pixel", [-300.0, 1000.0, 1919.0])
def test_large_pictures_are_read_back_too(tmp_path, pixel):
    """A picture 1920 pixels wide, and somebody who is half outside of it."""
    written = Truth(
        np.zeros(1),
        np.full((1, 33, 2), pixel),
        np.zeros((1, 33, 3)),
        np.zeros((1, len(ANGLES))),
    )
    path = tmp_path / "large.truth.npz"
    written.save(path)
    assert Truth.load(path).image_px == pytest.approx(written.image_px, abs=0.0126)


def test_a_stored_truth_says_which_angles_it_has(tmp_path):
    """In the order of their columns."""
    path = tmp_path / "squat.truth.npz"
    _truth().save(path)
    with np.load(path) as stored:
        assert stored["angle_names"].tolist() == list(ANGLES)


def test_there_is_a_row_for_every_frame():
    """Frames are evenly spaced, begin at zero and end before the performance does."""
    performance, truth = _squats(), _truth()
    n_frames = len(truth.time_s)
    assert n_frames == round(performance.duration_s * FPS)
    assert truth.time_s == pytest.approx(np.arange(n_frames) / FPS)
    assert truth.image_px.shape == (n_frames, 33, 2)
    assert truth.world_m.shape == (n_frames, 33, 3)
    assert truth.angles_deg.shape == (n_frames, len(ANGLES))


def test_world_landmarks_are_about_the_middle_of_the_hips():
    """Their mean is the origin; feet are below it (y down), also when they are high."""
    world = _truth().world_m
    assert middle_of_hips(world) == pytest.approx(np.zeros((len(world), 3)), abs=1e-12)
    assert (world[:, INDEX["left_ankle"], 1] > 0.2).all()
    assert (world[:, INDEX["nose"], 1] < 0).all()


def test_world_landmarks_keep_the_lengths_of_bones():
    """A turned view changes no distance."""
    performance = _squats()
    body = performance.bodies(frame_times_s(performance, FPS)).landmarks
    knee, ankle = INDEX["left_knee"], INDEX["left_ankle"]
    world = _truth().world_m
    lengths = np.linalg.norm(world[:, knee] - world[:, ankle], axis=1)
    assert lengths == pytest.approx(np.linalg.norm(body[:, knee] - body[:, ankle], axis=1))


def test_truth_is_what_the_camera_sees_of_the_body():
    """Every landmark of a frame is where the camera projects it at that frame's time."""
    performance, truth = _squats(), _truth()
    camera = _camera(performance)
    for index in (0, len(truth.time_s) // 2):
        body = performance.at(float(truth.time_s[index]))
        assert truth.image_px[index] == pytest.approx(camera.project(body.landmarks)[0])
        assert truth.angles_deg[index] == pytest.approx(true_angles_deg(body))


@settings(max_examples=25, deadline=None)
@given(
    height_m=st.floats(1.5, 1.9),
    side=st.sampled_from(list(Side)),
    knee=st.floats(1, 150),
    elbow=st.floats(1, 150),
)
def test_true_angles_are_those_that_were_asked(height_m, side, knee, elbow):
    """Knee and elbow: 180 less their flexion, on the side that was asked."""
    body = _body(height_m, **{f"{side}_knee_flexion": knee, f"{side}_elbow_flexion": elbow})
    assert _angle(body, f"{side}_knee") == pytest.approx(180 - knee, abs=1e-6)
    assert _angle(body, f"{side}_elbow") == pytest.approx(180 - elbow, abs=1e-6)
    assert _angle(body, f"{side.opposite}_knee") == pytest.approx(180, abs=1e-6)


@pytest.mark.parametrize("pitch", [-80.0, -20.0, 0.0, 35.0, 90.0])
def test_the_trunk_leans_by_what_the_pelvis_does(pitch):
    """Between 0 and 180, forward or back."""
    assert _angle(_body(pelvis_pitch=pitch), "trunk_lean") == pytest.approx(abs(pitch), abs=1e-5)


@pytest.mark.parametrize("heading", [0.0, 90.0, -150.0])
@pytest.mark.parametrize("turn", [-40.0, 0.0, 25.0])
def test_the_chest_turns_against_the_pelvis(heading, turn):
    """Lumbar and thoracic turn together, to the left positive, wherever the body looks."""
    body = _body(pelvis_heading=heading, thorax_turn=turn, lumbar_turn=10.0)
    assert _angle(body, "chest_turn") == pytest.approx(turn + 10, abs=1e-6)


def test_somebody_who_stands_is_straight():
    """Hip, knee, elbow and body are about 180 degrees, the trunk is upright."""
    body = _body()
    for side in Side:
        for name in ("knee", "elbow"):
            assert _angle(body, f"{side}_{name}") == pytest.approx(180, abs=1e-6)
        for name in ("hip", "body"):
            assert _angle(body, f"{side}_{name}") > 169
    assert _angle(body, "trunk_lean") == pytest.approx(0, abs=1e-6)
    assert _angle(body, "chest_turn") == pytest.approx(0, abs=1e-6)


def test_angles_of_many_bodies_are_those_of_each():
    """One row a body."""
    performance = _squats()
    bodies = performance.bodies(np.array([0.5, 2.0, 3.0]))
    rows = true_angles_deg(bodies)
    assert rows.shape == (3, len(ANGLES))
    for index in range(3):
        assert rows[index] == pytest.approx(true_angles_deg(bodies[index]))
