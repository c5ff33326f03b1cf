"""Draws a figure in a room: sun with soft shadows, light from the sky, from the side."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.simulation.camera import Camera
from formcheck.simulation.rendering.figure import vertex_normals
from formcheck.simulation.rendering.light import DAYLIGHT, Light, Picture
from formcheck.simulation.rendering.rasteriser import Fragments, rasterised
from formcheck.simulation.rendering.solids import Solid
from formcheck.simulation.rotations import Array

Floats = NDArray[np.float32]

SUPERSAMPLING = 2
SHADOW_PX = 420
SHADOW_BIAS_M = 0.012
GAMMA = 0.92
_EDGE = 0.1
# Brightness in steps that no eye and no byte can tell apart.
_TONES = (np.power(np.arange(4097) / 4096, GAMMA) * 255).astype(np.uint8)


class Drawn(Protocol):
    """What a renderer needs to know of a figure; its vertices come with each picture."""

    triangles: NDArray[np.intp]

    def colours(self, triangles: NDArray[np.intp], shares: Floats) -> Array:
        """Return the colour of points on triangles."""
        ...


def toned(colours: Array | Floats) -> Picture:
    """Return colours, 0 to 1, as bytes."""
    steps = (np.clip(colours, 0, 1) * 4096).astype(np.int32)
    return np.asarray(_TONES[steps])


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
        self._highest = np.zeros(SHADOW_PX * SHADOW_PX, np.float32)
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


@dataclass(frozen=True, slots=True, eq=False)
class _Backdrop:
    """The room without the figure.

    Attributes
    ----------
    picture, nearness
        Its colours and 1 / depth of each pixel.
    sunny, along
        Numbers of the pixels that the sun may reach, and where they are, as from `sunward`.
    colours, shade, sun
        Of each pixel: colour, and how bright it is in the shade and by the sun alone.
    """

    picture: Picture
    nearness: Floats
    sunny: NDArray[np.intp]
    along: Floats
    colours: Floats
    shade: Floats
    sun: Floats


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


class _Shadows:
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
        self._backdrop = self._drawn_backdrop(still)

    def _drawn_backdrop(self, solid: Solid) -> _Backdrop:
        camera = self._camera
        corners = solid.corners
        across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        normals = across / np.linalg.norm(across, axis=1, keepdims=True)
        towards = np.einsum("ni,ni->n", camera.eye - corners[:, 0], normals) > 0
        visible = np.flatnonzero(towards)
        clipped, owner = _in_front(corners[visible], camera)
        seen = _seen(clipped, camera)
        number = visible[owner[seen.triangles]]
        n_pixels = camera.width_px * camera.height_px
        pixel = np.arange(n_pixels)
        rays = np.stack(
            [
                (pixel % camera.width_px + 0.5 - camera.width_px / 2) / camera.focal_px,
                (camera.height_px / 2 - 0.5 - pixel // camera.width_px) / camera.focal_px,
                -np.ones(n_pixels),
            ],
            1,
        )
        places = np.zeros((n_pixels, 3))
        depth = 1 / seen.nearness.astype(np.float64)
        places[seen.pixels] = camera.eye + rays[seen.pixels] @ camera.axes * depth[:, None]
        colours, shade, sun = np.full((n_pixels, 3), 0.6), np.ones(n_pixels), np.zeros(n_pixels)
        colours[seen.pixels] = (solid.colours * self._lighting.tint)[number]
        shade[seen.pixels] = self._lighting.without_sun(normals)[number]
        sun[seen.pixels] = self._lighting.from_sun(normals)[number]
        nearness = np.zeros(n_pixels, np.float32)
        nearness[seen.pixels] = seen.nearness
        picture = toned(colours * (shade + sun)[:, None])
        sunny = np.flatnonzero(sun > 0)
        surfaces = (colours.astype("f4"), shade.astype("f4"), sun.astype("f4"))
        return _Backdrop(
            picture, nearness, sunny, sunward(places[sunny], self._lighting), *surfaces
        )

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
        shadows = _Shadows([throwing, crowd.others], self._lighting)
        canvas = self._shadowed_backdrop(shadows)
        self._draw(crowd, shadows, canvas)
        height, width = self._camera.height_px, self._camera.width_px
        whole = canvas.reshape(height, width, 3)
        return np.asarray(cv2.resize(whole, self._size, interpolation=cv2.INTER_AREA), np.uint8)

    def _draw(self, crowd: _Crowd, shadows: _Shadows, canvas: Picture) -> None:
        """Draw figures over a picture of the room where they are before it."""
        corners = crowd.corners
        across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        towards = np.einsum("ni,ni->n", self._camera.eye - corners[:, 0], across) > 0
        before = ((corners - self._camera.eye) @ -self._camera.axes[2] > _NEAR_M).all(1)
        front = np.flatnonzero(towards & before)
        if not len(front):
            return
        seen = _seen(corners[front], self._camera)
        seen = seen.only(seen.nearness > self._backdrop.nearness[seen.pixels])
        number = front[seen.triangles]
        normals = vertex_normals(crowd.vertices, crowd.triangles)
        light = self._light(crowd.vertices, normals, shadows).astype(np.float32)
        bright = np.einsum("ni,ni->n", seen.shares, light[crowd.triangles[number]])
        colours = crowd.colours(number, seen.shares) * self._lighting.tint
        canvas[seen.pixels] = toned(colours * bright[:, None])

    def _light(self, vertices: Array, normals: Array, shadows: _Shadows) -> Array:
        light = self._lighting
        towards = self._camera.eye - vertices
        towards /= np.linalg.norm(towards, axis=1, keepdims=True)
        edge = 1 - np.abs(np.einsum("ni,ni->n", normals, towards))
        along = sunward(vertices, light)
        sun = light.from_sun(normals) * shadows.lit(along, SHADOW_BIAS_M)
        return np.asarray(light.without_sun(normals) + sun - _EDGE * light.ambient * edge**2.5)

    def _shadowed_backdrop(self, shadows: _Shadows) -> Picture:
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


def _seen(corners: Array, camera: Camera) -> Fragments:
    pixels, depth = camera.project(corners)
    return rasterised(pixels, 1 / depth, camera.width_px, camera.height_px)


_NEAR_M = 0.05


def _in_front(corners: Array, camera: Camera) -> tuple[Array, NDArray[np.intp]]:
    """Cut triangles at the plane before the camera; return them and whose part each is."""
    depth = (corners - camera.eye) @ -camera.axes[2] - _NEAR_M
    parts, owners = [], []
    for number, (triangle, before) in enumerate(zip(corners, depth, strict=True)):
        polygon = _clipped(triangle, before)
        for second in range(1, len(polygon) - 1):
            parts.append([polygon[0], polygon[second], polygon[second + 1]])
            owners.append(number)
    return np.array(parts), np.array(owners)


def _clipped(polygon: Array, before: Array) -> list[Array]:
    kept: list[Array] = []
    for index, corner in enumerate(polygon):
        following = (index + 1) % len(polygon)
        if before[index] > 0:
            kept.append(corner)
        if (before[index] > 0) != (before[following] > 0):
            share = before[index] / (before[index] - before[following])
            kept.append(corner + (polygon[following] - corner) * share)
    return kept
