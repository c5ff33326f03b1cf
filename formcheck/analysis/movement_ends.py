"""When a movement began and when it was over, by what was read of it.

What lies before and after may be read as a part of it: rest is where a reading was once, and a
reading creeps. A quick repetition would seem to have taken its time.
"""

import math
from collections.abc import Reversible

Samples = Reversible[tuple[float, float]]

# Who stays this long within this share of the excursion has come back as far as they do.
STAYS_BACK_FOR_S = 0.5
STAYS_BACK_WITHIN = 0.1


def left_rest_s(samples: Samples, near: float, before_s: float) -> float:
    """Return when a movement was last near rest, or its first instant.

    Parameters
    ----------
    samples
        Of the movement: the time [s] and how far it was from where rest may be.
    near
        Up to where it is near rest.
    before_s
        When it was near its furthest for the first time.

    Examples
    --------
    >>> left_rest_s([(0.0, 0.0), (1.0, 2.0), (2.0, 1.0), (3.0, 20.0)], near=3.0, before_s=3.0)
    2.0
    """
    first_s = before_s
    for time_s, travel in reversed(samples):
        if time_s <= before_s:
            if travel <= near:
                return time_s
            first_s = time_s
    return first_s


def came_back_s(samples: Samples, excursion: float) -> float:
    """Return since when a movement has been where it is now, if that is long, else now.

    A rest that was read too low before the movement is reached again by chance, long after.

    Parameters
    ----------
    samples
        As above.
    excursion
        How far it was away from rest.

    Examples
    --------
    >>> came_back_s([(0.0, 20.0), (1.0, 4.0), (2.0, 4.5), (3.0, 3.0)], excursion=20.0)
    1.0
    """
    low, high, since_s, now_s = math.inf, -math.inf, math.nan, math.nan
    for time_s, travel in reversed(samples):
        low, high = min(low, travel), max(high, travel)
        if high - low > STAYS_BACK_WITHIN * excursion:
            break
        since_s = time_s
        now_s = time_s if math.isnan(now_s) else now_s
    return since_s if now_s - since_s >= STAYS_BACK_FOR_S else now_s
