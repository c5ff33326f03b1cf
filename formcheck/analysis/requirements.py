"""Whether a movement is the exercise, judged by everything else that must go with it.

A knee bends in a squat, in a jumping jack and in a pull-up; in a squat alone the hips also come
down to the feet while the arms stay low. A movement that clearly lacks what must go with it is
neither a repetition nor an attempt. What could not be seen is not held against it.
"""

import math
from collections.abc import Sequence

from formcheck.analysis.readings import Readings, channel
from formcheck.exercises.schema import Requirement


class Requirements:
    """Follow one movement and say whether it has what the exercise requires."""

    def __init__(self, required: Sequence[Requirement]) -> None:
        self._required = tuple((requirement, channel(requirement)) for requirement in required)
        self._lowest = [math.inf] * len(self._required)
        self._highest = [-math.inf] * len(self._required)

    def forget(self) -> None:
        """Start anew: nothing is under way."""
        self._lowest = [math.inf] * len(self._required)
        self._highest = [-math.inf] * len(self._required)

    def update(self, readings: Readings) -> None:
        """Take an instant of the movement."""
        for index, (_, key) in enumerate(self._required):
            value = readings[key].value
            if not math.isnan(value):
                self._lowest[index] = min(self._lowest[index], value)
                self._highest[index] = max(self._highest[index], value)

    def are_met(self) -> bool:
        """Return whether nothing seen speaks against the exercise."""
        return all(self._is_met(index) for index in range(len(self._required)))

    def _is_met(self, index: int) -> bool:
        requirement, _ = self._required[index]
        low, high = self._lowest[index], self._highest[index]
        if high < low:  # never seen
            return True
        statistics = {"peak": high, "trough": low, "range": high - low}
        return requirement.excess(statistics[requirement.statistic]) == 0
