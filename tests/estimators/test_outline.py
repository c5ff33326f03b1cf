"""The outline of the trunk in masks whose edges are known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.estimators.outline import REACH, trunk_outline

HIP, SHOULDER = (100.0, 120.0), (300.0, 120.0)
TRUNK_PX = 200


def mask_of(above_px, below_px, size=(640, 480)):
    """Return a body from that far above the line through y = 120 to that far below it."""
    width, height = size
    rows, columns = np.mgrid[:height, :width]
    above = np.broadcast_to(above_px(columns), rows.shape)
    inside = (rows > 120 - above) & (rows < 120 + below_px)
    return inside.astype(np.float32)


@pytest.mark.parametrize("end", [0, 1])
def test_the_edges_are_to_the_left_and_right_of_who_looks_to_the_shoulders(end):
    """Lying with the head to the right of the picture, up is left; to the left it is right."""
    mask = mask_of(lambda x: 0 * x + 60, 40)
    hip, shoulder = (HIP, SHOULDER) if end == 0 else (SHOULDER, HIP)
    edges = trunk_outline(mask, hip, shoulder)
    assert edges[end] == pytest.approx(60 / TRUNK_PX, abs=2 / TRUNK_PX)
    assert edges[1 - end] == pytest.approx(40 / TRUNK_PX, abs=2 / TRUNK_PX)


def test_an_edge_that_rises_is_followed_from_hip_to_shoulder():
    """The first place is at the hips and the last at the shoulders."""
    edges = trunk_outline(mask_of(lambda x: x * 0.2, 40), HIP, SHOULDER)
    assert edges[0] == pytest.approx(np.linspace(20, 60, 16) / TRUNK_PX, abs=2 / TRUNK_PX)


@settings(deadline=None, max_examples=25)
@given(turn_deg=st.floats(-180, 180), scale=st.floats(0.4, 1.0))
def test_it_is_the_same_however_the_body_lies_and_however_large_it_is(turn_deg, scale):
    """A disc of 0.4 trunk lengths about the middle of the trunk, in trunk lengths."""
    rows, columns = np.mgrid[:480, :640]
    away = np.hypot(columns - 320, rows - 240)
    length = 250 * scale
    mask = np.clip(0.5 + 0.4 * length - away, 0, 1).astype(np.float32)
    half = length / 2 * np.array([np.cos(np.radians(turn_deg)), np.sin(np.radians(turn_deg))])
    middle = np.array([320.0, 240.0])
    edges = trunk_outline(mask, middle - half, middle + half)
    along = np.linspace(-0.5, 0.5, 16)
    inside = np.abs(along) < 0.4 - 0.03
    expected = np.sqrt(0.4**2 - along[inside] ** 2)
    assert edges[0, inside] == pytest.approx(expected, abs=2 / length + 0.01)
    assert edges[1, inside] == pytest.approx(expected, abs=2 / length + 0.01)
    assert np.isnan(edges[:, np.abs(along) > 0.4 + 0.03]).all()


@pytest.mark.parametrize(("beyond_px", "is_known"), [(-4, True), (4, False)])
def test_an_edge_out_of_reach_is_unknown(beyond_px, is_known):
    """Whatever is as deep as that is somebody else, or a chair."""
    reach_px = int(REACH * 100)
    mask = mask_of(lambda x: 0 * x + reach_px + beyond_px, 10)
    edges = trunk_outline(mask, (100.0, 120.0), (200.0, 120.0))
    assert np.isfinite(edges[0]).all() == is_known
    assert np.isfinite(edges[1]).all()


def test_the_picture_ends_the_body():
    """A back at the rim of the picture ends there; a line beyond it has no edges."""
    edges = trunk_outline(np.ones((480, 640), np.float32), (100.0, 30.0), (300.0, 30.0))
    assert edges[0] == pytest.approx(30.5 / TRUNK_PX, abs=2 / TRUNK_PX)
    assert np.isnan(edges[1]).all()
    outside = trunk_outline(np.ones((480, 640), np.float32), (700.0, 30.0), (900.0, 30.0))
    assert np.isnan(outside).all()


def test_a_body_without_a_place_has_no_outline():
    """NaN in, NaN out."""
    edges = trunk_outline(np.ones((48, 64), np.float32), (np.nan, 3.0), (30.0, 3.0))
    assert np.isnan(edges).all()
