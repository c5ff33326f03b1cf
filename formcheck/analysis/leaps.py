"""Tell a quick movement from a limb that came into view or was exchanged for another.

Both are large steps from one picture to the next. What moves quickly was going that way in the
picture before and goes on in the one after; what appears elsewhere was not.
"""

import math
from collections.abc import Collection
from itertools import pairwise

LARGEST_STEP = 0.35
# A step that is larger is a quick movement where those beside it make at least this share of it, at
# 15 frames a second and more.
QUICK_BESIDE = 0.8
QUICK_STEP_S = 0.067
# In a longer step who moves about as quickly elsewhere may do so as well: all of the way back may
# lie in it, 2.2 times as fast as any of the way out. Exchanged limbs leap by more.
LEAPS_BY = 3.0
# Nobody goes most of the way within one picture, stays there, and comes back within another.
WHOLE_WAY = 0.9
WITHIN_ONE_STEP_S = 0.1
# Two pictures may come with one time.
SHORTEST_STEP_S = 0.001


def has_leap(samples: Collection[tuple[float, float]], excursion: float) -> bool:
    """Return whether much of the way lies in one step, and was not going that way beside it.

    At 15 frames a second an arm that swings makes steps of 0.36 of the way, with a quarter of it in
    the step before and in the one after; what comes into view or is exchanged makes one. Speeds are
    compared, since a picture may be lost. Fewer pictures see less of what is beside: at 10 frames a
    second the same arm makes one step of 0.55 between two of 0.2.

    Parameters
    ----------
    samples
        Time [s] and how far it was from rest, one after the other.
    excursion
        How far it was at its furthest, in the same unit.

    Examples
    --------
    >>> has_leap([(0.0, 0), (0.1, 0), (0.2, 90), (0.3, 100)], 100)
    True
    >>> has_leap([(0.0, 0), (0.1, 20), (0.2, 75), (0.3, 100)], 100)
    False
    """
    steps = [
        (b - a, max(end_s - start_s, SHORTEST_STEP_S))
        for (start_s, a), (end_s, b) in pairwise(samples)
    ]
    speeds = [step / lasted_s for step, lasted_s in steps]
    # Before the first and after the last step nothing was kept: as on its other side.
    beside = [*(speeds[1:2] or [0.0]), *speeds, *(speeds[-2:-1] or [0.0])]
    is_alone = [
        abs(step) > LARGEST_STEP * excursion
        and (before + after) * math.copysign(1.0, step)
        < QUICK_BESIDE * min(1.0, QUICK_STEP_S / lasted_s) * abs(step / lasted_s)
        for (step, lasted_s), before, after in zip(steps, beside, beside[2:], strict=False)
    ]
    others = [abs(speed) for speed, alone in zip(speeds, is_alone, strict=True) if not alone]
    quickest = LEAPS_BY * max(others, default=0.0)
    return any(
        alone and (lasted_s <= QUICK_STEP_S or abs(step) > quickest * lasted_s)
        for (step, lasted_s), alone in zip(steps, is_alone, strict=True)
    )


def appears_and_vanishes(samples: Collection[tuple[float, float]], excursion: float) -> bool:
    """Return whether the way out and the way back lie in one short step each.

    Nobody moved then: a limb was taken for the other one, which is out there, for a while. A limb
    that was hidden and comes into view takes longer.

    Parameters
    ----------
    samples, excursion
        See `has_leap`.

    Examples
    --------
    >>> appears_and_vanishes([(0.0, 0), (0.1, 98), (0.4, 100), (0.5, 2)], 100)
    True
    >>> appears_and_vanishes([(0.0, 0), (0.1, 98), (0.4, 100), (0.5, 50), (0.6, 2)], 100)
    False
    """
    whole = WHOLE_WAY * excursion
    ways = [
        b - a
        for (start_s, a), (end_s, b) in pairwise(samples)
        if end_s - start_s <= WITHIN_ONE_STEP_S
    ]
    return max(ways, default=0.0) >= whole and min(ways, default=0.0) <= -whole
