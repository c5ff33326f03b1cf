"""From a posture to where every segment is: forward kinematics, with limbs that reach."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from formcheck.landmarks import Side
from formcheck.simulation.posture import Arm, Bend, Leg, Posture, Reach
from formcheck.simulation.rotations import Array, about_x, about_y, about_z, unit
from formcheck.simulation.skeleton import PARENTS, SEGMENT_INDEX, SEGMENTS, Skeleton

# A limb never locks: a straight one leaves its hinge without a plane.
LONGEST_REACH = 0.9998
# The shoulder girdle lifts with the arm: about a third of the elevation beyond 40 degrees.
GIRDLE_FROM_DEG = 40.0
GIRDLE_SHARE = 0.28


@dataclass(frozen=True, eq=False)
class Placed:
    """A skeleton in a posture.

    Attributes
    ----------
    skeleton
        Whose.
    rotations
        Orientation of each segment, shape (n segments, 3, 3).
    positions
        Where each segment begins [m], shape (n segments, 3).
    """

    skeleton: Skeleton
    rotations: Array
    positions: Array

    def at(self, segment: str) -> Array:
        """Return where a segment begins [m]."""
        place: Array = self.positions[SEGMENT_INDEX[segment]]
        return place

    def turned(self, segment: str) -> Array:
        """Return how a segment is turned."""
        rotation: Array = self.rotations[SEGMENT_INDEX[segment]]
        return rotation

    @cached_property
    def landmarks(self) -> Array:
        """The 33 landmarks [m], shape (33, 3)."""
        carriers = list(self.skeleton.landmark_segments)
        offsets = self.skeleton.landmark_offsets
        turned = np.einsum("lij,lj->li", self.rotations[carriers], offsets)
        return np.asarray(self.positions[carriers] + turned)


def limb_frames(
    start: Array, target: Array, upper_m: float, lower_m: float, pole: Array
) -> tuple[Array, Array]:
    """Return the orientations of a limb's two segments that bring its end to a target.

    Parameters
    ----------
    start, target
        Where the limb begins and where its end shall be [m]; beyond its length, it points there.
    upper_m, lower_m
        Lengths of the two segments [m].
    pole
        The direction in which the joint between them points; the front of both looks there.
    """
    line = target - start
    shortest = abs(upper_m - lower_m) + 1e-4
    distance = float(np.clip(np.linalg.norm(line), shortest, (upper_m + lower_m) * LONGEST_REACH))
    line = unit(line)
    front = unit(pole - float(pole @ line) * line)
    cosine = (upper_m**2 + distance**2 - lower_m**2) / (2 * upper_m * distance)
    upper = line * cosine + front * np.sqrt(max(0.0, 1 - cosine**2))
    lower = unit(line * distance - upper * upper_m)
    hinge = np.cross(-line, front)
    return (
        np.stack([hinge, -upper, np.cross(hinge, -upper)], 1),
        np.stack([hinge, -lower, np.cross(hinge, -lower)], 1),
    )


def bend_rotation(bend: Bend, share: float = 1.0) -> Array:
    """Return the rotation of part of the spine, or of a share of it."""
    return about_y(bend.turn * share) @ about_z(bend.bend * share) @ about_x(bend.flexion * share)


class _Placing:
    """The segments placed so far, parents first."""

    def __init__(self, skeleton: Skeleton) -> None:
        self.skeleton = skeleton
        self.rotations = np.tile(np.eye(3), (len(SEGMENTS), 1, 1))
        self.positions = np.zeros((len(SEGMENTS), 3))

    def put(self, segment: str, rotation: Array) -> Array:
        """Turn a segment and hang it on its parent; return where it begins."""
        index, parent = SEGMENT_INDEX[segment], SEGMENT_INDEX[PARENTS[segment]]
        offset = self.skeleton.neutral[index] - self.skeleton.neutral[parent]
        self.positions[index] = self.positions[parent] + self.rotations[parent] @ offset
        self.rotations[index] = rotation
        place: Array = self.positions[index]
        return place

    def turned(self, segment: str) -> Array:
        """Return how a segment is turned."""
        rotation: Array = self.rotations[SEGMENT_INDEX[segment]]
        return rotation

    def resolved(self, reach: Reach) -> tuple[Array, Array]:
        """Return target and pole of a reach in the world."""
        if not reach.segment:
            return reach.target, reach.pole
        frame = self.turned(reach.segment)
        origin = self.positions[SEGMENT_INDEX[reach.segment]]
        return origin + frame @ reach.target, frame @ reach.pole


def placed(skeleton: Skeleton, posture: Posture) -> Placed:
    """Return where every segment of a skeleton is in a posture."""
    placing = _Placing(skeleton)
    placing.positions[0] = posture.position
    placing.rotations[0] = posture.orientation
    _place_spine(placing, posture)
    for side in Side:
        _place_leg(placing, side, posture.legs[side])
    for side in Side:
        _place_arm(placing, side, posture.arms[side])
    return Placed(skeleton, placing.rotations, placing.positions)


def _place_spine(placing: _Placing, posture: Posture) -> None:
    root = posture.orientation
    for count, name in enumerate(("lumbar_low", "lumbar_mid", "lumbar_high"), start=1):
        placing.put(name, root @ bend_rotation(posture.lumbar, count / 3))
    lumbar = placing.turned("lumbar_high")
    placing.put("thorax_low", lumbar @ bend_rotation(posture.thorax, 0.5))
    thorax = lumbar @ bend_rotation(posture.thorax)
    placing.put("thorax", thorax)
    for count, name in enumerate(("neck_low", "neck_mid", "neck_high", "head"), start=1):
        placing.put(name, thorax @ bend_rotation(posture.neck, count / 4))


def _place_leg(placing: _Placing, side: Side, leg: Leg) -> None:
    sign = 1 if side is Side.LEFT else -1
    thigh = placing.turned("pelvis") @ about_x(-leg.flexion)
    thigh = thigh @ about_z(sign * leg.abduction) @ about_y(sign * leg.rotation)
    shank = thigh @ about_x(leg.knee)
    start = placing.put(f"{side}_thigh", thigh)
    if leg.reach is not None:
        target, pole = placing.resolved(leg.reach)
        skeleton = placing.skeleton
        thigh, shank = limb_frames(
            start,
            target,
            skeleton.length_m(f"{side}_thigh", f"{side}_shank"),
            skeleton.length_m(f"{side}_shank", f"{side}_foot"),
            pole,
        )
        placing.put(f"{side}_thigh", thigh)
    placing.put(f"{side}_shank", shank)
    foot = shank if leg.foot is None else leg.foot
    placing.put(f"{side}_foot", foot)
    placing.put(f"{side}_toes", foot if leg.toes is None else leg.toes)


def _place_arm(placing: _Placing, side: Side, arm: Arm) -> None:
    sign = 1 if side is Side.LEFT else -1
    thorax = placing.turned("thorax")
    outward = thorax @ about_x(-arm.flexion) @ about_z(sign * arm.abduction)
    upper = outward @ about_y(sign * arm.rotation)
    forearm = upper @ about_x(-arm.elbow)
    _place_girdle(placing, side, arm, outward @ np.array([0, -1.0, 0]))
    start = placing.put(f"{side}_upper_arm", upper)
    if arm.reach is not None:
        target, pole = placing.resolved(arm.reach)
        skeleton = placing.skeleton
        lengths = (
            skeleton.length_m(f"{side}_upper_arm", f"{side}_forearm"),
            skeleton.length_m(f"{side}_forearm", f"{side}_hand"),
        )
        # The front of an arm looks away from where its elbow points.
        flip = np.diag([-1.0, 1, -1])
        upper, forearm = (f @ flip for f in limb_frames(start, target, *lengths, pole))
        placing.put(f"{side}_upper_arm", upper)
    placing.put(f"{side}_upper_arm_low", upper)
    placing.put(f"{side}_forearm", forearm)
    twist = -sign * arm.pronation
    hand = forearm @ about_y(twist)
    if arm.hand is not None:
        hand = placing.turned(arm.hand_segment) @ arm.hand if arm.hand_segment else arm.hand
        twist = _twist_deg(forearm, hand)
    placing.put(f"{side}_forearm_low", forearm @ about_y(twist / 2))
    _place_hand(placing, side, hand, arm)


def _twist_deg(forearm: Array, hand: Array) -> float:
    """Return how far the hand is turned about the forearm's length [deg]."""
    relative = forearm.T @ hand
    return float(
        np.degrees(np.arctan2(relative[0, 2] - relative[2, 0], relative[0, 0] + relative[2, 2]))
    )


def _place_girdle(placing: _Placing, side: Side, arm: Arm, direction: Array) -> None:
    """Lift clavicle and scapula with the arm."""
    sign = 1 if side is Side.LEFT else -1
    thorax = placing.turned("thorax")
    if arm.reach is not None:
        target, _ = placing.resolved(arm.reach)
        skeleton = placing.skeleton
        shoulder = skeleton.place(f"{side}_upper_arm") - skeleton.place("thorax")
        origin = placing.positions[SEGMENT_INDEX["thorax"]] + thorax @ shoulder
        direction = unit(target - origin)
    elevation = float(np.degrees(np.arccos(np.clip(-(thorax.T @ direction)[1], -1, 1))))
    lift = GIRDLE_SHARE * max(0.0, elevation - GIRDLE_FROM_DEG) + arm.shrug
    placing.put(f"{side}_clavicle", thorax @ about_z(sign * lift))
    placing.put(f"{side}_scapula", thorax @ about_z(sign * lift * 1.1))


def _place_hand(placing: _Placing, side: Side, hand: Array, arm: Arm) -> None:
    sign = 1 if side is Side.LEFT else -1
    curl_deg = arm.curl
    thumb = hand @ about_y(sign * arm.thumb)
    placing.put(f"{side}_hand", hand)
    placing.put(f"{side}_thumb", thumb)
    placing.put(f"{side}_thumb_tip", thumb @ about_z(-sign * curl_deg / 2))
    for count, name in enumerate(("fingers", "fingers_mid", "fingers_tip"), start=1):
        placing.put(f"{side}_{name}", hand @ about_z(-sign * curl_deg * count))
