"""Where light comes from, how strong and how warm it is, and how much the camera's picture grains.

The darker a room, the more a camera amplifies what it sees, and its noise with it: that is why
the noise belongs to the light. It is put on by whoever films, not by the renderer.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.simulation.rotations import Array, unit

Picture = NDArray[np.uint8]

SIDE_LIGHT = unit([-0.75, 0.35, 0.55])
AMBIENT, SKY, SIDE = 0.50, 0.20, 0.20
# How much the colours of the warmest light depart from white: red, green and blue.
_WARMEST = np.array([0.10, 0.0, -0.22])
_LEAST_HEIGHT = 0.25


@dataclass(frozen=True, slots=True)
class Light:
    """The light in a room.

    Attributes
    ----------
    direction
        To the sun or the lamp that throws the shadows; it is never lower than 15 degrees.
    direct, ambient
        How strong it is, and how strong the light from everywhere is: 1 is a bright day.
    warmth
        -1, blue as under a cloudy sky, to 1, yellow as from a lamp.
    noise
        Standard deviation of the camera's noise, in steps of 255.

    Examples
    --------
    >>> Light(ambient=0.5).noise
    1.6
    """

    direction: tuple[float, float, float] = (0.45, 0.85, 0.5)
    direct: float = 0.56
    ambient: float = 1.0
    warmth: float = 0.0
    noise: float = 1.6

    @property
    def sun(self) -> Array:
        """Direction to the sun, of length 1."""
        towards = unit(self.direction)
        towards[1] = max(towards[1], _LEAST_HEIGHT)
        return unit(towards)

    @property
    def sun_axes(self) -> Array:
        """Rows: two directions across the sun's rays, and the one towards it."""
        sun = self.sun
        # The sun may stand right overhead.
        helper = [0, 1.0, 0] if sun[1] < 0.99 else [0, 0, 1.0]
        right = unit(np.cross(-sun, helper))
        return np.stack([right, np.cross(right, -sun), sun])

    @property
    def tint(self) -> Array:
        """What white looks like in it: red, green and blue."""
        return np.asarray(1 + self.warmth * _WARMEST)

    def without_sun(self, normals: Array) -> Array:
        """Return how bright surfaces are in the shade."""
        side = SIDE * np.maximum(0, normals @ SIDE_LIGHT)
        return np.asarray(self.ambient * (AMBIENT + SKY * normals[:, 1] + side))

    def from_sun(self, normals: Array) -> Array:
        """Return how much brighter the sun alone makes surfaces that it reaches."""
        return np.asarray(self.direct * np.maximum(0, normals @ self.sun))


DAYLIGHT = Light()
LOW_SUN = Light(direction=(0.8, 0.42, 0.35), direct=0.7, ambient=0.85, warmth=0.45, noise=1.8)
CLOUDY = Light(direction=(0.1, 0.95, 0.3), direct=0.18, ambient=1.1, warmth=-0.4, noise=2.0)
LAMP = Light(direction=(-0.3, 0.9, 0.25), direct=0.42, ambient=0.72, warmth=0.9, noise=3.2)
DIM = Light(direction=(-0.5, 0.7, 0.4), direct=0.22, ambient=0.45, warmth=0.6, noise=7.0)
BACKLIT = Light(direction=(-0.35, 0.55, -0.75), direct=0.75, ambient=0.7, warmth=0.1, noise=2.6)
LIGHTS = {
    "daylight": DAYLIGHT,
    "low_sun": LOW_SUN,
    "cloudy": CLOUDY,
    "lamp": LAMP,
    "dim": DIM,
    "backlit": BACKLIT,
}


def grained(picture: Picture, light: Light, seed: int, frame: int) -> Picture:
    """Return a picture with the camera's noise: the same for the same seed and frame.

    Parameters
    ----------
    picture
        Red, green and blue, shape (height, width, 3).
    light
        In which it was taken.
    seed
        Of the clip.
    frame
        Number of the picture in it: each has noise of its own, whoever draws it and when.
    """
    rng = np.random.default_rng([seed, frame])
    # Grey noise with a little colour, as a sensor behind colour filters has it.
    grey = rng.standard_normal((*picture.shape[:2], 1), np.float32)
    noise = grey * np.float32(light.noise)
    if light.noise > _COLOURED_FROM:
        hue = rng.standard_normal(picture.shape, np.float32)
        noise = noise + hue * np.float32(0.4 * light.noise)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


_COLOURED_FROM = 2.5
