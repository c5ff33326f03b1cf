"""Time how long a posture is held.

The clock runs only inside the posture. Leaving it for less than the grace time is a break of
the same hold, and is counted; leaving it for longer ends the hold. A posture that has just been
reached, or reached again, must settle first, which tells a hold from the top of a push-up; the
time that this took is then credited, because it was held.

A posture that must come to rest (see ``steadiness``) settles elsewhere: it is passed in with the
time since when it has, or has not, been at rest. Who moves within the posture, and rests again,
has made a break.
"""

import math
from dataclasses import dataclass

from formcheck.exercises.schema import HoldRule

# A frame's share of the clock is the time since the frame before, but never more than this:
# what lay between two distant frames was not seen.
LONGEST_STEP_S = 0.5
# Who shifts within a posture has this long to come to rest again.
RETURNS_WITHIN_S = 4.0
# A posture that is left about as long as it is kept is not held, but passed through again and
# again: the top of push-ups was seen to be timed as one long plank.
KEPT_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class HeldPosture:
    """A posture that was held [s]; ``held_s`` is the time inside it."""

    start_s: float
    end_s: float
    held_s: float
    n_breaks: int


class HoldTimer:
    """Turn "inside the posture or not" into holds.

    Attributes
    ----------
    held_s
        Clock of the hold that is going on; 0 outside of one.
    is_holding
        Whether the clock is running or within its grace time.

    Examples
    --------
    >>> rule = HoldRule(conditions=[{"measure": "hip_flexion", "max": 30}], settle_s=1, target_s=10)
    >>> timer = HoldTimer(rule)
    >>> for tenths in range(41):
    ...     _ = timer.update(tenths / 10, is_inside=True)
    >>> round(timer.held_s, 3)
    4.0
    """

    def __init__(self, rule: HoldRule) -> None:
        self._rule = rule
        self._last_s = math.nan
        self._reset()

    def _reset(self) -> None:
        self._start_s = math.nan
        self._left_s = math.nan
        self._inside_s = math.nan
        self._n_breaks = 0
        self._was_inside = False
        self._stretch_s = self._before_s = 0.0
        self.held_s = 0.0
        self.is_holding = False

    @property
    def start_s(self) -> float:
        """When the posture was reached; NaN outside of it."""
        return self._start_s

    @property
    def settle_s(self) -> float:
        """How long the posture must be kept to be a hold."""
        return self._rule.settle_s

    @property
    def kept_s(self) -> float:
        """How long the posture has been kept without a break, settled or not; 0 outside of it."""
        return self._stretch_s if self._was_inside else 0.0

    def update(
        self,
        time_s: float,
        *,
        is_inside: bool,
        since_s: float = -math.inf,
        is_in_posture: bool = False,
    ) -> HeldPosture | None:
        """Take the next instant; return the hold that it ends, if any.

        Parameters
        ----------
        is_inside
            Whether the posture is kept.
        since_s
            Since when it has been, or has not been; minus infinity for since now [s].
        is_in_posture
            Whether somebody who is not inside only moves within the posture.
        """
        step_s = time_s - self._last_s
        self._last_s = time_s
        if is_inside:
            self._inside(time_s, step_s, since_s)
            return None
        return self._outside(time_s, since_s, is_in_posture=is_in_posture)

    def finish(self) -> HeldPosture | None:
        """End the hold that the recording's end cuts off."""
        end_s = self._last_s if math.isnan(self._left_s) else self._left_s
        return self._end(end_s)

    def _inside(self, time_s: float, step_s: float, since_s: float) -> None:
        if self._was_inside:
            self._stretch_s += min(step_s, LONGEST_STEP_S)
        else:
            begins_s = time_s if math.isinf(since_s) else since_s
            if not math.isnan(self._left_s):
                begins_s = max(begins_s, self._left_s)
            self._stretch_s = time_s - begins_s
            if not self.is_holding:
                self._start_s = begins_s
        self._was_inside = True
        self._inside_s = time_s
        if self._stretch_s < self._rule.settle_s:
            return
        if self.is_holding and not math.isnan(self._left_s):
            self._n_breaks += 1
        self._left_s = math.nan
        self.is_holding = True
        self.held_s = self._before_s + self._stretch_s

    def _outside(self, time_s: float, since_s: float, *, is_in_posture: bool) -> HeldPosture | None:
        if not self.is_holding:
            self._reset()
            return None
        left_s = time_s if math.isinf(since_s) else max(since_s, self._start_s)
        if self._was_inside:
            self.held_s = max(0.0, self.held_s - max(0.0, self._inside_s - left_s))
        self._was_inside = False
        self._stretch_s, self._before_s = 0.0, self.held_s
        if math.isnan(self._left_s):
            self._left_s = left_s
        grace_s = RETURNS_WITHIN_S if is_in_posture else self._rule.grace_s
        if time_s - self._left_s > grace_s:
            return self._end(self._left_s)
        return None

    def _end(self, end_s: float) -> HeldPosture | None:
        held = HeldPosture(self._start_s, end_s, self.held_s, self._n_breaks)
        least_s = max(self._rule.shortest_s, KEPT_SHARE * (end_s - self._start_s))
        was_holding = self.is_holding
        self._reset()
        return held if was_holding and held.held_s >= least_s else None
