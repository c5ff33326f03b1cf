"""One person at one instant.

The engine's numbers are rounded once, by ``rounded_pose``, to the steps that a saved recording
stores. The core therefore sees the same numbers live, from a video and from a recording, bit
for bit; the steps are far below the engine's own jitter (0.2 to 0.6 % of trunk length).
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from formcheck.landmarks import INDEX

IMAGE_STEPS_PER_PX = 100
WORLD_STEPS_PER_M = 10_000
VISIBILITY_STEPS = 255
OUTLINE_STEPS = 2000
OUTLINE_PLACES: tuple[float, ...] = tuple(place / 15 for place in range(16))
"""Where the outline is measured: shares of the way from the hips to the shoulders."""


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """The landmarks of one person in one frame, in the order of ``formcheck.landmarks.NAMES``.

    Attributes
    ----------
    time_s
        Time of the frame since the first frame of the source [s].
    image
        Landmarks in the picture [px], float64, shape (33, 2), x right, y down, not mirrored.
    world
        Landmarks about the hip centre [m], float64, shape (33, 3), x right, y down, z away
        from the camera.
    visibility
        Probability that each landmark is seen, float64, shape (33,), 0 to 1.
    width_px, height_px
        Size of the picture [px]: a landmark outside of it was guessed.
    outline
        How far the edge of the body is from the line between the middle of the hips and that
        of the shoulders, at right angles to it in the picture [trunk lengths], float64, shape
        (2, 16): first to the left, then to the right of who looks from the hips to the
        shoulders, at ``OUTLINE_PLACES``. NaN where there is no edge in reach; None where it
        was not looked for.
    """

    time_s: float
    image: NDArray[np.float64]
    world: NDArray[np.float64]
    visibility: NDArray[np.float64]
    width_px: int
    height_px: int
    outline: NDArray[np.float64] | None = None


class Trunk(NamedTuple):
    """The corners of a trunk as plain floats: two each in the picture, three in space."""

    left_shoulder: list[float]
    right_shoulder: list[float]
    left_hip: list[float]
    right_hip: list[float]


# The left one comes before the right one.
_SHOULDERS = slice(INDEX["left_shoulder"], INDEX["right_shoulder"] + 1)
_HIPS = slice(INDEX["left_hip"], INDEX["right_hip"] + 1)


class Trunks(NamedTuple):
    """The trunk of a pose in the picture [px] and in space [m]."""

    image: Trunk
    world: Trunk


def trunks_of(pose: Pose) -> Trunks:
    """Return the trunk of a pose, in the picture and in space."""
    return Trunks(trunk_of(pose.image), trunk_of(pose.world))


def trunk_of(points: NDArray[np.float64]) -> Trunk:
    """Return the corners of the trunk among the landmarks of a pose.

    Every picture asks for them, and one call of numpy for each sum of two corners takes ten times
    as long as all of their arithmetic.
    """
    return Trunk(*points[_SHOULDERS].tolist(), *points[_HIPS].tolist())


def rounded_pose(
    time_s: float,
    image_px: ArrayLike,
    world_m: ArrayLike,
    visibility: ArrayLike,
    size_px: tuple[int, int],
    outline: ArrayLike | None = None,
) -> Pose:
    """Return a pose whose numbers are exactly those that a recording of it gives back.

    Parameters
    ----------
    time_s
        Time of the frame [s], kept as it is.
    image_px, world_m, visibility
        Shapes (33, 2), (33, 3) and (33,); see `Pose`.
    size_px
        Width and height of the picture [px].
    outline
        Shape (2, 16); see `Pose`. One without any edge is none.
    """
    edges = None if outline is None else _rounded(outline, OUTLINE_STEPS)
    return Pose(
        time_s,
        _rounded(image_px, IMAGE_STEPS_PER_PX),
        _rounded(world_m, WORLD_STEPS_PER_M),
        _rounded(visibility, VISIBILITY_STEPS),
        *size_px,
        None if edges is None or np.isnan(edges).all() else edges,
    )


def _rounded(values: ArrayLike, steps_per_unit: int) -> NDArray[np.float64]:
    # Whole steps have no -0, and its angle (atan2) is 180 degrees on the other side of 0's.
    steps: NDArray[np.float64] = np.rint(np.asarray(values, np.float64) * steps_per_unit) + 0.0
    return steps / steps_per_unit
