"""Draws a figure in a room: sun with soft shadows, light from the sky, from the side."""

from collections.abc import Sequence
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.simulation.camera import Camera
from formcheck.simulation.rendering.backdrop import NEAR_M, drawn_backdrop, seen_by, toned
from formcheck.simulation.rendering.figure import vertex_normals
from formcheck.simulation.rendering.light import DAYLIGHT, Light, Picture
from formcheck.simulation.rendering.shadows import Shadows, sunward
from formcheck.simulation.rendering.solids import Solid
from formcheck.simulation.rotations import Array

Floats = NDArray[np.float32]

SUPERSAMPLING = 2
SHADOW_BIAS_M = 0.012
_EDGE = 0.1


class Drawn(Protocol):
    """What a renderer needs to know of a figure; its vertices come with each picture."""

    triangles: NDArray[np.intp]

    def colours(self, triangles: NDArray[np.intp], shares: Floats) -> Array:
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
        self._n_first = len(self._figures[0].triangles)
        self.corners = self.vertices[self.triangles]

    @property
    def patient(self) -> Array:
        """Corners of the triangles of the first figure [m]."""
        return np.asarray(self.corners[: self._n_first])

    @property
    def others(self) -> Array:
        """Corners of the triangles of everybody else [m]."""
        return np.asarray(self.corners[self._n_first :])

    def colours(self, triangles: NDArray[np.intp], shares: Floats) -> Array:
        """Return the colour of points on triangles, shape (n, 3)."""
        colours = np.empty((len(triangles), 3))
        first = 0
        for figure in self._figures:
            following = first + len(figure.triangles)
            own = np.flatnonzero((triangles >= first) & (triangles < following))
            colours[own] = figure.colours(triangles[own] - first, shares[own])
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
        self._furniture = furniture
        self._lighting = light
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
        throwing = crowd.patient
        if self._furniture is not None:
            throwing = np.concatenate([throwing, self._furniture.corners])
        shadows = Shadows([throwing, crowd.others], self._lighting)
        canvas = self._shadowed_backdrop(shadows)
        self._draw(crowd, shadows, canvas)
        height, width = self._camera.height_px, self._camera.width_px
        whole = canvas.reshape(height, width, 3)
        return np.asarray(cv2.resize(whole, self._size, interpolation=cv2.INTER_AREA), np.uint8)

    def _draw(self, crowd: _Crowd, shadows: Shadows, canvas: Picture) -> None:
        """Draw figures over a picture of the room where they are before it."""
        corners = crowd.corners
        across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        towards = np.einsum("ni,ni->n", self._camera.eye - corners[:, 0], across) > 0
        before = ((corners - self._camera.eye) @ -self._camera.axes[2] > NEAR_M).all(1)
        front = np.flatnonzero(towards & before)
        if not len(front):
            return
        seen = seen_by(corners[front], self._camera)
        seen = seen.only(seen.nearness > self._backdrop.nearness[seen.pixels])
        number = front[seen.triangles]
        normals = vertex_normals(crowd.vertices, crowd.triangles)
        light = self._light(crowd.vertices, normals, shadows).astype(np.float32)
        bright = np.einsum("ni,ni->n", seen.shares, light[crowd.triangles[number]])
        colours = crowd.colours(number, seen.shares) * self._lighting.tint
        canvas[seen.pixels] = toned(colours * bright[:, None])

    def _light(self, vertices: Array, normals: Array, shadows: Shadows) -> Array:
        light = self._lighting
        towards = self._camera.eye - vertices
        towards /= np.linalg.norm(towards, axis=1, keepdims=True)
        edge = 1 - np.abs(np.einsum("ni,ni->n", normals, towards))
        along = sunward(vertices, light)
        sun = light.from_sun(normals) * shadows.lit(along, SHADOW_BIAS_M)
        return np.asarray(light.without_sun(normals) + sun - _EDGE * light.ambient * edge**2.5)

    def _shadowed_backdrop(self, shadows: Shadows) -> Picture:
        backdrop, camera = self._backdrop, self._camera
        canvas = backdrop.picture.copy()
        near = shadows.within(backdrop.along)
        lit = np.ones(len(canvas), np.float32)
        lit[backdrop.sunny[near]] = shadows.lit(backdrop.along[:, near], SHADOW_BIAS_M / 3)
        soft = cv2.GaussianBlur(
            lit.reshape(camera.height_px, camera.width_px), (0, 0), 1.6 * SUPERSAMPLING
        ).ravel()
        dark = np.flatnonzero(soft < 0.996)
        bright = backdrop.shade[dark] + backdrop.sun[dark] * soft[dark]
        canvas[dark] = toned(backdrop.colours[dark] * bright[:, None])
        return canvas
