"""What chance does over time is the same at every frame rate."""

import numpy as np
import pytest

from formcheck.simulation.landmark_noise.numbers import Clock, Happening
from formcheck.simulation.landmark_noise.processes import delayed, erring_s, happening, wander
from tests.simulation.noisy import (
    times_at,
)


@pytest.mark.parametrize("fps", [10, 30, 60])
def test_errors_wander_by_how_fast_somebody_moves(fps):
    """At a quarter of the full speed for a quarter of the time, within the bounds."""
    clock = Clock(full_speed_per_s=0.2, least_rate=0.1)
    times_s = times_at(fps, 4)
    for speed, rate in ((0.0, 0.1), (0.02, 0.1), (0.05, 0.25), (0.2, 1.0), (3.0, 1.0)):
        points = np.zeros((len(times_s), 33, 2))
        points[..., 0] = speed * times_s[:, None] * 80
        passed_s = erring_s(times_s, points, np.full(len(times_s), 80.0), clock)
        assert passed_s == pytest.approx(rate * times_s)


def test_wander_is_the_same_at_every_frame_rate():
    """Spread and correlation after a quarter of a second are the same from 10 to 60 a second."""
    rng = np.random.default_rng(2)
    expected = (1 + 0.25 / 0.4) * np.exp(-0.25 / 0.4)
    for fps in (12, 20, 60):
        values = wander(times_at(fps, 60), 0.4, (50,), rng)
        later = round(0.25 * fps)
        correlation = (values[later:] * values[:-later]).mean()
        assert values.std() == pytest.approx(1, abs=0.03)
        assert correlation == pytest.approx(expected, abs=0.03)


def test_wander_keeps_its_spread_where_time_is_uneven():
    """Jittered and dropped frames neither calm nor stir it."""
    rng = np.random.default_rng(2)
    times_s = np.cumsum(rng.uniform(0.005, 0.3, 3000))
    assert wander(times_s, 0.4, (20,), rng).std() == pytest.approx(1, abs=0.03)


def test_wander_does_not_jump():
    """From frame to frame it bends by far less than it spreads."""
    values = wander(times_at(30, 60), 0.26, (20,), np.random.default_rng(2))
    assert np.diff(values, 2, axis=0).std() < 0.15


@pytest.mark.parametrize("fps", [10, 30, 60])
def test_what_moves_steadily_is_late_by_the_lag(fps):
    """At any frame rate; what rests is not."""
    times_s = times_at(fps, 4)
    assert times_s[-1] - delayed(times_s, times_s, 0.05)[-1] == pytest.approx(0.05, abs=1e-4)
    assert (delayed(np.ones(20), times_s[:20], 0.05) == 1).all()


@pytest.mark.parametrize("fps", [10, 30, 60])
def test_happenings_have_their_rate_and_duration(fps):
    """Ten a minute that last half a second begin ten times a minute, at any frame rate."""
    times_s = times_at(fps, 3600)
    kind = Happening(watched_min=1, clip_share=1, rate_per_min=10, duration_s=0.5)
    flags = happening(times_s, kind, np.ones(len(times_s), np.bool_), np.random.default_rng(4))
    # A happening takes at least the frame in which it begins, and may begin during another.
    assert flags.mean() == pytest.approx(10 / 60 * (0.5 + 0.5 / fps), rel=0.15)
