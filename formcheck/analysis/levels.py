"""Whether all that must be at rest in a posture is, and whether it still is that posture.

Who moves within a posture and rests again has made a break. But some postures have a neighbour
that their borders do not tell from them: whoever sits back from hands and knees rests there with
thighs that may still be those of hands and knees. So whoever has gone on to rest elsewhere must be
in the posture as if they came to it: no tolerance keeps them there.
"""

import math
from collections.abc import Sequence

from formcheck.analysis.readings import Readings, channel
from formcheck.analysis.steadiness import ALWAYS_AT_REST, LEAVES_WITHIN_S, Rest, Steadiness
from formcheck.exercises.schema import Condition
from formcheck.measures import View

# How long a reading of a hold must stay to be at rest; how long the rest must last is the file's.
RESTS_AFTER_S = 1.0
# A reading that has gone on to rest further away than this many times what it may sway rests
# elsewhere: that of simulated people who sit back from hands and knees is three times away.
ELSEWHERE = 2.0


class Levels:
    """Follow every reading of a hold that must come to rest.

    Parameters
    ----------
    conditions
        Those of the hold. What is optional may come to rest anywhere: the arms of a child's pose
        may be laid back along the body.
    """

    def __init__(self, conditions: Sequence[Condition]) -> None:
        resting = [condition for condition in conditions if condition.steady_within]
        self._channels = [channel(condition) for condition in resting]
        self._steady = [Steadiness(one.steady_within or 0.0, RESTS_AFTER_S) for one in resting]
        self._apart = [
            math.inf if one.optional else ELSEWHERE * (one.steady_within or 0.0) for one in resting
        ]
        self._held: list[float] = []
        self._view: View | None = None
        self.forget()

    def __bool__(self) -> bool:
        """Whether anything must come to rest."""
        return bool(self._steady)

    def update(self, time_s: float, view: View, readings: Readings) -> Rest:
        """Return whether everything is at rest, and since when."""
        if view is not self._view:
            for steadiness in self._steady:
                steadiness.rebase()
            self.forget()
        self._view = view
        rests = [
            steadiness.update(time_s, readings[key].value)
            for key, steadiness in zip(self._channels, self._steady, strict=True)
        ]
        moving = [rest for rest in rests if not rest.is_resting]
        if moving:
            return min(moving, key=lambda rest: rest.since_s)
        return max(rests, key=lambda rest: rest.since_s, default=ALWAYS_AT_REST)

    def left(self, time_s: float) -> Rest:
        """Return since when the posture is left: since the movement began that led out of it."""
        near_s = [steadiness.near_level_s for steadiness in self._steady]
        known_s = [seen_s for seen_s in near_s if not math.isnan(seen_s)]
        since_s = max(min(known_s), time_s - LEAVES_WITHIN_S) if known_s else -math.inf
        return Rest(is_resting=False, since_s=since_s)

    def is_elsewhere(self) -> bool:
        """Return whether a reading has come to rest far from where it rested before."""
        return any(
            abs(steadiness.level - held) > apart
            for steadiness, held, apart in zip(self._steady, self._held, self._apart, strict=True)
        )

    def note(self) -> None:
        """Take the levels of now for those of the hold: people sink deeper into a stretch."""
        for number, steadiness in enumerate(self._steady):
            if not math.isnan(steadiness.level):
                self._held[number] = steadiness.level

    def reset(self) -> None:
        """Let everything come to rest anew: the posture was left, maybe for a moment."""
        for steadiness in self._steady:
            steadiness.reset()

    def forget(self) -> None:
        """Forget where the hold was: it is over, or is seen from elsewhere."""
        self._held = [math.nan] * len(self._steady)
