"""How far this person usually moves, so that what is far smaller is an attempt.

The exercise file's smallest excursion fits whoever can do least. Somebody who does far more
makes movements of that size by the way, coming back from a turn or settling; they are told
from repetitions by what the person has done before: in the easy repetitions of a calibration
where there is one, else in the first of the recording. Nobody is held to these either: who
begins to do less is followed after a few movements.
"""

import math
from collections import deque
from dataclasses import replace
from statistics import median

from formcheck.analysis.movement import Movement
from formcheck.analysis.own_numbers import RangeBasis

# A movement of less than this share of the usual one is an attempt. In turns of the trunk that
# others recorded and labelled, ways back to the middle that swing past it reach up to 0.51.
LEAST_SHARE = 0.55
KNOWN_AFTER = 2
REMEMBERED = 5


class OwnRange:
    """Follow the size of one signal's repetitions.

    Parameters
    ----------
    calibrated
        How far the easy repetitions of a calibration went; NaN where there was none.
    is_set
        Whether a therapist has said what is far enough: then that alone decides.

    Attributes
    ----------
    basis
        What the last movement was measured against.

    Examples
    --------
    >>> own = OwnRange()
    >>> def turn(deg: float) -> Movement:
    ...     return Movement(0.0, 1.0, 2.0, 0.8, 0.4, 0.8, 0.0, deg, is_full=True)
    >>> [own.judged(turn(deg)).is_full for deg in (50.0, 52.0, 23.0)]
    [True, True, False]
    >>> OwnRange(calibrated=50.0).judged(turn(23.0)).is_full
    False
    """

    def __init__(self, calibrated: float = math.nan, *, is_set: bool = False) -> None:
        self._excursions: deque[float] = deque(maxlen=REMEMBERED)
        self._is_set = is_set
        self._is_calibrated = not math.isnan(calibrated)
        if self._is_calibrated:
            self._excursions.extend([calibrated] * KNOWN_AFTER)
        self.basis = self._basis()

    def judged(self, movement: Movement) -> Movement:
        """Return the movement, as an attempt where it is far smaller than the usual ones."""
        self.basis = self._basis()
        if not movement.is_full or self._is_set:
            return movement
        excursion = abs(movement.peak_value - movement.start_value)
        is_known = len(self._excursions) >= KNOWN_AFTER
        is_usual = not is_known or excursion >= LEAST_SHARE * median(self._excursions)
        # Also what was refused is remembered: it may be how far the person goes from now on.
        self._excursions.append(excursion)
        return movement if is_usual else replace(movement, is_full=False)

    def _basis(self) -> RangeBasis:
        if self._is_set:
            return RangeBasis.THERAPIST
        if self._is_calibrated:
            return RangeBasis.CALIBRATION
        is_known = len(self._excursions) >= KNOWN_AFTER
        return RangeBasis.FIRST_REPETITIONS if is_known else RangeBasis.EXERCISE_FILE
