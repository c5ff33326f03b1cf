"""Rotation matrices about the axes of the world: x to the person's left, y up, z to the front.

Positive about x tips forward, positive about y turns to the person's left, positive about z
leans to the person's right.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[np.float64]


def about_x(angle_deg: float) -> Array:
    """Return the rotation that tips forward by an angle [deg]."""
    cosine, sine = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
    return np.array([[1.0, 0, 0], [0, cosine, -sine], [0, sine, cosine]])


def about_y(angle_deg: float) -> Array:
    """Return the rotation that turns to the person's left by an angle [deg]."""
    cosine, sine = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
    return np.array([[cosine, 0, sine], [0, 1.0, 0], [-sine, 0, cosine]])


def about_z(angle_deg: float) -> Array:
    """Return the rotation that leans to the person's right by an angle [deg]."""
    cosine, sine = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
    return np.array([[cosine, -sine, 0], [sine, cosine, 0], [0, 0, 1.0]])


def unit(vector: ArrayLike) -> Array:
    """Return the vector with length 1."""
    array = np.asarray(vector, np.float64)
    return np.asarray(array / np.linalg.norm(array))


def between(start: ArrayLike, end: ArrayLike) -> Array:
    """Return the smallest rotation that takes one direction to another, not opposite one."""
    first, second = unit(start), unit(end)
    x, y, z = np.cross(first, second)
    skew = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
    turn: Array = np.eye(3) + skew + skew @ skew / (1 + float(first @ second))
    return turn


def angle_deg(first: ArrayLike, vertex: ArrayLike, second: ArrayLike) -> float:
    """Return the angle at ``vertex`` between two points [deg], 0 to 180."""
    one = unit(np.asarray(first, np.float64) - np.asarray(vertex, np.float64))
    two = unit(np.asarray(second, np.float64) - np.asarray(vertex, np.float64))
    return float(np.degrees(np.arctan2(np.linalg.norm(np.cross(one, two)), one @ two)))
