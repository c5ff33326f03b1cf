"""Flat-faced bodies of one colour a triangle: sheets, boxes and ellipsoids."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from formcheck.simulation.rotations import Array

Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Solid:
    """Triangles with their own corners, so that faces stay flat.

    Attributes
    ----------
    corners
        Shape (n, 3, 3) [m].
    colours
        Red, green and blue of each triangle, 0 to 1, shape (n, 3).
    """

    corners: Array
    colours: Array

    @staticmethod
    def joined(solids: list["Solid"]) -> "Solid":
        """Return several as one."""
        return Solid(
            np.concatenate([solid.corners for solid in solids]),
            np.concatenate([solid.colours for solid in solids]),
        )


def sheet(origin: ArrayLike, first: ArrayLike, second: ArrayLike, colour: Array, n: int) -> Solid:
    """Return a parallelogram of strips; seen from the side where first x second points.

    Parameters
    ----------
    origin, first, second
        A corner and the two edges from it [m].
    colour
        Of each strip along the second edge, shape (n, 3), or one for all, shape (3,).
    n
        Number of strips.
    """
    start, one, two = (np.asarray(v, np.float64) for v in (origin, first, second))
    low = start + np.arange(n)[:, None] * two / n
    high = low + two / n
    halves = [np.stack([low, low + one, high + one], 1), np.stack([low, high + one, high], 1)]
    colours = np.broadcast_to(colour, (n, 3))
    return Solid(np.concatenate(halves), np.concatenate([colours, colours]))


def box(low: ArrayLike, high: ArrayLike, colour: Colour) -> Solid:
    """Return a box between two corners [m]."""
    corner, opposite = np.asarray(low, np.float64), np.asarray(high, np.float64)
    edges = np.diag(opposite - corner)
    tone = np.array(colour)
    faces = []
    for axis in range(3):
        one, two = edges[(axis + 1) % 3], edges[(axis + 2) % 3]
        faces.append(sheet(corner + edges[axis], one, two, tone, 1))
        faces.append(sheet(corner, two, one, tone, 1))
    return Solid.joined(faces)


def ellipsoid(middle: ArrayLike, half: ArrayLike, colour: Colour, n: int = 12) -> Solid:
    """Return an ellipsoid of flat faces.

    Parameters
    ----------
    middle, half
        Its middle and half of its size along x, y and z [m].
    colour
        Of all of it.
    n
        Number of faces around it.
    """
    around, up = np.arange(n + 1) * 2 * np.pi / n, np.linspace(-np.pi / 2, np.pi / 2, n // 2 + 1)
    across = np.cos(up)[:, None]
    grid = np.stack(
        [across * np.sin(around), np.sin(up)[:, None] + 0 * around, across * np.cos(around)], -1
    )
    places = np.asarray(middle) + grid * np.asarray(half)
    low, high = places[:-1], places[1:]
    first = np.stack([low[:, :-1], low[:, 1:], high[:, 1:]], 2).reshape(-1, 3, 3)
    second = np.stack([low[:, :-1], high[:, 1:], high[:, :-1]], 2).reshape(-1, 3, 3)
    corners = np.concatenate([first, second])
    across_m = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    # At the poles half of the triangles have no area.
    corners = corners[np.linalg.norm(across_m, axis=1) > 1e-9]
    return Solid(corners, np.tile(colour, (len(corners), 1)))
