import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.simulation.camera import Camera, Viewpoint

POINTS = st.tuples(st.floats(-1, 1), st.floats(0, 2), st.floats(-1, 1))
SIZES_PX = st.sampled_from([(640, 480), (480, 640), (1280, 720), (720, 1280), (500, 500)])


def _expected_px(
    camera: Camera, azimuth_deg: float, point: tuple[float, float, float]
) -> tuple[float, float]:
    """Turn the world step by step until the camera looks along it, in plain trigonometry."""
    x, y, z = (a - b for a, b in zip(point, camera.eye.tolist(), strict=True))
    azimuth = math.radians(azimuth_deg)
    x, z = (
        x * math.cos(azimuth) - z * math.sin(azimuth),
        x * math.sin(azimuth) + z * math.cos(azimuth),
    )
    away = camera.eye - camera.target
    down = math.atan2(away[1], math.hypot(away[0], away[2]))
    y, z = (
        y * math.cos(down) - z * math.sin(down),
        y * math.sin(down) + z * math.cos(down),
    )
    roll = math.radians(camera.roll_deg)
    x, y = x * math.cos(roll) - y * math.sin(roll), x * math.sin(roll) + y * math.cos(roll)
    half_height = math.tan(math.radians(camera.view_height_deg) / 2) * -z
    px_per_m = camera.height_px / 2 / half_height
    return camera.width_px / 2 + px_per_m * x, camera.height_px / 2 - px_per_m * y


@settings(max_examples=200, deadline=None)
@given(
    point=POINTS,
    azimuth_deg=st.floats(-180, 180),
    height_m=st.floats(0.1, 2.5),
    distance_m=st.floats(2, 6),
    roll_deg=st.floats(-180, 180),
    view_height_deg=st.floats(20, 90),
    size_px=SIZES_PX,
)
def test_points_are_projected_where_trigonometry_puts_them(
    *, point, azimuth_deg, height_m, distance_m, roll_deg, view_height_deg, size_px
):
    """Any camera, turned, raised and rolled, agrees with an independent formula to 0.01 px."""
    cloud = np.array([[0, 0.5, 0], [0, 1.5, 0.0]])
    view = Viewpoint(
        azimuth_deg,
        height_m,
        *size_px,
        roll_deg=roll_deg,
        view_height_deg=view_height_deg,
        distance_m=distance_m,
    )
    camera = view.framing(cloud)
    pixels, _ = camera.project(np.array(point))
    assert pixels.tolist() == pytest.approx(_expected_px(camera, azimuth_deg, point), abs=0.01)


def test_known_points_are_projected_where_a_pinhole_puts_them():
    """The target is in the middle; a metre to the side at 2 m is half a focal length away."""
    camera = Camera(np.array([0, 1.0, 2.0]), np.array([0, 1.0, 0]), 640, 480, 90.0)
    assert camera.focal_px == pytest.approx(240)
    pixels, depth = camera.project(np.array([[0, 1.0, 0], [1.0, 1.0, 0], [0, 2.0, 0], [0, 1, 1]]))
    assert depth == pytest.approx([2, 2, 2, 1])
    assert pixels == pytest.approx(np.array([[320, 240], [440, 240], [320, 120], [320, 240]]))


def test_a_camera_rolled_clockwise_sees_the_upright_lean_to_the_left():
    """Rolled by a quarter, what is above is on the left of the picture."""
    camera = Camera(np.array([0, 1.0, 2.0]), np.array([0, 1.0, 0]), roll_deg=90)
    pixels, _ = camera.project(np.array([0, 1.5, 0]))
    assert pixels[0] < 300
    assert pixels[1] == pytest.approx(240)


def test_seen_from_the_left_the_front_is_to_the_left_of_the_picture():
    """At azimuth 90 a person who looks towards z faces the left edge."""
    camera = Viewpoint(90, 1.0).framing(np.array([[0, 0, 0.0], [0, 1.7, 0], [0, 1.0, 0.4]]))
    pixels, _ = camera.project(np.array([[0, 1.0, 0.0], [0, 1.0, 0.3]]))
    assert pixels[1, 0] < pixels[0, 0]


def test_relative_places_are_right_down_and_away():
    """World landmarks use the axes of the pose engine."""
    camera = Camera(np.array([0, 1.0, 2.0]), np.array([0, 1.0, 0]))
    moved = camera.relative(np.array([[0.1, 1.2, -0.3]]), np.array([0, 1.0, 0]))
    assert moved[0] == pytest.approx([0.1, -0.2, 0.3])


def test_a_larger_picture_shows_the_same():
    """Twice the pixels put every point at twice its place, rolled or not."""
    camera = Camera(np.array([0.3, 1.2, 2.0]), np.array([0, 1.0, 0]), roll_deg=12)
    points = np.array([[0.2, 1.3, 0.1], [-0.4, 0.2, 0.0]])
    assert camera.larger(2).project(points)[0] == pytest.approx(2 * camera.project(points)[0])


@settings(max_examples=50, deadline=None)
@given(
    points=st.lists(POINTS, min_size=3, max_size=9),
    azimuth_deg=st.floats(-180, 180),
    roll_deg=st.floats(-30, 30),
    size_px=SIZES_PX,
)
def test_framing_keeps_everybody_in_the_picture(points, azimuth_deg, roll_deg, size_px):
    """Every point is inside of the picture, with a margin, wide or upright, level or not."""
    cloud = np.array(points)
    camera = Viewpoint(azimuth_deg, 0.8, *size_px, 0.8, roll_deg).framing(cloud)
    pixels, _ = camera.project(cloud)
    assert (pixels >= 0.0999 * np.array(size_px)).all()
    assert (pixels <= 0.9001 * np.array(size_px)).all()


def test_a_given_distance_is_kept():
    """The camera stands there, even where it cannot see the whole person."""
    camera = Viewpoint(0, 1.0, distance_m=1.5).framing(np.array([[0, 0, 0.0], [0, 1.8, 0.0]]))
    assert camera.eye == pytest.approx([0, 1.0, 1.5])
    pixels, _ = camera.project(np.array([0, 0, 0.0]))
    assert pixels[1] > camera.height_px
