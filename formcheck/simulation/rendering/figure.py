"""A dressed person: the mesh with clothes and hair lifted off it, and the colour of each pixel."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from formcheck.simulation.contacts import MAT_M
from formcheck.simulation.kinematics import Placed
from formcheck.simulation.rendering.body import Body
from formcheck.simulation.rendering.hair import with_hair
from formcheck.simulation.rendering.outfit import Kinds, Outfit, Painter
from formcheck.simulation.rendering.rasteriser import Floats, Numbers
from formcheck.simulation.rendering.resting import rested
from formcheck.simulation.rendering.solids import Colour
from formcheck.simulation.rotations import Array

CLOTH_M = 0.006
HAIR_M = 0.014
# Cloth spans hollows: this many rounds of averaging with the neighbours.
SMOOTHING_ROUNDS = 14
MORE_WHEN_LOOSE = 70
TIP_ROUNDS = 400
# How far the widest clothes stand off.
SHIRT_M, SLEEVE_M, LEG_M = 0.045, 0.028, 0.034
LOOSE_ROUNDS = 6
# Where on each triangle it is looked whether it has one colour: its corners, and a quarter of the
# way between them.
_LOOKED_AT = tuple(
    np.array([[first], [second], [4 - first - second]], np.float32) / 4
    for first in range(5)
    for second in range(5 - first)
)


def vertex_normals(vertices: Array, triangles: NDArray[np.intp]) -> Array:
    """Return the outward direction at each vertex, shape (n vertices, 3)."""
    # An axis at a time: numpy is several times as fast on long rows as on many short ones.
    corners = np.ascontiguousarray(triangles.T)
    places = np.ascontiguousarray(vertices.T)
    first, second, third = (places.take(corner, 1) for corner in corners)
    one, two = second - first, third - first
    total = np.empty((len(vertices), 3))
    for axis in range(3):
        ahead, behind = (axis + 1) % 3, (axis + 2) % 3
        across = one[ahead] * two[behind] - one[behind] * two[ahead]
        total[:, axis] = sum(np.bincount(corner, across, len(vertices)) for corner in corners)
    lengths = np.sqrt(np.einsum("ni,ni->n", total, total))
    return np.asarray(total / (lengths[:, None] + 1e-12))


class Figure:
    """A body in an outfit.

    Parameters
    ----------
    body, outfit
        Who wears what.
    """

    def __init__(self, body: Body, outfit: Outfit) -> None:
        self._painter = painter = Painter(body, outfit)
        self.triangles = body.triangles
        self._n_painted = len(body.triangles)
        self._bare = body.rest
        main = body.triangles[:, 0]
        eye = np.arange(len(main)) >= len(main) - body.n_eye_triangles
        self._kinds = Kinds(
            painter.is_head[main] & ~eye,
            painter.is_foot[main],
            painter.is_limb_end[main],
            painter.is_arm[main],
            eye,
        )
        dressed = rested(replace(body, rest=self._dressed(body, outfit)))
        self._stands_off = self._loose(body.rest, outfit.looseness)
        # Hair gives way: nobody lies higher for a pony tail.
        self.body = with_hair(dressed, outfit.hair_style)
        self.triangles = self.body.triangles
        self._n_dressed = len(dressed.rest)
        self._plain, self._is_mixed = self._plain_colours(outfit.hair)

    def _dressed(self, body: Body, outfit: Outfit) -> Array:
        painter, rest = self._painter, body.rest
        share = self._covered(rest, outfit)[:, None]
        outward = vertex_normals(rest, self.triangles)
        smooth, span = rest, np.zeros(len(rest))
        if not body.is_smooth:
            covered_at_all = (share > 0)[:, 0]
            smooth = self._smoothed(rest, covered_at_all, SMOOTHING_ROUNDS)
            smooth = self._smoothed(smooth, painter.is_breast_tip, TIP_ROUNDS)
            # Only in and out: sideways the cloth would drag its hems along. Toes become a shoe.
            span = ((smooth - rest) * outward).sum(1)
            wider = self._smoothed(smooth, covered_at_all, int(outfit.looseness * MORE_WHEN_LOOSE))
            # The wider the cloth, the larger the hollows that it spans.
            span = np.maximum(span, ((wider - rest) * outward).sum(1))
            # Averaging thins what is round: cloth flattens the chest, but never cuts into limbs.
            chest = np.clip((painter.waist(rest) - 0.1) / 0.12, 0, 1) * ~painter.is_arm
            span = np.where(span < 0, span * chest, span)
        straight = outward * span[:, None]
        spanned = (painter.is_breast_tip | painter.is_foot)[:, None]
        lifted = rest + share * np.where(spanned, smooth - rest, straight)
        normals = vertex_normals(lifted, self.triangles)
        lifted = lifted + share * CLOTH_M * normals
        hair = np.clip(painter.hairline(rest) / 0.02, 0, 1) * painter.is_head
        return np.asarray(lifted + (hair * HAIR_M)[:, None] * normals)

    def _covered(self, rest: Array, outfit: Outfit) -> Array:
        """Return how much of a cloth's thickness is on each vertex, 0 to 1: little at its hems."""
        painter = self._painter
        covered = np.minimum(painter.collar(rest) * 0.09, 0.02)
        arms = np.minimum(covered, painter.sleeves(rest) * 0.25)
        legs = np.minimum(painter.legs(rest) * 0.35, 0.02)
        depth = np.where(painter.is_arm, arms, np.where(painter.waist(rest) > 0, covered, legs))
        depth[painter.is_head | painter.is_limb_end | painter.is_foot] = -1
        if outfit.shoes is not None:
            shod = painter.shoes(rest) > 0
            depth[shod] = 0.02
        return np.asarray(np.clip(depth / 0.008, 0, 1))

    def _smoothed(self, vertices: Array, where: NDArray[np.bool_], n_rounds: int) -> Array:
        one = self.triangles[:, (0, 1, 2)].ravel()
        two = self.triangles[:, (1, 2, 0)].ravel()
        counts = np.bincount(one, minlength=len(vertices))[:, None]
        smooth = vertices.copy()
        for _ in range(n_rounds):
            total = np.stack(
                [np.bincount(one, smooth[two, axis], len(vertices)) for axis in range(3)], 1
            )
            smooth[where] = (total / np.maximum(counts, 1))[where]
        return smooth

    def _loose(self, rest: Array, looseness: float) -> Array:
        """Return how far the cloth can stand off each vertex [m]: most at the hems."""
        painter = self._painter
        sleeve = np.clip(painter.sleeves(rest) / 0.12, 0, 1) * SLEEVE_M
        # The waistband of trousers and the collar fit whatever the cloth.
        below_waist = np.clip(-painter.waist(rest) / 0.12, 0, 1)
        leg = np.clip(painter.legs(rest) / 0.12, 0, 1) * below_waist * LEG_M
        shirt = np.clip(painter.collar(rest) / 0.6, 0, 1) * SHIRT_M
        shirt = shirt * np.clip(painter.waist(rest) / 0.015, 0, 1)
        depth = np.where(painter.is_arm, sleeve, np.maximum(leg, shirt))
        depth[painter.is_head | painter.is_limb_end | painter.is_foot] = 0
        wide = self._smoothed(np.stack([depth] * 3, 1), depth > 0, LOOSE_ROUNDS)[:, 0]
        return np.asarray(wide * looseness)

    def vertices(self, placed: Placed) -> Array:
        """Return the vertices in a posture [m]: cloth hangs below limbs and lies on top of them."""
        vertices = self.body.posed(placed)
        skin, hair = _flattened(vertices[: self._n_dressed]), vertices[self._n_dressed :]
        if self._stands_off.any():
            outward = vertex_normals(skin, self.triangles[: self._n_painted])
            share = np.clip(0.55 - 0.75 * outward[:, 1], 0.05, 1.2)
            hanging = skin + (self._stands_off * share)[:, None] * outward
            hanging[:, 1] -= 0.3 * self._stands_off
            skin = _above_floor(hanging, skin)
        return np.concatenate([skin, _above_floor(hair, hair + 1)])

    def colours(self, triangles: Numbers, shares: Floats) -> Floats:
        """Return the colour of points on triangles, shape (n, 3).

        Parameters
        ----------
        triangles
            Numbers of the triangles.
        shares
            Weights of their corners, shape (3, n).
        """
        colours = self._plain.take(triangles, 0)
        several = np.flatnonzero(self._is_mixed.take(triangles))
        colours[several] = self._painted(triangles[several], shares.take(several, 1))
        return colours

    def _painted(self, triangles: Numbers, shares: Floats) -> Array:
        corners = self.triangles[triangles]
        points = sum(
            shares[corner, :, None] * self._bare[corners[:, corner]] for corner in (0, 1, 2)
        )
        return self._painter.colours(np.asarray(points), self._kinds.of(triangles))

    def _plain_colours(self, hair: Colour) -> tuple[Floats, NDArray[np.bool_]]:
        """Return the colour of each triangle, and whether it has others as well.

        Most have one colour only; hems and faces do not, and are painted pixel by pixel.
        """
        plain = np.tile(np.array(hair, np.float32), (len(self.triangles), 1))
        numbers = np.arange(self._n_painted)
        looked_at = [
            self._painted(numbers, np.tile(share, (1, len(numbers)))) for share in _LOOKED_AT
        ]
        plain[numbers] = looked_at[0]
        is_mixed = np.zeros(len(self.triangles), bool)
        for other in looked_at[1:]:
            is_mixed[numbers] |= (other != looked_at[0]).any(1)
        return plain, is_mixed


def _flattened(vertices: Array) -> Array:
    """Return a body that is pressed flat where it lies: flesh gives way, the floor does not."""
    flat = vertices.copy()
    flat[:, 1] = np.maximum(vertices[:, 1], MAT_M + 0.001)
    return flat


def _above_floor(vertices: Array, body: Array) -> Array:
    """Return vertices that do not go deeper into the mat than the body itself."""
    raised = vertices.copy()
    raised[:, 1] = np.maximum(vertices[:, 1], np.minimum(body[:, 1], MAT_M + 0.001))
    return raised
