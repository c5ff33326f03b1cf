"""Upright with the arms raised: side bends and wall angels, standing or on a chair."""

import numpy as np

from formcheck.landmarks import Side
from formcheck.simulation.exercises.holding import sign_of, solved
from formcheck.simulation.exercises.upright import Stance, on_feet
from formcheck.simulation.kinematics import placed
from formcheck.simulation.posture import Arm, Bend, Posture
from formcheck.simulation.skeleton import Skeleton

STANDING = Stance(3, 1, 0, 0.14)
SITTING = Stance(90, 3, 0, 0.13)


def side_bend(skeleton: Skeleton, values: dict[str, float]) -> Posture:
    """Return somebody bent to a side with the other arm overhead.

    Parameters
    ----------
    values
        ``bend``: of the whole spine, to the right [deg]; ``left``, ``right``: how far an arm is
        raised sideways [deg]; ``seated``: 1 on a chair, 0 standing.
    """
    position, orientation, legs = on_feet(skeleton, SITTING if values["seated"] else STANDING)
    bend = values["bend"]
    arms = {side: Arm(abduction=values[str(side)], elbow=10) for side in Side}
    return Posture(
        position,
        orientation,
        lumbar=Bend(bend=0.5 * bend),
        thorax=Bend(bend=0.5 * bend),
        neck=Bend(bend=0.1 * bend),
        arms=arms,
        legs=legs,
    )


def side_bend_deg(skeleton: Skeleton, line_deg: float, side: Side) -> float:
    """Return the bend at which the line from hips to shoulders leans to a side so far [deg]."""

    def beyond(bend: float) -> float:
        values = {"bend": bend, "left": 165.0, "right": 165.0, "seated": 0.0}
        body = placed(skeleton, side_bend(skeleton, values))
        shoulders = body.at("left_upper_arm") + body.at("right_upper_arm")
        line = shoulders - body.at("left_thigh") - body.at("right_thigh")
        return float(np.degrees(np.arctan2(-line[0], line[1]))) - line_deg

    return -sign_of(side) * solved(beyond, 0.0, 80.0)


def wall_angel(skeleton: Skeleton, values: dict[str, float]) -> Posture:
    """Return somebody whose bent arms slide up a wall behind.

    Parameters
    ----------
    values
        ``left``, ``right``: how far the upper arm is raised sideways [deg]; ``elbow``: flexion
        of both [deg]; ``seated``: 1 on a chair, 0 standing.
    """
    position, orientation, legs = on_feet(skeleton, SITTING if values["seated"] else STANDING)
    arms = {
        side: Arm(abduction=values[str(side)], rotation=90, elbow=values["elbow"]) for side in Side
    }
    return Posture(position, orientation, arms=arms, legs=legs)
