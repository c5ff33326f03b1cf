"""Fits that are tested on other people than they were made on."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Whole = NDArray[np.int64]
Predict = Callable[[Values], Values]

_PENALTIES = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
_N_DRAWS = 1000


def foretold(signs: Values, truth: Values, people: Whole) -> Values:
    """Return what is predicted of each row by a fit on the half of people that it is not of.

    Parameters
    ----------
    signs, truth
        Shapes (n rows, n signs) and (n rows,).
    people
        Whose each row is: even and odd numbers are the halves.
    """
    predicted = np.full(len(truth), np.nan)
    for half in (0, 1):
        known, other = people % 2 != half, people % 2 == half
        penalty = _best_penalty(signs[known], truth[known], people[known])
        predicted[other] = _fitted(signs[known], truth[known], penalty)(signs[other])
    return predicted


def _best_penalty(signs: Values, truth: Values, people: Whole) -> float:
    """Return the penalty with the smallest error on each person left out in turn."""

    def error(penalty: float) -> float:
        errors = []
        for person in np.unique(people):
            out = people == person
            predict = _fitted(signs[~out], truth[~out], penalty)
            errors.append(np.mean((predict(signs[out]) - truth[out]) ** 2))
        return float(np.mean(errors))

    return min(_PENALTIES, key=error)


def _fitted(signs: Values, truth: Values, penalty: float) -> Predict:
    """Return a linear fit with a penalty on large weights (ridge regression)."""
    middle, spread = signs.mean(0), signs.std(0) + 1e-9
    scaled = (signs - middle) / spread
    gram = scaled.T @ scaled + penalty * np.eye(scaled.shape[1])
    weights = np.linalg.solve(gram, scaled.T @ (truth - truth.mean()))
    level = truth.mean()
    return lambda some: np.asarray((some - middle) / spread @ weights + level)


def root_mean_square(errors: Values) -> float:
    """Return the typical size of errors."""
    return float(np.sqrt(np.mean(errors**2))) if len(errors) else float("nan")


def interval(
    statistic: Callable[[Whole], float], people: Whole, seed: int = 0
) -> tuple[float, float]:
    """Return the 95 % interval of a statistic of rows, people drawn again with all their rows."""
    rng = np.random.default_rng(seed)
    rows_of = [np.flatnonzero(people == person) for person in np.unique(people)]
    values = [
        statistic(
            np.concatenate([rows_of[k] for k in rng.integers(len(rows_of), size=len(rows_of))])
        )
        for _ in range(_N_DRAWS)
    ]
    low, high = np.quantile(values, [0.025, 0.975])
    return float(low), float(high)


def told_apart(values: Values, is_so: NDArray[np.bool_]) -> float:
    """Return how often a value of the one kind is above one of the other kind (AUC)."""
    higher, lower = values[is_so], values[~is_so]
    return float(np.mean(higher[:, None] > lower[None])) if len(higher) and len(lower) else np.nan
