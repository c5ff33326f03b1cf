import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.simulation.camera import Camera, Viewpoint
from formcheck.simulation.motion import Keyframe, Motion, minimum_jerk

POINTS = st.tuples(st.floats(-1, 1), st.floats(0, 2), st.floats(-1, 1))


def test_a_movement_starts_and_ends_at_rest() -> None:
    """Value, speed and acceleration are those of a minimum-jerk movement at both ends."""
    assert minimum_jerk(0) == 0
    assert minimum_jerk(1) == 1
    assert minimum_jerk(0.5) == 0.5
    step = 1e-3
    for end in (0.0, 1.0):
        before, here, after = (minimum_jerk(end + way * step) for way in (-1, 0, 1))
        assert abs(after - before) / (2 * step) < 1e-4
        assert abs(after - 2 * here + before) / step**2 < 0.1


def test_a_motion_passes_through_its_keyframes_and_stays_at_its_ends() -> None:
    """At a keyframe's time the values are the keyframe's; outside they stay."""
    motion = Motion(
        [Keyframe(1.0, {"a": 3.0}), Keyframe(2.0, {"a": 7.0}), Keyframe(4.0, {"a": 0.0})]
    )
    assert [motion.at(t)["a"] for t in (-1.0, 1.0, 2.0, 4.0, 9.0)] == [3.0, 3.0, 7.0, 0.0, 0.0]
    assert motion.end_s == 4.0


@given(time_s=st.floats(0, 3.9))
def test_a_motion_is_continuous(time_s: float) -> None:
    """Within a hundredth of a second nothing moves by more than its top speed allows."""
    motion = Motion(
        [Keyframe(0.0, {"a": 0.0}), Keyframe(1.0, {"a": 1.0}), Keyframe(4.0, {"a": -1.0})]
    )
    change = abs(motion.at(time_s + 0.01)["a"] - motion.at(time_s)["a"])
    assert change <= 0.01 * 1.875 + 1e-9


def test_known_points_are_projected_where_a_pinhole_puts_them() -> None:
    """The target is in the middle; a metre to the side at 2 m is half a focal length away."""
    camera = Camera(np.array([0, 1.0, 2.0]), np.array([0, 1.0, 0]), 640, 480, 90.0)
    assert camera.focal_px == pytest.approx(240)
    pixels, depth = camera.project(np.array([[0, 1.0, 0], [1.0, 1.0, 0], [0, 2.0, 0], [0, 1, 1]]))
    assert depth == pytest.approx([2, 2, 2, 1])
    assert pixels == pytest.approx(np.array([[320, 240], [440, 240], [320, 120], [320, 240]]))


def test_seen_from_the_left_the_front_is_to_the_left_of_the_picture() -> None:
    """At azimuth 90 a person who looks towards z faces the left edge."""
    view = Viewpoint(90, 1.0)
    camera = view.framing(np.array([[0, 0, 0.0], [0, 1.7, 0], [0, 1.0, 0.4]]))
    pixels, _ = camera.project(np.array([[0, 1.0, 0.0], [0, 1.0, 0.3]]))
    assert pixels[1, 0] < pixels[0, 0]


def test_relative_places_are_right_down_and_away() -> None:
    """World landmarks use the axes of the pose engine."""
    camera = Camera(np.array([0, 1.0, 2.0]), np.array([0, 1.0, 0]))
    moved = camera.relative(np.array([[0.1, 1.2, -0.3]]), np.array([0, 1.0, 0]))
    assert moved[0] == pytest.approx([0.1, -0.2, 0.3])


@settings(max_examples=25, deadline=None)
@given(points=st.lists(POINTS, min_size=3, max_size=9), azimuth=st.floats(-180, 180))
def test_framing_keeps_everybody_in_the_picture(
    points: list[tuple[float, float, float]], azimuth: float
) -> None:
    """Every point is inside of the picture, with a margin."""
    cloud = np.array(points)
    camera = Viewpoint(azimuth, 0.8, 640, 360, 0.8).framing(cloud)
    pixels, _ = camera.project(cloud)
    assert (pixels >= 0.0999 * np.array([640, 360])).all()
    assert (pixels <= 0.9001 * np.array([640, 360])).all()
