"""Shares say no more than so few cases allow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.shares import Share


@pytest.mark.parametrize(
    ("n_right", "n", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662)],
)
def test_intervals_are_those_of_the_literature(n_right, n, low, high):
    """Wilson's interval without continuity correction; 81 of 263 is Newcombe's (1998) example."""
    assert Share(n_right, n).interval == pytest.approx((low, high), abs=1e-4)


def test_of_none_nothing_is_known():
    """No case leaves the whole range open, and is written as a dash."""
    assert Share(0, 0).interval == (0.0, 1.0)
    assert str(Share(0, 0)) == "-"


@given(answers=st.lists(st.booleans(), min_size=1, max_size=50))
def test_the_share_lies_within_its_interval(answers):
    """Whatever the answers, the interval holds what was seen, and more than a point."""
    share = Share.of(answers)
    low, high = share.interval
    assert (share.n_right, share.n) == (sum(answers), len(answers))
    assert 0 <= low <= share.value <= high <= 1
    assert high - low > 0
