"""Time how long a posture is held.

The clock runs only inside the posture. Leaving it for less than the grace time is a break of
the same hold, and is counted; leaving it for longer ends the hold. A posture that has just been
reached, or reached again, must settle first, which tells a hold from the top of a push-up; the
time that this took is then credited, because it was held.

Some postures have no sharp border: sinking into a stretch passes through everything that the
stretch itself may look like. There the hold begins when one reading has come to rest, and ends
when that reading moves away from where it rested.
"""

import math
from collections import deque
from dataclasses import dataclass

from formcheck.exercises.schema import HoldRule

# A frame's share of the clock is the time since the frame before, but never more than this:
# what lay between two distant frames was not seen.
LONGEST_STEP_S = 0.5
LEVEL_CREEPS_S = 4.0
SMOOTHED_OVER_S = 0.15


@dataclass(frozen=True, slots=True)
class HeldPosture:
    """A posture that was held [s]; ``held_s`` is the time inside it."""

    start_s: float
    end_s: float
    held_s: float
    n_breaks: int


class Steadiness:
    """Follow whether a reading rests at a level.

    Parameters
    ----------
    within
        How far it may lie from its level, in its unit.
    settle_s
        How long it must rest before it has a level.
    """

    def __init__(self, within: float, settle_s: float) -> None:
        self._within = within
        self._settle_s = settle_s
        self._recent: deque[tuple[float, float]] = deque()
        self._level = self._smooth = math.nan

    def reset(self) -> None:
        """Forget the level: the posture was left."""
        self._recent.clear()
        self._level = self._smooth = math.nan

    def update(self, time_s: float, value: float) -> float | None:
        """Take the next reading; return since when it has been at rest, None where it moves.

        What has never been seen is not held against it: minus infinity.

        A level that was found creeps along slowly: people sink deeper into a stretch.
        """
        if math.isnan(value):  # hidden for a moment: nothing is known against it
            return self._recent[0][0] if self._recent else -math.inf
        smooth = self._smoothed(time_s, value)
        if not math.isnan(self._level):
            return self._keep(time_s, smooth)
        self._recent.append((time_s, smooth))
        while self._spread() > self._within:
            self._recent.popleft()
        since_s = self._recent[0][0]
        if time_s - since_s >= self._settle_s:
            self._level = math.fsum(v for _, v in self._recent) / len(self._recent)
        return since_s

    def _smoothed(self, time_s: float, value: float) -> float:
        """Average over a few frames: trembling landmarks are no movement."""
        if math.isnan(self._smooth) or not self._recent:
            self._smooth = value
        else:
            elapsed_s = time_s - self._recent[-1][0]
            self._smooth += (1.0 - math.exp(-elapsed_s / SMOOTHED_OVER_S)) * (value - self._smooth)
        return self._smooth

    def _spread(self) -> float:
        values = [value for _, value in self._recent]
        return max(values) - min(values)

    def _keep(self, time_s: float, value: float) -> float | None:
        since_s, (last_s, _) = self._recent[0][0], self._recent[-1]
        if abs(value - self._level) > self._within:
            self.reset()
            return None
        share = min(1.0, (time_s - last_s) / LEVEL_CREEPS_S)
        self._level += share * (value - self._level)
        self._recent = deque([(since_s, value), (time_s, value)])
        return since_s


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
        self._n_breaks = 0
        self._was_inside = False
        self._stretch_s = self._before_s = 0.0
        self.held_s = 0.0
        self.is_holding = False

    @property
    def start_s(self) -> float:
        """When the posture was reached; NaN outside of it."""
        return self._start_s

    def update(
        self, time_s: float, *, is_inside: bool, since_s: float = -math.inf
    ) -> HeldPosture | None:
        """Take the next instant; return the hold that it ends, if any.

        Parameters
        ----------
        is_inside
            Whether the posture is kept.
        since_s
            Since when it has been at rest [s]: a hold does not begin before.
        """
        step_s = time_s - self._last_s
        self._last_s = time_s
        if is_inside:
            self._inside(time_s, step_s, since_s)
            return None
        return self._outside(time_s)

    def finish(self) -> HeldPosture | None:
        """End the hold that the recording's end cuts off."""
        end_s = self._last_s if math.isnan(self._left_s) else self._left_s
        return self._end(end_s)

    def _inside(self, time_s: float, step_s: float, since_s: float) -> None:
        if math.isnan(self._start_s):
            self._start_s = time_s
        elif self._was_inside:
            self._stretch_s += min(step_s, LONGEST_STEP_S)
        if not self.is_holding and since_s > self._start_s:
            self._start_s = since_s
            self._stretch_s = min(self._stretch_s, time_s - since_s)
        self._was_inside = True
        if self._stretch_s < self._rule.settle_s:
            return
        if self.is_holding and not math.isnan(self._left_s):
            self._n_breaks += 1
        self._left_s = math.nan
        self.is_holding = True
        self.held_s = self._before_s + self._stretch_s

    def _outside(self, time_s: float) -> HeldPosture | None:
        self._was_inside = False
        self._stretch_s, self._before_s = 0.0, self.held_s
        if not self.is_holding:
            self._reset()
            return None
        if math.isnan(self._left_s):
            self._left_s = time_s
        if time_s - self._left_s > self._rule.grace_s:
            return self._end(self._left_s)
        return None

    def _end(self, end_s: float) -> HeldPosture | None:
        held = HeldPosture(self._start_s, end_s, self.held_s, self._n_breaks)
        was_holding = self.is_holding
        self._reset()
        return held if was_holding and held.held_s >= self._rule.shortest_s else None
