"""Chance behind the errors, and what of it landmarks have in common.

Errors in space go together on both sides of the body: an engine that has a shoulder too near has
the other one too near as well, because it takes the trunk to lean. What lies in the plane of
symmetry is much the same on both sides, what lies across it is not. Without this, shoulders would
seem to be turned by far more than the engine turns them.
"""

from dataclasses import dataclass

import numpy as np

from formcheck.landmarks import INDEX
from formcheck.simulation.landmark_noise.bodies import SWAPPED
from formcheck.simulation.rotations import Array


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Chance with mean 0 and standard deviation 1: for the clip, in time, and for each frame."""

    offset: Array  # (33, n axes), or for each frame
    wander: Array  # (n, 33, n axes)
    jitter: Array

    def mixed(self, other: "Draws", share: float) -> "Draws":
        """Return draws whose first two axes correlate with another's by ``share``."""
        rest = float(np.sqrt(1 - share**2))
        pairs = (
            (self.offset, other.offset),
            (self.wander, other.wander),
            (self.jitter, other.jitter),
        )
        for own, others in pairs:
            own[..., :2] = rest * own[..., :2] + share * others
        return self

    def alike(self, across: Array, shares: Array) -> "Draws":
        """Return draws whose offset and wander are in part the same on both sides."""
        offset, wandering = (alike(k, across, shares) for k in (self.offset, self.wander))
        return Draws(offset, wandering, self.jitter)

    def balanced(self) -> "Draws":
        """Return draws in space, which is counted from the middle of the hips: they mirror."""
        for values in (self.offset, self.wander, self.jitter):
            values[..., INDEX["right_hip"], :] = -values[..., INDEX["left_hip"], :]
        return self


def in_plane(values: Array, across: Array) -> Array:
    """Return the part in the plane of symmetry.

    Parameters
    ----------
    values
        Shape (..., 3).
    across
        Unit vectors from one side of the body to the other, shape (..., 3).
    """
    return np.asarray(values - (values * across).sum(-1, keepdims=True) * across)


def alike(values: Array, across: Array, shares: Array) -> Array:
    """Return chance whose part in the plane of symmetry correlates between the sides.

    Parameters
    ----------
    values
        Independent on both sides, with a standard deviation of 1, shape (33, 3) or (n, 33, 3).
    across
        Unit vectors from one side of the body to the other, shape (n, 33, 3).
    shares
        Correlation of each landmark with its like on the other side, shape (n, 33).
    """
    plane = in_plane(values, across)
    more, less = np.sqrt(1 + shares)[..., None], np.sqrt(1 - shares)[..., None]
    both = (more + less) / 2 * plane + (more - less) / 2 * plane[:, SWAPPED]
    return np.asarray(values - plane + both)
