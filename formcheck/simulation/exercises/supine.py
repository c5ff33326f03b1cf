"""On the back: opposite arm and leg lowered from the air, and a heel slid along the floor.

The head points to -z, the left side towards x.
"""

from dataclasses import replace

import numpy as np

from formcheck.landmarks import Side
from formcheck.simulation.exercises.floor import MAT_M
from formcheck.simulation.exercises.holding import moved, palm_down, sign_of
from formcheck.simulation.posture import Arm, Bend, Leg, Posture, Reach
from formcheck.simulation.rotations import Array, about_x
from formcheck.simulation.skeleton import Skeleton

ARM_LOWERS_DEG = 80.0
LEG_LOWERS_DEG = 82.0
KNEE_LEFT_DEG = 6.0
# Feet turn up as a leg straightens: from flat to resting on the back of the heel.
TOES_UP_DEG = 78.0
HEEL_BEHIND_SHARE = 0.030


def dead_bug(skeleton: Skeleton, values: dict[str, float]) -> Posture:
    """Return somebody on the back, hands and knees above the shoulders and hips.

    Parameters
    ----------
    values
        ``left_arm``, ``right_arm``, ``left_leg``, ``right_leg``: how far each limb is lowered,
        0 up in the air, 1 just above the floor; ``head``: how far the head is lifted [deg].
    """
    arms, legs = {}, {}
    for side in Side:
        arm, leg = values[f"{side}_arm"], values[f"{side}_leg"]
        arms[side] = Arm(flexion=90 + ARM_LOWERS_DEG * arm, abduction=2, elbow=5, curl=8)
        knee = 90 - (90 - KNEE_LEFT_DEG) * leg
        legs[side] = Leg(flexion=90 - LEG_LOWERS_DEG * leg, abduction=1, knee=knee)
    head = values["head"]
    lying = _on_back(skeleton)
    return replace(lying, neck=lying.neck + Bend(flexion=head), arms=arms, legs=legs)


def heel_slide(skeleton: Skeleton, values: dict[str, float]) -> Posture:
    """Return somebody on the back with bent knees, or with a leg slid out.

    Parameters
    ----------
    values
        ``left``, ``right``: interior angle of each knee [deg]; ``left_lift``, ``right_lift``:
        height of each heel above the floor [m].
    """
    lying = _on_back(skeleton)
    beside = skeleton.place("left_upper_arm")[0] + 0.09
    arms, legs = {}, {}
    for side in Side:
        sign = sign_of(side)
        hand = np.array([sign * beside, skeleton.clearances.wrist + MAT_M, -0.02])
        reach = Reach(hand, np.array([sign * 1.0, -0.15, 0]))
        arms[side] = Arm(reach=reach, hand=palm_down(side), curl=-2, thumb=35)
        legs[side] = _sliding_leg(skeleton, side, values[f"{side}"], values[f"{side}_lift"])
    return replace(lying, arms=arms, legs=legs)


def _on_back(skeleton: Skeleton) -> Posture:
    """Return a trunk on its back: the left hip above z = 0, seat and shoulder blades down."""
    clear = skeleton.clearances
    trunk = skeleton.place("left_upper_arm") - skeleton.place("left_thigh")
    higher = clear.hip_back - clear.shoulder_back + trunk[2]
    slope = float(np.degrees(np.arctan2(higher, trunk[1])))
    posture = Posture(np.zeros(3), about_x(-90 - slope), neck=Bend(flexion=2 + slope))
    hip = np.array([0, clear.hip_back + MAT_M, 0])
    return moved(skeleton, posture, "left_thigh", hip)


def _sliding_leg(skeleton: Skeleton, side: Side, knee_deg: float, lift_m: float) -> Leg:
    """Return a leg whose heel is on the floor where the knee makes an angle."""
    thigh = skeleton.length_m("left_thigh", "left_shank")
    shank = skeleton.length_m("left_shank", "left_foot")
    reach = np.sqrt(thigh**2 + shank**2 - 2 * thigh * shank * np.cos(np.radians(knee_deg)))
    straight = max(0.0, (knee_deg - 90) / 90)
    foot = about_x(-TOES_UP_DEG * straight**1.5)
    height = _ankle_over_floor(skeleton, foot) + MAT_M + lift_m
    hip = skeleton.clearances.hip_back + MAT_M
    along = np.sqrt(reach**2 - (hip - height) ** 2)
    ankle = np.array([sign_of(side) * skeleton.place("left_thigh")[0], height, along])
    return Leg(reach=Reach(ankle, np.array([0, 1.0, 0.2])), foot=foot)


def _ankle_over_floor(skeleton: Skeleton, foot: Array) -> float:
    """Return how high the ankle of a turned foot is when its heel touches the floor [m]."""
    height = skeleton.place("head")[1] / 0.905
    heel = np.array([0, -skeleton.clearances.ankle, -HEEL_BEHIND_SHARE * height])
    return float(max(-(foot @ heel)[1], -(foot @ (heel * [1, 1, 0]))[1]))
