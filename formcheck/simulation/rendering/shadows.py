"""Where the sun does not reach: heights seen from it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from formcheck.simulation.rendering.light import DAYLIGHT, Light
from formcheck.simulation.rendering.rasteriser import rasterised
from formcheck.simulation.rotations import Array

Floats = NDArray[np.float32]

SHADOW_PX = 420


def sunward(points: Array, light: Light = DAYLIGHT) -> Floats:
    """Return points along the shadow map's axes and towards the sun [m], shape (3, n)."""
    return np.ascontiguousarray((points.reshape(-1, 3) @ light.sun_axes.T).T, np.float32)


class ShadowMap:
    """How far the sun reaches: heights seen from it.

    Parameters
    ----------
    corners
        Triangles that throw shadows, shape (n, 3, 3) [m].
    light
        Where the sun is.
    """

    def __init__(self, corners: Array, light: Light = DAYLIGHT) -> None:
        along = sunward(corners, light)
        self._origin = along.min(1)
        span = float((along.max(1) - self._origin)[:2].max())
        self._px_per_m = (SHADOW_PX - 6) / span
        pixels = ((along - self._origin[:, None])[:2] * self._px_per_m + 3).T
        height = (along[2] - self._origin[2] + 1).reshape(-1, 3)
        seen = rasterised(pixels.reshape(-1, 3, 2), height, SHADOW_PX, SHADOW_PX)
        self._highest = np.full(SHADOW_PX * SHADOW_PX, -np.inf, np.float32)
        self._highest[seen.pixels] = seen.nearness

    def within(self, along: Floats) -> NDArray[np.intp]:
        """Return which points, as from `sunward`, a shadow can fall on."""
        far = SHADOW_PX / self._px_per_m
        x, y = along[0] - self._origin[0], along[1] - self._origin[1]
        return np.flatnonzero((x > 0) & (x < far) & (y > 0) & (y < far))

    def lit(self, along: Floats, bias_m: float) -> Floats:
        """Return the share of the sun that reaches points, from five samples around each."""
        x, y = ((along[:2].T - self._origin[:2]) * self._px_per_m + 3).T
        height = along[2] - self._origin[2] + np.float32(1 + bias_m)
        share = np.zeros(along.shape[1], np.float32)
        for dx, dy in ((0, 0), (1.3, 0.4), (-1.3, -0.4), (0.4, -1.3), (-0.4, 1.3)):
            column = np.clip(x + dx, 0, SHADOW_PX - 1).astype(np.int32)
            row = np.clip(y + dy, 0, SHADOW_PX - 1).astype(np.int32)
            share += self._highest[row * SHADOW_PX + column] < height
        return share / np.float32(5)


class Shadows:
    """The shadows of several things: a map each, since what is far off would coarsen one map."""

    def __init__(self, throwing: Sequence[Array], light: Light) -> None:
        self._maps = [ShadowMap(corners, light) for corners in throwing if len(corners)]

    def within(self, along: Floats) -> NDArray[np.intp]:
        """Return which points a shadow can fall on, rising."""
        if len(self._maps) == 1:
            return self._maps[0].within(along)
        return np.unique(np.concatenate([one.within(along) for one in self._maps]))

    def lit(self, along: Floats, bias_m: float) -> Floats:
        """Return the share of the sun that reaches points."""
        share = self._maps[0].lit(along, bias_m)
        for other in self._maps[1:]:
            near = other.within(along)
            share[near] *= other.lit(along[:, near], bias_m)
        return share
