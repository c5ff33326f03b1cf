"""The curve of the back from outlines whose curve is known."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.measures import back
from formcheck.pose import OUTLINE_PLACES

SHOULDER, HIP, KNEE = (100.0, 100.0), (300.0, 100.0), (300.0, 250.0)
BELLY = (0.1,) * len(OUTLINE_PLACES)


def edge(*, rise: float = 0.0, bow: float = 0.0) -> tuple[float, ...]:
    """Return a back that rises toward the shoulders, or is bowed by so much in the middle."""
    return tuple(0.2 + rise * x + 4 * bow * x * (1 - x) for x in OUTLINE_PLACES)


def on_all_fours(side: int, outline_back: tuple[float, ...], scale: float = 1.0) -> float:
    """Return the curve with the head to the left (-1) or the right (1) of the picture."""
    # Who looks to the left of the picture has the ceiling to the right.
    outline = (outline_back, BELLY) if side > 0 else (BELLY, outline_back)
    points = [(200 + side * (200 - x) * scale, y * scale) for x, y in (SHOULDER, HIP, KNEE)]
    return back.back_curve(outline, *points)


@pytest.mark.parametrize("side", [1, -1])
@pytest.mark.parametrize("rise", [-0.2, 0.0, 0.3])
def test_a_straight_back_has_no_curve_whichever_way_it_slopes(side, rise):
    """Flesh is thicker at one end than at the other; belly and direction do not matter."""
    assert on_all_fours(side, edge(rise=rise)) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("side", [1, -1])
@pytest.mark.parametrize("bow", [0.1, -0.1])
def test_round_is_positive_and_hollow_negative(side, bow):
    """A parabola falls from a slope of 4 b at its ends: 4 b (1 - 2 x) in the middle of a third."""
    slope = 4 * bow * (1 - 2 * 2.5 / 15)
    expected = 2 * math.degrees(math.atan(slope))
    assert on_all_fours(side, edge(bow=bow)) == pytest.approx(expected, abs=1e-6)


@given(bow=st.floats(-0.2, 0.2), scale=st.floats(0.3, 4))
def test_it_does_not_depend_on_how_large_somebody_is(bow, scale):
    """The outline is in trunk lengths."""
    curve = on_all_fours(1, edge(bow=bow))
    assert on_all_fours(1, edge(bow=bow), scale) == pytest.approx(curve, abs=1e-9)


@pytest.mark.parametrize(("bend_deg", "is_read"), [(19, False), (21, True), (90, True)])
def test_the_knee_must_say_where_the_front_is(bend_deg, is_read):
    """With the leg in line with the trunk nothing tells back from belly."""
    bend = math.radians(bend_deg)
    knee = (HIP[0] + 100 * math.cos(bend), HIP[1] + 100 * math.sin(bend))
    curve = back.back_curve((BELLY, edge(bow=0.1)), SHOULDER, HIP, knee)
    assert math.isnan(curve) is not is_read


@pytest.mark.parametrize(("missing", "is_read"), [(5, False), (7, True), (10, False)])
def test_a_gap_matters_where_it_is_read(missing, is_read):
    """The ends of the back are; its middle is not."""
    outline_back = list(edge(bow=0.1))
    outline_back[missing] = math.nan
    assert math.isnan(on_all_fours(1, tuple(outline_back))) is not is_read
