"""Bias and limits of agreement where every person was measured several times.

Errors of one person are alike, so people, not measurements, are what there are many or few of:
the variance is that between people plus that within them (Bland and Altman, J Biopharm Stat 17:571,
2007), and the intervals come of drawing people anew.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.shares import WILSON_Z

Array = NDArray[np.float64]
_N_DRAWS = 1000
_FEWEST_PEOPLE = 2


@dataclass(frozen=True, slots=True)
class Agreement:
    """How measurements agree with the truth.

    Attributes
    ----------
    n, n_people
        Measurements, and people they were made on.
    bias, sd
        Mean error and its standard deviation, between and within people [deg].
    bias_interval
        95 % interval of the bias.
    """

    n: int
    n_people: int
    bias: float
    sd: float
    bias_interval: tuple[float, float]

    @property
    def limits(self) -> tuple[float, float]:
        """Between which 95 % of the errors lie, if they are normal [deg]."""
        return self.bias - WILSON_Z * self.sd, self.bias + WILSON_Z * self.sd

    @property
    def within(self) -> float:
        """Within how much of the truth 95 % lie, whichever way they err [deg]."""
        return max(abs(limit) for limit in self.limits)

    @staticmethod
    def of(errors: Array, people: NDArray[np.intp], seed: int = 0) -> "Agreement | None":
        """Return how the errors [deg] of measurements agree; None of less than two people.

        Examples
        --------
        >>> agreement = Agreement.of(np.array([1.0, 3.0, 1.0, 3.0]), np.array([0, 0, 1, 1]))
        >>> agreement.n_people, agreement.bias
        (2, 2.0)
        """
        groups = [errors[people == person] for person in np.unique(people)]
        if len(groups) < _FEWEST_PEOPLE or len(errors) <= len(groups):
            return None
        bias, sd = _bias_and_sd(groups)
        rng = np.random.default_rng(seed)
        drawn = []
        for _ in range(_N_DRAWS):
            chosen = [groups[k] for k in rng.integers(len(groups), size=len(groups)).tolist()]
            drawn.append(_bias_and_sd(chosen)[0])
        low, high = np.percentile(drawn, [2.5, 97.5]).tolist()
        return Agreement(len(errors), len(groups), bias, sd, (low, high))


def _bias_and_sd(groups: Sequence[Array]) -> tuple[float, float]:
    """Return the mean, and the square root of the variances between and within groups."""
    n = np.array([len(group) for group in groups], np.float64)
    means = np.array([group.mean() for group in groups])
    total, k = n.sum(), len(groups)
    bias = float((n * means).sum() / total)
    squares = sum(float(((group - group.mean()) ** 2).sum()) for group in groups)
    within = squares / max(total - k, 1)  # people drawn anew may have one measurement each
    among = float((n * (means - bias) ** 2).sum()) / (k - 1)
    usual_n = (total - (n**2).sum() / total) / (k - 1)
    between = max(0.0, (among - within) / usual_n)
    return bias, math.sqrt(within + between)
