"""Postures as a mirror shows them."""

import numpy as np

from formcheck.exercises.joints import ANGLES, INDEX, Array
from formcheck.landmarks import Side

_LATERAL = np.array([-1.0 if angle.is_lateral else 1.0 for angle in ANGLES.values()])


def _swapped(name: str) -> str:
    side, _, rest = name.partition("_")
    return f"{Side(side).opposite}_{rest}" if side in set(Side) else name


_MIRROR = np.array([INDEX[_swapped(name)] for name in ANGLES])


def mirrored(posture: Array) -> Array:
    """Return postures, shape (..., n angles), with left and right exchanged."""
    other: Array = (posture * _LATERAL)[..., _MIRROR]
    return other
