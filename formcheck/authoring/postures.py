"""Where the body must be for anything to count: what was true of the whole demonstration.

A few measures that say how somebody stands, sits or lies, each with as much room as people, and
places of the camera, differ by. One that moves through most of its range says nothing, and is left
out.
"""

import math

import numpy as np

from formcheck.authoring.demonstration import Demonstration
from formcheck.authoring.marks import Marks
from formcheck.exercises.readings import Condition, Reading, SideChoice
from formcheck.measures import MEASURES

# In order; each with the side it is read on.
_TOLD_BY = (
    ("trunk_inclination", SideChoice.NEAR),
    ("thigh_elevation", SideChoice.NEAR),
    ("knee_flexion_in_space", SideChoice.MEAN),
)
ROOM_DEG, ROOM_IN_SPACE_DEG = 25.0, 35.0
WIDEST_DEG = 130.0
TOLERANCE_DEG = 10.0
BESIDE_S = 0.5
_LOW, _HIGH = 1.0, 99.0


def posture_of(demonstration: Demonstration, marks: Marks) -> tuple[Condition, ...]:
    """Return the conditions that hold from the first mark to the last, with room."""
    return tuple(
        condition
        for name, side in _TOLD_BY
        if (condition := _condition(demonstration, marks, Reading(measure=name, side=side)))
    )


def _condition(demonstration: Demonstration, marks: Marks, reading: Reading) -> Condition | None:
    measure = MEASURES[reading.measure]
    if demonstration.view not in measure.views:
        return None
    chosen = marks.efforts if marks.is_hold else marks.marks
    from_s, to_s = chosen[0].from_s - BESIDE_S, chosen[-1].to_s + BESIDE_S
    times = demonstration.time_s
    values = demonstration.curve(reading)[(times >= from_s) & (times <= to_s)]
    values = values[~np.isnan(values)]
    if len(values) < len(times) / 10:
        return None
    room = ROOM_IN_SPACE_DEG if measure.plane == "world" else ROOM_DEG
    low, high = np.percentile(values, [_LOW, _HIGH])
    if high - low + 2 * room > WIDEST_DEG:
        return None
    # A bend and an inclination cannot be less than none.
    least = math.floor(low - room)
    return Condition(
        measure=reading.measure,
        side=reading.side,
        min=least if least > 0 or reading.measure == "thigh_elevation" else -math.inf,
        max=math.ceil(high + room),
        tolerance=TOLERANCE_DEG,
        optional=True,
    )
