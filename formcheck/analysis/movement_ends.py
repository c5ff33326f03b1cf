"""When a movement began, was near its furthest and was over, by what was read of it.

What lies before and after may be read as a part of it: rest is where a reading was once, and a
reading creeps. A quick repetition would seem to have taken its time. And it passes each of these
places between two pictures: to take the picture before or after would make every part of it
longer, or shorter, by a picture, which is twice as long for a camera half as fast.
"""

import math
from collections.abc import Reversible, Sequence

Sample = tuple[float, float]
Samples = Reversible[Sample]

# Who stays this long within this share of the excursion has come back as far as they do.
STAYS_BACK_FOR_S = 0.5
STAYS_BACK_WITHIN = 0.1
# Nothing is known of when it happened between samples that are further apart.
SEEN_WITHIN_S = 0.15


def passed_s(before: Sample, after: Sample, level: float) -> float:
    """Return when a reading passed a level between two samples [s]; NaN where that is unknown.

    Examples
    --------
    >>> passed_s((1.0, 10.0), (1.125, 20.0), level=15.0)
    1.0625
    """
    (from_s, start), (to_s, end) = before, after
    if to_s - from_s > SEEN_WITHIN_S or not min(start, end) <= level <= max(start, end):
        return math.nan
    return to_s if start == end else from_s + (level - start) / (end - start) * (to_s - from_s)


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
    >>> samples = [(0.0, 0.0), (0.25, 2.0), (0.5, 1.0), (0.625, 17.0)]
    >>> left_rest_s(samples, near=3.0, before_s=0.625)
    0.515625
    """
    after: Sample | None = None
    for time_s, travel in reversed(samples):
        if time_s <= before_s:
            if travel <= near:
                return _or(passed_s((time_s, travel), after, near) if after else math.nan, time_s)
            after = time_s, travel
    return after[0] if after else before_s


def near_furthest_s(samples: Sequence[Sample], high: float) -> tuple[float, float]:
    """Return when a movement was near its furthest for the first and for the last time.

    Parameters
    ----------
    samples
        As above.
    high
        From where on it is near its furthest; at least one sample is.

    Examples
    --------
    >>> samples = [(0.0, 0.0), (0.125, 20.0), (0.25, 10.0), (0.375, 0.0)]
    >>> near_furthest_s(samples, high=15.0)
    (0.09375, 0.1875)
    """
    places = [place for place, (_, travel) in enumerate(samples) if travel >= high]
    first, last = places[0], places[-1]
    first_s, last_s = samples[first][0], samples[last][0]
    if first > 0:
        first_s = _or(passed_s(samples[first - 1], samples[first], high), first_s)
    if last + 1 < len(samples):
        last_s = _or(passed_s(samples[last], samples[last + 1], high), last_s)
    return first_s, last_s


def came_back_s(samples: Samples, excursion: float, near: float) -> float:
    """Return since when a movement has been where it is now, if that is long, else now.

    A rest that was read too low before the movement is reached again by chance, long after. Who
    has only just come near rest did so between the last two samples.

    Parameters
    ----------
    samples, near
        As above.
    excursion
        How far it was away from rest.

    Examples
    --------
    >>> came_back_s([(0.0, 20.0), (1.0, 4.0), (2.0, 4.5), (3.0, 3.0)], excursion=20.0, near=3.0)
    1.0
    >>> came_back_s([(0.0, 20.0), (0.1, 8.0), (0.2, 3.0)], excursion=20.0, near=3.0)
    0.2
    """
    newest_first = list(reversed(samples))
    low, high, since_s, now_s = math.inf, -math.inf, math.nan, newest_first[0][0]
    for time_s, travel in newest_first:
        low, high = min(low, travel), max(high, travel)
        if high - low > STAYS_BACK_WITHIN * excursion:
            break
        since_s = time_s
    if now_s - since_s >= STAYS_BACK_FOR_S:
        return since_s
    before = newest_first[1] if len(newest_first) > 1 else newest_first[0]
    return _or(passed_s(before, newest_first[0], near), now_s)


def _or(time_s: float, otherwise_s: float) -> float:
    return otherwise_s if math.isnan(time_s) else time_s
