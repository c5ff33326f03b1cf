"""Which triangle is nearest at each pixel: a z-buffer in numpy.

Triangles are handled in groups of similar size, each group as one block of small squares, so
that numpy's loops are long. Depths are kept as 1/z, which is linear across the picture.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.simulation.rotations import Array

_SQUARES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64, 128, 256, 512, 1024, 4096)
_PIXELS_AT_ONCE = 2_000_000

Numbers = NDArray[np.intp]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Fragments:
    """Pixels covered by triangles.

    Attributes
    ----------
    triangles, pixels
        Numbers of the triangle and of the pixel (row by row), shape (n,).
    shares
        Weight of each corner, shape (n, 3).
    nearness
        1 / depth, shape (n,).
    """

    triangles: Numbers
    pixels: Numbers
    shares: Floats
    nearness: Floats

    def only(self, chosen: NDArray[np.bool_] | Numbers) -> "Fragments":
        """Return some of them."""
        return Fragments(
            self.triangles[chosen], self.pixels[chosen], self.shares[chosen], self.nearness[chosen]
        )


def rasterised(corners: Array, nearness: Array, width: int, height: int) -> Fragments:
    """Return the nearest fragment of each pixel that a triangle covers.

    Parameters
    ----------
    corners
        Pixels of the corners, shape (n, 3, 2).
    nearness
        1 / depth of the corners, shape (n, 3).
    width, height
        Size of the picture [px].
    """
    fragments = _covered(corners, nearness, width, height)
    near = fragments.nearness
    low, span = (float(near.min()), float(np.ptp(near))) if len(near) else (0.0, 0.0)
    # Sixteen bits of depth are enough within one body, and numpy sorts them by radix.
    rank = ((near - low) * (65535 / max(span, 1e-9))).astype(np.uint16)
    order = np.argsort(rank, kind="stable")
    winner = np.full(width * height, -1, np.intp)
    winner[fragments.pixels[order]] = order
    return fragments.only(winner[winner >= 0])


def _covered(corners: Array, nearness: Array, width: int, height: int) -> Fragments:
    size = np.array([width, height])
    # Corner by corner: numpy's minimum along so short an axis takes ten times as long.
    one, two, three = (corners[:, corner] for corner in range(3))
    lowest = np.minimum(np.minimum(one, two), three)
    highest = np.maximum(np.maximum(one, two), three)
    first = np.clip(np.ceil(lowest - 0.5), 0, size).astype(np.intp)
    last = np.clip(np.floor(highest - 0.5), -1, size - 1).astype(np.intp)
    span = np.maximum(last[:, 0] - first[:, 0], last[:, 1] - first[:, 1]) + 1
    edges = corners[:, (2, 0, 1)] - corners[:, (1, 2, 0)]
    area = edges[:, 2, 0] * -edges[:, 1, 1] + edges[:, 2, 1] * edges[:, 1, 0]
    usable = (last[:, 0] >= first[:, 0]) & (last[:, 1] >= first[:, 1])
    usable &= np.abs(area) > 1e-9
    parts = []
    smaller = 0
    for square in _SQUARES:
        group = np.flatnonzero(usable & (span > smaller) & (span <= square))
        smaller = square
        if not len(group):
            continue
        side = min(square, int(span[group].max()))
        n_parts = max(1, len(group) * side * side // _PIXELS_AT_ONCE)
        for some in np.array_split(group, n_parts):
            block = _Block(corners[some], edges[some] / area[some, None, None], first[some])
            parts.append(block.fragments(some, last[some], side, nearness, width))
    if not parts:
        nothing = np.zeros(0, np.intp)
        return Fragments(nothing, nothing, np.zeros((0, 3), np.float32), np.zeros(0, np.float32))
    return Fragments(
        np.concatenate([part.triangles for part in parts]),
        np.concatenate([part.pixels for part in parts]),
        np.concatenate([part.shares for part in parts]),
        np.concatenate([part.nearness for part in parts]),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    """Squares of pixels, one a triangle, all of one size."""

    corners: Array
    edges: Array
    first: Numbers

    def fragments(
        self, numbers: Numbers, last: Numbers, side: int, nearness: Array, width: int
    ) -> Fragments:
        """Return the pixels of the squares that lie inside of their triangles."""
        steps = np.arange(side)
        x = (self.first[:, :1] + steps).astype(np.float32)
        y = (self.first[:, 1:] + steps).astype(np.float32)
        inside = (x <= last[:, :1])[:, None, :] & (y <= last[:, 1:])[:, :, None]
        shares = []
        for corner in range(3):
            origin = self.corners[:, (corner + 1) % 3]
            along = self.edges[:, corner].astype(np.float32)
            dx = (x + 0.5 - origin[:, :1]).astype(np.float32)
            dy = (y + 0.5 - origin[:, 1:]).astype(np.float32)
            share = (along[:, :1] * dy)[:, :, None] - (along[:, 1:] * dx)[:, None, :]
            inside &= share >= -1e-6
            shares.append(share)
        which, row, column = np.nonzero(inside)
        weights = np.stack([share[which, row, column] for share in shares], 1)
        pixels = (self.first[which, 1] + row) * width + self.first[which, 0] + column
        near = np.einsum("ni,ni->n", weights, nearness[numbers[which]]).astype(np.float32)
        return Fragments(numbers[which], pixels, weights, near)
