"""The same movement as another camera would have seen it: slower, later, larger, mirrored, beside.

The landmarks err alike in all of them, so that what is said may not differ. How much they err
depends on the engine, and is measured elsewhere.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from formcheck.pose import Pose, rounded_pose
from formcheck.simulation.landmark_noise.bodies import SWAPPED
from formcheck.simulation.seeing import Poses

# Pictures of 480 lines made into pictures of 1080.
_LARGER = 1080 / 480
_SHIFT = 0.06
FULL_RATE_HZ = 60


def scaled(pose: Pose, factor: float) -> Pose:
    """Return a pose in a picture with so many times the pixels a side."""
    size_px = round(pose.width_px * factor), round(pose.height_px * factor)
    return _changed(pose, pose.image * factor, size_px)


def mirrored(pose: Pose) -> Pose:
    """Return a pose seen in a mirror: the person's left and right change with it."""
    image = pose.image[SWAPPED] * (-1, 1) + (pose.width_px, 0)
    world = pose.world[SWAPPED] * (-1, 1, 1)
    size_px, visibility = (pose.width_px, pose.height_px), pose.visibility[SWAPPED]
    # Whoever looks along the trunk in a mirror has the other edge to the left.
    outline = None if pose.outline is None else pose.outline[::-1]
    return rounded_pose(pose.time_s, image, world, visibility, size_px, outline)


def shifted(pose: Pose, widths: float) -> Pose:
    """Return a pose moved to the right by a share of the picture's width."""
    size_px, by_px = (pose.width_px, pose.height_px), np.array([widths * pose.width_px, 0.0])
    return _changed(pose, pose.image + by_px, size_px)


def _changed(pose: Pose, image: NDArray[np.float64], size_px: tuple[int, int]) -> Pose:
    return rounded_pose(pose.time_s, image, pose.world, pose.visibility, size_px, pose.outline)


def _each(change: Callable[[Pose], Pose]) -> Callable[[Poses], Poses]:
    return lambda poses: [(time_s, pose and change(pose)) for time_s, pose in poses[::2]]


AS_IT_IS = "30 a second"
"""What the others are held against."""

OTHERWISE: Mapping[str, Callable[[Poses], Sequence[tuple[float, Pose | None]]]] = {
    AS_IT_IS: lambda poses: poses[::2],
    "15 a second": lambda poses: poses[::4],
    "60 a second": lambda poses: poses,
    "a picture later": lambda poses: poses[1::2],
    "1080 lines": _each(lambda pose: scaled(pose, _LARGER)),
    "mirrored": _each(mirrored),
    "shifted": _each(lambda pose: shifted(pose, _SHIFT)),
}
"""Ways of seeing a stream of `FULL_RATE_HZ` in pictures of 480 lines, by name."""
