"""Which triangle is nearest at each pixel: a z-buffer in numpy.

Triangles are handled in groups of similar size, each group as one block of small rectangles, so
that numpy's loops are long. Depths are kept as 1/z, which is linear across the picture.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.simulation.rotations import Array

# Finer steps would leave less of the rectangles empty, but take more calls of numpy.
_SIDES = np.array((2, 4, 6, 9, 14, 24, 48, 128, 512, 4096))
_PIXELS_AT_ONCE = 250_000
# Pixels on an edge belong to both of its triangles: better than to none.
_ON_EDGE = np.float32(1e-6)

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
        Weight of each corner, shape (3, n).
    nearness
        1 / depth, shape (n,).
    """

    triangles: Numbers
    pixels: Numbers
    shares: Floats
    nearness: Floats

    def only(self, chosen: Numbers) -> "Fragments":
        """Return some of them."""
        return Fragments(
            self.triangles[chosen],
            self.pixels[chosen],
            self.shares.take(chosen, 1),
            self.nearness[chosen],
        )

    def between(self, values: Floats) -> Floats:
        """Return values of the corners, shape (n triangles, 3), at each pixel."""
        corners = values.take(self.triangles, 0)
        total: Floats = self.shares[0] * corners[:, 0]
        total += self.shares[1] * corners[:, 1]
        total += self.shares[2] * corners[:, 2]
        return total


def double_area(corners: Array) -> Array:
    """Return twice the area of triangles, positive if x turns to y round them, shape (n,).

    Parameters
    ----------
    corners
        Shape (n, 3, 2).
    """
    x, y = corners[..., 0], corners[..., 1]
    one, two = x[:, 1] - x[:, 0], x[:, 2] - x[:, 0]
    return np.asarray(one * (y[:, 2] - y[:, 0]) - two * (y[:, 1] - y[:, 0]))


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
    parts = list(_covered(corners, nearness.astype(np.float32), width, height))
    if not parts:
        nothing = np.zeros(0, np.intp)
        return Fragments(nothing, nothing, np.zeros((3, 0), np.float32), np.zeros(0, np.float32))
    triangles, pixels, second, third, near = (
        np.concatenate(columns) for columns in zip(*parts, strict=True)
    )
    # Sixteen bits of depth are enough within one body, and numpy sorts them by radix.
    low, span = float(near.min()), float(np.ptp(near))
    rank = ((near - low) * (65535 / max(span, 1e-9))).astype(np.uint16)
    order = np.argsort(rank, kind="stable")
    winner = np.full(width * height, -1, np.intp)
    winner[pixels[order]] = order
    pixels = np.flatnonzero(winner >= 0)
    won = winner[pixels]
    shares = np.empty((3, len(won)), np.float32)
    shares[1], shares[2] = second[won], third[won]
    shares[0] = 1 - shares[1] - shares[2]
    return Fragments(triangles[won], pixels, shares, near[won])


_Part = tuple[Numbers, Numbers, Floats, Floats, Floats]


def _covered(corners: Array, nearness: Floats, width: int, height: int) -> Iterator[_Part]:
    """Yield triangle, pixel, shares of the second and third corner, and nearness."""
    firsts, spans = [], []
    for axis, size in ((0, width), (1, height)):
        # Corner by corner: numpy's minimum along so short an axis takes ten times as long.
        one, two, three = (corners[:, corner, axis] for corner in range(3))
        lowest = np.minimum(np.minimum(one, two), three)
        highest = np.maximum(np.maximum(one, two), three)
        first = np.clip(np.ceil(lowest - 0.5), 0, size).astype(np.intp)
        last = np.clip(np.floor(highest - 0.5), -1, size - 1).astype(np.intp)
        firsts.append(first)
        spans.append(last - first + 1)
    slopes = _Slopes.of(corners, *firsts)
    usable = (spans[0] > 0) & (spans[1] > 0) & slopes.has_area
    kinds = [np.searchsorted(_SIDES, span) for span in spans]
    kind = np.where(usable, kinds[0] * len(_SIDES) + kinds[1], -1)
    order = np.argsort(kind.astype(np.int16), kind="stable")
    limits = np.flatnonzero(np.diff(kind[order], prepend=-1))
    for group in np.split(order, limits)[1:]:
        sides = int(spans[0][group].max()), int(spans[1][group].max())
        n_at_once = max(1, _PIXELS_AT_ONCE // (sides[0] * sides[1]))
        for begin in range(0, len(group), n_at_once):
            some = group[begin : begin + n_at_once]
            yield slopes.covered(some, sides, nearness, (width, height))


@dataclass(frozen=True, slots=True, eq=False)
class _Slopes:
    """How the shares of the second and the third corner run across the picture.

    Attributes
    ----------
    left, top
        First column and row of each triangle.
    second, third
        Share at the middle of the first pixel, and its change a column and a row, shape (3, n).
    has_area
        Whether a triangle is more than a line.
    """

    left: Numbers
    top: Numbers
    second: Floats
    third: Floats
    has_area: NDArray[np.bool_]

    @staticmethod
    def of(corners: Array, left: Numbers, top: Numbers) -> "_Slopes":
        """Return the slopes of triangles."""
        x, y = corners[..., 0], corners[..., 1]
        x1, y1, x2, y2 = x[:, 1] - x[:, 0], y[:, 1] - y[:, 0], x[:, 2] - x[:, 0], y[:, 2] - y[:, 0]
        area = double_area(corners)
        has_area = np.abs(area) > 1e-9
        scale = 1 / np.where(has_area, area, 1)
        dx, dy = left + 0.5 - x[:, 0], top + 0.5 - y[:, 0]
        second, third = (
            np.stack([column * dx + row * dy, column, row]).astype(np.float32)
            for column, row in ((y2 * scale, -x2 * scale), (-y1 * scale, x1 * scale))
        )
        return _Slopes(left, top, second, third, has_area)

    def covered(
        self, some: Numbers, sides: tuple[int, int], nearness: Floats, size: tuple[int, int]
    ) -> _Part:
        """Return the pixels inside of some triangles, none of which is larger than the sides."""
        n_columns, n_rows = sides
        columns = np.arange(n_columns, dtype=np.float32)
        rows = np.arange(n_rows, dtype=np.float32)
        second, third = (
            (at + along * columns)[:, None, :] + (down * rows)[:, :, None]
            for at, along, down in (
                slope.take(some, 1)[:, :, None] for slope in (self.second, self.third)
            )
        )
        inside = np.minimum(second, third) >= -_ON_EDGE
        inside &= second + third <= 1 + _ON_EDGE
        flat = np.flatnonzero(inside)
        which, place = np.divmod(flat, n_columns * n_rows)
        row, column = np.divmod(np.arange(n_columns * n_rows), n_columns)
        left, top = self.left[some], self.top[some]
        if (left + n_columns > size[0]).any() or (top + n_rows > size[1]).any():
            kept = left[which] + column[place] < size[0]
            kept &= top[which] + row[place] < size[1]
            flat, which, place = flat[kept], which[kept], place[kept]
        pixels = (top * size[0] + left)[which] + (row * size[0] + column)[place]
        weights = second.ravel()[flat], third.ravel()[flat]
        near = nearness.take(some, 0)
        towards = (near[:, 1] - near[:, 0])[which], (near[:, 2] - near[:, 0])[which]
        depth = near[:, 0][which] + weights[0] * towards[0] + weights[1] * towards[1]
        return some[which], pixels, *weights, depth
