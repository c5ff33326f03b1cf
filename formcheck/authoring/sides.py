"""On which side a measure is read, told from how left and right moved in the demonstration.

Both together are read where the camera sees best: the near side, or the mean of both from the
front. Where they take turns, or only one of them moves, it is the larger or the smaller of both,
so that a repetition belongs to the side that did it, and either side can. What is chosen of a
demonstration is chosen of its mirror image as well.
"""

import math
from dataclasses import dataclass

from formcheck.authoring.courses import Course, course
from formcheck.authoring.demonstration import Demonstration
from formcheck.evaluation.population.otherwise import mirrored
from formcheck.exercises.readings import Reading, SideChoice
from formcheck.landmarks import INDEX, Side
from formcheck.measures import Measure, View
from formcheck.pose import Pose

# A side that moves by less than this share of the other one stays.
MOVES_FROM_SHARE = 0.45
# The larger of both must move nearly as far as the side that moves.
AS_FAR_SHARE = 0.8
# In so many poses a measure is compared with itself in a mirror; they differ by rounding alone.
N_COMPARED, TURNS_SIGN_WITHIN = 12, 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Followed:
    """A reading and how it went."""

    measure: Measure
    reading: Reading
    course: Course


def followed(demonstration: Demonstration, measure: Measure) -> Followed | None:
    """Return a measure on the side on which it is read best; None where it cannot be read."""
    for choice in _choices(demonstration, measure):
        reading = Reading(measure=measure.name, side=choice)
        found = course(
            demonstration.time_s, demonstration.curve(reading), may_swing=not measure.sided
        )
        if found is not None:
            return Followed(measure, reading, found)
    return None


def is_handed(measure: Measure, demonstration: Demonstration) -> bool:
    """Return whether a measure says by its sign to which side: in a mirror it has the other one."""
    if measure.sided or measure.takes_outline:
        return False
    poses = [pose for _, pose in demonstration.poses if pose is not None]
    chosen = poses[:: max(1, len(poses) // N_COMPARED)]
    as_seen = [_computed(measure, pose) for pose in chosen]
    in_mirror = [_computed(measure, mirrored(pose)) for pose in chosen]
    known = [(a, b) for a, b in zip(as_seen, in_mirror, strict=True) if not math.isnan(a + b)]
    return bool(known) and all(abs(a + b) <= TURNS_SIGN_WITHIN for a, b in known)


def _computed(measure: Measure, pose: Pose) -> float:
    space = (pose.image if measure.plane == "image" else pose.world).tolist()
    return measure.compute(*(tuple(space[INDEX[name]]) for name in measure.landmarks))


def _choices(demonstration: Demonstration, measure: Measure) -> list[SideChoice]:
    """Return the sides to try, the best one first."""
    if not measure.sided:
        return [SideChoice.NEAR]
    usual = [SideChoice.MEAN, SideChoice.NEAR]
    if demonstration.view is not View.FRONT:
        usual.reverse()
    sides = {side: _on(demonstration, measure, SideChoice(side.value)) for side in Side}
    left, right = sides[Side.LEFT], sides[Side.RIGHT]
    if left is None or right is None:
        return usual
    larger = max(left.size, right.size)
    moving = [side for side, one in sides.items() if one and one.size >= MOVES_FROM_SHARE * larger]
    if len(moving) == 2:
        return usual if _together(left, right) else [_extreme(left), *usual]
    (side,) = moving
    return _of_one(demonstration, measure, side, usual)


def _of_one(
    demonstration: Demonstration, measure: Measure, side: Side, usual: list[SideChoice]
) -> list[SideChoice]:
    """Return how to read one side that moves while the other one stays."""
    own = _on(demonstration, measure, SideChoice(side.value))
    if own is None:
        return usual
    either = _extreme(own)
    both = _on(demonstration, measure, either)
    if both is not None and both.size >= AS_FAR_SHARE * own.size and both.toward == own.toward:
        return [either]
    if side is demonstration.near and demonstration.view is not View.FRONT:
        return [SideChoice.NEAR]
    return [SideChoice(side.value)]


def _on(demonstration: Demonstration, measure: Measure, choice: SideChoice) -> Course | None:
    reading = Reading(measure=measure.name, side=choice)
    return course(demonstration.time_s, demonstration.curve(reading))


def _extreme(moved: Course) -> SideChoice:
    return SideChoice.SMALLER if moved.toward < 0 else SideChoice.LARGER


def _together(left: Course, right: Course) -> bool:
    """Return whether most of what one side does the other one does at the same time."""
    fewer, more = sorted((left.excursions, right.excursions), key=len)
    n_common = sum(any(one.overlaps(other) for other in more) for one in fewer)
    return 2 * n_common > len(fewer) or not fewer
