"""On the belly: pressed up on the hands, propped on the forearms, lifted freely, and letters.

The head points to z, the left side towards x. The pelvis stays down in all of them, its hips
above z = 0.
"""

from dataclasses import replace
from functools import lru_cache

import numpy as np

from formcheck.landmarks import Side
from formcheck.simulation.exercises.floor import MAT_M
from formcheck.simulation.exercises.holding import leg_m, moved, palm_down, sign_of, solved
from formcheck.simulation.kinematics import Placed, placed
from formcheck.simulation.posture import Arm, Bend, Leg, Posture, Reach
from formcheck.simulation.rotations import Array, about_x
from formcheck.simulation.skeleton import Skeleton

# Of the thickness behind the hips and of the chest: a belly is thicker, a chest gives way.
HIP_FRONT_SHARE = 1.12
CHEST_FRONT_SHARE = 0.88
INSTEP_M = 0.05
FOOT_DEG = 150.0
TOES_DEG = 162.0
# The forehead rests on the floor: the chest is thicker than the head is deep.
NECK_DEG = -22.0
# Of a lifted chest, the pelvis gives a little, the low back most of it.
PELVIS_SHARE, LUMBAR_SHARE = 0.2, 0.5
# The forearms slide back as the trunk comes up on them.
SLIDE_M = 0.13
# Direction of the straight arm seen from above (180 is overhead), and the elbow's bend [deg].
LETTERS = {"Y": (130.0, 8.0), "T": (92.0, 8.0), "W": (68.0, 92.0)}


def press_up(skeleton: Skeleton, values: dict[str, float]) -> Posture:
    """Return a trunk pushed up by hands that lie beside the chest.

    Parameters
    ----------
    values
        ``bend``: how far the back is bent backwards [deg]; ``hips``: how far the hips are off
        the floor [m].
    """
    flat = placed(skeleton, _on_belly(skeleton, 0.0))
    pole = np.array([0.35, 0.6, -1.0])
    beside = np.array([0.09, _wrist_m(skeleton), -0.06])
    hand = flat.at("left_upper_arm") * [1, 0, 1] + beside
    lying = _on_belly(skeleton, values["bend"], values["hips"])
    return replace(lying, arms=_hands_at(hand, pole), neck=_looking(0.3 * values["bend"]))


def sphinx(skeleton: Skeleton, values: dict[str, float]) -> Posture:
    """Return a trunk propped on its forearms.

    Parameters
    ----------
    values
        ``bend``: how far the back is bent backwards [deg].
    """
    up = sphinx_bend(skeleton)
    return _on_forearms(skeleton, values["bend"], values["bend"] / up, up)


@lru_cache(maxsize=8)
def sphinx_bend(skeleton: Skeleton) -> float:
    """Return the bend at which the upper arms stand upright on their elbows [deg]."""

    def above(bend: float) -> float:
        elbow = placed(skeleton, _on_forearms(skeleton, bend, 1.0, bend)).at("left_forearm")
        return float(elbow[1]) - skeleton.clearances.elbow - MAT_M

    return solved(above, 5.0, 80.0)


def _on_forearms(skeleton: Skeleton, bend: float, share: float, up: float) -> Posture:
    """Return a trunk that has come a share of the way up to the bend at which it is propped."""
    lying = _on_belly(skeleton, bend)
    propped = placed(skeleton, _on_belly(skeleton, up)).at("left_upper_arm")
    # Lying, the elbows are out beside the chest; propped, they are under the shoulders.
    away = 0.97 * skeleton.length_m("left_forearm", "left_hand") + SLIDE_M * (1 - share)
    hand = np.array([propped[0] * 0.95, _wrist_m(skeleton), propped[2] + away])
    under = share**3
    pole = np.array([1.2 - 1.2 * under, 0.15 - 1.15 * under, -0.9])
    return replace(lying, arms=_hands_at(hand, pole), neck=_looking(0.3 * bend))


def press_up_bend(skeleton: Skeleton, pitch_deg: float) -> float:
    """Return the bend at which the line from the hips to the shoulders rises by an angle [deg]."""

    def beyond(bend: float) -> float:
        return trunk_pitch_deg(placed(skeleton, _on_belly(skeleton, bend))) - pitch_deg

    return solved(beyond, -5.0, 90.0)


def trunk_pitch_deg(body: Placed) -> float:
    """Return how steeply the line from the hips to the shoulders rises [deg]."""
    line = body.at("left_upper_arm") - body.at("left_thigh")
    return float(np.degrees(np.arctan2(line[1], line[2])))


def superman(skeleton: Skeleton, values: dict[str, float]) -> Posture:
    """Return chest, arms and legs lifted off the floor without any support.

    Parameters
    ----------
    values
        ``bend``: how far the back is bent backwards [deg]; ``legs``: how far straight legs are
        lifted [deg]; ``arms``: how far straight arms are lifted from the floor [deg];
        ``overhead``: 1 for arms overhead, 0 for arms beside the body.
    """
    bend, overhead = values["bend"], values["overhead"] > 0
    lying = _on_belly(skeleton, bend)
    arm = _straight_arm(bend, _arm_on_floor_deg(skeleton, overhead) + values["arms"], overhead)
    legs = lying.legs
    if values["legs"]:
        legs = {side: _lifted_leg(skeleton, side, values["legs"]) for side in Side}
    neck = _looking(0.1 * bend)
    return replace(lying, neck=neck, arms=dict.fromkeys(Side, arm), legs=legs)


def letter(skeleton: Skeleton, values: dict[str, float]) -> Posture:
    """Return arms spread on the floor like a letter, or lifted from it.

    Parameters
    ----------
    values
        ``direction``: of the upper arms seen from above, 90 sideways, 180 overhead [deg];
        ``elbow``: how far the elbows are bent [deg]; ``lift``: height of the wrists above the
        floor [m]; ``bend``: how far the chest is lifted [deg].
    """
    lying = _on_belly(skeleton, values["bend"])
    lying = replace(lying, neck=_looking(0.0))
    posture = lying
    # The shoulders give way to their arms: each round comes closer.
    for _ in range(3):
        body = placed(skeleton, posture)
        arms = {side: _spread_arm(body, side, values) for side in Side}
        posture = replace(lying, arms=arms)
    return posture


def _spread_arm(body: Placed, side: Side, values: dict[str, float]) -> Arm:
    """Return an arm whose elbow and wrist are at heights above the floor."""
    skeleton, sign = body.skeleton, sign_of(side)
    upper = skeleton.length_m("left_upper_arm", "left_forearm")
    forearm = skeleton.length_m("left_forearm", "left_hand")
    shoulder = body.at(f"{side}_upper_arm")
    bent = values["elbow"]
    # The elbow of a straight arm rises by its share, a bent one with the wrist.
    share = upper / (upper + forearm) if bent < 45 else 0.9
    elbow_m = skeleton.clearances.elbow + MAT_M + share * values["lift"]
    elbow = shoulder + _towards(sign, values["direction"], elbow_m - shoulder[1], upper)
    rise = _wrist_m(skeleton) + values["lift"] - elbow[1]
    wrist = elbow + _towards(sign, values["direction"] + bent, rise, forearm)
    return Arm(reach=Reach(wrist, elbow - shoulder), pronation=40, curl=5)


def _towards(sign: int, direction_deg: float, rise_m: float, length_m: float) -> Array:
    """Return a vector of a length that rises and goes in a direction: 0 to the feet."""
    level = np.sqrt(length_m**2 - rise_m**2)
    direction = np.radians(direction_deg)
    return np.array([sign * level * np.sin(direction), rise_m, -level * np.cos(direction)])


def _on_belly(skeleton: Skeleton, bend: float, hips_m: float = 0.0) -> Posture:
    """Return somebody on the belly, insteps down, with the back bent backwards [deg]."""
    clear = skeleton.clearances
    hip = HIP_FRONT_SHARE * clear.hip_back + MAT_M
    chest = CHEST_FRONT_SHARE * clear.chest + MAT_M
    offset = skeleton.place("thorax") - skeleton.place("left_thigh")
    # How the trunk must slope for the belly and the chest to touch the floor.
    slope = float(np.degrees(np.arcsin((chest - hip + offset[2]) / offset[1])))
    posture = Posture(
        np.zeros(3),
        about_x(90 - slope - PELVIS_SHARE * bend),
        lumbar=Bend(flexion=-LUMBAR_SHARE * bend),
        thorax=Bend(flexion=-(1 - PELVIS_SHARE - LUMBAR_SHARE) * bend),
    )
    posture = moved(skeleton, posture, "left_thigh", np.array([0, hip + hips_m, 0]))
    return replace(posture, legs={side: _lying_leg(skeleton, side) for side in Side})


def _looking(up_deg: float) -> Bend:
    """Return a neck that looks from the floor up by an angle [deg]."""
    return Bend(flexion=NECK_DEG - up_deg)


def _lying_leg(skeleton: Skeleton, side: Side) -> Leg:
    return _leg_to(skeleton, side, INSTEP_M + MAT_M)


def _lifted_leg(skeleton: Skeleton, side: Side, lift_deg: float) -> Leg:
    lift_m = leg_m(skeleton) * float(np.sin(np.radians(lift_deg)))
    return _leg_to(skeleton, side, INSTEP_M + MAT_M + lift_m)


def _leg_to(skeleton: Skeleton, side: Side, ankle_m: float) -> Leg:
    """Return a straight leg with its ankle at a height, the foot stretched."""
    hip = HIP_FRONT_SHARE * skeleton.clearances.hip_back + MAT_M
    fall = float(np.arcsin((hip - ankle_m) / leg_m(skeleton)))
    back = leg_m(skeleton) * np.cos(fall)
    ankle = np.array([sign_of(side) * 1.1 * skeleton.place("left_thigh")[0], ankle_m, -back])
    pole = np.array([0, -1.0, 0])
    tilt = float(np.degrees(fall))
    return Leg(
        reach=Reach(ankle, pole), foot=about_x(FOOT_DEG - tilt), toes=about_x(TOES_DEG - tilt)
    )


def _hands_at(left_hand: Array, left_pole: Array) -> dict[Side, Arm]:
    """Return arms with flat hands; places and poles are given for the left."""
    arms = {}
    for side in Side:
        mirror = np.array([sign_of(side), 1, 1])
        reach = Reach(left_hand * mirror, left_pole * mirror)
        arms[side] = Arm(reach=reach, hand=palm_down(side), curl=-2, thumb=30)
    return arms


def _wrist_m(skeleton: Skeleton) -> float:
    return skeleton.clearances.wrist + MAT_M


def _straight_arm(bend: float, elevation_deg: float, overhead: bool) -> Arm:
    """Return an arm that rises from a chest lifted so far, to the head or to the feet."""
    pitch = 90 - bend
    flexion = pitch + 90 + elevation_deg if overhead else pitch - 90 - elevation_deg
    return Arm(flexion=flexion, abduction=10, elbow=4, pronation=70, curl=4)


@lru_cache(maxsize=8)
def _arm_on_floor_deg(skeleton: Skeleton, overhead: bool) -> float:
    """Return how an arm slopes from the shoulder of a lying chest to the floor [deg]."""
    lying = _on_belly(skeleton, 0.0)

    def above(elevation_deg: float) -> float:
        arms = dict.fromkeys(Side, _straight_arm(0.0, elevation_deg, overhead))
        wrist = placed(skeleton, replace(lying, arms=arms)).at("left_hand")
        return float(wrist[1]) - _wrist_m(skeleton)

    return solved(above, -40.0, 40.0)
