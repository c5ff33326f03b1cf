"""So many of so many, with what that many cases can show."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

WILSON_Z = 1.959964  # 95 %


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with its 95 % interval."""

    n_right: int
    n: int

    @classmethod
    def of(cls, answers: Iterable[bool]) -> "Share":
        """Return how many of these are true."""
        listed = list(answers)
        return cls(sum(listed), len(listed))

    @property
    def value(self) -> float:
        """The share itself, NaN of none."""
        return self.n_right / self.n if self.n else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval (Wilson 1927, J Am Stat Assoc 22:209).

        Examples
        --------
        >>> low, high = Share(10, 10).interval
        >>> round(low, 3), high
        (0.722, 1.0)
        """
        if self.n == 0:
            return 0.0, 1.0
        z2 = WILSON_Z**2
        middle = self.value + z2 / (2 * self.n)
        spread = WILSON_Z * math.sqrt(self.value * (1 - self.value) / self.n + z2 / (4 * self.n**2))
        scale = 1 + z2 / self.n
        low, high = (middle - spread) / scale, (middle + spread) / scale
        return max(0.0, round(low, 12)), min(1.0, round(high, 12))

    def __str__(self) -> str:
        """Return the share as people read it."""
        if self.n == 0:
            return "-"
        low, high = self.interval
        return f"{self.n_right}/{self.n} ({100 * low:.0f}-{100 * high:.0f} %)"
