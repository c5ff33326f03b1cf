"""A pinhole camera, and where it stands."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from formcheck.simulation.rotations import Array, unit

NEAREST_M = 0.3
VIEW_HEIGHT_DEG = 42.0


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
    roll_deg
        How far it is turned about its own axis [deg]: positive is clockwise for somebody behind
        it, so that what is upright leans to the left in the picture. 0 is level.
    """

    eye: Array
    target: Array
    width_px: int = 640
    height_px: int = 480
    view_height_deg: float = VIEW_HEIGHT_DEG
    roll_deg: float = 0.0

    @cached_property
    def axes(self) -> Array:
        """Rows: right, up and backwards of the camera in the world."""
        forward = unit(self.target - self.eye)
        right = unit(np.cross(forward, [0, 1.0, 0]))
        up = np.cross(right, forward)
        roll = np.radians(self.roll_deg)
        rolled_right = np.cos(roll) * right - np.sin(roll) * up
        return np.stack([rolled_right, np.cross(rolled_right, forward), -forward])

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
        return replace(self, width_px=self.width_px * times, height_px=self.height_px * times)


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """From where to film: the distance follows from what must be in the picture, or is given.

    Attributes
    ----------
    azimuth_deg
        0 sees the person's front (z), 90 the left side [deg].
    height_m
        Height of the camera above the floor [m]: above the person it looks down.
    width_px, height_px
        Size of the picture [px]; higher than wide for a telephone held upright.
    fill
        Share of the picture that the person fills, where the distance is not given.
    roll_deg, view_height_deg
        See `Camera`.
    distance_m
        Along the floor from the middle of the person [m]; None for the nearest place that has
        everything in the picture. A given distance may leave parts of the person outside.
    """

    azimuth_deg: float
    height_m: float
    width_px: int = 640
    height_px: int = 480
    fill: float = 0.84
    roll_deg: float = 0.0
    view_height_deg: float = VIEW_HEIGHT_DEG
    distance_m: float | None = None

    def by_usual_lens(self) -> "Viewpoint":
        """Return the same place, where a webcam of 640 by 480 pixels stands."""
        return Viewpoint(self.azimuth_deg, self.height_m, fill=self.fill, roll_deg=self.roll_deg)

    def framing(self, points: Array) -> Camera:
        """Return the camera that looks at the middle of the points, shape (n, 3)."""
        if self.distance_m is not None:
            return self._camera(points, self.distance_m)
        distance_m = 1.0
        while not self._holds(self._camera(points, distance_m), points):
            distance_m *= 1.03
        return self._camera(points, distance_m)

    def _camera(self, points: Array, distance_m: float) -> Camera:
        middle = (points.min(0) + points.max(0)) / 2
        azimuth = np.radians(self.azimuth_deg)
        direction = np.array([np.sin(azimuth), 0, np.cos(azimuth)])
        eye = middle * [1, 0, 1] + direction * distance_m + [0, self.height_m, 0]
        size_px = self.width_px, self.height_px
        return Camera(eye, middle, *size_px, self.view_height_deg, self.roll_deg)

    def _holds(self, camera: Camera, points: Array) -> bool:
        """Whether all points are in front of the camera and inside of the picture's margin."""
        size_px = np.array([self.width_px, self.height_px])
        margin_px = (1 - self.fill) / 2 * size_px
        pixels, depth = camera.project(points)
        is_inside = (pixels > margin_px).all() and (pixels < size_px - margin_px).all()
        return bool(is_inside and depth.min() > NEAREST_M)
