"""The poses of a set as a few numbers for the page, little-endian."""

import struct
from collections.abc import Sequence

import numpy as np

from formcheck.landmarks import N_LANDMARKS
from formcheck.reviewing.poses import Timed


def pose_bytes(poses: Sequence[Timed], size_px: tuple[int, int]) -> bytes:
    """Return poses as the page reads them.

    Number of frames, width and height [px] as uint32, then as float32: times [s]; x, y [px] and
    visibility of each landmark; x, y, z [m] of each. A frame without a person is NaN throughout.
    """
    n = len(poses)
    image = np.full((n, N_LANDMARKS, 3), np.nan, "<f4")
    world = np.full((n, N_LANDMARKS, 3), np.nan, "<f4")
    for k, (_, pose) in enumerate(poses):
        if pose is not None:
            image[k, :, :2], image[k, :, 2] = pose.image, pose.visibility
            world[k] = pose.world
    times = np.array([time_s for time_s, _ in poses], "<f4")
    head = struct.pack("<3I", n, *size_px)
    return b"".join((head, times.tobytes(), image.tobytes(), world.tobytes()))
