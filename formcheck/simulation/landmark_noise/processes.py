"""Chance in time: what wanders, what follows late, and what happens now and then.

Each is defined in seconds, so that a camera of another frame rate, or an uneven one, sees the
same.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from formcheck.simulation.landmark_noise.numbers import Clock, Happening
from formcheck.simulation.rotations import Array

Generator: TypeAlias = np.random.Generator
Flags: TypeAlias = NDArray[np.bool_]


def wander(times_s: Array, time_constant_s: float, shape: tuple[int, ...], rng: Generator) -> Array:
    """Return values that come and go smoothly, with mean 0 and standard deviation 1.

    An engine's error moves without jumps. A first-order process (AR(1)) jumps from frame to
    frame; two of them in a row, which this is, do not. The correlation after a time t is
    (1 + t/T) exp(-t/T). The steps are exact for whatever time lies between two frames.

    Parameters
    ----------
    times_s
        Of the frames [s], shape (n,).
    time_constant_s
        The T above [s].
    shape
        Of the values in one frame; each is independent of the others.

    Returns
    -------
    Array
        Shape (n, *shape).
    """
    n = len(times_s)
    size = int(np.prod(shape))
    steps = np.diff(times_s) / time_constant_s
    fade = np.exp(-steps)
    # Value and speed, the latter in units of 1/T.
    move = fade[:, None, None] * np.stack(
        [np.stack([1 + steps, steps], -1), np.stack([-steps, 1 - steps], -1)], -2
    )
    chance = _square_roots(np.eye(2) - move @ np.swapaxes(move, -1, -2))
    drawn = rng.standard_normal((n, 2, size))
    pushes = chance @ drawn[1:]
    states = np.empty((n, 2, size))
    states[0] = drawn[0]
    for k in range(n - 1):
        states[k + 1] = move[k] @ states[k] + pushes[k]
    return states[:, 0].reshape(n, *shape)


def speeds_per_s(times_s: Array, points: Array, scale: Array) -> Array:
    """Return how fast landmarks move on average from frame to frame, shape (n - 1,).

    Parameters
    ----------
    points
        Shape (n, landmarks, axes).
    scale
        Length of the trunk in the same unit, shape (n,): the speed is in trunk lengths/s.
    """
    moved = np.linalg.norm(np.diff(points, axis=0), axis=-1).mean(1) / scale[1:]
    return np.asarray(moved / np.diff(times_s))


def erring_s(times_s: Array, points: Array, scale: Array, clock: Clock) -> Array:
    """Return for how long errors have been wandering at each frame [s], shape (n,).

    An engine that sees the same picture errs the same: while nobody moves its errors hardly
    change. So this time passes by how fast somebody moves.

    Parameters
    ----------
    times_s
        Of the frames [s], shape (n,).
    points, scale
        See `speeds_per_s`.
    """
    rates = speeds_per_s(times_s, points, scale) / clock.full_speed_per_s
    steps_s = rates.clip(clock.least_rate, 1) * np.diff(times_s)
    return np.asarray(np.concatenate([[0.0], np.cumsum(steps_s)]))


def _square_roots(covariances: Array) -> Array:
    """Return lower triangles whose squares are the 2 by 2 matrices, shape (n, 2, 2)."""
    roots = np.zeros_like(covariances)
    first = np.sqrt(covariances[:, 0, 0].clip(1e-18))
    below = covariances[:, 1, 0] / first
    roots[:, 0, 0], roots[:, 1, 0] = first, below
    roots[:, 1, 1] = np.sqrt((covariances[:, 1, 1] - below**2).clip(0))
    return roots


def delayed(values: Array, times_s: Array, lag_s: float) -> Array:
    """Return values as a smoothing filter gives them: what moves steadily is late by ``lag_s``.

    Parameters
    ----------
    values
        Shape (n, ...).
    """
    if lag_s == 0:
        return values
    late = np.array(values)
    steps = np.diff(times_s)
    for k, share in enumerate((steps / (steps + lag_s)).tolist(), start=1):
        late[k] = late[k - 1] + share * (values[k] - late[k - 1])
    return late


def happening(times_s: Array, kind: Happening, is_meant: Flags, rng: Generator) -> Flags:
    """Return in which frames something is going on that begins by chance, shape (n,).

    Parameters
    ----------
    kind
        In how many clips, how often and for how long.
    is_meant
        In which frames it may begin, shape (n,).
    """
    n = len(times_s)
    is_in_this_clip = rng.random() < kind.clip_share
    before_s = np.diff(times_s, prepend=times_s[:1])
    begins = rng.random(n) < 1 - np.exp(-kind.rate_per_min / 60 * before_s)
    begins &= is_meant & is_in_this_clip
    ends_s = times_s + rng.exponential(max(kind.duration_s, 1e-9), n)
    latest_end_s = np.maximum.accumulate(np.where(begins, ends_s, -np.inf))
    return np.asarray(begins | (times_s < latest_end_s))
