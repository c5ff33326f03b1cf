"""Begin without hands: the start position, held still for two seconds."""

import math

from formcheck.analysis.snapshot import Snapshot
from formcheck.exercises.schema import Phase
from formcheck.landmarks import INDEX
from formcheck.pose import Pose

HELD_S = 2.0
# Where the limbs are read a little off their rest, stillness must say that it is one.
HELD_UNSURE_S = 4.0
_MAY_BE_RESTING = frozenset({Phase.REST, Phase.OUTBOUND})
_ROUNDING = 1e-9
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
        self._time_s = math.nan
        self._ready_s = -math.inf
        self._anchor: dict[int, tuple[float, float]] = {}

    def update(self, snapshot: Snapshot) -> bool:
        """Take what a Coach of the exercise sees next; return whether it has been held."""
        time_s, pose = snapshot.time_s, snapshot.pose
        elapsed_s = 0.0 if math.isnan(self._time_s) else time_s - self._time_s
        self._time_s = time_s
        is_placed = snapshot.is_in_position and snapshot.phase in _MAY_BE_RESTING
        if is_placed and pose is not None:
            self._ready_s = time_s
            needed_s = HELD_S if snapshot.is_at_start else HELD_UNSURE_S
            self._hold(pose, elapsed_s / needed_s)
        elif time_s - self._ready_s > BLINK_S:
            self.progress, self._anchor = 0.0, {}
        return self.progress >= 1.0 - _ROUNDING

    def _hold(self, pose: Pose, share: float) -> None:
        limit_px = STILL_WITHIN * _size_px(pose)
        places = _places(pose)
        has_moved = any(
            math.dist(places[index], place) > limit_px
            for index, place in self._anchor.items()
            if index in places
        )
        if has_moved or not self._anchor:
            self.progress, self._anchor = 0.0, places
        else:
            self.progress = min(1.0, self.progress + share)
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
