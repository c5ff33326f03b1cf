"""Whether the body is where an exercise wants it, with hysteresis and short memory.

A condition that has been met is kept until it is passed by its tolerance. A landmark that is
hidden for a moment leaves the last answer standing; hidden for longer, the posture is unknown,
which is not the same as left. A limb that is out of place does not break a condition that the
hidden one may meet.
"""

import math
from collections.abc import Sequence

from formcheck import measures
from formcheck.analysis.events import NotAssessed
from formcheck.analysis.readings import Readings, channel
from formcheck.analysis.taking import Taken
from formcheck.exercises.schema import Condition, SideChoice

REMEMBERED_S = 0.5
# How far outside of its conditions a posture is no longer done badly, but left.
FAR = {"deg": 25.0, "trunk lengths": 0.4, "ratio": 0.4}


class PostureGate:
    """Judge a set of conditions from instant to instant.

    Attributes
    ----------
    refused
        Why the posture is unknown; None while it is known.
    """

    def __init__(self, conditions: Sequence[Condition]) -> None:
        self._keyed = tuple((condition, channel(condition)) for condition in conditions)
        self.forget()

    def forget(self) -> None:
        """Ask of every condition that it be met anew, without its tolerance."""
        self._met = [False] * len(self._keyed)
        self._known_s = [-math.inf] * len(self._keyed)
        self.refused: NotAssessed | None = None

    def is_far(self, readings: Readings) -> bool:
        """Return whether a reading is so far outside that this is no longer the posture at all."""
        for condition, key in self._keyed:
            excess = condition.excess(_decisive(condition, readings[key]).value)
            if excess > FAR[measures.find(condition.measure).unit]:
                return True
        return False

    def admits(self, readings: Readings) -> bool:
        """Return whether nothing that is read keeps somebody out who is not in the posture yet."""
        return not any(
            condition.excess(_decisive(condition, readings[key]).value) > 0
            for condition, key in self._keyed
        )

    def update(self, time_s: float, readings: Readings) -> bool | None:
        """Return whether every condition is met; None where nothing is known against it."""
        self.refused = None
        met = self._met
        for index, (condition, key) in enumerate(self._keyed):
            taken = readings[key]
            if taken.other_refused is not None:
                taken = _decisive(condition, taken)
            if not math.isnan(taken.value):
                slack = condition.tolerance if met[index] else 0.0
                met[index] = condition.excess(taken.value) <= slack
                self._known_s[index] = time_s
                if not met[index]:  # out of place, whatever the others say
                    return False
            elif condition.optional:
                met[index] = True
            elif not condition.lasting and time_s - self._known_s[index] > REMEMBERED_S:
                met[index] = False
                self.refused = self.refused or taken.refused
            elif math.isinf(self._known_s[index]):
                self.refused = self.refused or taken.refused
        return True if all(met) else None


def _decisive(condition: Condition, taken: Taken) -> Taken:
    """Return a reading as it can be held against a condition.

    Where one of two limbs is asked for and the seen one is not in place, the hidden one may be.
    """
    if taken.other_refused is None:
        return taken
    may_be_met = condition.side is SideChoice.SMALLER and taken.value > condition.max
    may_be_met |= condition.side is SideChoice.LARGER and taken.value < condition.min
    if not may_be_met:
        return taken
    return Taken(math.nan, taken.side, taken.other_refused)
