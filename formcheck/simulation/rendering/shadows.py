"""Where the sun does not reach: heights seen from it."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.simulation.rendering.light import DAYLIGHT, Light
from formcheck.simulation.rendering.rasteriser import Floats, Numbers, double_area, rasterised
from formcheck.simulation.rotations import Array

SHADOW_PX = 420
_MARGIN_PX = 3
# Where the sun is looked for around a point, in pixels of the map; none is further than 2.
_SAMPLES = ((0, 0), (1.3, 0.4), (-1.3, -0.4), (0.4, -1.3), (-0.4, 1.3))
_AROUND = np.ones((5, 5), np.uint8)
_CHUNK = 64


def sunward(points: Array, light: Light = DAYLIGHT) -> Floats:
    """Return points along the shadow map's axes and towards the sun [m], shape (3, n)."""
    return np.ascontiguousarray((points.reshape(-1, 3) @ light.sun_axes.T).T, np.float32)


class ShadowMap:
    """How far the sun reaches: heights seen from it.

    Parameters
    ----------
    along
        Corners of triangles that throw shadows, as from `sunward`, three in a row, shape (3, 3 n).
    """

    def __init__(self, along: Floats) -> None:
        self._origin = along.min(1)
        span = float((along.max(1) - self._origin)[:2].max())
        self._px_per_m = (SHADOW_PX - 2 * _MARGIN_PX) / span
        pixels = ((along - self._origin[:, None])[:2] * self._px_per_m + _MARGIN_PX).T
        corners = pixels.reshape(-1, 3, 2)
        height = (along[2] - self._origin[2] + 1).reshape(-1, 3)
        # What looks away from the sun lies below what looks at it.
        lit = np.flatnonzero(double_area(corners) > 0)
        seen = rasterised(corners[lit], height[lit], SHADOW_PX, SHADOW_PX)
        highest = np.full(SHADOW_PX * SHADOW_PX, -np.inf, np.float32)
        highest[seen.pixels] = seen.nearness
        self._highest = highest
        self._highest_around = cv2.dilate(highest.reshape(SHADOW_PX, SHADOW_PX), _AROUND).ravel()

    @property
    def limits(self) -> tuple[Floats, Floats]:
        """Least and most of the map along its axes [m], shape (2,) each."""
        low = self._origin[:2]
        return low, low + np.float32(SHADOW_PX / self._px_per_m)

    def lit(self, along: Floats, bias_m: float) -> Floats:
        """Return the share of the sun that reaches points, from five samples around each."""
        scale = np.float32(self._px_per_m)
        x, y = ((along[axis] - self._origin[axis]) * scale + _MARGIN_PX for axis in (0, 1))
        height = along[2] - self._origin[2] + np.float32(1 + bias_m)
        share = np.ones(along.shape[1], np.float32)
        shaded = np.flatnonzero(self._highest_around[_pixel(x, y)] >= height)
        x, y, height = x[shaded], y[shaded], height[shaded]
        n_lit = np.zeros(len(shaded), np.float32)
        for dx, dy in _SAMPLES:
            n_lit += self._highest[_pixel(x + dx, y + dy)] < height
        share[shaded] = n_lit / np.float32(len(_SAMPLES))
        return share


def _pixel(x: Floats, y: Floats) -> NDArray[np.int32]:
    column = np.clip(x, 0, SHADOW_PX - 1).astype(np.int32)
    row = np.clip(y, 0, SHADOW_PX - 1).astype(np.int32)
    return np.asarray(row * np.int32(SHADOW_PX) + column)


class Shadows:
    """The shadows of several things: a map each, since what is far off would coarsen one map.

    Parameters
    ----------
    throwing
        Corners of the triangles of each thing, as `ShadowMap` takes them.
    """

    def __init__(self, throwing: Sequence[Floats]) -> None:
        self.maps = [ShadowMap(along) for along in throwing if along.size]

    def lit(self, along: Floats, bias_m: float) -> Floats:
        """Return the share of the sun that reaches points."""
        share = self.maps[0].lit(along, bias_m)
        for other in self.maps[1:]:
            share *= other.lit(along, bias_m)
        return share


class Surfaces:
    """Points of the room that do not move, neighbours together: shadows are looked up at few.

    Parameters
    ----------
    along
        The points, as from `sunward`; what the sun never reaches is infinitely high.
    """

    def __init__(self, along: Floats) -> None:
        n_more = -along.shape[1] % _CHUNK
        padded = np.pad(along, ((0, 0), (0, n_more)), mode="edge")
        padded[2, along.shape[1] :] = np.inf
        self._along = padded.reshape(3, -1, _CHUNK)
        self._least, self._most = self._along[:2].min(2), self._along[:2].max(2)

    def shaded(self, shadows: ShadowMap, bias_m: float) -> tuple[Numbers, Floats]:
        """Return numbers of the points that get less than all of the sun, and their shares."""
        low, high = (limit[:, None] for limit in shadows.limits)
        near = np.flatnonzero(((self._most > low) & (self._least < high)).all(0))
        share = shadows.lit(self._along[:, near].reshape(3, -1), bias_m)
        dark = np.flatnonzero(share < 1)
        return near[dark // _CHUNK] * _CHUNK + dark % _CHUNK, share[dark]
