"""A dressed person: the mesh with clothes and hair lifted off it, and the colour of each pixel."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from formcheck.simulation.contacts import MAT_M
from formcheck.simulation.kinematics import Placed
from formcheck.simulation.rendering.body import Body
from formcheck.simulation.rendering.hair import with_hair
from formcheck.simulation.rendering.outfit import Kinds, Outfit, Painter
from formcheck.simulation.rendering.resting import rested
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


def vertex_normals(vertices: Array, triangles: NDArray[np.intp]) -> Array:
    """Return the outward direction at each vertex, shape (n vertices, 3)."""
    first, second, third = (vertices[triangles[:, corner]] for corner in range(3))
    across = np.cross(second - first, third - first)
    total = np.zeros_like(vertices)
    for axis in range(3):
        for corner in range(3):
            corners = triangles[:, corner]
            total[:, axis] += np.bincount(corners, across[:, axis], len(vertices))
    return np.asarray(total / (np.linalg.norm(total, axis=1, keepdims=True) + 1e-12))


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
        self._hair_colour = outfit.hair
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
        skin, hair = vertices[: self._n_dressed], vertices[self._n_dressed :]
        if self._stands_off.any():
            outward = vertex_normals(skin, self.triangles[: self._n_painted])
            share = np.clip(0.55 - 0.75 * outward[:, 1], 0.05, 1.2)
            hanging = skin + (self._stands_off * share)[:, None] * outward
            hanging[:, 1] -= 0.3 * self._stands_off
            skin = _above_floor(hanging, skin)
        return np.concatenate([skin, _above_floor(hair, hair + 1)])

    def colours(self, triangles: NDArray[np.intp], shares: NDArray[np.float32]) -> Array:
        """Return the colour of points on triangles, shape (n, 3).

        Parameters
        ----------
        triangles
            Numbers of the triangles.
        shares
            Weights of their corners, shape (n, 3).
        """
        colours = np.tile(np.array(self._hair_colour), (len(triangles), 1))
        painted = np.flatnonzero(triangles < self._n_painted)
        chosen = triangles[painted]
        corners = self._bare[self.triangles[chosen]]
        points = np.einsum("nc,nci->ni", shares[painted], corners)
        colours[painted] = self._painter.colours(points, self._kinds.of(chosen))
        return colours


def _above_floor(vertices: Array, body: Array) -> Array:
    """Return vertices that do not go deeper into the mat than the body itself."""
    raised = vertices.copy()
    raised[:, 1] = np.maximum(vertices[:, 1], np.minimum(body[:, 1], MAT_M + 0.001))
    return raised
