"""Whether a posture was reached by a movement, or is only how somebody happens to be.

Who sits a little turned to the camera reads like somebody who holds a small twist, for as long as
he sits; landmarks that err to one side do the same. Who twists was seen untwisted shortly before,
or is shortly after.
"""

import math
from collections import deque

# What is read for a moment only is an error of the landmarks.
LASTS_S = 0.4
# Who gets into a posture from rest takes less than this.
RESTED_WITHIN_S = 10.0


class Arising:
    """Compare a reading that is held with what it was before, and is after.

    Parameters
    ----------
    by
        How far it must have come, or go back, in its unit.

    Examples
    --------
    >>> arising = Arising(by=12)
    >>> for tenths in range(20):
    ...     arising.update(tenths / 10, 5.0 if tenths < 10 else 25.0, is_held=tenths >= 10)
    >>> arising.is_seen
    True
    """

    def __init__(self, by: float) -> None:
        self._by = by
        self._recent: deque[tuple[float, float]] = deque()
        self._rested: deque[tuple[float, float]] = deque()
        self._furthest = -math.inf

    @property
    def is_seen(self) -> bool:
        """Whether what is held now, or was until now, was reached or left by a movement."""
        rested = min((value for _, value in self._rested), default=math.inf)
        return self._furthest - rested >= self._by

    def update(self, time_s: float, value: float, *, is_held: bool) -> None:
        """Take the next reading; one that is hidden (NaN) says nothing.

        Parameters
        ----------
        is_held
            Whether the posture is kept.
        """
        if math.isnan(value):
            return
        self._recent.append((time_s, value))
        while time_s - self._recent[0][0] > LASTS_S:
            self._recent.popleft()
        values = [value for _, value in self._recent]
        if is_held:
            self._furthest = max(self._furthest, min(values))
        else:
            self._rested.append((time_s, max(values)))

    def begin(self, time_s: float) -> None:
        """Note that nothing is held: only what was read lately can be where a movement begins."""
        self._furthest = -math.inf
        while self._rested and time_s - self._rested[0][0] > RESTED_WITHIN_S:
            self._rested.popleft()
