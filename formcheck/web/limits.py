"""How much of anything the page may send: beyond it a message is refused, not worked on."""

import time
from collections.abc import Callable

LARGEST_PICTURE_BYTES = 512 * 1024
LARGEST_TEXT_BYTES = 16 * 1024
LARGEST_BODY_BYTES = 16 * 1024
LONGEST_SIDE_PX = 640
SHORTEST_SIDE_PX = 64
PICTURES_PER_S = 70
TEXTS_PER_S = 20
# Who goes on in spite of being refused is no page of ours.
REFUSED_PER_S = 5
MOST_REFUSED_AT_ONCE = 300
ERRORS_TOLD_PER_S = 20


class RateLimit:
    """Allow so many things a second.

    Parameters
    ----------
    per_s
        How many a second.
    at_once
        How many where there were none for a while; a second's worth unless given.
    clock
        Gives the time [s].

    Examples
    --------
    >>> limit = RateLimit(2, clock=lambda: 0.0)
    >>> [limit.allows() for _ in range(3)]
    [True, True, False]
    """

    def __init__(
        self,
        per_s: float,
        at_once: float | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._per_s = per_s
        self._at_once = per_s if at_once is None else at_once
        self._clock = clock
        self._left = self._at_once
        self._last_s = clock()

    def allows(self) -> bool:
        """Whether one more may come now."""
        now_s = self._clock()
        self._left = min(self._at_once, self._left + (now_s - self._last_s) * self._per_s)
        self._last_s = now_s
        if self._left < 1:
            return False
        self._left -= 1
        return True
