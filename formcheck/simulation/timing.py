"""When a camera takes its pictures: evenly, or as a webcam in poor light does."""

import zlib
from dataclasses import dataclass

import numpy as np

from formcheck.simulation.rotations import Array

SLOWEST_FPS, FASTEST_FPS = 5.0, 60.0
MOST_UNEVEN, MOST_DROPPED = 0.5, 0.9

# A camera that is late by much shows a dropped frame; one that hurries still needs to expose.
_SHORTEST_INTERVAL, _LONGEST_INTERVAL = 0.25, 1.75


@dataclass(frozen=True, slots=True)
class Timing:
    """When a camera takes its pictures.

    Attributes
    ----------
    fps
        Pictures a second, 5 to 60, before any are dropped.
    jitter_share
        Standard deviation of the time from picture to picture, as a share of its mean. 0 is a
        constant rate; a webcam in poor light has 0.1 to 0.3.
    dropped_share
        Share of the pictures that are lost, each by itself; 0 to 0.9. The first is kept.

    Raises
    ------
    ValueError
        If one of them is outside of its range.

    Examples
    --------
    >>> Timing(fps=10).times_s(0.4).tolist()
    [0.0, 0.1, 0.2, 0.3]
    """

    fps: float
    jitter_share: float = 0.0
    dropped_share: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what no camera does."""
        if not SLOWEST_FPS <= self.fps <= FASTEST_FPS:
            raise ValueError(f"{self.fps} pictures a second, expected 5 to 60")
        if not 0 <= self.jitter_share <= MOST_UNEVEN:
            raise ValueError(f"a jitter of {self.jitter_share}, expected 0 to 0.5")
        if not 0 <= self.dropped_share <= MOST_DROPPED:
            raise ValueError(f"a share of {self.dropped_share} dropped, expected 0 to 0.9")

    @property
    def mean_fps(self) -> float:
        """Pictures a second that are left on average."""
        return self.fps * (1 - self.dropped_share)

    @property
    def is_even(self) -> bool:
        """Whether the same time lies between all pictures."""
        return self.jitter_share == self.dropped_share == 0

    def __str__(self) -> str:
        """Return it in a few words."""
        said = f"{self.fps:.3g} fps"
        if self.jitter_share:
            said += f", uneven by {self.jitter_share:.0%}"
        return said if not self.dropped_share else f"{said}, {self.dropped_share:.0%} dropped"

    def times_s(self, duration_s: float, seed: int = 0) -> Array:
        """Return when the pictures are taken [s]: from 0 to about ``duration_s``, rising.

        Parameters
        ----------
        seed
            What chance does to those of an uneven rate.
        """
        rng = np.random.default_rng([seed, zlib.crc32(b"timing")])
        n_even = round(duration_s * self.fps)
        # As many as fit even if each interval were the shortest one.
        shortest = _SHORTEST_INTERVAL if self.jitter_share else 1.0
        drawn = 1 + self.jitter_share * rng.normal(size=int(np.ceil(n_even / shortest)))
        intervals = drawn.clip(_SHORTEST_INTERVAL, _LONGEST_INTERVAL)
        ticks: Array = np.concatenate([[0.0], np.cumsum(intervals)])
        is_kept = (rng.random(len(ticks)) >= self.dropped_share) & (ticks < n_even)
        is_kept[0] = True
        return ticks[is_kept] / self.fps
