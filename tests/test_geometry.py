"""Angles and heights with known answers, and what must not change them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.geometry import (
    angle_at,
    angle_at_3d,
    bend_above_line,
    elevation,
    height_above_line,
    inclination,
)

COORDINATES = st.tuples(st.floats(-500, 500), st.floats(-500, 500))


@pytest.mark.parametrize(
    ("end", "expected"), [((1, 0), 0), ((1, -1), 45), ((-1, -1), 45), ((0, -1), 90), ((1, 1), -45)]
)
def test_elevation(end, expected):
    """Up is positive whichever way a segment points."""
    assert elevation((0, 0), end) == pytest.approx(expected)
    assert inclination((0, 0), end) == pytest.approx(90 - expected)


@given(vertex=COORDINATES, first=COORDINATES, second=COORDINATES, turn=st.floats(-3, 3))
def test_an_angle_survives_turning_the_picture(vertex, first, second, turn):
    """Angles do not depend on how the camera is held."""
    if min(math.dist(vertex, first), math.dist(vertex, second)) < 1:
        return

    def turned(point):
        c, s = math.cos(turn), math.sin(turn)
        return point[0] * c - point[1] * s, point[0] * s + point[1] * c

    before = angle_at(vertex, first, second)
    after = angle_at(turned(vertex), turned(first), turned(second))
    assert after == pytest.approx(before, abs=1e-3)


def test_undefined_angles_are_nan():
    """A ray without length has no angle, in the plane and in space."""
    assert math.isnan(angle_at((1, 1), (1, 1), (2, 2)))
    assert math.isnan(angle_at_3d((0, 0, 0), (0, 0, 0), (1, 0, 0)))
    assert math.isnan(elevation((1, 1), (1, 1)))
    assert math.isnan(height_above_line((1, 1), (0, 0), (0, 0)))
    assert angle_at_3d((0, 0, 0), (1, 0, 0), (0, 0, 5)) == pytest.approx(90)


@pytest.mark.parametrize(("y", "expected"), [(-10, 90), (10, -90), (0, 0)])
@pytest.mark.parametrize("way", [1, -1])
def test_a_bend_is_signed_by_the_ceiling(y, expected, way):
    """A hip above the line is +, below it is -, whichever way the person lies."""
    bend = bend_above_line((0, y), (-10 * way, 0), (10 * way, 0))
    assert bend == pytest.approx(expected)
