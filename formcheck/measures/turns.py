"""How far the chest has turned against the pelvis, and the pelvis with it, in degrees.

One camera sees a turn in two ways. Depth says it where the chest faces the camera, and flattens
it; the width of the shoulders says it where the chest is turned away, and hardly changes near the
front. Both are compared with how this person sat before, weighted by which of them can know, and
put together; what the pelvis seems to do is in part the shoulders' doing, and the engine's.
Numbers, and what they are good for: docs/trunk-rotation.md.
"""

import math
from dataclasses import dataclass

# Fitted to one half of rendered people; what each errs by is of the other.
FUSED_WEIGHT, PELVIS_WEIGHT = 1.115, -0.449
PELVIS_SHARE = 0.412
# Shoulders that are truly turned by an angle read as turned by two thirds of its tangent.
STRETCH = 1.5


@dataclass(frozen=True, slots=True)
class TrunkSeen:
    """What is read of a trunk at one instant.

    Attributes
    ----------
    chest_deg, pelvis_deg
        How far the lines through shoulders and hips are turned in space, + to the left.
    breadth
        Width of the shoulders across the picture, by the length of the trunk.
    """

    chest_deg: float
    pelvis_deg: float
    breadth: float


def chest_turn_deg(rest: TrunkSeen, now: TrunkSeen) -> float:
    """Return how far the chest has turned against the pelvis since rest [deg], + to the left."""
    fused_deg, pelvis_deg = fused_turn_deg(rest, now), pelvis_change_deg(rest, now)
    return FUSED_WEIGHT * fused_deg + PELVIS_WEIGHT * pelvis_deg


def pelvis_turn_deg(rest: TrunkSeen, now: TrunkSeen) -> float:
    """Return how far the pelvis has turned since rest [deg], + to the left.

    The engine turns the pelvis along with the shoulders: it reads about twice what is true.
    """
    return PELVIS_SHARE * pelvis_change_deg(rest, now)


def fused_turn_deg(rest: TrunkSeen, now: TrunkSeen) -> float:
    """Return how far the chest has turned since rest, as depth and width together say it.

    Returns
    -------
    float
        Degrees, + to the left; the pelvis' part is in it. NaN where something is.

    Examples
    --------
    >>> front, turned = TrunkSeen(0, 0, 0.9), TrunkSeen(30, 10, 0.9 * math.cos(math.radians(40)))
    >>> round(fused_turn_deg(front, turned))
    41
    """
    by_depth = _wrapped(_stretched(now.chest_deg) - _stretched(rest.chest_deg))
    narrowed = now.breadth / rest.breadth * math.cos(math.radians(rest.chest_deg))
    if math.isnan(narrowed):
        return math.nan
    from_front = math.degrees(math.acos(max(-1.0, min(1.0, narrowed))))
    by_width = math.copysign(from_front, now.chest_deg) - rest.chest_deg
    knows = math.sin(math.radians(from_front)) ** 2
    return (1 - knows) * by_depth + knows * by_width


def pelvis_change_deg(rest: TrunkSeen, now: TrunkSeen) -> float:
    """Return how far the pelvis seems to have turned since rest: + to the left."""
    return _wrapped(now.pelvis_deg - rest.pelvis_deg)


def _stretched(heading_deg: float) -> float:
    """Return a heading with the depth stretched that the engine has flattened."""
    heading = math.radians(heading_deg)
    return math.degrees(math.atan2(STRETCH * math.sin(heading), math.cos(heading)))


def _wrapped(angle_deg: float) -> float:
    return (angle_deg + 180.0) % 360.0 - 180.0
