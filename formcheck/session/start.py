"""Begin without hands: the start position, held still for two seconds."""

import math

from formcheck.analysis.snapshot import Snapshot
from formcheck.landmarks import INDEX
from formcheck.pose import Pose

HELD_S = 2.0
# A position that is lost for less was not lost: engines blink.
BLINK_S = 0.3
# How far a landmark may wander, in lengths of the trunk (or widths of the shoulders): standing
# people sway by a twentieth, and who lies breathes.
STILL_WITHIN = 0.14
_WATCHED = tuple(
    INDEX[f"{side}_{part}"]
    for side in ("left", "right")
    for part in ("shoulder", "hip", "knee", "ankle")
)
_MIN_VISIBILITY = 0.5


class StartGate:
    """Wait until somebody holds the start position still.

    Attributes
    ----------
    progress
        How much of the time has been held, 0 to 1.
    """

    def __init__(self) -> None:
        self.progress = 0.0
        self._since_s = math.nan
        self._ready_s = -math.inf
        self._anchor: dict[int, tuple[float, float]] = {}

    def update(self, snapshot: Snapshot) -> bool:
        """Take what a Coach of the exercise sees next; return whether it has been held."""
        time_s, pose = snapshot.time_s, snapshot.pose
        if snapshot.is_at_start and pose is not None:
            self._ready_s = time_s
            self._hold(time_s, pose)
        elif time_s - self._ready_s > BLINK_S:
            self._since_s = math.nan
            self._anchor = {}
        held_s = 0.0 if math.isnan(self._since_s) else time_s - self._since_s
        self.progress = min(1.0, held_s / HELD_S)
        return self.progress >= 1.0

    def _hold(self, time_s: float, pose: Pose) -> None:
        limit_px = STILL_WITHIN * _size_px(pose)
        places = _places(pose)
        has_moved = any(
            math.dist(places[index], place) > limit_px
            for index, place in self._anchor.items()
            if index in places
        )
        if has_moved or math.isnan(self._since_s):
            self._since_s, self._anchor = time_s, places
        for index, place in places.items():
            self._anchor.setdefault(index, place)


def _places(pose: Pose) -> dict[int, tuple[float, float]]:
    """Return where the watched landmarks are that can be seen [px]."""
    return {
        index: (float(pose.image[index, 0]), float(pose.image[index, 1]))
        for index in _WATCHED
        if pose.visibility[index] >= _MIN_VISIBILITY
    }


def _size_px(pose: Pose) -> float:
    names = ("left_shoulder", "right_shoulder", "left_hip", "right_hip")
    left, right, left_hip, right_hip = (pose.image[INDEX[name]] for name in names)
    trunk_px = float(
        math.dist(((left + right) / 2).tolist(), ((left_hip + right_hip) / 2).tolist())
    )
    return max(trunk_px, math.dist(left.tolist(), right.tolist()))
