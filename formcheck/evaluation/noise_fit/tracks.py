"""What an engine saw, as arrays, and the truth beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from formcheck.landmarks import NAMES
from formcheck.pose import Pose
from formcheck.simulation.landmark_noise.numbers import UNSIDED, unsided
from formcheck.simulation.truth import Truth

Array: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

MEMBERS = {name: [k for k, n in enumerate(NAMES) if unsided(n) == name] for name in UNSIDED}
"""Indices of the landmarks, left and right, of each name without a side."""

JOINTS = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
CORE = [index for name in JOINTS for index in MEMBERS[name]]
"""Indices of the landmarks that measures are made of."""

MAD_TO_SD = 1 / 0.6745


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """Found frames of one clip.

    Attributes
    ----------
    name
        Of the clip.
    time_s, image_px, world_m, visibility
        Shapes (n,), (n, 33, 2), (n, 33, 3) and (n, 33).
    is_found
        For each frame, those without a person included.
    all_times_s
        Times of all frames.
    size_px
        Of the picture.
    """

    name: str
    time_s: Array
    image_px: Array
    world_m: Array
    visibility: Array
    is_found: Flags
    all_times_s: Array
    size_px: tuple[int, int]

    @staticmethod
    def of(
        name: str, instants: Iterable[tuple[float, Pose | None]], size_px: tuple[int, int]
    ) -> "Track":
        """Return a track of poses."""
        listed = list(instants)
        poses = [pose for _, pose in listed if pose is not None]
        if not poses:
            raise ValueError(f"nobody is found in {name}")
        return Track(
            name,
            np.array([pose.time_s for pose in poses]),
            np.stack([pose.image for pose in poses]),
            np.stack([pose.world for pose in poses]),
            np.stack([pose.visibility for pose in poses]),
            np.array([pose is not None for _, pose in listed]),
            np.array([time_s for time_s, _ in listed]),
            size_px,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """A track with the truth of its frames."""

    track: Track
    truth: Truth

    @staticmethod
    def of(track: Track, truth: Truth) -> "Known":
        """Return a track with the truth that is nearest in time to each of its frames."""
        nearest = np.abs(truth.time_s[:, None] - track.time_s).argmin(0)
        return Known(
            track,
            Truth(
                track.time_s,
                truth.image_px[nearest],
                truth.world_m[nearest],
                truth.angles_deg[nearest],
            ),
        )


def jitter(points: Array, frames: Flags | None = None) -> float:
    """Return the standard deviation of the noise from frame to frame along one axis.

    Three frames of something at rest differ from a straight line by the noise alone: the half of
    the frames with the least movement counts, and the median, which swaps do not reach.

    Parameters
    ----------
    points
        One landmark, shape (n, n axes).
    frames
        Which frames count.
    """
    bends = np.diff(points, 2, axis=0)
    movement = np.linalg.norm(points[2:] - points[:-2], axis=-1)
    chosen = np.ones(len(bends), np.bool_) if frames is None else frames[1:-1]
    if not chosen.any():
        return 0.0
    is_still = chosen & (movement <= np.median(movement[chosen]))
    return float(np.median(np.abs(bends[is_still])) * MAD_TO_SD / np.sqrt(6))
