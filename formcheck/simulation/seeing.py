"""A performance as a camera and a pose engine see it: exact truth, and poses to analyse."""

from collections.abc import Sequence
from functools import cache

import numpy as np

from formcheck.landmarks import N_LANDMARKS
from formcheck.pose import Pose, rounded_pose
from formcheck.simulation.camera import Camera, Viewpoint
from formcheck.simulation.landmark_noise import LandmarkNoise
from formcheck.simulation.performance import Performance
from formcheck.simulation.truth import Truth

AZIMUTHS_DEG = {"front": 0.0, "oblique": 48.0, "side": 90.0, "back": 180.0}
"""From where each view is seen, on the person's left."""

_FRAMED_EVERY_S = 0.4

Poses = Sequence[tuple[float, Pose | None]]


def camera_for(performance: Performance, viewpoint: Viewpoint) -> Camera:
    """Return a camera that has somebody in its picture all the time."""
    times_s = np.arange(0, performance.duration_s, _FRAMED_EVERY_S)
    return viewpoint.framing(performance.bodies(times_s).landmarks.reshape(-1, 3))


def seen_poses(
    truth: Truth, camera: Camera, rng: np.random.Generator, strength: float = 1.0
) -> Poses:
    """Return what a pose engine makes of each frame: its time [s] and pose, None for nobody.

    Parameters
    ----------
    strength
        0 for exact landmarks, 1 for landmarks that err as the engine's were measured to.
    """
    if strength == 0:
        return exact_poses(truth, camera)
    return _noise().seen(truth, camera, rng, strength)


def exact_poses(truth: Truth, camera: Camera) -> list[tuple[float, Pose]]:
    """Return each frame's time [s] and true pose."""
    size_px, visibility = (camera.width_px, camera.height_px), np.ones(N_LANDMARKS)
    return [
        (time_s, rounded_pose(time_s, truth.image_px[k], truth.world_m[k], visibility, size_px))
        for k, time_s in enumerate(truth.time_s.tolist())
    ]


@cache
def _noise() -> LandmarkNoise:
    return LandmarkNoise.load()
