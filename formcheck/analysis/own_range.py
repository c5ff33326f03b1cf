"""How far this person usually moves, so that what is far smaller is an attempt.

The exercise file's smallest excursion fits whoever can do least. Somebody who does far more
makes movements of that size by the way, coming back from a turn or settling; they are told
from repetitions by what the person has done before. Nobody is held to their first movements,
and who begins to do less is followed after a few of them.
"""

from collections import deque
from dataclasses import replace
from statistics import median

from formcheck.analysis.movement import Movement

# A movement of less than this share of the usual one is an attempt. In turns of the trunk that
# others recorded and labelled, ways back to the middle that swing past it reach up to 0.51.
LEAST_SHARE = 0.55
KNOWN_AFTER = 2
REMEMBERED = 5


class OwnRange:
    """Follow the size of one signal's repetitions.

    Examples
    --------
    >>> own = OwnRange()
    >>> def turn(deg: float) -> Movement:
    ...     return Movement(0.0, 1.0, 2.0, 0.8, 0.4, 0.8, 0.0, deg, is_full=True)
    >>> [own.judged(turn(deg)).is_full for deg in (50.0, 52.0, 23.0)]
    [True, True, False]
    """

    def __init__(self) -> None:
        self._excursions: deque[float] = deque(maxlen=REMEMBERED)

    def judged(self, movement: Movement) -> Movement:
        """Return the movement, as an attempt where it is far smaller than the usual ones."""
        if not movement.is_full:
            return movement
        excursion = abs(movement.peak_value - movement.start_value)
        is_known = len(self._excursions) >= KNOWN_AFTER
        is_usual = not is_known or excursion >= LEAST_SHARE * median(self._excursions)
        # Also what was refused is remembered: it may be how far the person goes from now on.
        self._excursions.append(excursion)
        return movement if is_usual else replace(movement, is_full=False)
