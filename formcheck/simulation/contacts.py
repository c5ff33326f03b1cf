"""What a body rests on: the parts that touch the floor, and how thick the flesh is there.

A contact is a few points that sit on a segment, each with the height at which it rests. Which of
them hold is part of a motion; `solving` finds the posture in which they do.
"""

from dataclasses import dataclass

import numpy as np

from formcheck.exercises.joints import Array
from formcheck.exercises.motion import CONTACTS, LIMB_CONTACTS, TRUNK_CONTACTS
from formcheck.landmarks import INDEX as LANDMARK
from formcheck.landmarks import Side
from formcheck.simulation.kinematics import sign_of
from formcheck.simulation.skeleton import SEGMENT_INDEX, Skeleton

# What people lie on.
MAT_M = 0.008
# Two points beside each other keep a part from rolling.
_BESIDE_M = 0.03
# How far inside the flesh the landmark of the heel and the middle of the foot's edge lie.
_HEEL_M, _EDGE_M = 0.012, 0.004
_FINGER_M = 0.004
# On the forearm the hand is a fist, and the wrist that much higher.
_FIST_M = 0.022
_FOOT_PARTS = frozenset({"foot", "toes", "heel", "instep", "foot_edge"})


@dataclass(frozen=True, slots=True, eq=False)
class Touch:
    """The points of one contact.

    Attributes
    ----------
    segments
        Index of the segment that carries each point.
    offsets
        From the beginning of that segment [m], shape (n points, 3).
    heights_m
        Height of each point above the floor when it rests there, shape (n points,).
    """

    segments: tuple[int, ...]
    offsets: Array
    heights_m: Array


def _touch(*points: tuple[str, tuple[float, float, float] | Array, float]) -> Touch:
    return Touch(
        tuple(SEGMENT_INDEX[segment] for segment, _, _ in points),
        np.array([offset for _, offset, _ in points], np.float64),
        np.array([height for _, _, height in points]) + MAT_M,
    )


def touch(skeleton: Skeleton, contact: str) -> Touch:
    """Return the points of a contact on somebody's body.

    Raises
    ------
    ValueError
        Where there is no such contact.
    """
    if contact in TRUNK_CONTACTS:
        return _central(skeleton, contact)
    side, _, part = contact.partition("_")
    if side not in tuple(Side) or part not in LIMB_CONTACTS:
        raise ValueError(f"There is no contact {contact!r}; expected one of {', '.join(CONTACTS)}.")
    return _limb(skeleton, Side(side), part)


def _central(skeleton: Skeleton, contact: str) -> Touch:
    clear = skeleton.clearances
    hips = [skeleton.place(f"{side}_thigh") - skeleton.place("pelvis") for side in Side]
    shoulders = [skeleton.place(f"{side}_upper_arm") - skeleton.place("thorax") for side in Side]
    head_m = skeleton.landmark_offsets[LANDMARK["nose"]][1]
    match contact:
        case "hips_back":
            return _touch(*(("pelvis", hip, clear.hip_back) for hip in hips))
        case "shoulders_back":
            return _touch(*(("thorax", place, clear.shoulder_back) for place in shoulders))
        case "hips_front":
            return _touch(*(("pelvis", hip, clear.hip_front) for hip in hips))
        case "chest":
            return _touch(*(("thorax", (place[0], 0.0, 0.0), clear.chest) for place in shoulders))
        case "head_back":
            return _touch(("head", (0.0, head_m, 0.0), clear.head_back))
    return _touch(("head", (0.0, head_m, 0.0), clear.head_front))


def _limb(skeleton: Skeleton, side: Side, part: str) -> Touch:
    if part in _FOOT_PARTS:
        return _leg_end(skeleton, side, part)
    clear = skeleton.clearances
    begin = (0.0, 0.0, 0.0)
    if part == "hand":
        carried = skeleton.landmark_offsets
        knuckles = [carried[LANDMARK[f"{side}_{name}"]] * [0, 1, 1] for name in ("index", "pinky")]
        return _touch(*((f"{side}_hand", place, clear.wrist) for place in (begin, *knuckles)))
    if part in {"shin", "forearm"}:
        ends = (("shank", clear.knee), ("foot", clear.instep))
        if part == "forearm":
            ends = (("forearm", clear.elbow), ("hand", clear.elbow + _FIST_M))
        return _touch(*((f"{side}_{segment}", begin, height) for segment, height in ends))
    segment, height_m = {
        "elbow": ("forearm", clear.elbow),
        "knee": ("shank", clear.knee),
        "hip_side": ("thigh", clear.hip_side),
        "shoulder_side": ("upper_arm", clear.shoulder_side),
    }[part]
    return _touch((f"{side}_{segment}", begin, height_m))


def _leg_end(skeleton: Skeleton, side: Side, part: str) -> Touch:
    clear, sign = skeleton.clearances, sign_of(side)
    foot, toes = f"{side}_foot", f"{side}_toes"
    begin, beside = (0.0, 0.0, 0.0), (sign * _BESIDE_M, 0.0, 0.0)
    if part == "foot":
        sole = ((foot, begin, clear.ankle), (foot, beside, clear.ankle))
        return _touch(*sole, (toes, begin, float(skeleton.place(toes)[1])))
    if part == "toes":
        tip = skeleton.landmark_offsets[LANDMARK[f"{side}_foot_index"]] * [0, 1, 1]
        ball = ((toes, begin, clear.ball), (toes, beside, clear.ball))
        return _touch(*ball, (toes, tip, clear.ball + float(tip[1])))
    if part == "heel":
        heel = skeleton.landmark_offsets[LANDMARK[f"{side}_heel"]]
        return _touch((foot, heel, _HEEL_M))
    if part == "instep":
        return _touch((foot, begin, clear.instep))
    outward = (sign * clear.foot_side, -clear.ankle / 2, 0.0)
    return _touch((foot, outward, _EDGE_M))


def guards(skeleton: Skeleton) -> Touch:
    """Return the points that nothing may push through the floor, whatever touches it.

    Each has the least height at which it can rest, in whichever way the body lies on it.
    """
    clear = skeleton.clearances
    head_m = skeleton.landmark_offsets[LANDMARK["nose"]][1]
    points: list[tuple[str, tuple[float, float, float] | Array, float]] = [
        ("head", (0.0, head_m, 0.0), min(clear.head_back, clear.head_front))
    ]
    joints = {
        "thigh": min(clear.hip_back, clear.hip_front, clear.hip_side),
        "upper_arm": min(clear.shoulder_back, clear.shoulder_side),
        "forearm": clear.elbow,
        "hand": clear.wrist,
        "shank": clear.knee,
        "foot": min(clear.ankle, clear.instep, clear.foot_side),
        "toes": 0.0,
    }
    for side in Side:
        points += [(f"{side}_{name}", (0.0, 0.0, 0.0), least) for name, least in joints.items()]
        points.append((f"{side}_fingers_tip", (0.0, 0.0, 0.0), _FINGER_M))
        carried = (("hand", "index"), ("hand", "pinky"), ("foot", "heel"), ("toes", "foot_index"))
        for segment, landmark in carried:
            offset = skeleton.landmark_offsets[LANDMARK[f"{side}_{landmark}"]]
            points.append((f"{side}_{segment}", offset, 0.0))
    return _touch(*points)
