"""Whether the engine has lost hold of somebody who lies: nobody rolls over and back in a moment.

Of a body that lies in an unusual light or close to the edge of the picture, MediaPipe sometimes
takes the back for the front, is sure of it, and takes it back again. In between it guesses limbs,
and what they seem to do there looks like movement. In none of 42 recordings of people this happens;
in the same ones mirrored, made smaller, padded or darkened it does in 5 of 168.
"""

import math

from formcheck.exercises.schema import Orientation

# Nobody who exercises on a mat rolls over and back in less: opening like a book turns half as far.
ROLLS_BACK_WITHIN_S = 3.0
# What is out of sight for so long is given up by every counter (`repetitions.LONGEST_GAP_S`).
IN_DOUBT_FOR_S = 2.0


class Tumbling:
    """Follow on which side somebody lies.

    Attributes
    ----------
    is_in_doubt
        Whether the body has lately been seen to roll over and back at once.
    """

    def __init__(self) -> None:
        self.is_in_doubt = False
        self._lies: Orientation | None = None
        self._last_s = dict.fromkeys((Orientation.SUPINE, Orientation.FACE_DOWN), -math.inf)
        self._in_doubt_until_s = -math.inf

    def update(self, time_s: float, orientation: Orientation) -> bool:
        """Take the next instant; return whether the doubt begins in it."""
        if orientation in self._last_s:
            has_turned = orientation is not self._lies
            if has_turned and time_s - self._last_s[orientation] <= ROLLS_BACK_WITHIN_S:
                self._in_doubt_until_s = time_s + IN_DOUBT_FOR_S
            self._lies = orientation
            self._last_s[orientation] = time_s
        was_in_doubt, self.is_in_doubt = self.is_in_doubt, time_s < self._in_doubt_until_s
        return self.is_in_doubt and not was_in_doubt
