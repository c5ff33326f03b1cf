"""Somebody doing an exercise over time, and what is true about it.

Postures are solved at knots a tenth of a second apart, so that what touches the floor stays
there, and joined by smooth curves.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from formcheck.exercises.joints import Array
from formcheck.landmarks import Side
from formcheck.simulation.kinematics import Placed, placed
from formcheck.simulation.skeleton import Skeleton
from formcheck.simulation.unsteadiness import Tremor


@dataclass(frozen=True, slots=True)
class Repetition:
    """One true repetition.

    Attributes
    ----------
    start_s, peak_s, end_s
        When it began, was half-way (the middle of the pause), and was over [s].
    side
        The side to which it went, or None.
    fault
        What was wrong with it, by the name in the exercise's faults, or empty.
    """

    start_s: float
    peak_s: float
    end_s: float
    side: Side | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class FaultSpan:
    """A time in which something was wrong."""

    fault: str
    start_s: float
    end_s: float


@dataclass(frozen=True, eq=False)
class Performance:
    """One person doing one exercise once.

    Attributes
    ----------
    exercise, variant
        Names in the catalogue.
    skeleton
        Whose.
    knots_s, knots
        Times, shape (n,), and postures, shape (n, n angles).
    tremor
        What trembles, too fast for knots.
    repetitions, holds_s, faults
        What is true about it.
    """

    exercise: str
    variant: str
    skeleton: Skeleton
    knots_s: Array
    knots: Array
    tremor: Tremor
    repetitions: tuple[Repetition, ...] = ()
    holds_s: tuple[tuple[float, float], ...] = ()
    faults: tuple[FaultSpan, ...] = ()

    @property
    def duration_s(self) -> float:
        """How long it lasts [s]."""
        return float(self.knots_s[-1])

    @cached_property
    def _slopes(self) -> Array:
        return np.asarray(np.gradient(self.knots, self.knots_s, axis=0))

    def postures(self, times_s: Array) -> Array:
        """Return the postures at some times [s], shape (n times, n angles)."""
        times = np.clip(np.atleast_1d(times_s), 0.0, self.duration_s)
        after = np.clip(np.searchsorted(self.knots_s, times, "right"), 1, len(self.knots_s) - 1)
        span = (self.knots_s[after] - self.knots_s[after - 1])[:, None]
        share = (times - self.knots_s[after - 1])[:, None] / span
        # A cubic Hermite curve: values and slopes of both knots.
        first, second = self.knots[after - 1], self.knots[after]
        leaving, arriving = self._slopes[after - 1] * span, self._slopes[after] * span
        rising = share * share * (3 - 2 * share)
        bends = share * (1 - share) * ((1 - share) * leaving - share * arriving)
        return np.asarray(first + (second - first) * rising + bends + self.tremor.at(times))

    def bodies(self, times_s: Array) -> Placed:
        """Return where the segments are at some times [s]."""
        return placed(self.skeleton, self.postures(times_s))

    def at(self, time_s: float) -> Placed:
        """Return where the segments are at one time [s]."""
        return self.bodies(np.array([time_s]))[0]
