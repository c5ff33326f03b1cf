"""The poses of a set with the landmarks where a therapist has put them."""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from formcheck.landmarks import INDEX
from formcheck.pose import Pose, rounded_pose
from formcheck.store.corrections import MovedLandmark

Timed = tuple[float, Pose | None]
# A page knows times to a few millionths; pictures are farther from each other.
_SAME_S = 0.004


def with_moved(poses: Sequence[Timed], moved: Sequence[MovedLandmark]) -> tuple[Timed, ...]:
    """Return poses with landmarks elsewhere, each in the one picture that it was moved in.

    In space they move along in the plane of the picture, by as many metres as the body's own
    size says; how deep they lie is left as it was.
    """
    found = list(poses)
    times_s = [time_s for time_s, _ in found]
    for one in moved:
        index = _nearest(times_s, one.time_s)
        pose = found[index][1] if index is not None else None
        if index is not None and pose is not None:
            found[index] = times_s[index], _moved(pose, one)
    return tuple(found)


def _nearest(times_s: Sequence[float], time_s: float) -> int | None:
    after = bisect_left(times_s, time_s)
    near = [k for k in (after - 1, after) if 0 <= k < len(times_s)]
    best = min(near, key=lambda k: abs(times_s[k] - time_s), default=None)
    return best if best is not None and abs(times_s[best] - time_s) <= _SAME_S else None


def _moved(pose: Pose, one: MovedLandmark) -> Pose:
    index = INDEX[one.landmark]
    image, world, visibility = pose.image.copy(), pose.world.copy(), pose.visibility.copy()
    by = np.array([one.x_px, one.y_px]) - image[index]
    image[index] = one.x_px, one.y_px
    if not np.isnan(by).any():
        world[index, :2] += by * _metres_per_pixel(pose)
    visibility[index] = 1.0
    made = rounded_pose(
        pose.time_s, image, world, visibility, (pose.width_px, pose.height_px), pose.outline
    )
    return replace(made, outline=pose.outline)


def _metres_per_pixel(pose: Pose) -> float:
    """Return how large a pixel is where the body is: by how far the body spreads in both."""
    spread_px = float(np.nanstd(pose.image, axis=0).sum())
    spread_m = float(np.nanstd(pose.world[:, :2], axis=0).sum())
    return spread_m / spread_px if spread_px > 0 and math.isfinite(spread_px) else 0.0
