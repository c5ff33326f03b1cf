"""Whether a reading has come to rest, and since when.

Some postures have no sharp border: sinking into a stretch passes through everything that the
stretch itself may look like. There a hold begins when a reading has come to rest, and ends when
it moves away from where it rested.
"""

import math
from collections import deque
from typing import NamedTuple

# Trembling landmarks are no movement.
SMOOTHED_OVER_S = 0.15
# People sink slowly deeper into a stretch.
LEVEL_CREEPS_S = 4.0
# Rest begins when the reading is first this near to its level, and has ended when it was last.
NEAR_SHARE = 0.35
# Who leaves does so within this time: a reading that was off its level before that only swayed.
LEAVES_WITHIN_S = 0.7
# Who leaves gets further from the level by more than this share, a second, of what may be swayed. A
# reading that only lies off its level has not begun to leave.
LEAVES_BY_SHARE_PER_S = 0.3
# After so long away from its level the reading must come to rest anew.
AWAY_FOR_S = 1.0


class Rest(NamedTuple):
    """Whether a reading rests, and since when it has, or has not [s]."""

    is_resting: bool
    since_s: float


ALWAYS_AT_REST = Rest(is_resting=True, since_s=-math.inf)


class Steadiness:
    """Follow one reading.

    Parameters
    ----------
    within
        How far it may lie from its level, in its unit.
    settle_s
        How long it must rest before it has a level.

    Examples
    --------
    >>> steadiness = Steadiness(within=8, settle_s=1)
    >>> for tenths in range(12):
    ...     rest = steadiness.update(tenths / 10, 140.0)
    >>> rest
    Rest(is_resting=True, since_s=0.0)
    """

    def __init__(self, within: float, settle_s: float) -> None:
        self._within = within
        self._settle_s = settle_s
        self.reset()

    def reset(self) -> None:
        """Forget everything: the posture was left."""
        self._recent: deque[tuple[float, float]] = deque()
        self._level = self._smooth = self._last_s = self._away = math.nan
        self._since_s = self._near_s = self._left_s = math.nan
        self._is_rebased = self._is_away = False
        self._rest = ALWAYS_AT_REST  # what has never been seen is not held against it

    @property
    def level(self) -> float:
        """Where the reading rests; NaN while it has no level."""
        return self._level

    @property
    def near_level_s(self) -> float:
        """When the reading last did not leave its level; NaN while it has none."""
        return self._near_s

    def rebase(self) -> None:
        """Take the next reading for the level: seen from elsewhere, the same posture reads anew."""
        self._is_rebased = not math.isnan(self._level)

    def update(self, time_s: float, value: float) -> Rest:
        """Take the next reading; one that is hidden (NaN) changes nothing for a while.

        What was seen to move and went out of sight then, as a knee in a camera that is read as
        oblique half-way, would never come to rest.
        """
        if math.isnan(value):
            if not self._rest.is_resting and time_s - self._last_s > self._settle_s:
                self.reset()
            return self._rest
        if self._is_rebased:
            self._level = self._smooth = value
            self._is_rebased = self._is_away = False
        self._smooth_in(time_s, value)
        is_settled = not math.isnan(self._level)
        self._rest = self._keep(time_s) if is_settled else self._settle(time_s)
        self._last_s = time_s
        return self._rest

    def _smooth_in(self, time_s: float, value: float) -> None:
        if math.isnan(self._smooth):
            self._smooth = value
        else:
            share = 1.0 - math.exp((self._last_s - time_s) / SMOOTHED_OVER_S)
            self._smooth += share * (value - self._smooth)

    def _settle(self, time_s: float) -> Rest:
        self._recent.append((time_s, self._smooth))
        values = [value for _, value in self._recent]
        while max(values) - min(values) > self._within:
            self._recent.popleft()
            values.pop(0)
        self._since_s = self._recent[0][0]
        if time_s - self._since_s < self._settle_s:
            return Rest(is_resting=False, since_s=time_s)
        self._level = math.fsum(values) / len(values)
        near = (
            seen_s
            for seen_s, value in self._recent
            if abs(value - self._level) <= NEAR_SHARE * self._within
        )
        self._since_s, self._near_s = next(near, self._since_s), time_s
        return Rest(is_resting=True, since_s=self._since_s)

    def _keep(self, time_s: float) -> Rest:
        away, was_away = abs(self._smooth - self._level), self._away
        self._away = away
        has_swayed = away - was_away <= LEAVES_BY_SHARE_PER_S * self._within * (
            time_s - self._last_s
        )
        if away <= NEAR_SHARE * self._within or (away <= self._within and has_swayed):
            self._near_s = time_s
        if away <= self._within:
            share = min(1.0, (time_s - self._last_s) / LEVEL_CREEPS_S)
            self._level += share * (self._smooth - self._level)
            if self._is_away:  # it has moved, and come back to where it was
                self._is_away, self._since_s = False, time_s
            return Rest(is_resting=True, since_s=self._since_s)
        if not self._is_away:
            self._left_s = max(self._near_s, time_s - LEAVES_WITHIN_S)
        self._is_away = True
        if time_s - self._near_s > AWAY_FOR_S:
            self._recent = deque([(time_s, self._smooth)])
            self._level, self._is_away = math.nan, False
        return Rest(is_resting=False, since_s=self._left_s)
