"""What stands around the person: floor, walls, mat and furniture, and the rooms that there are."""

from dataclasses import dataclass, replace

import numpy as np

from formcheck.simulation.rendering.solids import Colour, Solid, box, sheet
from formcheck.simulation.rendering.things import THINGS
from formcheck.simulation.rotations import Array, about_y


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
