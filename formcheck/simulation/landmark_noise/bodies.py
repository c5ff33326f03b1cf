"""How a body lies to the camera: the directions in which its landmarks err.

Everything is worked out from the landmarks alone, so that the same code serves true landmarks
and an engine's.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.landmarks import INDEX, NAMES
from formcheck.simulation.rotations import Array

# Where the limb that ends in a landmark begins; others go along with the trunk.
_LIMB_STARTS = {
    "elbow": "shoulder",
    "wrist": "elbow",
    "pinky": "elbow",
    "index": "elbow",
    "thumb": "elbow",
    "knee": "hip",
    "ankle": "knee",
    "heel": "knee",
    "foot_index": "knee",
}
_LIMB_ENDS = {"heel": "ankle", "foot_index": "ankle", "pinky": "wrist"}
_LIMB_ENDS |= {"index": "wrist", "thumb": "wrist"}

SIDES = np.array([1.0 if "left" in n else -1.0 if "right" in n else 0.0 for n in NAMES])
"""1 for landmarks of the left side, -1 for the right side, 0 for the nose."""

SWAPPED = np.array(
    [
        NAMES.index(name.replace("left", "#").replace("right", "left").replace("#", "right"))
        for name in NAMES
    ]
)
"""Index of the same landmark on the other side."""

ARMS = np.arange(INDEX["left_elbow"], INDEX["right_thumb"] + 1)
LEGS = np.arange(INDEX["left_knee"], len(NAMES))


def _limb(index: int) -> str:
    """Return which limb a landmark belongs to; shoulders and hips are by themselves."""
    side = "left" if SIDES[index] > 0 else "right"
    if index < INDEX["left_shoulder"]:
        return "head"
    if index in ARMS:
        return f"{side} arm"
    return f"{side} leg" if index in LEGS else NAMES[index]


_LIMB_OF = [_limb(index) for index in range(len(NAMES))]
_LIMB_NAMES = list(dict.fromkeys(_LIMB_OF))
LIMBS = np.array([_LIMB_NAMES.index(name) for name in _LIMB_OF])
"""Number of the limb of each landmark: an arm, a leg, the head, or one of its own."""

# A limb is on the far side where the line from hip to hip points at the camera: not at all up to
# the first share of its length, altogether from the second on.
_HIDDEN_FROM, _HIDDEN_TO = 0.3, 0.9
# It is hidden there where the near side covers it in the picture: altogether up to the first
# distance from a near limb or the trunk's edge, in trunk lengths, not at all from the second on.
_COVERED_TO, _COVERED_FROM = 0.06, 0.18
_COVERING = (
    ("shoulder", "elbow"),
    ("elbow", "wrist"),
    ("shoulder", "hip"),
    ("hip", "knee"),
    ("knee", "ankle"),
)

# Depth of the trunk as a share of its length: 30 degrees out of the plane of the picture in what
# the engine says, whose depths are too small; in truth the trunk must point further that way.
_LENGTHWISE, _TRULY_LENGTHWISE = 0.5, 0.8


@dataclass(frozen=True, slots=True, eq=False)
class Bodies:
    """A body in each frame.

    Attributes
    ----------
    trunk_m
        Length from the middle of the hips to the middle of the shoulders [m], shape (n,).
    trunk_px
        The same in the picture if it were seen from the side [px], shape (n,).
    axes
        Unit vectors of each landmark's errors (along, outside, front), in the axes of the world
        landmarks, shape (n, 33, 3, 3): ``axes[k, l, 0]`` is along the limb.
    far
        How much each landmark is on the far side, 0 to 1, shape (n, 33).
    hidden
        How much it is hidden there by the near side.
    sideways
        How much the body is seen from the side: 0 from the front, 1 from the side, shape (n,).
    is_lengthwise
        Whether the trunk points at the camera or away from it, shape (n,).
    """

    trunk_m: Array
    trunk_px: Array
    axes: Array
    far: Array
    hidden: Array
    sideways: Array
    is_lengthwise: NDArray[np.bool_]

    @staticmethod
    def of(image_px: Array, world_m: Array, *, is_true: bool = False) -> "Bodies":
        """Return how bodies lie.

        Parameters
        ----------
        image_px, world_m
            Landmarks, shapes (n, 33, 2) and (n, 33, 3).
        is_true
            Whether these are true landmarks, not an engine's.
        """
        hips, shoulders = _middle(world_m, "hip"), _middle(world_m, "shoulder")
        trunk_m = np.linalg.norm(shoulders - hips, axis=-1)
        up = _unit(shoulders - hips)
        left = _unit(_across(world_m, "hip") + _across(world_m, "shoulder"))
        front = _unit(np.cross(left, up))
        outside = left[:, None] * SIDES[:, None]
        axes = np.stack(
            [_along(world_m, up), outside, np.broadcast_to(front[:, None], outside.shape)], -2
        )
        away = left[:, 2, None] * SIDES
        far = ((away - _HIDDEN_FROM) / (_HIDDEN_TO - _HIDDEN_FROM)).clip(0, 1)
        limit = _TRULY_LENGTHWISE if is_true else _LENGTHWISE
        is_lengthwise = np.asarray(np.abs(up[:, 2]) > limit)
        trunk_px = trunk_m * _px_per_m(image_px, world_m)
        hidden = far * _covered(image_px, trunk_px)
        sideways = far.max(1)
        return Bodies(trunk_m, trunk_px, axes, far, hidden, sideways, is_lengthwise)


def _covered(image_px: Array, trunk_px: Array) -> Array:
    """Return how much each landmark lies behind the other side, 0 to 1, shape (n, 33).

    Those of the head are covered by the head itself.
    """
    nearest = np.full(image_px.shape[:2], np.inf)
    for sign, other in ((1.0, "right"), (-1.0, "left")):
        own = np.flatnonzero(sign == SIDES)
        for first, second in _COVERING:
            ends = image_px[:, INDEX[f"{other}_{first}"]], image_px[:, INDEX[f"{other}_{second}"]]
            distances = _from_segment(image_px[:, own], *ends) / trunk_px[:, None]
            nearest[:, own] = np.minimum(nearest[:, own], distances)
    nearest[:, : INDEX["left_shoulder"]] = 0.0
    return np.asarray(((_COVERED_FROM - nearest) / (_COVERED_FROM - _COVERED_TO)).clip(0, 1))


def _from_segment(points: Array, start: Array, end: Array) -> Array:
    """Return how far points, shape (n, k, 2), are from a segment in each frame, shape (n, k)."""
    along = (end - start)[:, None]
    length = np.maximum((along**2).sum(-1), 1e-9)
    share = (((points - start[:, None]) * along).sum(-1) / length).clip(0, 1)
    return np.asarray(np.linalg.norm(points - start[:, None] - share[..., None] * along, axis=-1))


def _middle(points: Array, joint: str) -> Array:
    middle: Array = points[:, [INDEX[f"left_{joint}"], INDEX[f"right_{joint}"]]].mean(1)
    return middle


def _across(points: Array, joint: str) -> Array:
    """Return the way from the right to the left joint."""
    return points[:, INDEX[f"left_{joint}"]] - points[:, INDEX[f"right_{joint}"]]


def _unit(vectors: Array) -> Array:
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9))


def _along(world_m: Array, up: Array) -> Array:
    """Return the direction of each landmark's limb, or of the trunk."""
    along: Array = np.repeat(up[:, None], len(NAMES), 1)
    starts, ends, limbs = [], [], []
    for index, name in enumerate(NAMES):
        side, _, joint = name.partition("_")
        if joint in _LIMB_STARTS:
            limbs.append(index)
            starts.append(INDEX[f"{side}_{_LIMB_STARTS[joint]}"])
            ends.append(INDEX[f"{side}_{_LIMB_ENDS.get(joint, joint)}"])
    along[:, limbs] = _unit(world_m[:, ends] - world_m[:, starts])
    return along


def _px_per_m(image_px: Array, world_m: Array) -> Array:
    """Return the scale at the person's place, by least squares over the landmarks."""
    flat = world_m[..., :2] - world_m[..., :2].mean(1, keepdims=True)
    seen = image_px - image_px.mean(1, keepdims=True)
    scale: Array = (seen * flat).sum((1, 2)) / np.maximum((flat**2).sum((1, 2)), 1e-9)
    return scale
