"""The mean of two limbs while one of them is out of sight.

Who lies sideways to the camera has a far arm that the engine loses now and then. What is read of
the near one alone is then another value, though nobody moves: a leap to it looks like a movement.
So the mean is carried on from where it was, as the limb moves that is seen.
"""

import math

from formcheck.analysis.taking import Taken

# Before it was lost the limb must have been seen no longer ago: what moves meanwhile is no leap.
SEEN_WITHIN_S = 0.25


class SeenAlone:
    """Carry the mean of both limbs on while one is hidden.

    Examples
    --------
    >>> from formcheck.analysis.events import NotAssessed
    >>> hidden = NotAssessed("landmarks_hidden", "right wrist hidden")
    >>> mean = SeenAlone()
    >>> mean.update(0.0, Taken(-0.25))
    -0.25
    >>> mean.update(0.1, Taken(-0.125, other_refused=hidden))
    -0.25
    >>> mean.update(0.2, Taken(0.25, other_refused=hidden))
    0.125
    """

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew: another person, or another posture."""
        self._shift = 0.0
        self._is_alone = False
        self._last = math.nan
        self._last_s = -math.inf

    def update(self, time_s: float, taken: Taken) -> float:
        """Take the next reading; return what the mean of both limbs is, NaN where none is seen."""
        if math.isnan(taken.value):
            return math.nan
        is_alone = taken.other_refused is not None
        if is_alone is not self._is_alone:
            is_recent = time_s - self._last_s <= SEEN_WITHIN_S
            self._shift = self._last - taken.value if is_alone and is_recent else 0.0
        self._is_alone = is_alone
        self._last, self._last_s = taken.value + self._shift, time_s
        return self._last
