"""What is exactly true about a simulated person in each frame, and how it is stored.

Everything is read off the posed skeleton, after all swaying. It is rounded to 0.025 px,
0.1 mm and 0.01 degrees, and kept as whole numbers of these steps.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from formcheck.landmarks import INDEX
from formcheck.simulation.camera import Camera
from formcheck.simulation.kinematics import Placed
from formcheck.simulation.performance import Performance
from formcheck.simulation.rotations import Array, angle_deg
from formcheck.simulation.skeleton import Skeleton

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
            image=np.rint(self.image_px * STEPS_PER_PX).astype(np.int16),
            world=np.rint(self.world_m * STEPS_PER_M).astype(np.int16),
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


def true_angles_deg(body: Placed) -> Array:
    """Return the joint angles of a posed body in the order of ``ANGLES`` [deg].

    Angles named after a joint are between three landmarks, 0 to 180; ``chest_turn`` is the turn
    of the chest against the pelvis, to the left; ``trunk_lean`` is between the line from the hips
    to the shoulders and the vertical.
    """
    points = body.landmarks
    angles = [angle_deg(*points[list(triple)]) for triple in _TRIPLES.values()]
    relative = body.turned("pelvis").T @ body.turned("thorax")
    turn = float(np.degrees(np.arctan2(relative[0, 2], relative[2, 2])))
    shoulders = points[[INDEX["left_shoulder"], INDEX["right_shoulder"]]].mean(0)
    hips = points[[INDEX["left_hip"], INDEX["right_hip"]]].mean(0)
    lean = angle_deg(shoulders, hips, hips + np.array([0, 1.0, 0]))
    return np.array([*angles, turn, lean])


def truth_of(performance: Performance, skeleton: Skeleton, camera: Camera, fps: int) -> Truth:
    """Return the truth in each frame of a performance seen by a camera."""
    times = frame_times_s(performance, fps)
    image, world, angles = [], [], []
    for time_s in times:
        body = performance.at(skeleton, float(time_s))
        points = body.landmarks
        hips = points[[INDEX["left_hip"], INDEX["right_hip"]]].mean(0)
        image.append(camera.project(points)[0])
        world.append(camera.relative(points, hips))
        angles.append(true_angles_deg(body))
    return Truth(times, np.array(image), np.array(world), np.array(angles))


def frame_times_s(performance: Performance, fps: int) -> Array:
    """Return when each frame of a performance is taken [s]."""
    return np.asarray(np.arange(round(performance.duration_s * fps)) / fps)
