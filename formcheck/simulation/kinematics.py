"""From a posture's angles to where every segment is: forward kinematics, many postures at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from formcheck.exercises.joints import INDEX, Array
from formcheck.landmarks import Side
from formcheck.simulation.rotations import about_x, about_y, about_z
from formcheck.simulation.skeleton import PARENTS, SEGMENT_INDEX, SEGMENTS, Skeleton

# The shoulder girdle lifts with the arm: about a third of the elevation beyond 40 degrees.
GIRDLE_FROM_DEG = 40.0
GIRDLE_SHARE = 0.28
_LUMBAR = ("lumbar_low", "lumbar_mid", "lumbar_high")
_NECK = ("neck_low", "neck_mid", "neck_high", "head")
_FINGERS = ("fingers", "fingers_mid", "fingers_tip")


@dataclass(frozen=True, eq=False)
class Placed:
    """A skeleton in one posture or in many.

    Attributes
    ----------
    skeleton
        Whose.
    rotations
        Orientation of each segment, shape (..., n segments, 3, 3).
    positions
        Where each segment begins [m], shape (..., n segments, 3).
    """

    skeleton: Skeleton
    rotations: Array
    positions: Array

    def __getitem__(self, index: int) -> "Placed":
        """Return one of many postures."""
        return Placed(self.skeleton, self.rotations[index], self.positions[index])

    def at(self, segment: str) -> Array:
        """Return where a segment begins [m]."""
        place: Array = self.positions[..., SEGMENT_INDEX[segment], :]
        return place

    def turned(self, segment: str) -> Array:
        """Return how a segment is turned."""
        rotation: Array = self.rotations[..., SEGMENT_INDEX[segment], :, :]
        return rotation

    def points(self, segments: "tuple[int, ...] | list[int]", offsets: Array) -> Array:
        """Return points that sit on segments [m], shape (..., n points, 3).

        Parameters
        ----------
        segments
            Index of the segment of each point.
        offsets
            From its beginning [m], shape (n points, 3).
        """
        chosen = list(segments)
        turned = np.einsum("...lij,lj->...li", self.rotations[..., chosen, :, :], offsets)
        return np.asarray(self.positions[..., chosen, :] + turned)

    @cached_property
    def landmarks(self) -> Array:
        """The 33 landmarks [m], shape (..., 33, 3)."""
        return self.points(self.skeleton.landmark_segments, self.skeleton.landmark_offsets)


class _Placing:
    """The segments placed so far, parents first.

    A segment of all postures lies in one piece: they are placed one segment after the other.
    """

    def __init__(self, skeleton: Skeleton, postures: Array, needed: frozenset[str]) -> None:
        self.skeleton = skeleton
        self.postures = postures
        self._needed = needed
        n_postures = len(postures)
        self.rotations = np.full((len(SEGMENTS), n_postures, 3, 3), np.nan)
        self.positions = np.full((len(SEGMENTS), n_postures, 3), np.nan)

    def needs(self, segment: str) -> bool:
        """Return whether anybody asks for a segment, or for one that hangs on it."""
        return segment in self._needed

    def angle(self, name: str) -> Array:
        """Return an angle in every posture [deg]."""
        column: Array = self.postures[:, INDEX[name]]
        return column

    def put(self, segment: str, rotation: Array) -> None:
        """Turn a segment and hang it on its parent, where anybody asks for it."""
        if not self.needs(segment):
            return
        index, parent = SEGMENT_INDEX[segment], SEGMENT_INDEX[PARENTS[segment]]
        offset = self.skeleton.neutral[index] - self.skeleton.neutral[parent]
        # All postures as one tall matrix: many times as fast as one small product each.
        away = (self.rotations[parent].reshape(-1, 3) @ offset).reshape(-1, 3)
        self.positions[index] = self.positions[parent] + away
        self.rotations[index] = rotation

    def turned(self, segment: str) -> Array:
        """Return how a segment is turned."""
        rotation: Array = self.rotations[SEGMENT_INDEX[segment]]
        return rotation

    def placed(self) -> Placed:
        """Return the segments as they are asked for: by posture first."""
        turned, places = self.rotations.swapaxes(0, 1), self.positions.swapaxes(0, 1)
        return Placed(self.skeleton, turned, places)


def placed(
    skeleton: Skeleton, postures: Array, segments: Iterable[int] = range(len(SEGMENTS))
) -> Placed:
    """Return where the segments of a skeleton are.

    Parameters
    ----------
    skeleton
        Whose.
    postures
        Angles in the order of ``joints.ANGLES``, shape (n angles,) or (n postures, n angles).
    segments
        Index of each that is asked for, all of them unless told otherwise: where a foot rests
        depends on no arm. The others may stay NaN.
    """
    many = np.atleast_2d(np.asarray(postures, np.float64))
    placing = _Placing(skeleton, many, _needed(frozenset(segments)))
    placing.positions[0] = many[:, :3]
    placing.rotations[0] = (
        about_y(placing.angle("pelvis_heading"))
        @ about_z(placing.angle("pelvis_roll"))
        @ about_x(placing.angle("pelvis_pitch"))
    )
    _place_spine(placing)
    for side in Side:
        _place_leg(placing, side)
        _place_arm(placing, side)
    body = placing.placed()
    return body if np.ndim(postures) > 1 else body[0]


@cache
def _needed(segments: frozenset[int]) -> frozenset[str]:
    """Return the names of segments, and of everything that they hang on."""
    needed = {SEGMENTS[index] for index in segments}
    for name in reversed(SEGMENTS):  # parents come first
        if name in needed and PARENTS[name]:
            needed.add(PARENTS[name])
    return frozenset(needed)


def _bent(placing: _Placing, part: str, share: float) -> Array:
    """Return the rotation of a part of the spine, or of a share of it."""
    turn, bend, flexion = (placing.angle(f"{part}_{way}") for way in ("turn", "bend", "flexion"))
    return about_y(turn * share) @ about_z(bend * share) @ about_x(flexion * share)


def _place_spine(placing: _Placing) -> None:
    if not placing.needs(_LUMBAR[0]):
        return
    root = placing.turned("pelvis")
    for count, name in enumerate(_LUMBAR, start=1):
        placing.put(name, root @ _bent(placing, "lumbar", count / 3))
    lumbar = placing.turned("lumbar_high")
    placing.put("thorax_low", lumbar @ _bent(placing, "thorax", 0.5))
    placing.put("thorax", lumbar @ _bent(placing, "thorax", 1.0))
    if not placing.needs(_NECK[0]):
        return
    thorax = placing.turned("thorax")
    for count, name in enumerate(_NECK, start=1):
        placing.put(name, thorax @ _bent(placing, "neck", count / 4))


def _place_leg(placing: _Placing, side: Side) -> None:
    if not placing.needs(f"{side}_thigh"):
        return
    sign = sign_of(side)
    thigh = placing.turned("pelvis") @ about_x(-placing.angle(f"{side}_hip_flexion"))
    thigh = thigh @ about_z(sign * placing.angle(f"{side}_hip_abduction"))
    thigh = thigh @ about_y(sign * placing.angle(f"{side}_hip_rotation"))
    shank = thigh @ about_x(placing.angle(f"{side}_knee_flexion"))
    foot = shank @ about_x(-placing.angle(f"{side}_ankle_flexion"))
    foot = foot @ about_z(sign * placing.angle(f"{side}_ankle_inversion"))
    toes = foot @ about_x(placing.angle(f"{side}_toe_flexion"))
    for segment, rotation in (("thigh", thigh), ("shank", shank), ("foot", foot), ("toes", toes)):
        placing.put(f"{side}_{segment}", rotation)


def _place_arm(placing: _Placing, side: Side) -> None:
    if not placing.needs(f"{side}_clavicle"):
        return
    sign = sign_of(side)
    thorax = placing.turned("thorax")
    raised = about_x(-placing.angle(f"{side}_shoulder_flexion"))
    raised = raised @ about_z(sign * placing.angle(f"{side}_shoulder_abduction"))
    _place_girdle(placing, side, raised)
    upper = thorax @ raised @ about_y(sign * placing.angle(f"{side}_shoulder_rotation"))
    placing.put(f"{side}_upper_arm", upper)
    placing.put(f"{side}_upper_arm_low", upper)
    forearm = upper @ about_x(-placing.angle(f"{side}_elbow_flexion"))
    placing.put(f"{side}_forearm", forearm)
    if not placing.needs(f"{side}_forearm_low"):
        return
    twist = -sign * placing.angle(f"{side}_forearm_pronation")
    placing.put(f"{side}_forearm_low", forearm @ about_y(twist / 2))
    hand = forearm @ about_y(twist)
    hand = hand @ about_z(-sign * placing.angle(f"{side}_wrist_flexion"))
    hand = hand @ about_x(-placing.angle(f"{side}_wrist_deviation"))
    _place_hand(placing, side, hand)


def _place_girdle(placing: _Placing, side: Side, raised: Array) -> None:
    """Lift clavicle and scapula with the arm."""
    # The arm points down its own y axis.
    elevation = np.degrees(np.arccos(np.clip(raised[:, 1, 1], -1, 1)))
    lift = GIRDLE_SHARE * np.maximum(0.0, elevation - GIRDLE_FROM_DEG)
    lift = sign_of(side) * (lift + placing.angle(f"{side}_shrug"))
    thorax = placing.turned("thorax")
    placing.put(f"{side}_clavicle", thorax @ about_z(lift))
    placing.put(f"{side}_scapula", thorax @ about_z(lift * 1.1))


def _place_hand(placing: _Placing, side: Side, hand: Array) -> None:
    if not placing.needs(f"{side}_hand"):
        return
    sign = sign_of(side)
    curl = placing.angle(f"{side}_finger_curl")
    thumb = hand @ about_y(sign * placing.angle(f"{side}_thumb_out"))
    placing.put(f"{side}_hand", hand)
    placing.put(f"{side}_thumb", thumb)
    placing.put(f"{side}_thumb_tip", thumb @ about_z(-sign * curl / 2))
    for count, name in enumerate(_FINGERS, start=1):
        placing.put(f"{side}_{name}", hand @ about_z(-sign * curl * count))


def sign_of(side: Side) -> int:
    """Return 1 for the left side, on which x is positive, and -1 for the right one."""
    return 1 if side is Side.LEFT else -1
