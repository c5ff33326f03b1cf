"""What the scenes of the sample clips have in common: plans, rooms and colours."""

from formcheck.landmarks import Side
from formcheck.simulation.plan import Attempt, Plan
from formcheck.simulation.rendering.room import ROOMS

STUDIO, HOME, LIVING_ROOM = ROOMS["studio"], ROOMS["bedroom"], ROOMS["living_room"]
PRACTICE, KITCHEN = ROOMS["practice"], ROOMS["kitchen"]
LEFT, RIGHT = Side.LEFT, Side.RIGHT


def times(count: int, *sides: Side, fault_at: int = -1, fault: str = "", way: float = 1.5) -> Plan:
    """Return repetitions, the sides in turn; one of them may go wrong."""
    turns = sides or (LEFT,)
    attempts = [Attempt(side=turns[index % len(turns)]) for index in range(count)]
    if fault:
        attempts[fault_at] = Attempt(fault, way, side=attempts[fault_at].side)
    return Plan(tuple(attempts))


def held(seconds: float, fault: str = "", way: float = 1.5, side: Side = LEFT) -> Plan:
    """Return one hold; at its end something may go wrong."""
    return Plan((Attempt(fault, way, side=side),), hold_s=seconds)


PALE, TAN, BROWN, DARK = (
    (0.84, 0.66, 0.55),
    (0.80, 0.60, 0.46),
    (0.55, 0.37, 0.27),
    (0.38, 0.25, 0.18),
)
BLACK, CHESTNUT, BLOND, GREY = (
    (0.08, 0.06, 0.05),
    (0.26, 0.17, 0.11),
    (0.62, 0.48, 0.28),
    (0.66, 0.66, 0.65),
)
NAVY, CHARCOAL, SAND = (0.14, 0.18, 0.28), (0.17, 0.17, 0.19), (0.52, 0.46, 0.38)
GREEN_MAT, PURPLE_MAT, BLUE_MAT = (0.35, 0.50, 0.45), (0.42, 0.30, 0.45), (0.30, 0.46, 0.56)
LONG_MAT = (0.45, 1.3)
