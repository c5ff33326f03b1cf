"""Rotation matrices about the axes of the world: x to the person's left, y up, z to the front.

Positive about x tips forward, positive about y turns to the person's left, positive about z
leans to the person's right. Given many angles, each returns as many matrices.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[np.float64]


def _about(axis: int, first: int, second: int, angle_deg: ArrayLike) -> Array:
    radians = np.radians(np.asarray(angle_deg, np.float64))
    turn = np.zeros((*radians.shape, 3, 3))
    turn[..., axis, axis] = 1.0
    turn[..., first, first] = turn[..., second, second] = np.cos(radians)
    turn[..., second, first] = np.sin(radians)
    turn[..., first, second] = -turn[..., second, first]
    return turn


def about_x(angle_deg: ArrayLike) -> Array:
    """Return the rotation that tips forward by an angle [deg]."""
    return _about(0, 1, 2, angle_deg)


def about_y(angle_deg: ArrayLike) -> Array:
    """Return the rotation that turns to the person's left by an angle [deg]."""
    return _about(1, 2, 0, angle_deg)


def about_z(angle_deg: ArrayLike) -> Array:
    """Return the rotation that leans to the person's right by an angle [deg]."""
    return _about(2, 0, 1, angle_deg)


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


def angles_deg(first: Array, vertex: Array, second: Array) -> Array:
    """Return the angle at ``vertex`` between two points [deg], 0 to 180, shape (...)."""
    one, two = first - vertex, second - vertex
    across = np.linalg.norm(np.cross(one, two), axis=-1)
    return np.asarray(np.degrees(np.arctan2(across, (one * two).sum(-1))))
