"""What stands around the person: floor, walls, mat, chair and a few plain things."""

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


@dataclass(frozen=True, slots=True)
class Room:
    """Colours of a room and what hangs and stands in it.

    Attributes
    ----------
    floor, wall
        Colours.
    boards
        Whether the floor is of boards; otherwise it is plain.
    mat
        Colour of the mat, or None.
    furnished
        Whether a picture hangs on each wall and a low shelf stands along it.
    """

    floor: Colour
    wall: Colour
    boards: bool = True
    mat: Colour | None = None
    furnished: bool = False


_HALF_M = 3.2
_HEIGHT_M = 2.7
_BOARD_M = 0.16
_MAT_THICKNESS_M = 0.008


def room_solid(room: Room, middle: Array, mat_half_m: tuple[float, float]) -> Solid:
    """Return the walls, the floor and the mat.

    Parameters
    ----------
    room
        What it looks like.
    middle
        The middle of the mat on the floor [m].
    mat_half_m
        Half of the mat's width and length [m].
    """
    rng = np.random.default_rng(3)
    n_boards = int(2 * _HALF_M / _BOARD_M) if room.boards else 1
    tone = 1 + 0.05 * rng.standard_normal((n_boards, 1)) * room.boards
    span = 2 * _HALF_M
    edge = -_HALF_M
    parts = [
        sheet([edge, 0, edge], [0, 0, span], [span, 0, 0], np.array(room.floor) * tone, n_boards),
        *_walls(room),
    ]
    if room.mat is not None:
        x, z = mat_half_m
        low = middle + np.array([-x, -0.03, -z])
        high = middle + np.array([x, _MAT_THICKNESS_M, z])
        parts.append(box(low, high, room.mat))
    return Solid.joined(parts)


def _walls(room: Room) -> list[Solid]:
    parts = []
    wall = np.array(room.wall)
    span, low, high = 2 * _HALF_M, -_HALF_M, _HALF_M
    corners = (
        ([low, 0, low], [1, 0, 0]),
        ([high, 0, low], [0, 0, 1]),
        ([high, 0, high], [-1, 0, 0]),
        ([low, 0, high], [0, 0, -1]),
    )
    for corner, direction in corners:
        along, start = np.array(direction, np.float64), np.array(corner, np.float64)
        inward = np.cross(along, [0, 1.0, 0])
        parts.append(sheet(start, along * span, [0, _HEIGHT_M, 0], wall, 1))
        skirting = start + inward * 0.015
        parts.append(sheet(skirting, along * span, [0, 0.09, 0], wall * 0.72 + 0.2, 1))
        if room.furnished:
            parts += _furniture(start, along, inward)
    return parts


def _furniture(start: Array, along: Array, inward: Array) -> list[Solid]:
    """Return a framed picture and a shelf, off the middle, so that nothing looks like a body."""
    frame = start + along * 3.9 + inward * 0.02 + np.array([0, 1.35, 0])
    inner = frame + along * 0.04 + inward * 0.01 + np.array([0, 0.04, 0])
    depth, width = inward * 0.32, along * 1.1
    shelf = start + along * 0.5
    ends = np.stack([shelf, shelf + depth + width + [0, 0.72, 0]])
    return [
        sheet(frame, along * 0.7, [0, 0.5, 0], np.array([0.25, 0.2, 0.16]), 1),
        sheet(inner, along * 0.62, [0, 0.42, 0], np.array([0.55, 0.66, 0.68]), 1),
        box(ends.min(0), ends.max(0), (0.52, 0.38, 0.26)),
    ]


def chair(seat_middle: Array, half_width_m: float, half_depth_m: float, colour: Colour) -> Solid:
    """Return a chair with four legs and a back, looking towards z.

    Parameters
    ----------
    seat_middle
        The middle of the seat's upper side [m].
    half_width_m, half_depth_m
        Half of the size of the seat [m].
    """
    x, top, z = seat_middle
    thick, leg = 0.045, 0.04
    left, right, back, front = (
        x + half_width_m,
        x - half_width_m,
        z - half_depth_m,
        z + half_depth_m,
    )
    parts = [box([right, top - thick, back], [left, top, front], colour)]
    for side in (right, left - leg):
        parts.append(box([side, 0, front - leg], [side + leg, top - thick, front], colour))
        parts.append(box([side, 0, back - leg], [side + leg, top + 0.42, back], colour))
    parts.append(box([right, top + 0.2, back - leg], [left, top + 0.42, back - 0.012], colour))
    return Solid.joined(parts)
