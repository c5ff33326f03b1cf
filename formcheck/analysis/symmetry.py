"""Left against right: how far and how fast each side went, and whether the difference is real.

A difference is called one only where it is larger than the expected error of the measure. That
error is not divided by the root of the number of repetitions: most of it is the same in every
repetition (where the camera stands, how the engine places a hidden joint), so the mean of ten is
off by as much as a single one. Ranges are compared, from rest to the furthest point, not
readings: what shifts all readings alike drops out of them.

Seen from the side, one of two limbs is further away and half hidden by the other. The expected
error holds for a limb that is seen; a difference between such two is told, and told to be unsure.
"""

import enum
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from formcheck import measures
from formcheck.analysis.events import Repetition
from formcheck.exercises.schema import SideChoice, Signal
from formcheck.landmarks import Side
from formcheck.measures import View

# One repetition to a side may be a trial, or the one that was cut off.
LEAST_REPETITIONS = 2


class Balance(enum.StrEnum):
    """What can be said of the two sides."""

    NO_DIFFERENCE = "no_difference"
    DIFFERENCE = "difference"
    TOO_FEW = "too_few"
    ONE_SIDE = "one_side"


@dataclass(frozen=True, slots=True)
class SideSummary:
    """The repetitions to one side.

    Attributes
    ----------
    mean_range
        From rest to the furthest point, in the unit of the measure.
    mean_reached
        Share of the target range, 1 where it was reached.
    mean_duration_s
        Of the repetitions that were seen whole [s]; NaN where none was.
    """

    side: Side
    n_repetitions: int
    mean_range: float
    mean_reached: float
    mean_duration_s: float


@dataclass(frozen=True, slots=True)
class Symmetry:
    """The two sides of an exercise beside each other.

    Attributes
    ----------
    measure, unit
        What the ranges are of.
    expected_error
        Typical error of a range and of the difference of two, in ``unit``.
    left, right
        None where nothing was done to that side.
    difference
        Mean range to the left minus that to the right, in ``unit``; NaN where one is missing.
    is_near_and_far
        Whether each side was read on its own limb, and the camera may have stood nearer to one.
    """

    balance: Balance
    measure: str
    unit: str
    expected_error: float
    left: SideSummary | None
    right: SideSummary | None
    difference: float
    is_near_and_far: bool = False

    @property
    def lesser(self) -> Side:
        """The side that went less far."""
        return Side.RIGHT if self.difference > 0 else Side.LEFT


def compare(repetitions: Sequence[Repetition], signals: Sequence[Signal]) -> Symmetry | None:
    """Compare the two sides; None for repetitions that belong to no side.

    Parameters
    ----------
    signals
        What the exercise may have been counted by.

    Where the view, and with it the measure, changed on the way, the repetitions of the commonest
    measure are compared: a range in the picture is no range in space.

    Examples
    --------
    >>> times = (0.0, 1.0, 2.0, 1.0, 0.0, 1.0)
    >>> def lean(side: Side, peak_deg: float) -> Repetition:
    ...     values = (0.0, peak_deg, math.copysign(30.0, peak_deg))
    ...     return Repetition(1, "standing", side, *times, "trunk_lean", *values, 1.0)
    >>> four = [lean(Side.LEFT, 30.0), lean(Side.RIGHT, -21.0)] * 2
    >>> symmetry = compare(four, ())
    >>> symmetry.difference, symmetry.expected_error, symmetry.balance
    (9.0, 4, <Balance.DIFFERENCE: 'difference'>)
    """
    sided = [repetition for repetition in repetitions if repetition.side]
    if not sided:
        return None
    commonest = Counter(repetition.measure for repetition in sided).most_common(1)[0][0]
    alike = [repetition for repetition in sided if repetition.measure == commonest]
    left, right = (_summary(side, alike) for side in (Side.LEFT, Side.RIGHT))
    measure = measures.find(commonest)
    difference = left.mean_range - right.mean_range if left and right else math.nan
    return Symmetry(
        balance=_balance(left, right, difference, measure.expected_error),
        measure=measure.name,
        unit=measure.unit,
        expected_error=measure.expected_error,
        left=left,
        right=right,
        difference=difference,
        is_near_and_far=any(
            signal.measure == commonest and _is_near_and_far(signal) for signal in signals
        ),
    )


def _is_near_and_far(signal: Signal) -> bool:
    is_of_one_limb = signal.side in (SideChoice.LARGER, SideChoice.SMALLER)
    return is_of_one_limb and signal.views != {View.FRONT}


def _summary(side: Side, repetitions: Sequence[Repetition]) -> SideSummary | None:
    own = [repetition for repetition in repetitions if repetition.side is side]
    if not own:
        return None
    durations_s = [part.end_s - part.start_s for part in own if part.is_whole]
    return SideSummary(
        side=side,
        n_repetitions=len(own),
        mean_range=fmean(abs(part.peak_value - part.start_value) for part in own),
        mean_reached=fmean(part.reached for part in own),
        mean_duration_s=fmean(durations_s) if durations_s else math.nan,
    )


def _balance(
    left: SideSummary | None, right: SideSummary | None, difference: float, expected_error: float
) -> Balance:
    if left is None or right is None:
        return Balance.ONE_SIDE
    if min(left.n_repetitions, right.n_repetitions) < LEAST_REPETITIONS:
        return Balance.TOO_FEW
    return Balance.DIFFERENCE if abs(difference) > expected_error else Balance.NO_DIFFERENCE
