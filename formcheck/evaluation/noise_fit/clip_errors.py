"""By how much the engine was off in one clip whose truth is known, and what goes along with it."""

from dataclasses import dataclass

import numpy as np

from formcheck.evaluation.noise_fit.tracks import MEMBERS, Array, Flags, Known
from formcheck.simulation.landmark_noise.bodies import Bodies


@dataclass(frozen=True, slots=True, eq=False)
class Errors:
    """Errors of one clip in trunk lengths, shape (n, 33, n axes), and what they go along with."""

    bodies: Bodies
    values: Array
    speeds: Array

    def without_lag(self, lag_s: float) -> Array:
        """Return what is left of them if the engine is late by so much."""
        return self.values + lag_s * self.speeds

    @property
    def is_facing(self) -> bool:
        """Whether the body is seen from the front more than from the side."""
        return bool(self.bodies.sideways.mean() < 0.5)

    @property
    def is_far(self) -> Flags:
        """Whether a landmark is hidden most of the time, shape (33,)."""
        return np.asarray(self.bodies.hidden.mean(0) > 0.5)

    def side_of(self, landmark: int) -> str:
        """Return whether the body faces the camera, or which of its sides a landmark is on."""
        if self.is_facing:
            return "facing"
        return "far" if self.is_far[landmark] else "near"


def errors_in_picture(clip: Known) -> Errors:
    """Return the errors of landmarks in the picture."""
    truth = clip.truth
    bodies = Bodies.of(truth.image_px, truth.world_m)
    scale = bodies.trunk_px[:, None, None]
    speeds = np.gradient(truth.image_px, truth.time_s, axis=0) / scale
    return Errors(bodies, (clip.track.image_px - truth.image_px) / scale, speeds)


def errors_in_space(clip: Known, depth_share: dict[str, float]) -> Errors:
    """Return the errors of world landmarks, of whose true depth the engine shows a share."""
    truth = clip.truth
    bodies = Bodies.of(truth.image_px, truth.world_m)
    scale = bodies.trunk_m[:, None, None]
    expected = truth.world_m.copy()
    for name, members in MEMBERS.items():
        expected[:, members, 2] *= depth_share[name]
    speeds = np.gradient(expected, truth.time_s, axis=0) / scale
    return Errors(bodies, (clip.track.world_m - expected) / scale, speeds)
