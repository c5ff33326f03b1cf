"""Watch over somebody who exercises: still there, in position, and on their feet."""

import math
from collections import deque

from formcheck.analysis.snapshot import Snapshot
from formcheck.exercises.schema import Exercise, Orientation
from formcheck.landmarks import INDEX
from formcheck.pose import Pose
from formcheck.session.placement_checks import orientations
from formcheck.session.stages import PauseReason

PATIENCE_S = 3.0
# Who has pressed a key needs time to get back into position.
GRACE_AFTER_KEY_S = 10.0
_UNSEEN = frozenset({"nobody_in_view", "too_far_away", "implausible"})

# Hips above the feet, in lengths of the trunk: 1.7 standing, 0.8 to 0.9 on a chair, 0.7 on a low
# stool; sitting or lying on the floor under 0.4.
LOW_BELOW = 0.55
FALLS_WITHIN_S = 1.5
# How far hips drop at least who goes down to the floor: from a chair 0.8. Where the feet cannot
# be seen it must be more than sitting down on a chair, 0.9.
DROPS_FROM, DROPS_UNSEEN_FROM = 0.5, 1.2
# Between sets people may sit or lie down on the floor; who falls is there much sooner.
FALLS_FROM = 1.1
DOWN_FOR_S = 0.3
_FEET = tuple(INDEX[f"{side}_{part}"] for side in ("left", "right") for part in ("ankle", "heel"))
_MIN_VISIBILITY = 0.5


class Vigil:
    """Watch one set.

    Parameters
    ----------
    exercise
        What is done: only who should be upright can be down unexpectedly.
    grace_until_s
        Until when nobody needs to be in position yet [s].
    """

    def __init__(self, exercise: Exercise, grace_until_s: float = -math.inf) -> None:
        self._fall = FallWatch() if is_upright(exercise) else None
        self._grace_until_s = grace_until_s
        self._seen_s = self._in_position_s = math.nan

    def update(self, snapshot: Snapshot) -> PauseReason | None:
        """Take what the set's Coach sees next; return why to pause, if there is a reason."""
        time_s, refused = snapshot.time_s, snapshot.not_assessed
        if self._fall and self._fall.update(snapshot):
            return PauseReason.DOWN_UNEXPECTEDLY
        is_waiting = math.isnan(self._seen_s) or time_s < self._grace_until_s
        is_seen = snapshot.pose is not None and (refused is None or refused.code not in _UNSEEN)
        if is_seen or is_waiting:
            self._seen_s = time_s
        # Who is not seen, or in too few pictures to say, has not left: that is another question.
        is_unsure = refused is not None and refused.code == "too_few_frames"
        if snapshot.is_in_position or not is_seen or is_waiting or is_unsure:
            self._in_position_s = time_s
        if time_s - self._seen_s > PATIENCE_S:
            return PauseReason.OUT_OF_VIEW
        has_left = time_s - self._in_position_s > PATIENCE_S
        return PauseReason.LEFT_POSITION if has_left else None


def is_upright(exercise: Exercise) -> bool:
    """Whether all of an exercise is done sitting or standing: only there one can fall."""
    return orientations(exercise) == {Orientation.UPRIGHT}


class FallWatch:
    """Notice that somebody who was upright is on the floor.

    Parameters
    ----------
    may_lie_down
        Whether only a fall counts, and not who goes down to the floor at their own pace.
    """

    def __init__(self, *, may_lie_down: bool = False) -> None:
        self._may_lie_down = may_lie_down
        self._trunk_px = math.nan
        self._hips: deque[tuple[float, float]] = deque()
        self._down_since_s = math.nan

    def update(self, snapshot: Snapshot) -> bool:
        """Take the next instant; return whether they are down."""
        time_s, pose = snapshot.time_s, snapshot.pose
        if pose is None or snapshot.orientation is None:
            return False
        shoulders_px, hips_px = _height_px(pose, "shoulder"), _height_px(pose, "hip")
        if snapshot.orientation is Orientation.UPRIGHT:
            self._trunk_px = max(hips_px - shoulders_px, self._known(self._trunk_px))
        self._hips.append((time_s, hips_px))
        while time_s - self._hips[0][0] > FALLS_WITHIN_S:
            self._hips.popleft()
        if not self._is_down(snapshot.orientation, hips_px, _floor_px(pose)):
            self._down_since_s = math.nan
            return False
        if math.isnan(self._down_since_s):
            self._down_since_s = time_s
        return time_s - self._down_since_s >= DOWN_FOR_S

    @staticmethod
    def _known(value: float) -> float:
        return -math.inf if math.isnan(value) else value

    def _is_down(self, orientation: Orientation, hips_px: float, floor_px: float) -> bool:
        if not self._trunk_px > 0:  # never seen upright
            return False
        dropped = (hips_px - min(px for _, px in self._hips)) / self._trunk_px
        if math.isnan(floor_px):
            return dropped >= DROPS_UNSEEN_FROM
        is_low = (floor_px - hips_px) / self._trunk_px < LOW_BELOW
        if self._may_lie_down:
            return is_low and dropped >= FALLS_FROM
        return is_low and (orientation is not Orientation.UPRIGHT or dropped >= DROPS_FROM)


def _height_px(pose: Pose, part: str) -> float:
    """Return how far down in the picture the middle of both sides is [px]."""
    left, right = pose.image[INDEX[f"left_{part}"], 1], pose.image[INDEX[f"right_{part}"], 1]
    return float(left + right) / 2


def _floor_px(pose: Pose) -> float:
    """Return how far down the lowest foot is that can be seen [px]; NaN where none can."""
    seen = [
        float(pose.image[index, 1]) for index in _FEET if pose.visibility[index] >= _MIN_VISIBILITY
    ]
    inside = [y for y in seen if y <= pose.height_px]
    return max(inside, default=math.nan)
