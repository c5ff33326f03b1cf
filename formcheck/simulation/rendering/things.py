"""Plain things that stand about in a room, and the chair that somebody sits on."""

from collections.abc import Callable

import numpy as np

from formcheck.simulation.rendering.solids import Colour, Solid, box, ellipsoid
from formcheck.simulation.rotations import Array


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
