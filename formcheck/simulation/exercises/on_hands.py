"""On straight arms: hands and knees with limbs reached out, push-ups, and the hips pushed up.

The head points to z, the left side towards x; the hands stay where they are.
"""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from formcheck.landmarks import Side
from formcheck.simulation.exercises.floor import (
    MAT_M,
    arm_m,
    legs_on_toes,
    quadruped,
    straight_arms,
)
from formcheck.simulation.exercises.holding import (
    front_angle_deg,
    leg_m,
    moved,
    palm_down,
    sign_of,
    solved,
)
from formcheck.simulation.kinematics import placed
from formcheck.simulation.posture import Arm, Bend, Leg, Posture, Reach
from formcheck.simulation.rotations import Array, about_x
from formcheck.simulation.skeleton import Skeleton

KNEELING_FOOT_DEG, KNEELING_TOES_DEG = 156.0, 166.0
REACHING_FOOT_DEG, REACHING_TOES_DEG = 122.0, 128.0
KNEE_LEFT_DEG = 6.0
_SPINE = (Bend(), Bend(), Bend(flexion=-12.0))
_BODY = ("upper_arm", "thigh", "foot")
# Lowered in a push-up, the shoulders go a little before the hands.
SHOULDERS_FORWARD_M = 0.05
HANDS_WIDER_M = 0.05


def bird_dog(skeleton: Skeleton, values: dict[str, float]) -> Posture:
    """Return hands and knees, or an arm and a leg reached out.

    Parameters
    ----------
    values
        ``left_arm``, ``right_arm``, ``left_leg``, ``right_leg``: how far a limb is lifted, 0 on
        the floor, 1 in line with the trunk; ``droop``: how far a lifted leg stays below it
        [deg].
    """
    standing = _on_all_fours(skeleton)
    pitch = float(np.degrees(np.arctan2(standing.orientation[2, 1], standing.orientation[1, 1])))
    level = 91 - values["droop"]
    legs = {s: _reaching_leg(skeleton, pitch, level, values[f"{s}_leg"]) for s in Side}
    posture = replace(standing, legs=legs)
    # The shoulder gives way to its arm: each round comes closer.
    for _ in range(3):
        body = placed(skeleton, posture)
        arms = {}
        for side in Side:
            shoulder = body.at(f"{side}_upper_arm")
            arms[side] = _reaching_arm(standing.arms[side], shoulder, values[f"{side}_arm"])
        posture = replace(posture, arms=arms)
    return posture


@lru_cache(maxsize=8)
def _on_all_fours(skeleton: Skeleton) -> Posture:
    arms = straight_arms(skeleton)
    hand = arms[Side.LEFT].reach
    assert hand is not None

    def slack(pitch: float) -> float:
        body = placed(skeleton, quadruped(skeleton, pitch, _SPINE, arms))
        return arm_m(skeleton) - float(np.linalg.norm(body.at("left_upper_arm") - hand.target))

    return quadruped(skeleton, solved(slack, 35, 115), _SPINE, arms)


def _reaching_arm(standing: Arm, shoulder: Array, share: float) -> Arm:
    """Return a straight arm on its way from the floor to beside the ear."""
    if share == 0 or standing.reach is None:
        return standing
    line = standing.reach.target - shoulder
    down = float(np.arctan2(line[2], -line[1]))
    length = float(np.hypot(line[1], line[2]))
    swing = down + share * (np.radians(93) - down)
    target = shoulder + np.array([line[0], -length * np.cos(swing), length * np.sin(swing)])
    # From behind the arm, where the elbow points on the floor, to below it.
    pole = np.array([standing.reach.pole[0], -np.sin(swing), -np.cos(swing)])
    return replace(standing, reach=Reach(target, pole))


def _reaching_leg(skeleton: Skeleton, pitch_deg: float, back_deg: float, share: float) -> Leg:
    """Return a leg on its way from kneeling to straight behind, its thigh swung back so far."""
    shank = skeleton.length_m("left_shank", "left_foot")
    knee = skeleton.clearances.knee + MAT_M
    kneeling = float(np.degrees(np.arccos((knee - 0.042) / shank)))
    foot = KNEELING_FOOT_DEG + share * (REACHING_FOOT_DEG - KNEELING_FOOT_DEG)
    toes = KNEELING_TOES_DEG + share * (REACHING_TOES_DEG - KNEELING_TOES_DEG)
    return Leg(
        flexion=pitch_deg - back_deg * share,
        abduction=1.0,
        knee=kneeling + share * (KNEE_LEFT_DEG - kneeling),
        foot=about_x(foot),
        toes=about_x(toes),
    )


def push_up(skeleton: Skeleton, values: dict[str, float]) -> Posture:
    """Return a push-up on hands and toes, which stay where they are.

    Parameters
    ----------
    values
        ``elbow``: elbow flexion [deg]; ``drop``: how far the trunk falls from the shoulders to
        the hips [deg]; ``arch``: how far the low back is arched [deg]; ``plus``: how far the
        upper back is rounded between the shoulder blades [deg].
    """
    trunk = _on_bent_arms(skeleton, values)
    ball_z = -_hands_to_balls_m(skeleton)
    return replace(trunk, legs=legs_on_toes(skeleton, trunk, ball_z))


def push_up_values(
    skeleton: Skeleton, elbow_deg: float, body_deg: float = 178.0, plus_deg: float = 0.0
) -> dict[str, float]:
    """Return the values at which shoulder, hip and ankle make an angle; over 180 is sagging."""
    values = {"elbow": elbow_deg, "arch": max(0.0, body_deg - 180) * 0.4, "plus": plus_deg}

    def beyond(drop: float) -> float:
        body = placed(skeleton, push_up(skeleton, values | {"drop": drop}))
        return front_angle_deg(body, _BODY) - body_deg

    return values | {"drop": solved(beyond, -25.0, 40.0)}


def _on_bent_arms(skeleton: Skeleton, values: dict[str, float]) -> Posture:
    arch, plus = values["arch"], values["plus"]
    wide = skeleton.place("left_upper_arm")[0] + HANDS_WIDER_M
    arms = {}
    for side in Side:
        hand = np.array([sign_of(side) * wide, skeleton.clearances.wrist + MAT_M, 0])
        reach = Reach(hand, np.array([sign_of(side) * 0.7, 0.1, -1.0]))
        arms[side] = Arm(reach=reach, hand=palm_down(side), curl=-2, thumb=35)
    posture = Posture(
        np.zeros(3),
        about_x(90 - values["drop"]),
        lumbar=Bend(flexion=-arch),
        thorax=Bend(flexion=arch * 0.2 + plus),
        neck=Bend(flexion=-12 + 0.8 * arch - plus),
        arms=arms,
    )
    shoulder = _shoulder_over_hands(skeleton, values["elbow"])
    return moved(skeleton, posture, "left_upper_arm", shoulder)


def _shoulder_over_hands(skeleton: Skeleton, elbow_deg: float) -> Array:
    """Return where the left shoulder is over hands at z = 0, the elbows bent so far [m]."""
    upper = skeleton.length_m("left_upper_arm", "left_forearm")
    forearm = skeleton.length_m("left_forearm", "left_hand")
    bent = np.cos(np.radians(elbow_deg))
    distance = float(np.sqrt(upper**2 + forearm**2 + 2 * upper * forearm * bent))
    before = SHOULDERS_FORWARD_M * min(elbow_deg / 90, 1.0)
    up = np.sqrt(distance**2 - before**2 - HANDS_WIDER_M**2)
    return np.array([0, skeleton.clearances.wrist + MAT_M + up, before])


def _hands_to_balls_m(skeleton: Skeleton) -> float:
    """Return how far behind the hands the balls of the feet are in a straight body [m]."""
    body = skeleton.place("left_upper_arm")[1] - skeleton.place("left_foot")[1]
    # On the toes, the ankles stand nearly over the balls.
    ankle = skeleton.clearances.ball + MAT_M + 0.97 * _instep_m(skeleton)
    high = _shoulder_over_hands(skeleton, 4.0)[1] - ankle
    return float(np.sqrt(body**2 - high**2))


def _instep_m(skeleton: Skeleton) -> float:
    """Return the distance from the ball of a foot to its ankle [m]."""
    foot = skeleton.place("left_foot") - skeleton.place("left_toes")
    return float(np.hypot(foot[1], foot[2]))


def downward_dog(skeleton: Skeleton, values: dict[str, float]) -> Posture:
    """Return straight arms and legs on the floor, from a plank to hips pushed up and back.

    Parameters
    ----------
    values
        ``shoulder``: angle between arms and trunk, 180 in line [deg]; ``heel``: how steeply the
        feet stand, from the balls to the ankles [deg].
    """
    hand = np.array([0, skeleton.clearances.wrist + MAT_M, 0])
    foot = skeleton.place("left_foot") - skeleton.place("left_toes")
    flat_deg = float(np.degrees(np.arctan2(foot[1], -foot[2])))
    steep = np.radians(values["heel"])
    ball = np.array([0, skeleton.clearances.ball + MAT_M, -_hands_to_balls_m(skeleton)])
    # Ankles are behind the balls and above them.
    ankle = ball + _instep_m(skeleton) * np.array([0, np.sin(steep), -np.cos(steep)])
    share = np.clip((values["shoulder"] - 85) / 80, 0, 1)
    neck = Bend(flexion=-12 + 14 * share)
    arms, legs = {}, {}
    for side in Side:
        sign = sign_of(side)
        place = np.array([sign * skeleton.place("left_upper_arm")[0], hand[1], 0])
        arms[side] = Arm(
            reach=Reach(place, np.array([sign * 1.0, -0.5, -0.5])),
            hand=palm_down(side),
            curl=-2,
            thumb=35,
        )
        at = np.array([sign * 0.9 * skeleton.place("left_thigh")[0], ankle[1], ankle[2]])
        tipped = about_x(values["heel"] - flat_deg)
        legs[side] = Leg(reach=Reach(at, np.array([0, -0.3, 1.0])), foot=tipped, toes=np.eye(3))
    posture = Posture(np.zeros(3), about_x(90), neck=neck, arms=arms, legs=legs)
    # The shoulders give way to their arms: each round comes closer.
    for _ in range(5):
        posture = _folded(skeleton, posture, hand, ankle, values["shoulder"])
    return posture


def _folded(
    skeleton: Skeleton, posture: Posture, hand: Array, ankle: Array, angle_deg: float
) -> Posture:
    """Return the trunk placed so that straight arms and legs meet it from hand and ankle."""
    body = placed(skeleton, posture)
    own = body.turned("pelvis").T @ (body.at("left_upper_arm") - body.at("left_thigh"))
    arm, trunk, leg = arm_m(skeleton), float(np.hypot(own[1], own[2])), leg_m(skeleton)
    cosine = np.cos(np.radians(angle_deg))
    span = float(np.sqrt(arm**2 + trunk**2 - 2 * arm * trunk * cosine))
    hip = _above(ankle, hand, leg, span)
    line = _above(hip, hand, trunk, arm) - hip
    pitch = np.degrees(np.arctan2(line[2], line[1]) - np.arctan2(own[2], own[1]))
    turned = replace(posture, orientation=about_x(float(pitch)))
    return moved(skeleton, turned, "left_thigh", hip)


def _above(behind: Array, before: Array, from_behind: float, from_before: float) -> Array:
    """Return the upper or front one of two places at distances from two others [m]."""
    line = (before - behind)[1:]
    distance = float(np.linalg.norm(line))
    along = (distance**2 + from_behind**2 - from_before**2) / (2 * distance)
    aside = np.sqrt(max(0.0, from_behind**2 - along**2))
    y, z = line / distance
    return np.asarray(behind + np.array([0, y * along + z * aside, z * along - y * aside]))


def plank_shoulder_deg(skeleton: Skeleton, heel_deg: float = 80.0) -> float:
    """Return the angle between arms and trunk at which the body is nearly straight [deg]."""

    def bent(shoulder: float) -> float:
        values = {"shoulder": shoulder, "heel": heel_deg}
        return 170.0 - front_angle_deg(placed(skeleton, downward_dog(skeleton, values)), _BODY)

    return solved(bent, 60.0, 120.0)
