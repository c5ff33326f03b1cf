"""The lowest and the highest reading of a movement, up to the instant at which it ended.

The frame that completes a repetition comes after its end, by up to a frame, in which whoever
hurries on has gone far. So the newest one is kept back until the next one has come; at the end
counts where the reading was then, between the two.

Limbs are taken for one another now and then, for 0.15 s on average: a reading that leaps must stay
where it is for longer, and counts then; one that leaps back was never there.
"""

import math

from formcheck.analysis.repetitions import LEAPS_BACK_FOR_S
from formcheck.analysis.taking import Taken

Seen = tuple[float, Taken]
NOTHING: Seen = (math.nan, Taken(math.nan))


class Extremes:
    """Follow one reading.

    Parameters
    ----------
    leap
        What the reading cannot change by from one frame to the next, but by an error.

    Attributes
    ----------
    lowest, highest
        When [s], and what was read.

    Examples
    --------
    >>> extremes = Extremes()
    >>> for time_s, value in ((0.0, 10.0), (1.0, 30.0), (2.0, 0.0)):
    ...     extremes.take(time_s, Taken(value))
    >>> extremes.end(1.5)
    >>> extremes.lowest[1].value, extremes.highest[1].value
    (10.0, 30.0)
    """

    def __init__(self, leap: float = math.inf) -> None:
        self.lowest = self.highest = self._before = self._newest = NOTHING
        self._leap = leap
        self._leapt: list[Seen] = []

    def take(self, time_s: float, taken: Taken) -> None:
        """Take the next reading, which is one."""
        if abs(taken.value - self._newest[1].value) > self._leap:
            self._leapt.append((time_s, taken))
            if time_s - self._leapt[0][0] > LEAPS_BACK_FOR_S:
                self._stay()
            return
        self._leapt.clear()
        self._follow((time_s, taken))

    def end(self, end_s: float) -> None:
        """End the movement, not before the last reading but one."""
        self._stay()  # what had no time to leap back
        (before_s, before), (newest_s, newest) = self._before, self._newest
        if newest_s <= end_s:
            self._count(self._newest)
        elif before_s <= end_s:
            share = (end_s - before_s) / (newest_s - before_s)
            value = before.value + share * (newest.value - before.value)
            self._count((end_s, newest._replace(value=value)))

    def _stay(self) -> None:
        """Count what has leapt: it has not been an error."""
        for seen in self._leapt:
            self._follow(seen)
        self._leapt.clear()

    def _follow(self, seen: Seen) -> None:
        self._count(self._newest)
        self._before, self._newest = self._newest, seen

    def _count(self, seen: Seen) -> None:
        if math.isnan(seen[0]):
            return
        if not self.lowest[1].value <= seen[1].value:
            self.lowest = seen
        if not self.highest[1].value >= seen[1].value:
            self.highest = seen
