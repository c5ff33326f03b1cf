"""A person's segments, how they hang together, and where the landmarks sit on them.

In the neutral posture (standing, arms straight down, palms to the thighs) every segment's
frame is the identity, so a segment's orientation is the product of the anatomical rotations
down the chain and nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from formcheck.landmarks import NAMES, Side
from formcheck.simulation.rotations import Array

_TRUNK = (
    ("pelvis", ""),
    ("lumbar_low", "pelvis"),
    ("lumbar_mid", "lumbar_low"),
    ("lumbar_high", "lumbar_mid"),
    ("thorax_low", "lumbar_high"),
    ("thorax", "thorax_low"),
    ("neck_low", "thorax"),
    ("neck_mid", "neck_low"),
    ("neck_high", "neck_mid"),
    ("head", "neck_high"),
)
_LIMBS = (
    ("clavicle", "thorax"),
    ("scapula", "clavicle"),
    ("upper_arm", "scapula"),
    ("upper_arm_low", "upper_arm"),
    ("forearm", "upper_arm_low"),
    ("forearm_low", "forearm"),
    ("hand", "forearm_low"),
    ("thumb", "hand"),
    ("thumb_tip", "thumb"),
    ("fingers", "hand"),
    ("fingers_mid", "fingers"),
    ("fingers_tip", "fingers_mid"),
    ("thigh", "pelvis"),
    ("shank", "thigh"),
    ("foot", "shank"),
    ("toes", "foot"),
)
_PAIRED = frozenset(name for name, _ in _LIMBS)

PARENTS: dict[str, str] = dict(_TRUNK) | {
    f"{side}_{name}": f"{side}_{parent}" if parent in _PAIRED else parent
    for side in Side
    for name, parent in _LIMBS
}
SEGMENTS: tuple[str, ...] = tuple(PARENTS)
SEGMENT_INDEX: dict[str, int] = {name: index for index, name in enumerate(SEGMENTS)}

JOINT_LANDMARKS: dict[str, str] = {
    f"{side}_{landmark}": f"{side}_{segment}"
    for side in Side
    for landmark, segment in (
        ("shoulder", "upper_arm"),
        ("elbow", "forearm"),
        ("wrist", "hand"),
        ("hip", "thigh"),
        ("knee", "shank"),
        ("ankle", "foot"),
    )
}


@dataclass(frozen=True, slots=True)
class Clearances:
    """How far joint centres are from the surface that the body rests on [m].

    Attributes
    ----------
    ankle, wrist, elbow, knee
        Height above the floor of the ankle with the sole flat, the wrist with the palm flat,
        the elbow with the forearm lying, and the knee when kneeling.
    ball
        Height of the ball of the foot with the toes flat and the heel lifted.
    hip_seat, hip_back, shoulder_back
        Height of the hip above the seat, and of hip and shoulder above the floor when lying
        on the back.
    chest, hip_front, head_front
        How far the surface is in front of the beginning of the thorax, the hips and the head.
    head_back
        How far the back of the head is behind its beginning.
    instep
        Height of the ankle when the top of the foot lies on the floor.
    hip_side, shoulder_side
        Height of the lower hip and shoulder when lying on the side.
    foot_side
        How far the outer edge of the foot is beside the ankle.
    """

    ankle: float
    wrist: float
    elbow: float
    knee: float
    ball: float
    hip_seat: float
    hip_back: float
    shoulder_back: float
    chest: float
    hip_front: float
    head_front: float
    head_back: float
    instep: float
    hip_side: float
    shoulder_side: float
    foot_side: float


@dataclass(frozen=True, slots=True, eq=False)
class Skeleton:
    """One person's measures.

    Attributes
    ----------
    neutral
        Where each segment begins in the neutral posture [m], shape (n segments, 3), in the
        order of ``SEGMENTS``, floor at y = 0.
    landmark_segments
        Index of the segment that carries each of the 33 landmarks.
    landmark_offsets
        Where on that segment, from its beginning [m], shape (33, 3).
    clearances
        Thickness of the flesh where the body touches something.
    """

    neutral: Array
    landmark_segments: tuple[int, ...]
    landmark_offsets: Array
    clearances: Clearances

    def place(self, segment: str) -> Array:
        """Return where a segment begins in the neutral posture [m]."""
        place: Array = self.neutral[SEGMENT_INDEX[segment]]
        return place

    def length_m(self, first: str, second: str) -> float:
        """Return the distance between the beginnings of two segments [m]."""
        return float(np.linalg.norm(self.place(first) - self.place(second)))


def landmarks_on(points: Mapping[str, tuple[str, ArrayLike]]) -> tuple[tuple[int, ...], Array]:
    """Return the segment index and offset of every landmark, in the order of their names.

    Parameters
    ----------
    points
        For each landmark that is not a joint centre: its segment and the offset on it [m].
    """
    everything = {name: (segment, np.zeros(3)) for name, segment in JOINT_LANDMARKS.items()}
    everything |= {n: (s, np.asarray(offset, np.float64)) for n, (s, offset) in points.items()}
    chosen = [everything[name] for name in NAMES]
    return (
        tuple(SEGMENT_INDEX[segment] for segment, _ in chosen),
        np.array([offset for _, offset in chosen]),
    )
