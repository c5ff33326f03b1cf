"""Cameras take their pictures evenly, or as unevenly as asked for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.simulation.timing import Timing


@given(
    fps=st.floats(5, 60),
    jitter_share=st.floats(0, 0.5),
    dropped_share=st.floats(0, 0.9),
    seed=st.integers(0, 99),
)
def test_time_always_rises(fps, jitter_share, dropped_share, seed):
    """From 0, by at least a millisecond, to the end and not beyond."""
    timing = Timing(fps, jitter_share, dropped_share)
    times_s = timing.times_s(3.0, seed)
    assert times_s[0] == 0
    assert (np.diff(times_s) > 0.001).all()
    assert times_s[-1] < 3.0 + 0.5 / fps


def test_a_constant_rate_is_constant():
    """Without jitter and losses there is a picture every 40 ms at 25 a second."""
    times_s = Timing(25).times_s(20.0)
    assert times_s == pytest.approx(np.arange(500) / 25)


def test_jitter_and_losses_are_as_asked_for():
    """Over ten minutes the intervals' spread and the share of lost pictures are the given ones."""
    intervals_s = np.diff(Timing(30, jitter_share=0.2).times_s(600.0, seed=3))
    assert intervals_s.mean() * 30 == pytest.approx(1, abs=0.01)
    assert intervals_s.std() * 30 == pytest.approx(0.2, abs=0.01)
    kept = Timing(30, dropped_share=0.25).times_s(600.0, seed=3)
    assert len(kept) == pytest.approx(13500, rel=0.02)


@pytest.mark.parametrize("wrong", [(4.9, 0, 0), (60.1, 0, 0), (30, 0.51, 0), (30, 0, 0.91)])
def test_what_no_camera_does_is_refused(wrong):
    """A rate, jitter or loss outside of the range is a mistake of the caller."""
    with pytest.raises(ValueError, match="expected"):
        Timing(*wrong)
