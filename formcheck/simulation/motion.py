"""Movement as keyframes joined by minimum-jerk curves, the way that limbs move on purpose."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


def minimum_jerk(share: float) -> float:
    """Return how far a movement has come, 0 to 1, after a share of its time.

    Speed and acceleration are zero at both ends (Flash and Hogan, 1985).
    """
    s = min(max(share, 0.0), 1.0)
    return s**3 * (10 - 15 * s + 6 * s * s)


@dataclass(frozen=True, slots=True)
class Keyframe:
    """The values that are reached at a time [s], by name."""

    time_s: float
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Motion:
    """Named values over time: at rest at every keyframe, before the first and after the last."""

    keyframes: Sequence[Keyframe]

    @property
    def end_s(self) -> float:
        """The time of the last keyframe [s]."""
        return self.keyframes[-1].time_s

    def at(self, time_s: float) -> dict[str, float]:
        """Return the values at a time [s].

        Examples
        --------
        >>> raised = Motion([Keyframe(0.0, {"level": 0.0}), Keyframe(2.0, {"level": 1.0})])
        >>> raised.at(1.0)
        {'level': 0.5}
        """
        after = bisect_right([frame.time_s for frame in self.keyframes], time_s)
        if after in (0, len(self.keyframes)):
            return dict(self.keyframes[max(after - 1, 0)].values)
        first, second = self.keyframes[after - 1], self.keyframes[after]
        way = minimum_jerk((time_s - first.time_s) / (second.time_s - first.time_s))
        return {
            name: value + (second.values[name] - value) * way
            for name, value in first.values.items()
        }
