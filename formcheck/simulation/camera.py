"""A pinhole camera, level with the horizon."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from formcheck.simulation.rotations import Array, unit

NEAREST_M = 0.3


@dataclass(frozen=True, eq=False)
class Camera:
    """A camera looking at a place.

    Attributes
    ----------
    eye, target
        Where it is and what is in the middle of the picture [m].
    width_px, height_px
        Size of the picture [px].
    view_height_deg
        Angle from the lower to the upper edge of the picture [deg].
    """

    eye: Array
    target: Array
    width_px: int = 640
    height_px: int = 480
    view_height_deg: float = 42.0

    @cached_property
    def axes(self) -> Array:
        """Rows: right, up and backwards of the camera in the world."""
        forward = unit(self.target - self.eye)
        right = unit(np.cross(forward, [0, 1.0, 0]))
        return np.stack([right, np.cross(right, forward), -forward])

    @property
    def focal_px(self) -> float:
        """Focal length [px]."""
        return float(self.height_px / 2 / np.tan(np.radians(self.view_height_deg) / 2))

    def project(self, points: Array) -> tuple[Array, Array]:
        """Return pixels (x right, y down) and depth of points in the world.

        Parameters
        ----------
        points
            Shape (..., 3) [m].

        Returns
        -------
        tuple
            Pixels of shape (..., 2) and depths of shape (...) [m].
        """
        seen = (points - self.eye) @ self.axes.T
        depth = -seen[..., 2]
        x = self.width_px / 2 + self.focal_px * seen[..., 0] / depth
        y = self.height_px / 2 - self.focal_px * seen[..., 1] / depth
        return np.stack([x, y], -1), depth

    def relative(self, points: Array, origin: Array) -> Array:
        """Return points about an origin [m]: x right, y down, z away from the camera."""
        return np.asarray((points - origin) @ self.axes.T * [1, -1, -1])

    def larger(self, times: int) -> "Camera":
        """Return the same view with more pixels."""
        return Camera(
            self.eye,
            self.target,
            self.width_px * times,
            self.height_px * times,
            self.view_height_deg,
        )


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """From where to film: the distance follows from what must be in the picture.

    Attributes
    ----------
    azimuth_deg
        0 sees the person's front (z), 90 the left side [deg].
    height_m
        Height of the camera above the floor [m].
    width_px, height_px
        Size of the picture [px].
    fill
        Share of the picture that the person fills.
    """

    azimuth_deg: float
    height_m: float
    width_px: int = 640
    height_px: int = 480
    fill: float = 0.84

    def framing(self, points: Array) -> Camera:
        """Return the nearest camera that has all the points, shape (n, 3), in its picture."""
        middle = (points.min(0) + points.max(0)) / 2
        azimuth = np.radians(self.azimuth_deg)
        direction = np.array([np.sin(azimuth), 0, np.cos(azimuth)])
        size = np.array([self.width_px, self.height_px])
        margin = (1 - self.fill) / 2 * size
        distance = 1.0
        while True:
            eye = middle * [1, 0, 1] + direction * distance + [0, self.height_m, 0]
            camera = Camera(eye, middle, self.width_px, self.height_px)
            pixels, depth = camera.project(points)
            inside = (pixels > margin).all() and (pixels < size - margin).all()
            if inside and depth.min() > NEAREST_M:
                return camera
            distance *= 1.03
