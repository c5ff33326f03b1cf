"""Whether there is somebody to judge: in view, near enough, the same person, fast enough.

A picture in which the body jumps by most of a trunk length from one frame to the next shows a
cut or another person; what was being followed is given up and the start pose must be seen
again.
"""

import math
from collections import deque
from typing import NamedTuple

from formcheck.analysis.events import Event, NotAssessed, PersonFound, PersonLost, SceneJumped
from formcheck.geometry import Point, midpoint
from formcheck.pose import Pose, Trunk, Trunks, trunks_of

LOST_AFTER_S = 1.0
# Trunk lengths per frame. The fastest exercise moves the hips by 0.15 at 10 frames a second, who
# drops onto a chair by 0.6.
JUMP_FROM = 0.75
# With fewer frames, or where some are lost, by so much more [trunk lengths/s].
JUMP_FROM_PER_S = 7.5
# Hidden for up to a second, somebody may have moved by this much; farther off it is another one.
JUMP_AFTER_A_GAP_FROM = 1.5
RESIZED_WITHIN_S = 0.35
RESIZE_FROM = 1.8
# Below this the engine's own error is a quarter of the trunk.
SHORTEST_TRUNK_PX = 24.0
# MediaPipe scales everybody to about 0.5 m; far from it the skeleton has collapsed.
PLAUSIBLE_TRUNK_M = (0.2, 0.9)
FEWEST_FRAMES_HZ = 7.5
RATE_OVER_N_FRAMES = 15

NOBODY = NotAssessed("nobody_in_view", "nobody in view")
TOO_FAR = NotAssessed("too_far_away", "too far away: come closer or zoom in")
IMPLAUSIBLE = NotAssessed("implausible", "the skeleton does not fit a body")
TOO_SLOW = NotAssessed(
    "too_few_frames", "too few pictures a second: more light, or close other programs"
)


class Sighting(NamedTuple):
    """What can be said of the person at one instant.

    Attributes
    ----------
    refused
        Why this pose cannot be judged; None where it can.
    is_new
        Whether what came before belongs to another person or another shot.
    trunks
        Where the trunk is; None while nobody is seen.
    """

    refused: NotAssessed | None
    is_new: bool
    events: tuple[Event, ...] = ()
    trunks: Trunks | None = None


class Presence:
    """Follow whether somebody can be judged, from instant to instant."""

    def __init__(self) -> None:
        self._seen_s = math.nan
        self._is_present = False
        self._hips_px: Point = (math.nan, math.nan)
        self._trunk_px = math.nan
        self._times_s: deque[float] = deque(maxlen=RATE_OVER_N_FRAMES)
        self.n_frames = 0
        self.n_frames_with_person = 0

    def update(self, time_s: float, pose: Pose | None) -> Sighting:
        """Take the next instant."""
        self.n_frames += 1
        self._times_s.append(time_s)
        if pose is None:
            return self._nobody(time_s)
        self.n_frames_with_person += 1
        gap_s = time_s - self._seen_s
        trunks = trunks_of(pose)
        corners = trunks.image
        hips, trunk_px = _place(corners)
        is_new = self._is_elsewhere(hips, trunk_px, gap_s)
        events: tuple[Event, ...] = () if self._is_present else (PersonFound(time_s),)
        if is_new and self._is_present:
            events = (SceneJumped(time_s),)
        self._is_present, self._seen_s = True, time_s
        self._hips_px, self._trunk_px = hips, trunk_px
        # A trunk that points at the camera is short, but its shoulders are wide.
        size_px = max(trunk_px, math.dist(corners.left_shoulder, corners.right_shoulder))
        return Sighting(self._refuse(trunks.world, size_px), is_new, events, trunks)

    def _nobody(self, time_s: float) -> Sighting:
        if self._is_present and time_s - self._seen_s > LOST_AFTER_S:
            self._is_present = False
            return Sighting(NOBODY, is_new=True, events=(PersonLost(time_s, self._seen_s),))
        return Sighting(NOBODY, is_new=False)

    def _is_elsewhere(self, hips: Point, trunk_px: float, gap_s: float) -> bool:
        if not gap_s <= LOST_AFTER_S:
            return gap_s > LOST_AFTER_S
        scale = max(trunk_px, self._trunk_px)
        jump = math.dist(hips, self._hips_px) / scale if scale > 0 else 0.0
        if jump > min(max(JUMP_FROM, JUMP_FROM_PER_S * gap_s), JUMP_AFTER_A_GAP_FROM):
            return True
        shorter = min(trunk_px, self._trunk_px)
        return gap_s <= RESIZED_WITHIN_S and scale > RESIZE_FROM * shorter

    def _refuse(self, trunk: Trunk, size_px: float) -> NotAssessed | None:
        if not PLAUSIBLE_TRUNK_M[0] <= _trunk_m(trunk) <= PLAUSIBLE_TRUNK_M[1]:
            return IMPLAUSIBLE
        if size_px < SHORTEST_TRUNK_PX:
            return TOO_FAR
        return TOO_SLOW if self._rate_hz() < FEWEST_FRAMES_HZ else None

    def _rate_hz(self) -> float:
        if len(self._times_s) < RATE_OVER_N_FRAMES:
            return math.inf
        return (len(self._times_s) - 1) / (self._times_s[-1] - self._times_s[0])


def _trunk_m(corners: Trunk) -> float:
    shoulders = _sums(corners.left_shoulder, corners.right_shoulder)
    return math.dist(shoulders, _sums(corners.left_hip, corners.right_hip)) / 2


def _sums(first: list[float], second: list[float]) -> tuple[float, float, float]:
    return first[0] + second[0], first[1] + second[1], first[2] + second[2]


def _place(corners: Trunk) -> tuple[Point, float]:
    """Return the middle of the hips and the trunk's length in the picture [px]."""
    hips = midpoint(corners.left_hip, corners.right_hip)
    return hips, math.dist(hips, midpoint(corners.left_shoulder, corners.right_shoulder))
