"""The room without anybody in it, drawn once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.simulation.camera import Camera
from formcheck.simulation.rendering.light import Light, Picture
from formcheck.simulation.rendering.rasteriser import Floats, Fragments, rasterised
from formcheck.simulation.rendering.shadows import Surfaces, sunward
from formcheck.simulation.rendering.solids import Solid
from formcheck.simulation.rotations import Array

GAMMA = 0.92
NEAR_M = 0.05
# Brightness in steps that no eye and no byte can tell apart.
_TONES = (np.power(np.arange(4097) / 4096, GAMMA) * 255).astype(np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class Backdrop:
    """The room without the figure.

    Attributes
    ----------
    picture, nearness
        Its colours and 1 / depth of each pixel.
    surfaces
        Where the sun may reach them.
    colours, shade, sun
        Of each pixel: colour, and how bright it is in the shade and by the sun alone.
    """

    picture: Picture
    nearness: Floats
    surfaces: Surfaces
    colours: Floats
    shade: Floats
    sun: Floats


def toned(colours: Array | Floats) -> Picture:
    """Return colours, 0 to 1, as bytes."""
    steps = (colours.clip(0, 1) * np.float32(4096)).astype(np.int16)
    return np.asarray(_TONES.take(steps))


def seen_by(corners: Array, camera: Camera) -> Fragments:
    """Return what a camera sees of triangles before it, the nearest at each pixel."""
    pixels, depth = camera.project(corners)
    return rasterised(pixels, 1 / depth, camera.width_px, camera.height_px)


def drawn_backdrop(solid: Solid, camera: Camera, light: Light) -> Backdrop:
    """Return the picture of what stands still."""
    corners = solid.corners
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normals = across / np.linalg.norm(across, axis=1, keepdims=True)
    towards = np.einsum("ni,ni->n", camera.eye - corners[:, 0], normals) > 0
    visible = np.flatnonzero(towards)
    clipped, owner = _in_front(corners[visible], camera)
    seen = seen_by(clipped, camera)
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
    colours[seen.pixels] = (solid.colours * light.tint)[number]
    shade[seen.pixels] = light.without_sun(normals)[number]
    sun[seen.pixels] = light.from_sun(normals)[number]
    nearness = np.zeros(n_pixels, np.float32)
    nearness[seen.pixels] = seen.nearness
    picture = toned(colours * (shade + sun)[:, None])
    along = sunward(places, light)
    along[2, sun <= 0] = np.inf
    looks = (colours.astype("f4"), shade.astype("f4"), sun.astype("f4"))
    return Backdrop(picture, nearness, Surfaces(along), *looks)


def _in_front(corners: Array, camera: Camera) -> tuple[Array, NDArray[np.intp]]:
    """Cut triangles at the plane before the camera; return them and whose part each is."""
    depth = (corners - camera.eye) @ -camera.axes[2] - NEAR_M
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
