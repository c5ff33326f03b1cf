"""What stands around the person: floor, walls, mat, chair and a few plain things."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from formcheck.simulation.rotations import Array, about_y

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
    carpet
        Colour of a carpet in the middle of the floor, or None.
    window
        Whether there is a bright window in each of two walls.
    things
        What stands about, away from the middle: names of ``THINGS``.
    wall_behind_m
        Where a wall stands right behind the person, as z in the room [m]; None for none.
    """

    floor: Colour
    wall: Colour
    boards: bool = True
    mat: Colour | None = None
    furnished: bool = False
    carpet: Colour | None = None
    window: bool = False
    things: tuple[str, ...] = ()
    wall_behind_m: float | None = None

    def with_mat(self, colour: Colour) -> "Room":
        """Return the same room with a mat."""
        return replace(self, mat=colour)


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
    if room.carpet is not None:
        parts.append(box([-2.0, -0.03, -1.5], [2.0, 0.002, 1.5], room.carpet))
    parts += [_standing(name, slot) for slot, name in enumerate(room.things)]
    if room.wall_behind_m is not None:
        z = room.wall_behind_m
        parts.append(sheet([-1.6, 0, z], [3.2, 0, 0], [0, 2.4, 0], np.array(room.wall), 1))
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
        if room.window and direction[0]:
            parts += _window(start, along, inward)
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


def _window(start: Array, along: Array, inward: Array) -> list[Solid]:
    """Return a window with its frame: brighter than any light makes a wall."""
    low = start + along * 1.6 + inward * 0.02 + np.array([0, 0.95, 0])
    frame = sheet(low, along * 1.3, [0, 1.25, 0], np.array([0.9, 0.9, 0.88]), 1)
    panes = [
        sheet(
            low + along * (0.06 + 0.61 * pane) + inward * 0.01 + np.array([0, 0.06, 0]),
            along * 0.57,
            [0, 1.13, 0],
            np.array([[1.9, 1.95, 2.0]]),
            1,
        )
        for pane in range(2)
    ]
    return [frame, *panes]


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


def _plant() -> list[Solid]:
    leaves = [
        ellipsoid(
            [0.16 * np.sin(turn), 0.62 + 0.11 * (turn % 3), 0.16 * np.cos(turn)],
            [0.13, 0.24, 0.13],
            (0.16, 0.36 + 0.03 * (turn % 4), 0.15),
            8,
        )
        for turn in range(6)
    ]
    pot = box([-0.15, 0, -0.15], [0.15, 0.34, 0.15], (0.60, 0.36, 0.26))
    return [pot, *leaves]


def _shelf() -> list[Solid]:
    boards = [
        box([-0.5, y, -0.15], [0.5, y + 0.03, 0.15], (0.56, 0.42, 0.28))
        for y in (0.02, 0.42, 0.82, 1.22, 1.62)
    ]
    sides = [box([x, 0, -0.15], [x + 0.03, 1.65, 0.15], (0.50, 0.37, 0.25)) for x in (-0.53, 0.5)]
    rng = np.random.default_rng(5)
    books = []
    for y in (0.45, 0.85, 1.25):
        x = -0.46
        while x < 0.3:
            width, height = rng.uniform(0.03, 0.07), rng.uniform(0.2, 0.32)
            red, green, blue = (float(tone) for tone in rng.uniform(0.15, 0.75, 3))
            books.append(box([x, y, -0.1], [x + width, y + height, 0.12], (red, green, blue)))
            x += width + 0.004
    return [*boards, *sides, *books]


def _sofa() -> list[Solid]:
    tone = (0.36, 0.40, 0.46)
    return [
        box([-0.9, 0.08, -0.4], [0.9, 0.42, 0.4], tone),
        box([-0.9, 0.42, -0.4], [0.9, 0.82, -0.18], tone),
        *(box([x, 0.08, -0.4], [x + 0.18, 0.6, 0.4], tone) for x in (-1.06, 0.88)),
        box([-0.6, 0.42, -0.16], [-0.2, 0.72, -0.02], (0.74, 0.52, 0.28)),
    ]


def _lamp() -> list[Solid]:
    return [
        box([-0.14, 0, -0.14], [0.14, 0.03, 0.14], (0.2, 0.2, 0.2)),
        box([-0.015, 0, -0.015], [0.015, 1.4, 0.015], (0.2, 0.2, 0.2)),
        ellipsoid([0, 1.5, 0], [0.2, 0.16, 0.2], (1.7, 1.5, 1.1)),
    ]


def _boxes() -> list[Solid]:
    return [
        box([-0.25, 0, -0.2], [0.25, 0.36, 0.2], (0.66, 0.52, 0.36)),
        box([-0.18, 0.36, -0.16], [0.2, 0.62, 0.16], (0.60, 0.46, 0.31)),
        box([0.3, 0, -0.1], [0.58, 0.22, 0.2], (0.45, 0.50, 0.55)),
    ]


def _table() -> list[Solid]:
    legs = [
        box([x, 0, z], [x + 0.05, 0.7, z + 0.05], (0.35, 0.26, 0.18))
        for x in (-0.55, 0.5)
        for z in (-0.35, 0.3)
    ]
    top = box([-0.6, 0.7, -0.4], [0.6, 0.74, 0.4], (0.48, 0.36, 0.25))
    return [*legs, top, box([-0.2, 0.74, -0.1], [0.15, 0.96, -0.06], (0.1, 0.1, 0.12))]


def _ball() -> list[Solid]:
    return [ellipsoid([0, 0.32, 0], [0.32, 0.32, 0.32], (0.25, 0.45, 0.70), 20)]


THINGS: dict[str, Callable[[], list[Solid]]] = {
    "plant": _plant,
    "shelf": _shelf,
    "ball": _ball,
    "sofa": _sofa,
    "lamp": _lamp,
    "boxes": _boxes,
    "table": _table,
}
# Where things stand, x and z, and the quarter turns about the vertical that let them face the
# middle: far enough from it that nobody on a mat touches them.
_SLOTS = (
    (-1.7, -2.6, 0),
    (1.7, -2.6, 0),
    (-2.65, 0.9, 1),
    (-2.65, -1.1, 1),
    (2.65, -0.9, 3),
    (2.65, 1.1, 3),
    (0.2, -2.75, 0),
    (1.6, 2.7, 2),
)


def _standing(name: str, slot: int) -> Solid:
    x, z, quarters = _SLOTS[slot % len(_SLOTS)]
    thing = Solid.joined(THINGS[name]())
    turn = about_y(90.0 * quarters)
    return Solid(thing.corners @ turn.T + [x, 0, z], thing.colours)


ROOMS: dict[str, Room] = {
    "studio": Room((0.62, 0.50, 0.38), (0.82, 0.82, 0.80), things=("ball", "plant")),
    "living_room": Room(
        (0.50, 0.37, 0.26),
        (0.70, 0.75, 0.76),
        carpet=(0.55, 0.42, 0.38),
        window=True,
        things=("sofa", "plant", "shelf", "boxes", "lamp", "sofa"),
    ),
    "bedroom": Room(
        (0.46, 0.45, 0.47),
        (0.74, 0.70, 0.62),
        boards=False,
        furnished=True,
        things=("boxes", "lamp", "shelf"),
    ),
    "practice": Room(
        (0.66, 0.68, 0.68),
        (0.88, 0.90, 0.90),
        boards=False,
        window=True,
        things=("ball", "shelf", "table", "ball", "plant"),
    ),
    "kitchen": Room(
        (0.40, 0.38, 0.36),
        (0.84, 0.80, 0.68),
        boards=False,
        window=True,
        things=("table", "shelf", "boxes", "table", "plant"),
    ),
    "cellar": Room(
        (0.34, 0.34, 0.33),
        (0.52, 0.52, 0.50),
        boards=False,
        things=("boxes", "shelf", "boxes", "ball", "lamp", "boxes", "table"),
    ),
    "dark_room": Room(
        (0.28, 0.20, 0.15),
        (0.32, 0.36, 0.42),
        carpet=(0.30, 0.20, 0.22),
        furnished=True,
        things=("lamp", "sofa", "plant", "shelf"),
    ),
}


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
