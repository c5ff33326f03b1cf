"""Bent limbs that read too straight in space, as the engine's do."""

from collections.abc import Mapping

import numpy as np

from formcheck.landmarks import INDEX, Side
from formcheck.simulation.rotations import Array, angles_deg

LIMBS = {
    "knee": ("hip", ("ankle", "heel", "foot_index")),
    "elbow": ("shoulder", ("wrist", "pinky", "index", "thumb")),
}
"""What opens: the joint, where its limb begins, and what moves along."""


def bends_deg(world_m: Array, joint: str, side: Side) -> Array:
    """Return how far a joint is from straight [deg], shape (n,)."""
    begin, (end, *_) = LIMBS[joint]
    places = (world_m[:, INDEX[f"{side}_{name}"]] for name in (begin, joint, end))
    return np.asarray(180 - angles_deg(*places))


def straightened(world_m: Array, shares: Mapping[str, float]) -> Array:
    """Return landmarks with each joint less bent by a share of its bend.

    Parameters
    ----------
    world_m
        Shape (n, 33, 3).
    shares
        Of the bend that is lost, by joint; a negative one bends further.
    """
    opened = np.array(world_m)
    for joint, (begin, moved) in LIMBS.items():
        for side in Side:
            members = [INDEX[f"{side}_{name}"] for name in moved]
            middle = opened[:, None, INDEX[f"{side}_{joint}"]]
            upper = opened[:, INDEX[f"{side}_{begin}"]] - middle[:, 0]
            lower = opened[:, members] - middle
            hinge = np.cross(upper, lower[:, 0])
            hinge /= np.maximum(np.linalg.norm(hinge, axis=-1, keepdims=True), 1e-9)
            turn = np.radians(shares[joint] * bends_deg(opened, joint, side))
            opened[:, members] = middle + _turned(lower, hinge[:, None], turn[:, None, None])
    return opened


def _turned(vectors: Array, hinge: Array, angle: Array) -> Array:
    """Return vectors turned about a unit vector by an angle [rad]."""
    along = (vectors * hinge).sum(-1, keepdims=True) * hinge
    across = np.cross(np.broadcast_to(hinge, vectors.shape), vectors)
    return np.asarray(along + (vectors - along) * np.cos(angle) + across * np.sin(angle))
