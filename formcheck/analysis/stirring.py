"""Whether somebody moves at all, whatever the movement is."""

import math
from collections import deque

from formcheck.landmarks import INDEX
from formcheck.pose import Pose

# Landmarks tremble by 1 to 3 % of the trunk; who scratches or talks moves a hand by a third of it.
OVER_S = 0.5
STIRS_FROM = 0.12
_PARTS = [
    INDEX[f"{side}_{part}"]
    for side in ("left", "right")
    for part in ("shoulder", "hip", "wrist", "knee", "ankle")
]
_LEFT_SHOULDER, _LEFT_HIP = INDEX["left_shoulder"], INDEX["left_hip"]
_RIGHT_SHOULDER, _RIGHT_HIP = INDEX["right_shoulder"], INDEX["right_hip"]

_Points = list[list[float]]


class Stirring:
    """Follow whether the body stirs, from pose to pose.

    What is hidden is guessed anew in each picture, so that the middle one of all parts decides;
    a single hand that moves far does so as well.
    """

    def __init__(self) -> None:
        self._lately: deque[tuple[float, _Points, float]] = deque()

    def reset(self) -> None:
        """Forget the person."""
        self._lately.clear()

    def update(self, pose: Pose) -> bool:
        """Take the next pose; return whether the body has moved within the last half second."""
        points = pose.image[_PARTS, :2].tolist()
        self._lately.append((pose.time_s, points, _trunk_px(pose)))
        while len(self._lately) > 1 and pose.time_s - self._lately[1][0] >= OVER_S:
            self._lately.popleft()
        _, before, trunk_px = self._lately[0]
        if trunk_px <= 0:
            return False
        moved = sorted(math.dist(a, b) / trunk_px for a, b in zip(before, points, strict=True))
        return moved[len(moved) // 2] > STIRS_FROM / 2 or moved[-2] > STIRS_FROM


def _trunk_px(pose: Pose) -> float:
    image = pose.image
    left = math.dist(image[_LEFT_SHOULDER, :2].tolist(), image[_LEFT_HIP, :2].tolist())
    right = math.dist(image[_RIGHT_SHOULDER, :2].tolist(), image[_RIGHT_HIP, :2].tolist())
    return max(left, right)
