"""What is exactly true about a simulated person in each frame, and how it is stored.

Everything is read off the posed skeleton, after all swaying. It is rounded to 0.025 px,
0.1 mm and 0.01 degrees, and kept as whole numbers of these steps.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from formcheck.landmarks import INDEX
from formcheck.simulation.camera import Camera
from formcheck.simulation.kinematics import Placed
from formcheck.simulation.performance import Performance
from formcheck.simulation.rotations import Array, angles_deg

STEPS_PER_PX = 40
STEPS_PER_M = 10_000
STEPS_PER_DEG = 100

_TRIPLES = {
    f"{side}_{name}": tuple(INDEX[f"{side}_{joint}"] for joint in joints)
    for side in ("left", "right")
    for name, joints in (
        ("knee", ("hip", "knee", "ankle")),
        ("hip", ("shoulder", "hip", "knee")),
        ("body", ("shoulder", "hip", "ankle")),
        ("elbow", ("shoulder", "elbow", "wrist")),
        ("shoulder", ("hip", "shoulder", "elbow")),
        ("neck", ("ear", "shoulder", "hip")),
    )
}
ANGLES: tuple[str, ...] = (*_TRIPLES, "chest_turn", "trunk_lean")


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """What is true in each frame.

    Attributes
    ----------
    time_s
        Shape (n frames,).
    image_px
        Landmarks in the picture, shape (n frames, 33, 2).
    world_m
        Landmarks about the middle of the hips: x right and y down in the picture, z away from
        the camera, shape (n frames, 33, 3).
    angles_deg
        Joint angles in the order of ``ANGLES``, shape (n frames, n angles).
    """

    time_s: Array
    image_px: Array
    world_m: Array
    angles_deg: Array

    def save(self, path: Path) -> None:
        """Write it to a compressed ``.npz`` file."""
        np.savez_compressed(
            path,
            time_ms=np.rint(self.time_s * 1000).astype(np.int32),
            image=_whole(self.image_px * STEPS_PER_PX),
            world=_whole(self.world_m * STEPS_PER_M),
            angles=np.rint(self.angles_deg * STEPS_PER_DEG).astype(np.int16),
            angle_names=np.array(ANGLES),
        )

    @staticmethod
    def load(path: Path) -> "Truth":
        """Read what `save` wrote."""
        with np.load(path) as stored:
            return Truth(
                stored["time_ms"] / 1000,
                stored["image"] / STEPS_PER_PX,
                stored["world"] / STEPS_PER_M,
                stored["angles"] / STEPS_PER_DEG,
            )


def _whole(steps: Array) -> NDArray[np.int16] | NDArray[np.int32]:
    """Return whole steps in the smaller type that holds them: 800 px need the larger one."""
    rounded = np.rint(steps)
    fits = np.abs(rounded).max(initial=0) <= np.iinfo(np.int16).max
    return rounded.astype(np.int16) if fits else rounded.astype(np.int32)


def true_angles_deg(body: Placed) -> Array:
    """Return joint angles in the order of ``ANGLES`` [deg], shape (..., n angles).

    Angles named after a joint are between three landmarks, 0 to 180; ``chest_turn`` is the turn
    of the chest against the pelvis, to the left; ``trunk_lean`` is between the line from the hips
    to the shoulders and the vertical.
    """
    points = body.landmarks
    angles = [
        angles_deg(*(points[..., index, :] for index in triple)) for triple in _TRIPLES.values()
    ]
    relative = np.swapaxes(body.turned("pelvis"), -1, -2) @ body.turned("thorax")
    turn = np.degrees(np.arctan2(relative[..., 0, 2], relative[..., 2, 2]))
    hips = middle_of_hips(points)
    shoulders = points[..., [INDEX["left_shoulder"], INDEX["right_shoulder"]], :].mean(-2)
    lean = angles_deg(shoulders, hips, hips + np.array([0, 1.0, 0]))
    return np.stack([*angles, turn, lean], -1)


def middle_of_hips(points: Array) -> Array:
    """Return the place between the hips of landmarks [m], shape (..., 3)."""
    middle: Array = points[..., [INDEX["left_hip"], INDEX["right_hip"]], :].mean(-2)
    return middle


def truth_of(performance: Performance, camera: Camera, times_s: Array) -> Truth:
    """Return the truth of a performance seen by a camera at some times [s]."""
    body = performance.bodies(times_s)
    points = body.landmarks
    world = camera.relative(points, middle_of_hips(points)[:, None])
    return Truth(times_s, camera.project(points)[0], world, true_angles_deg(body))


def frame_times_s(performance: Performance, fps: int) -> Array:
    """Return when each frame of a performance is taken [s]."""
    return np.asarray(np.arange(round(performance.duration_s * fps)) / fps)
