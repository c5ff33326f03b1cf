"""What a reading that swings to both sides reads where this person is at rest.

A chair that stands a little oblique to the camera makes who sits straight read as turned: seen so,
a turn to the one side falls short and one to the other begins half done. Both are counted from how
the person rests.
"""

import math

# Rest is what was read in so long a time of it: a restless moment does not matter, sitting anew
# soon does.
FOLLOWS_FOR_S = 5.0
# What lies between two readings that are further apart was no rest, or was not seen.
LONGEST_STEP_S = 0.25


class OwnNeutral:
    """Follow what is read at rest.

    Parameters
    ----------
    up_to
        How far to either side a reading may be one of somebody at rest.

    Attributes
    ----------
    value
        What is read at rest; 0 until rest has been seen.

    Examples
    --------
    >>> neutral = OwnNeutral(up_to=12)
    >>> for time_s, reading_deg in enumerate([-8, -9, -10]):
    ...     neutral.rest(time_s, reading_deg)
    >>> neutral.value
    -9.0
    >>> neutral.rest(3, 25)  # nobody rests there
    >>> neutral.value
    -9.0
    """

    def __init__(self, up_to: float) -> None:
        self._up_to = up_to
        self.forget()

    def forget(self) -> None:
        """Begin anew: another person, or seen from elsewhere."""
        self.value = 0.0
        self._seen_s = 0.0
        self._last_s = math.nan

    def rest(self, time_s: float, reading: float) -> None:
        """Take a reading of an instant at rest; one that is hidden, or too far, is none."""
        if not abs(reading) <= self._up_to:
            return
        if math.isnan(self._last_s):
            self.value = reading
        else:
            elapsed_s = min(time_s - self._last_s, LONGEST_STEP_S)
            self._seen_s = min(self._seen_s + elapsed_s, FOLLOWS_FOR_S)
            self.value += (reading - self.value) * elapsed_s / (self._seen_s + elapsed_s)
        self._last_s = time_s
