"""Standing, squatting, and sitting: feet flat, knees over the toes."""

from dataclasses import dataclass

import numpy as np

from formcheck.landmarks import Side
from formcheck.simulation.exercises.holding import sign_of, upright_root
from formcheck.simulation.posture import Arm, Bend, Leg, Posture, Reach
from formcheck.simulation.rotations import Array, about_y, unit
from formcheck.simulation.skeleton import Skeleton

TOES_OUT_DEG = 12.0


@dataclass(frozen=True, slots=True)
class Stance:
    """How a body is folded over its feet.

    Attributes
    ----------
    knee_deg
        Knee flexion; 0 is straight.
    shank_deg
        How far the shanks tip forward.
    lean_deg
        How far the trunk tips forward.
    half_width_m
        Half of the distance between the ankles.
    """

    knee_deg: float
    shank_deg: float
    lean_deg: float
    half_width_m: float


def hip_over_feet(skeleton: Skeleton, stance: Stance) -> Array:
    """Return where the left hip is [m], ankles at z = 0, with the knee bent exactly as asked."""
    thigh = skeleton.length_m("left_thigh", "left_shank")
    shank = skeleton.length_m("left_shank", "left_foot")
    bent = np.radians(max(stance.knee_deg, 2.0))
    reach = float(np.sqrt(thigh**2 + shank**2 + 2 * thigh * shank * np.cos(bent)))
    hip_x = skeleton.place("left_thigh")[0]
    in_plane = np.sqrt(reach**2 - (stance.half_width_m - hip_x) ** 2)
    at_ankle = np.arccos((shank**2 + reach**2 - thigh**2) / (2 * shank * reach))
    back = at_ankle - np.radians(stance.shank_deg)
    height = skeleton.clearances.ankle + in_plane * np.cos(back)
    return np.array([hip_x, height, -in_plane * np.sin(back)])


def on_feet(skeleton: Skeleton, stance: Stance) -> tuple[Array, Array, dict[Side, Leg]]:
    """Return pelvis position, pelvis orientation and legs of a body on its flat feet."""
    position, orientation = upright_root(skeleton, stance.lean_deg, hip_over_feet(skeleton, stance))
    legs = {}
    for side in Side:
        sign = sign_of(side)
        ankle = np.array([sign * stance.half_width_m, skeleton.clearances.ankle, 0])
        outward = np.array([sign * np.sin(np.radians(TOES_OUT_DEG)), 0.15, 1.0])
        foot = about_y(sign * TOES_OUT_DEG)
        legs[side] = Leg(reach=Reach(ankle, outward), foot=foot)
    return position, orientation, legs


def squat(skeleton: Skeleton, values: dict[str, float]) -> Posture:
    """Return a squat with the arms held out in front.

    Parameters
    ----------
    values
        ``knee``: knee flexion [deg]; ``arms``: how far the arms are raised [deg].
    """
    knee = values["knee"]
    stance = Stance(knee, 0.3 * knee, 0.40 * knee, 0.15)
    position, orientation, legs = on_feet(skeleton, stance)
    lean = stance.lean_deg
    arm = Arm(
        flexion=values["arms"] + lean, abduction=4, rotation=0, elbow=10, pronation=40, curl=6
    )
    return Posture(
        position,
        orientation,
        lumbar=Bend(flexion=-0.05 * knee),
        neck=Bend(flexion=-0.5 * lean),
        arms=dict.fromkeys(Side, arm),
        legs=legs,
    )


def sit_to_stand(skeleton: Skeleton, values: dict[str, float]) -> Posture:
    """Return a posture between sitting on a chair and standing, hands on the thighs.

    The trunk leans forward before the hips leave the seat, and is upright again at the end.

    Parameters
    ----------
    values
        ``rise``: 0 sits, 1 stands.
    """
    rise = values["rise"]
    leaning = rise**0.7
    lean = 3 + 37 * (16 * (leaning * (1 - leaning)) ** 2) ** 0.8
    unfolded = max(0.0, (rise - 0.12) / 0.88) ** 1.6
    knee = 88 - 84 * unfolded
    shank = 2 + 10 * unfolded**0.5 * (1 - unfolded)
    stance = Stance(knee + 0.5 * (shank - 2), shank, lean, 0.13)
    position, orientation, legs = on_feet(skeleton, stance)
    arms = {side: _hand_on_thigh(skeleton, side, unfolded) for side in Side}
    return Posture(
        position,
        orientation,
        neck=Bend(flexion=-0.45 * stance.lean_deg),
        thorax=Bend(flexion=4.0),
        arms=arms,
        legs=legs,
    )


def _hand_on_thigh(skeleton: Skeleton, side: Side, unfolded: float) -> Arm:
    """Return an arm whose hand lies near the knee (0) or hangs beside the hip (1)."""
    sign = sign_of(side)
    thigh = skeleton.length_m("left_thigh", "left_shank")
    place = np.array(
        [
            sign * (0.02 + 0.115 * unfolded),
            -thigh * (0.72 - 0.22 * unfolded),
            0.105 - 0.085 * unfolded,
        ]
    )
    reach = Reach(place, np.array([sign * 0.45, 0.3, -1.0]), f"{side}_thigh")
    hand = about_y(-sign * 90 * (1 - unfolded))
    return Arm(reach=reach, hand=hand, hand_segment=f"{side}_thigh", curl=9)


def seated_rotation(skeleton: Skeleton, values: dict[str, float]) -> Posture:
    """Return somebody sitting with the arms crossed on the chest, turned.

    Parameters
    ----------
    values
        ``turn``: how far the chest is turned against the pelvis, to the left [deg].
    """
    turn = values["turn"]
    position, orientation, legs = on_feet(skeleton, Stance(90, 3, 0, 0.13))
    arms = {side: _arm_across(skeleton, side) for side in Side}
    return Posture(
        position,
        orientation,
        lumbar=Bend(turn=0.2 * turn),
        thorax=Bend(turn=0.8 * turn),
        neck=Bend(turn=0.1 * turn),
        arms=arms,
        legs=legs,
    )


def _arm_across(skeleton: Skeleton, side: Side) -> Arm:
    """Return an arm that lies across the chest, the hand below the other shoulder."""
    sign = sign_of(side)
    shoulder = skeleton.place("left_upper_arm") - skeleton.place("thorax")
    # The left forearm lies on the right one.
    before = skeleton.clearances.chest + (0.05 if side is Side.LEFT else 0.02)
    wrist = np.array([-sign * 0.035, shoulder[1] - 0.115, before])
    fingers = unit([-sign * 0.8, 0.6, -0.25])
    palm = unit(np.array([-sign * 0.1, 0, -1.0]))
    back = -sign * unit(palm - float(palm @ fingers) * fingers)
    hand = np.stack([back, -fingers, np.cross(back, -fingers)], 1)
    reach = Reach(wrist, np.array([sign * 0.5, -1.0, 0.3]), "thorax")
    return Arm(reach=reach, hand=hand, hand_segment="thorax", curl=4)
