"""Draws a figure in a room: sun with soft shadows, light from the sky, from the side."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.simulation.camera import Camera
from formcheck.simulation.rendering.figure import Figure, vertex_normals
from formcheck.simulation.rendering.rasteriser import Fragments, rasterised
from formcheck.simulation.rendering.room import Solid
from formcheck.simulation.rotations import Array, unit

Picture = NDArray[np.uint8]
Floats = NDArray[np.float32]

SUN = unit([0.45, 0.85, 0.5])
_SUN_RIGHT = unit(np.cross(-SUN, [0, 1.0, 0]))
_SUN_AXES = np.stack([_SUN_RIGHT, np.cross(_SUN_RIGHT, -SUN), SUN])
SIDE_LIGHT = unit([-0.75, 0.35, 0.55])
AMBIENT, SKY, SIDE, DIRECT = 0.50, 0.20, 0.20, 0.56
SUPERSAMPLING = 2
SHADOW_PX = 420
SHADOW_BIAS_M = 0.012
GAMMA = 0.92


def light_without_sun(normals: Array) -> Array:
    """Return how bright surfaces are in the shade."""
    side = SIDE * np.maximum(0, normals @ SIDE_LIGHT)
    return np.asarray(AMBIENT + SKY * normals[:, 1] + side)


def toned(colours: Array | Floats) -> Picture:
    """Return colours, 0 to 1, as bytes."""
    return np.asarray(np.power(np.clip(colours, 0, 1), GAMMA) * 255, np.uint8)


def sunward(points: Array) -> Floats:
    """Return points along the shadow map's axes and towards the sun [m], shape (3, n)."""
    return np.ascontiguousarray((points.reshape(-1, 3) @ _SUN_AXES.T).T, np.float32)


class ShadowMap:
    """How far the sun reaches: heights seen from it.

    Parameters
    ----------
    corners
        Triangles that throw shadows, shape (n, 3, 3) [m].
    """

    def __init__(self, corners: Array) -> None:
        along = sunward(corners)
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
    """

    def __init__(
        self, camera: Camera, figure: Figure, room: Solid, furniture: Solid | None = None
    ) -> None:
        self._size = camera.width_px, camera.height_px
        self._camera = camera.larger(SUPERSAMPLING)
        self._figure = figure
        self._furniture = furniture
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
        colours[seen.pixels] = solid.colours[number]
        shade[seen.pixels] = light_without_sun(normals)[number]
        sun[seen.pixels] = DIRECT * np.maximum(0, normals @ SUN)[number]
        nearness = np.zeros(n_pixels, np.float32)
        nearness[seen.pixels] = seen.nearness
        picture = toned(colours * (shade + sun)[:, None])
        sunny = np.flatnonzero(sun > 0)
        surfaces = (colours.astype("f4"), shade.astype("f4"), sun.astype("f4"))
        return _Backdrop(picture, nearness, sunny, sunward(places[sunny]), *surfaces)

    def picture(self, vertices: Array) -> Picture:
        """Return the picture, red, green and blue, of the figure with its vertices [m] there."""
        triangles = self._figure.triangles
        corners = vertices[triangles]
        throwing = corners
        if self._furniture is not None:
            throwing = np.concatenate([corners, self._furniture.corners])
        shadows = ShadowMap(throwing)
        canvas = self._shadowed_backdrop(shadows)
        normals = vertex_normals(vertices, triangles)
        towards = np.einsum(
            "ni,ni->n", self._camera.eye - corners[:, 0], np.cross(*_two_edges(corners))
        )
        front = np.flatnonzero(towards > 0)
        seen = _seen(corners[front], self._camera)
        seen = seen.only(seen.nearness > self._backdrop.nearness[seen.pixels])
        number = front[seen.triangles]
        light = self._light(vertices, normals, shadows)
        bright = (seen.shares * light[triangles[number]]).sum(1)
        colours = self._figure.colours(number, seen.shares)
        canvas[seen.pixels] = toned(colours * bright[:, None])
        height, width = self._camera.height_px, self._camera.width_px
        whole = canvas.reshape(height, width, 3)
        return np.asarray(cv2.resize(whole, self._size, interpolation=cv2.INTER_AREA), np.uint8)

    def _light(self, vertices: Array, normals: Array, shadows: ShadowMap) -> Array:
        towards = self._camera.eye - vertices
        towards /= np.linalg.norm(towards, axis=1, keepdims=True)
        edge = 1 - np.abs(np.einsum("ni,ni->n", normals, towards))
        sun = DIRECT * np.maximum(0, normals @ SUN) * shadows.lit(sunward(vertices), SHADOW_BIAS_M)
        return np.asarray(light_without_sun(normals) + sun - 0.1 * edge**2.5)

    def _shadowed_backdrop(self, shadows: ShadowMap) -> Picture:
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


def _two_edges(corners: Array) -> tuple[Array, Array]:
    return corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]


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
