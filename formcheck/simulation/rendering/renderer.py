"""Draws a figure in a room: sun with soft shadows, light from the sky, from the side."""

import math
from collections.abc import Sequence
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.simulation.camera import Camera
from formcheck.simulation.rendering.backdrop import NEAR_M, drawn_backdrop, toned
from formcheck.simulation.rendering.figure import vertex_normals
from formcheck.simulation.rendering.light import DAYLIGHT, Light, Picture
from formcheck.simulation.rendering.rasteriser import Floats, Numbers, double_area, rasterised
from formcheck.simulation.rendering.shadows import Shadows, sunward
from formcheck.simulation.rendering.solids import Solid
from formcheck.simulation.rotations import Array

SUPERSAMPLING = 2
SHADOW_BIAS_M = 0.012
_EDGE = 0.1
_SOFT_PX = 1.6 * SUPERSAMPLING
# OpenCV's Gaussian ends after four standard deviations.
_REACH_PX = math.ceil(4 * _SOFT_PX) + 1
_ALL_OF_IT = 0.996


class Drawn(Protocol):
    """What a renderer needs to know of a figure; its vertices come with each picture."""

    triangles: NDArray[np.intp]

    def colours(self, triangles: Numbers, shares: Floats) -> Floats:
        """Return the colour of points on triangles."""
        ...


class _Crowd:
    """Figures with their vertices, as one heap of triangles; the first one is the patient."""

    def __init__(self, figures: Sequence[tuple[Drawn, Array]]) -> None:
        self._figures = [figure for figure, _ in figures]
        sizes = [len(vertices) for _, vertices in figures]
        begins = np.cumsum([0, *sizes[:-1]])
        self.vertices = np.concatenate([vertices for _, vertices in figures])
        self.triangles = np.concatenate(
            [figure.triangles + first for figure, first in zip(self._figures, begins, strict=True)]
        )
        n_first = len(self._figures[0].triangles)
        self.patient, self.others = self.triangles[:n_first], self.triangles[n_first:]

    def colours(self, triangles: Numbers, shares: Floats) -> Floats:
        """Return the colour of points on triangles, shape (n, 3)."""
        colours = np.empty((len(triangles), 3), np.float32)
        first = 0
        for figure in self._figures:
            following = first + len(figure.triangles)
            own = np.flatnonzero((triangles >= first) & (triangles < following))
            colours[own] = figure.colours(triangles[own] - first, shares.take(own, 1))
            first = following
        return colours


class Renderer:
    """Draws a figure in front of one camera.

    Parameters
    ----------
    camera
        Sees the room; it does not move.
    figure
        Who is drawn.
    room
        What stands still and throws no shadow.
    furniture
        What stands still and throws one, or None.
    light
        In which it stands.
    """

    def __init__(
        self,
        camera: Camera,
        figure: Drawn,
        room: Solid,
        furniture: Solid | None = None,
        light: Light = DAYLIGHT,
    ) -> None:
        self._size = camera.width_px, camera.height_px
        self._camera = camera.larger(SUPERSAMPLING)
        self._figure = figure
        self._lighting = light
        self._furniture_along = sunward(
            np.zeros((0, 3)) if furniture is None else furniture.corners, light
        )
        still = room if furniture is None else Solid.joined([room, furniture])
        self._backdrop = drawn_backdrop(still, self._camera, light)

    def picture(self, vertices: Array, *others: tuple[Drawn, Array]) -> Picture:
        """Return the picture: red, green and blue, shape (height, width, 3).

        Parameters
        ----------
        vertices
            Of the figure [m].
        others
            Who else is in the room, with their vertices [m].
        """
        crowd = _Crowd([(self._figure, vertices), *others])
        along = sunward(crowd.vertices, self._lighting)
        patient, rest = (along.take(some.ravel(), 1) for some in (crowd.patient, crowd.others))
        shadows = Shadows([np.concatenate([patient, self._furniture_along], 1), rest])
        canvas = self._shadowed_backdrop(shadows)
        self._draw(crowd, shadows.lit(along, SHADOW_BIAS_M), canvas)
        height, width = self._camera.height_px, self._camera.width_px
        whole = canvas.reshape(height, width, 3)
        return np.asarray(cv2.resize(whole, self._size, interpolation=cv2.INTER_AREA), np.uint8)

    def _draw(self, crowd: _Crowd, sunlit: Floats, canvas: Picture) -> None:
        """Draw figures over a picture of the room where they are before it.

        ``sunlit`` is the share of the sun that reaches each vertex.
        """
        places, depth = self._camera.project(crowd.vertices)
        corners, depths = places.take(crowd.triangles, 0), depth.take(crowd.triangles)
        # Rows run downwards: what goes round to the left is seen from its outside.
        front = np.flatnonzero((double_area(corners) < 0) & (depths.min(1) > NEAR_M))
        seen = rasterised(
            corners[front], 1 / depths[front], self._camera.width_px, self._camera.height_px
        )
        before = seen.nearness > self._backdrop.nearness[seen.pixels]
        seen = seen.only(np.flatnonzero(before))
        light = self._light(crowd, sunlit).astype(np.float32)
        bright = seen.between(light.take(crowd.triangles[front]))
        colours = crowd.colours(front[seen.triangles], seen.shares)
        colours *= self._lighting.tint.astype(np.float32)
        canvas[seen.pixels] = toned(colours * bright[:, None])

    def _light(self, crowd: _Crowd, sunlit: Floats) -> Array:
        """Return how bright each vertex is: a little less where it is seen from the side."""
        light, normals = self._lighting, vertex_normals(crowd.vertices, crowd.triangles)
        towards = self._camera.eye - crowd.vertices
        distance = np.sqrt(np.einsum("ni,ni->n", towards, towards))
        edge = 1 - np.abs(np.einsum("ni,ni->n", normals, towards)) / distance
        sun = light.from_sun(normals) * sunlit
        return np.asarray(light.without_sun(normals) + sun - _EDGE * light.ambient * edge**2.5)

    def _shadowed_backdrop(self, shadows: Shadows) -> Picture:
        backdrop, width = self._backdrop, self._camera.width_px
        canvas = backdrop.picture.copy()
        lit = np.ones((self._camera.height_px, width), np.float32)
        shaded = [backdrop.surfaces.shaded(one, SHADOW_BIAS_M / 3) for one in shadows.maps]
        for pixels, share in shaded:
            lit.ravel()[pixels] *= share
        rows, columns = np.divmod(np.concatenate([pixels for pixels, _ in shaded]), width)
        if not len(rows):
            return canvas
        high, wide = _around(rows), _around(columns)
        soft = cv2.GaussianBlur(lit[high, wide], (0, 0), _SOFT_PX)
        row, column = np.nonzero(soft < _ALL_OF_IT)
        dark = (row + high.start) * width + column + wide.start
        bright = backdrop.shade[dark] + backdrop.sun[dark] * soft[row, column]
        canvas[dark] = toned(backdrop.colours.take(dark, 0) * bright[:, None])
        return canvas


def _around(numbers: Numbers) -> slice:
    """Return the rows or columns to which soft edges of shadows at some of them reach."""
    return slice(max(0, int(numbers.min()) - _REACH_PX), int(numbers.max()) + _REACH_PX + 1)
