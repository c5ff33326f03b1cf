"""How far the chest has turned in each repetition or hold, in degrees, and what that is good for.

A turn is read against how this person sat before it. What was not measured on people whose truth
is known is not said: another view, somebody who sits turned further than anybody did, and a turn
that is read further than any was (docs/trunk-rotation.md).
"""

import math
from collections import deque
from statistics import median

from formcheck.analysis.events import Turn, TurnUnknown
from formcheck.analysis.holds import HeldPosture
from formcheck.analysis.movement import Movement
from formcheck.analysis.readings import Readings, channel
from formcheck.exercises.schema import TURN_READINGS
from formcheck.landmarks import Side
from formcheck.measures import View
from formcheck.measures.turns import TrunkSeen, chest_turn_deg, pelvis_turn_deg

VIEW = View.FRONT
"""The view in which turns were measured: a camera up to 34 degrees beside the front."""
FURTHEST_DEG = 80.0
"""How far a turn was read at most."""
WITHIN_DEG = ((14.0, 20.0), (35.0, 26.0))
"""Up to how far the pelvis is read to be turned at rest, and within how much of a reading the true
turn of the chest then is: a chair that does not face the camera matters more than the range."""
PELVIS_WITHIN_DEG = 9.0

# Rest is the middle of so much of it: a restless moment does not matter, sitting anew soon does.
_RESTS_FOR_S = 10.0
_RESTS_UP_TO_DEG = 12.0
_LONGEST_S = 150.0
_CHANNELS = tuple(channel(reading) for reading in TURN_READINGS)


class TurnFollower:
    """Read the turns of somebody who sits, turns and comes back."""

    def __init__(self) -> None:
        self.interrupt()

    def interrupt(self) -> None:
        """Forget everything: another person, or seen from elsewhere."""
        self._resting: deque[tuple[float, TrunkSeen]] = deque()
        self._moving: deque[tuple[float, TrunkSeen]] = deque()
        self._view: View | None = None

    def update(self, time_s: float, view: View, readings: Readings, *, is_at_rest: bool) -> None:
        """Take the next instant.

        Parameters
        ----------
        is_at_rest
            Whether nothing is under way, so that this may be how the person sits.
        """
        seen = TrunkSeen(*(readings[key].value for key in _CHANNELS))
        if math.isnan(seen.chest_deg + seen.pelvis_deg + seen.breadth):
            return
        if not is_at_rest:
            self._moving.append((time_s, seen))
            _forget(self._moving, time_s - _LONGEST_S)
            return
        self._moving.clear()
        # Who stays a little turned is at rest for a counter.
        if abs(seen.chest_deg - seen.pelvis_deg) <= _RESTS_UP_TO_DEG:
            self._view = view
            self._resting.append((time_s, seen))
            _forget(self._resting, time_s - _RESTS_FOR_S)

    def furthest(self, movement: Movement, side: Side | None) -> Turn:
        """Return the turn of a repetition, where the chest has turned furthest to its side."""
        turns = self._turns(movement.start_s, movement.end_s)
        sign = -1 if side is Side.RIGHT else 1
        return self._said(max(turns, key=lambda turn: sign * turn[0], default=None))

    def held(self, held: HeldPosture) -> Turn:
        """Return the turn of a posture that is held: the middle over its time."""
        turns = self._turns(held.start_s, held.end_s)
        if not turns:
            return self._said(None)
        chest_deg, pelvis_deg = (median(values) for values in zip(*turns, strict=True))
        return self._said((chest_deg, pelvis_deg))

    def _turns(self, start_s: float, end_s: float) -> list[tuple[float, float]]:
        """Return the turns of chest and pelvis in each instant of a span."""
        if not self._resting:
            return []
        rest = self._rest()
        return [
            (chest_turn_deg(rest, seen), pelvis_turn_deg(rest, seen))
            for time_s, seen in self._moving
            if start_s <= time_s <= end_s
        ]

    def _rest(self) -> TrunkSeen:
        """Return how this person sits."""
        seen = [seen for _, seen in self._resting]
        return TrunkSeen(
            median(one.chest_deg for one in seen),
            median(one.pelvis_deg for one in seen),
            median(one.breadth for one in seen),
        )

    def _said(self, turn: tuple[float, float] | None) -> Turn:
        """Return a turn, or why nothing can be said of it."""
        if not self._resting:
            return _unknown("no_rest_seen")
        if turn is None:
            return _unknown("not_seen")
        if self._view is not VIEW:
            return _unknown("wrong_view")
        chest_deg, pelvis_deg = turn
        if abs(chest_deg) > FURTHEST_DEG:
            return _unknown("beyond_measured")
        for up_to_deg, within_deg in WITHIN_DEG:
            if abs(self._rest().pelvis_deg) <= up_to_deg:
                return Turn(chest_deg, pelvis_deg, within_deg, PELVIS_WITHIN_DEG)
        return _unknown("sits_turned")


def _forget(samples: deque[tuple[float, TrunkSeen]], before_s: float) -> None:
    while samples and samples[0][0] < before_s:
        samples.popleft()


def _unknown(reason: TurnUnknown) -> Turn:
    return Turn(math.nan, math.nan, math.nan, math.nan, reason)
