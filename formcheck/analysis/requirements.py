"""Whether a movement is the exercise, judged by everything else that must go with it.

A knee bends in a squat, in a jumping jack and in a pull-up; in a squat alone the hips also come
down to the feet while the arms stay low. A movement that clearly lacks what must go with it is
neither a repetition nor an attempt. What could not be seen is not held against it; the exercise may
ask for something else in its place.
"""

import math
import statistics
from collections import deque
from collections.abc import Collection, Sequence

from formcheck.analysis.readings import Readings, channel
from formcheck.analysis.taking import Taken
from formcheck.exercises.schema import Requirement, SideChoice

# How far from the peak a reading may lie that stands for it, where the one at the peak is hidden.
NEAR_PEAK_S = 0.3
# Readings as near as this are taken together: three of ten, seven of thirty pictures a second.
BESIDE_PEAK_S = 0.101
# How much of a range that is asked for must have been seen of a movement that is not over, once it
# has come as far as counts; before that, as much less of it as of the way.
SO_FAR_SHARE = 0.6
# What goes with a movement may begin before it: of a range that is asked for, this long of the rest
# before counts along.
BEFORE_S = 0.6


class Requirements:
    """Follow one movement and say whether it has what the exercise requires."""

    def __init__(self, required: Sequence[Requirement]) -> None:
        self._required = tuple((requirement, channel(requirement)) for requirement in required)
        self._seen: list[deque[tuple[float, float]]] = []
        self._now_s = -math.inf
        self.forget()

    def forget(self) -> None:
        """Start anew: nothing is under way, and nobody rests."""
        self._seen = [deque() for _ in self._required]

    def rest(self, time_s: float, readings: Readings) -> None:
        """Take an instant in which nothing is under way: what is asked for may begin."""
        for (requirement, key), seen in zip(self._required, self._seen, strict=True):
            if requirement.statistic != "range" or math.isinf(requirement.min):
                seen.clear()
                continue
            while seen and time_s - seen[0][0] > BEFORE_S:
                seen.popleft()
            taken = readings[key]
            if not math.isnan(taken.value) and not _may_be_met_unseen(requirement, taken):
                seen.append((time_s, taken.value))

    def update(self, time_s: float, readings: Readings) -> None:
        """Take an instant of the movement."""
        self._now_s = time_s
        for (requirement, key), seen in zip(self._required, self._seen, strict=True):
            taken = readings[key]
            if not math.isnan(taken.value) and not _may_be_met_unseen(requirement, taken):
                seen.append((time_s, taken.value))

    def are_met_so_far(self, progress: float) -> bool:
        """Return whether nothing speaks against the exercise, though the movement may go on.

        Parameters
        ----------
        progress
            How much of the way to where it counts was made.
        """
        return self._are_met(self._now_s, SO_FAR_SHARE * min(1.0, max(progress, 0.0)))

    def are_met(self, peak_s: float) -> bool:
        """Return whether nothing seen speaks against the exercise.

        Parameters
        ----------
        peak_s
            When the movement was at its furthest [s].
        """
        return self._are_met(peak_s, 1.0)

    def _are_met(self, peak_s: float, share: float) -> bool:
        known = [
            (requirement, value)
            for (requirement, _), seen in zip(self._required, self._seen, strict=True)
            if not math.isnan(value := _statistic(requirement, seen, peak_s))
        ]
        measured = {requirement.measure for requirement, _ in known}
        return all(
            _meets(requirement, value, share)
            for requirement, value in known
            if requirement.in_place_of not in measured
        )


def _meets(requirement: Requirement, value: float, share: float) -> bool:
    """Return whether a statistic lies within its bounds; of a range, this share is enough."""
    if requirement.statistic == "range":
        return share * requirement.min <= value <= requirement.max
    return requirement.excess(value) == 0


def _may_be_met_unseen(requirement: Requirement, taken: Taken) -> bool:
    """Whether the side that is hidden may be the one that has what is required.

    The larger of two of which one is seen is at least as large as that one, and may be enough.
    """
    if taken.other_refused is None:
        return False
    if requirement.side is SideChoice.LARGER:
        return math.isinf(requirement.max)
    return requirement.side is SideChoice.SMALLER and math.isinf(requirement.min)


def _statistic(
    requirement: Requirement, seen: Collection[tuple[float, float]], peak_s: float
) -> float:
    """Return what the requirement looks at; NaN where it was not seen.

    A range that is too small says nothing where the furthest of the movement was not seen.
    """
    at_peak = _about(seen, peak_s)
    if requirement.statistic == "at_peak":
        return at_peak
    values = [value for _, value in seen]
    if not values:
        return math.nan
    low, high = min(values), max(values)
    if requirement.statistic == "range" and high - low < requirement.min and math.isnan(at_peak):
        return math.nan
    return {"peak": high, "trough": low, "range": high - low}[requirement.statistic]


def _about(seen: Collection[tuple[float, float]], peak_s: float) -> float:
    """Return the reading about the furthest of a movement; NaN where none was taken near it.

    The middle one of those next to it: in the picture in which a hand is taken to be elsewhere a
    movement is at its furthest, and the elbow is read wrong with it.
    """
    near = [(abs(time_s - peak_s), value) for time_s, value in seen]
    beside = [value for away_s, value in near if away_s <= BESIDE_PEAK_S]
    if beside:
        return statistics.median(beside)
    within = (pair for pair in near if pair[0] <= NEAR_PEAK_S)
    return min(within, default=(0.0, math.nan))[1]
