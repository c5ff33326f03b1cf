"""On the floor: lying with the feet up to the seat, on the forearms, on hands and knees.

The head points to -z when lying on the back and to z when the face looks down; the left side
is always towards x.
"""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from formcheck.landmarks import Side
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

MAT_M = 0.008
_HIP = ("upper_arm", "thigh", "shank")
_BODY = ("upper_arm", "thigh", "foot")


def glute_bridge(skeleton: Skeleton, values: dict[str, float]) -> Posture:
    """Return somebody on the back, feet flat, with the hips lifted.

    Shoulder blades, head, feet and hands stay where they are.

    Parameters
    ----------
    values
        ``tilt``: how steeply the trunk rises from the shoulders to the hips [deg].
    """
    tilt = values["tilt"]
    shoulder = np.array([0, skeleton.clearances.shoulder_back + MAT_M, 0])
    trunk = abs(skeleton.place("left_upper_arm")[1] - skeleton.place("left_thigh")[1])
    thigh = skeleton.length_m("left_thigh", "left_shank")
    # The upper back rolls up from the floor while the shoulder blades stay.
    chest = 0.8 * max(tilt, 0)
    wide = skeleton.place("left_upper_arm")[0] + 0.11
    arms, legs = {}, {}
    for side in Side:
        sign = sign_of(side)
        hand = np.array([sign * wide, skeleton.clearances.wrist + MAT_M, 0.47])
        reach = Reach(hand, np.array([sign * 1.0, -0.15, 0]))
        arms[side] = Arm(reach=reach, hand=palm_down(side), curl=-2, thumb=35)
        foot = np.array([sign * 0.11, skeleton.clearances.ankle + MAT_M, trunk + 1.08 * thigh])
        legs[side] = Leg(reach=Reach(foot, np.array([0, 1.0, 0.3])), foot=np.eye(3))
    posture = Posture(
        np.zeros(3),
        about_x(-90 - tilt),
        thorax=Bend(flexion=chest),
        neck=Bend(flexion=tilt - chest + 2),
        arms=arms,
        legs=legs,
    )
    return moved(skeleton, posture, "left_upper_arm", shoulder)


def bridge_tilt(skeleton: Skeleton, hip_deg: float) -> float:
    """Return the tilt at which shoulder, hip and knee make an angle [deg]."""

    def beyond(tilt: float) -> float:
        body = placed(skeleton, glute_bridge(skeleton, {"tilt": tilt}))
        return front_angle_deg(body, _HIP) - hip_deg

    return solved(beyond, -10.0, 45.0)


def bridge_rest_tilt(skeleton: Skeleton) -> float:
    """Return the tilt at which the seat lies on the mat."""
    height = skeleton.clearances.hip_back + MAT_M

    def beyond(tilt: float) -> float:
        hip = placed(skeleton, glute_bridge(skeleton, {"tilt": tilt})).at("left_thigh")
        return float(hip[1]) - height

    return solved(beyond, -20.0, 30.0)


def front_plank(skeleton: Skeleton, values: dict[str, float]) -> Posture:
    """Return a plank on the forearms and toes, which stay where they are.

    Parameters
    ----------
    values
        ``drop``: how far the trunk falls from the shoulders to the hips [deg]; ``arch``: how
        far the low back is arched [deg].
    """
    posture = _on_forearms(skeleton, values["drop"], values["arch"])
    return replace(posture, legs=legs_on_toes(skeleton, posture, _ball_z(skeleton)))


def _on_forearms(skeleton: Skeleton, drop: float, arch: float) -> Posture:
    """Return a trunk on its forearms, shoulders over the elbows, which are at z = 0."""
    clear = skeleton.clearances
    upper = skeleton.length_m("left_upper_arm", "left_forearm")
    fore = skeleton.length_m("left_forearm", "left_hand")
    shoulder = np.array([0, clear.elbow + MAT_M + upper * 0.995, 0])
    arms = {}
    for side in Side:
        wide = sign_of(side) * skeleton.place("left_upper_arm")[0]
        hand = np.array([wide * 0.9, clear.wrist + MAT_M, fore * 0.97])
        hold = Reach(hand, np.array([0, -1.0, -0.9]))
        arms[side] = Arm(reach=hold, hand=palm_down(side), curl=-4, thumb=30)
    posture = Posture(
        np.zeros(3),
        about_x(90 - drop),
        lumbar=Bend(flexion=-arch),
        thorax=Bend(flexion=arch * 0.2),
        neck=Bend(flexion=-8 + drop + 0.8 * arch),
        arms=arms,
    )
    return moved(skeleton, posture, "left_upper_arm", shoulder)


def legs_on_toes(skeleton: Skeleton, posture: Posture, ball_z: float) -> dict[Side, Leg]:
    """Return straight legs whose toes stay on the floor; the ankles turn over the balls.

    Parameters
    ----------
    ball_z
        Where the balls of the feet are [m].
    """
    hip = placed(skeleton, posture).at("left_thigh")
    ball = np.array([0, skeleton.clearances.ball + MAT_M, ball_z])
    instep = skeleton.place("left_toes") - skeleton.place("left_foot")
    radius = float(np.hypot(instep[1], instep[2]))
    ankle = _crossing((hip - ball)[1:], leg_m(skeleton), radius) + ball[1:]
    now = np.arctan2(ball[1] - ankle[0], ball[2] - ankle[1])
    pitch = np.degrees(np.arctan2(instep[1], instep[2]) - now)
    legs = {}
    for side in Side:
        place = np.array([sign_of(side) * abs(hip[0]) * 0.9, *ankle])
        legs[side] = Leg(
            reach=Reach(place, np.array([0, -1.0, 0])), foot=about_x(pitch), toes=np.eye(3)
        )
    return legs


@lru_cache(maxsize=8)
def _ball_z(skeleton: Skeleton) -> float:
    """Return where the balls of the feet are [m]: under the ankles of a straight body."""
    hip = placed(skeleton, _on_forearms(skeleton, 0.0, 0.0)).at("left_thigh")
    leg = skeleton.place("left_thigh")[1] - skeleton.place("left_foot")[1]
    return float(hip[2] - leg)


def _crossing(hip: Array, leg: float, instep: float) -> Array:
    """Return the ankle (y, z) from the ball: on the foot's circle and at the leg's length.

    Parameters
    ----------
    hip
        The hip's y and z from the ball [m].
    """
    distance = float(np.linalg.norm(hip))
    along = (distance**2 + instep**2 - leg**2) / (2 * distance)
    aside = np.sqrt(max(0.0, instep**2 - along**2))
    line = hip / distance
    normal = np.array([line[1], -line[0]])
    both = [line * along + normal * way * aside for way in (1, -1)]
    return max(both, key=lambda place: float(place[0]))


def plank_values(skeleton: Skeleton, body_deg: float, arch_share: float = 0.4) -> dict[str, float]:
    """Return the values at which shoulder, hip and ankle make an angle; over 180 is sagging.

    Parameters
    ----------
    body_deg
        180 is straight, 160 has the hips high, 200 has them sagging [deg].
    arch_share
        How much of the sagging is in the low back.
    """
    arch = max(0.0, body_deg - 180) * arch_share

    def beyond(drop: float) -> float:
        posture = front_plank(skeleton, {"drop": drop, "arch": arch})
        return front_angle_deg(placed(skeleton, posture), _BODY) - body_deg

    return {"drop": solved(beyond, -25.0, 30.0), "arch": arch}


def cat_cow(skeleton: Skeleton, values: dict[str, float]) -> Posture:
    """Return somebody on hands and knees with the spine rounded or hollowed.

    Hands, knees and feet stay where they are and the hips stay over the knees; the pelvis tips
    so far that nearly straight arms reach the floor.

    Parameters
    ----------
    values
        ``round``: 1 is the cat (back rounded, head down), -1 the cow (back hollow, head up).
    """
    amount = values["round"]
    cat, cow = max(amount, 0.0), max(-amount, 0.0)
    spine = (
        Bend(flexion=24 * cat - 26 * cow),
        Bend(flexion=28 * cat - 16 * cow),
        Bend(flexion=-14 + 44 * cat - 22 * cow),
    )
    arms = straight_arms(skeleton)
    hand = arms[Side.LEFT].reach
    assert hand is not None

    def slack(pitch: float) -> float:
        body = placed(skeleton, quadruped(skeleton, pitch, spine, arms))
        return arm_m(skeleton) - float(np.linalg.norm(body.at("left_upper_arm") - hand.target))

    return quadruped(skeleton, solved(slack, 35, 115), spine, arms)


def arm_m(skeleton: Skeleton) -> float:
    """Return the distance from shoulder to wrist of a nearly straight arm [m]."""
    arm = skeleton.length_m("left_upper_arm", "left_forearm")
    return 0.988 * (arm + skeleton.length_m("left_forearm", "left_hand"))


@lru_cache(maxsize=8)
def straight_arms(skeleton: Skeleton) -> dict[Side, Arm]:
    """Return arms whose hands are on the floor, under the shoulders of a level back."""
    straight = (Bend(), Bend(), Bend())
    wrist = skeleton.clearances.wrist + MAT_M + 0.006

    def arms_to(z: float) -> dict[Side, Arm]:
        arms = {}
        for side in Side:
            sign = sign_of(side)
            hand = np.array([sign * skeleton.place("left_upper_arm")[0], wrist, z])
            hold = Reach(hand, np.array([sign * 0.3, 0, -1.0]))
            arms[side] = Arm(reach=hold, hand=palm_down(side), curl=-2, thumb=35)
        return arms

    def shoulder(pitch: float) -> Array:
        trunk = skeleton.place("left_upper_arm")[1] - skeleton.place("left_thigh")[1]
        posture = quadruped(skeleton, pitch, straight, arms_to(float(trunk)))
        return placed(skeleton, posture).at("left_upper_arm")

    def low(pitch: float) -> float:
        return wrist + arm_m(skeleton) - float(shoulder(pitch)[1])

    return arms_to(float(shoulder(solved(low, 40, 110))[2]) + 0.02)


def quadruped(
    skeleton: Skeleton, pitch: float, spine: tuple[Bend, Bend, Bend], arms: dict[Side, Arm]
) -> Posture:
    """Return hands and knees: hips over the knees, shanks on the floor."""
    knee = skeleton.clearances.knee + MAT_M
    thigh = skeleton.length_m("left_thigh", "left_shank")
    shank = skeleton.length_m("left_shank", "left_foot")
    instep = 0.042
    down = np.array([0, thigh + knee, 0])
    orientation = about_x(pitch)
    hip = orientation @ (skeleton.place("left_thigh") - skeleton.place("pelvis"))
    back = np.sqrt(shank**2 - (knee - instep) ** 2)
    legs = {}
    for side in Side:
        sign = sign_of(side)
        ankle = np.array([sign * abs(hip[0]) * 1.05, instep, -back])
        legs[side] = Leg(
            reach=Reach(ankle, np.array([0, -1.0, 1.0])), foot=about_x(156), toes=about_x(166)
        )
    lumbar, thorax, neck = spine
    return Posture((down - hip) * [0, 1, 1], orientation, lumbar, thorax, neck, arms, legs)
