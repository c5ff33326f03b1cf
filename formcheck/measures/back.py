"""The curve of the back, from the outline of the body: no landmark lies on it."""

import math

from formcheck.geometry import Point, angle_at, side_of_line
from formcheck.measures.vocabulary import SIDE, Outline, measure
from formcheck.pose import OUTLINE_PLACES

# The thigh must point away from the trunk's line for the knee to say where the front is.
_BENT_FROM_DEG = 20.0
# Each end of the back is a line through so many places: single ones jump by a fold of cloth.
_N_PLACES = 6


# Of the same back from person to person, for clothes and flesh shape it; the change of one
# person's outline errs by 3 (docs/back-contour.md).
@measure("deg", views=SIDE, expected_error=9)
def back_curve(outline: Outline, shoulder: Point, hip: Point, knee: Point) -> float:
    """0 where the outline of the back is straight, + rounded to the back, - hollow.

    The angle between its lower and its upper third. The knee says where the front is: it needs
    a bent hip.
    """
    if not 180.0 - angle_at(hip, shoulder, knee) >= _BENT_FROM_DEG:
        return math.nan
    left, right = outline
    back = left if side_of_line(knee, hip, shoulder) > 0 else right
    lower = _slope(OUTLINE_PLACES[:_N_PLACES], back[:_N_PLACES])
    upper = _slope(OUTLINE_PLACES[-_N_PLACES:], back[-_N_PLACES:])
    return math.degrees(math.atan(lower) - math.atan(upper))


def _slope(along: tuple[float, ...], away: tuple[float, ...]) -> float:
    """Return how steeply the best straight line through points rises; NaN in, NaN out."""
    middle, level = math.fsum(along) / len(along), math.fsum(away) / len(away)
    rises = [(x - middle) * (y - level) for x, y in zip(along, away, strict=True)]
    return math.fsum(rises) / math.fsum((x - middle) ** 2 for x in along)
