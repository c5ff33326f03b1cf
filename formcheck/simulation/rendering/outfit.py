"""Clothes, hair and face, painted on the body by where each point is in the mesh's own posture.

Borders (hems, hairline, lips) are evaluated at every pixel, so they are smooth whatever the
size of the triangles. Clothes and hair also lift the surface a little.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from formcheck.landmarks import INDEX
from formcheck.simulation.rendering.body import Body
from formcheck.simulation.rendering.solids import Colour
from formcheck.simulation.rotations import Array
from formcheck.simulation.skeleton import SEGMENT_INDEX

Mask = NDArray[np.bool_]

BREAST_TIP_M = 0.075


class HairStyle(StrEnum):
    """How somebody's hair is worn."""

    SHORT = "short"
    LONG = "long"
    TIED = "tied"
    BALD = "bald"


@dataclass(frozen=True, slots=True)
class Outfit:
    """What a person looks like.

    Attributes
    ----------
    skin, top, trousers, hair, shoes
        Colours; no shoes: bare feet.
    sleeve, leg
        How far sleeves reach along the upper arm and trousers along the shank; beyond 1 they
        go on to the wrist.
    looseness
        How far the cloth stands off: 0 fits tightly, 1 is a wide shirt and wide trousers.
    hair_style
        How the hair is worn.
    """

    skin: Colour
    top: Colour
    trousers: Colour
    hair: Colour
    shoes: Colour | None = None
    sleeve: float = 0.55
    leg: float = 0.82
    looseness: float = 0.0
    hair_style: HairStyle = HairStyle.SHORT


class Painter:
    """Paints one body in one outfit.

    Parameters
    ----------
    body, outfit
        Who wears what.
    """

    def __init__(self, body: Body, outfit: Outfit) -> None:
        self._outfit = outfit
        self._begins = body.begins
        self._eyes = body.eyes
        nose = self._at("head") + body.skeleton.landmark_offsets[INDEX["nose"]]
        self._mouth_y = float(nose[1]) - 0.042
        main = body.segments[:, 0]
        self.is_head = np.isin(main, [SEGMENT_INDEX[n] for n in ("head", "neck_high")])
        self.is_foot = np.isin(main, self._sided("foot", "toes"))
        self.is_limb_end = np.isin(
            main, self._sided("hand", "thumb", "thumb_tip", "fingers", "fingers_mid", "fingers_tip")
        )
        self.is_arm = np.isin(main, self._sided("upper_arm", "upper_arm_low", "forearm"))
        self.is_arm |= np.isin(main, self._sided("forearm_low"))
        chest = [SEGMENT_INDEX["thorax"], SEGMENT_INDEX["thorax_low"]]
        self.is_breast_tip = self._breast_tips(body.rest, np.isin(main, chest))

    @staticmethod
    def _sided(*names: str) -> list[int]:
        return [SEGMENT_INDEX[f"{side}_{n}"] for n in names for side in ("left", "right")]

    def _breast_tips(self, rest: Array, chest: Mask) -> Mask:
        """Return which vertices cloth would span: around the most forward point of each side."""
        near = np.zeros(len(rest), bool)
        for sign in (1, -1):
            side = np.flatnonzero(chest & (rest[:, 0] * sign > 0.04))
            tip = rest[side[rest[side, 2].argmax()]]
            near |= chest & (np.linalg.norm(rest - tip, axis=1) < BREAST_TIP_M)
        return near

    def _at(self, segment: str) -> Array:
        place: Array = self._begins[SEGMENT_INDEX[segment]]
        return place

    def _along(self, points: Array, first: str, second: str) -> Array:
        """Return how far along a bone points are, from 0 to 1; both sides as the left one."""
        mirrored = points * [1, 1, 1]
        mirrored[:, 0] = np.abs(mirrored[:, 0])
        start, end = self._at(f"left_{first}"), self._at(f"left_{second}")
        line = end - start
        return np.asarray((mirrored - start) @ line / (line @ line))

    def sleeves(self, points: Array) -> Array:
        """Return how far inside the sleeves points of the arms are; negative is bare."""
        upper = self._along(points, "upper_arm", "forearm")
        fore = self._along(points, "forearm", "hand")
        return self._outfit.sleeve - np.where(upper < 1, upper, 1 + np.maximum(fore, 0))

    def collar(self, points: Array) -> Array:
        """Return how far below the collar points are."""
        x, y, z = ((points - self._at("neck_low")).T) / [[0.085], [0.075], [0.095]]
        around = np.sqrt(x**2 + (y - 0.35) ** 2 + (z - 0.1) ** 2) - 1
        # The neck above the collar is bare however far it is from its middle.
        return np.asarray(np.minimum(around, (self._at("neck_mid")[1] + 0.02 - points[:, 1]) * 20))

    def waist(self, points: Array) -> Array:
        """Return the height of points above the waist [m]."""
        return np.asarray(points[:, 1] - self._at("left_thigh")[1] - 0.06)

    def legs(self, points: Array) -> Array:
        """Return how far inside the trousers' legs points are; negative is bare."""
        return self._outfit.leg - self._along(points, "shank", "foot")

    def shoes(self, points: Array) -> Array:
        """Return how far below the upper edge of the shoes points are [m]."""
        return np.asarray(self._at("left_foot")[1] + 0.015 - points[:, 1])

    def hairline(self, points: Array) -> Array:
        """Return how far inside the hair points of the head are; negative is bare [m]."""
        if self._outfit.hair_style is HairStyle.BALD:
            return np.full(len(points), -1.0)
        eyes = self._eyes.mean(0)
        behind = np.maximum(eyes[2] + 0.012 - points[:, 2], 0)
        line = np.maximum(0.064 - 0.75 * behind, -0.045)
        above = points[:, 1] - eyes[1] - line
        # Not on the ears.
        ear = np.hypot((points[:, 1] - eyes[1] + 0.01) / 0.038, (points[:, 2] - self._ear_z) / 0.03)
        beside = np.abs(points[:, 0]) > 0.062
        return np.asarray(np.where(beside, np.minimum(above, (ear - 1) * 0.03), above))

    @property
    def _ear_z(self) -> float:
        return float(self._eyes[0, 2]) - 0.095

    def colours(self, points: Array, kind: "Kinds") -> Array:
        """Return the colour of points of the surface, shape (n, 3).

        Parameters
        ----------
        points
            Where they are in the mesh's own posture [m], shape (n, 3).
        kind
            What part of the body they are on.
        """
        o = self._outfit
        colour = np.tile(np.array(o.skin), (len(points), 1))
        plain = ~(kind.head | kind.foot | kind.hand)
        waist = self.waist(points)
        collar = self.collar(points) > 0
        trunk = plain & ~kind.arm
        colour[trunk & (waist <= 0) & (self.legs(points) > 0)] = o.trousers
        colour[trunk & (waist > 0) & collar] = o.top
        colour[kind.arm & (self.sleeves(points) > 0) & collar] = o.top
        if o.shoes is not None:
            colour[(kind.foot | trunk) & (self.shoes(points) > 0)] = o.shoes
        head = np.flatnonzero(kind.head)
        colour[head] = self._head_colours(points[head])
        colour[kind.eye] = self._eye_colours(points[kind.eye])
        return colour

    def _head_colours(self, points: Array) -> Array:
        o = self._outfit
        skin, hair = np.array(o.skin), np.array(o.hair)
        colour = np.tile(skin, (len(points), 1))
        front = points[:, 2] > self._eyes[0, 2] - 0.02
        x, y = np.abs(points[:, 0]), points[:, 1]
        lips = (x / 0.024) ** 2 + ((y - self._mouth_y) / 0.008) ** 2 < 1
        colour[front & lips] = skin * (0.86, 0.64, 0.64)
        across = x - self._eyes[0, 0]
        arch = np.abs(y - self._eyes[0, 1] - 0.0215 + 9 * across**2)
        colour[front & (arch < 0.003) & (np.abs(across - 0.003) < 0.021)] = hair * 0.8 + skin * 0.2
        colour[self.hairline(points) > 0] = hair
        return colour

    def _eye_colours(self, points: Array) -> Array:
        side = np.where(points[:, 0] > 0, 0, 1)
        offset = points - self._eyes[side]
        radius = np.hypot(offset[:, 0], offset[:, 1])
        colour = np.tile([0.92, 0.91, 0.90], (len(points), 1))
        colour[radius < 0.0068] = (0.30, 0.18, 0.10)
        colour[radius < 0.0032] = (0.03, 0.03, 0.03)
        return colour


@dataclass(frozen=True, slots=True, eq=False)
class Kinds:
    """Which part of the body each point is on."""

    head: Mask
    foot: Mask
    hand: Mask
    arm: Mask
    eye: Mask

    def of(self, chosen: NDArray[np.intp]) -> "Kinds":
        """Return some of them."""
        return Kinds(
            self.head[chosen],
            self.foot[chosen],
            self.hand[chosen],
            self.arm[chosen],
            self.eye[chosen],
        )
