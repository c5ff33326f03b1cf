"""For how long an exercise is shown before it begins.

Two metres away, on the floor, nobody presses a key: a demonstration ends by itself. Who wants to
look longer has it stay; what is told for longer is heard to its end.
"""

import math

SHOWN_S = 20.0
# After what was told a moment is left to get ready; but it is not told for ever.
AFTER_TOLD_S, MOST_SHOWN_S = 5.0, 60.0


class Showing:
    """One demonstration.

    Parameters
    ----------
    from_s
        When it begins [s].

    Attributes
    ----------
    until_s
        When it is over [s]; infinite where it is to stay.

    Examples
    --------
    >>> showing = Showing(from_s=10.0)
    >>> showing.until_s
    30.0
    >>> showing.tell(28.0)
    >>> showing.until_s
    33.0
    """

    def __init__(self, from_s: float) -> None:
        self.until_s = from_s + SHOWN_S
        self._at_most_until_s = from_s + MOST_SHOWN_S

    def left_s(self, time_s: float) -> float | None:
        """Return how long it still goes on; None where it is to stay."""
        return max(0.0, self.until_s - time_s) if math.isfinite(self.until_s) else None

    def stay(self) -> None:
        """Go on until it is left."""
        self.until_s = math.inf

    def tell(self, time_s: float) -> None:
        """Go on a little longer: it is still being told."""
        told_s = min(time_s + AFTER_TOLD_S, self._at_most_until_s)
        self.until_s = max(self.until_s, told_s)

    def wait(self, paused_s: float) -> None:
        """Go on for as much longer as it was paused."""
        self.until_s += paused_s
        self._at_most_until_s += paused_s
