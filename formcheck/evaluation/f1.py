"""How well exercises are told apart: F1 of each, and their mean, in which each counts alike."""

import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence

Pair = tuple[str, str]
"""What was done, and what was said."""

_N_RESAMPLES = 2000
_TAIL = 0.025


def f1(counts: Mapping[Pair, int], name: str) -> float:
    """Return the harmonic mean of precision and recall of one exercise; NaN where it is nowhere.

    Examples
    --------
    >>> f1({("a", "a"): 3, ("a", "b"): 1, ("b", "a"): 1}, "a")
    0.75
    """
    true = counts.get((name, name), 0)
    due = sum(n for (done, _), n in counts.items() if done == name)
    said = sum(n for (_, answer), n in counts.items() if answer == name)
    return 2 * true / (due + said) if due + said else math.nan


def macro_f1(counts: Mapping[Pair, int]) -> float:
    """Return the mean F1 of everything that was done; NaN of nothing."""
    names = {done for (done, _), n in counts.items() if n}
    return math.fsum(f1(counts, name) for name in names) / len(names) if names else math.nan


def macro_f1_interval(pairs: Sequence[Pair]) -> tuple[float, float]:
    """Return the 95 % interval of the mean F1, by drawing the cases again and again.

    The percentile bootstrap (Efron and Tibshirani, An Introduction to the Bootstrap, 1993): it
    cannot show what no case has, so with few cases and no error it is too narrow.
    """
    rng = random.Random(1)
    drawn = sorted(macro_f1(Counter(rng.choices(pairs, k=len(pairs)))) for _ in range(_N_RESAMPLES))
    return drawn[round(_TAIL * _N_RESAMPLES)], drawn[round((1 - _TAIL) * _N_RESAMPLES) - 1]
