"""A dressed person: the mesh with clothes and hair lifted off it, and the colour of each pixel."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from formcheck.simulation.kinematics import Placed
from formcheck.simulation.rendering.body import Body, lying
from formcheck.simulation.rendering.outfit import Kinds, Outfit, Painter
from formcheck.simulation.rotations import Array

CLOTH_M = 0.006
HAIR_M = 0.014
# Cloth spans hollows: this many rounds of averaging with the neighbours.
SMOOTHING_ROUNDS = 14
TIP_ROUNDS = 400


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
        self.body = lying(replace(body, rest=self._dressed(body, outfit)))

    def _dressed(self, body: Body, outfit: Outfit) -> Array:
        painter, rest = self._painter, body.rest
        covered = np.minimum(painter.collar(rest) * 0.09, 0.02)
        arms = np.minimum(covered, painter.sleeves(rest) * 0.25)
        legs = np.minimum(painter.legs(rest) * 0.35, 0.02)
        depth = np.where(painter.is_arm, arms, np.where(painter.waist(rest) > 0, covered, legs))
        depth[painter.is_head | painter.is_limb_end | painter.is_foot] = -1
        if outfit.shoes is not None:
            shod = painter.shoes(rest) > 0
            depth[shod] = 0.02
        share = np.clip(depth / 0.008, 0, 1)[:, None]
        smooth = self._smoothed(rest, (share > 0)[:, 0], SMOOTHING_ROUNDS)
        smooth = self._smoothed(smooth, painter.is_breast_tip, TIP_ROUNDS)
        # Only in and out: sideways the cloth would drag its hems along. Toes become a shoe.
        outward = vertex_normals(rest, self.triangles)
        straight = outward * ((smooth - rest) * outward).sum(1, keepdims=True)
        spanned = (painter.is_breast_tip | painter.is_foot)[:, None]
        lifted = rest + share * np.where(spanned, smooth - rest, straight)
        normals = vertex_normals(lifted, self.triangles)
        lifted = lifted + share * CLOTH_M * normals
        hair = np.clip(painter.hairline(rest) / 0.02, 0, 1) * painter.is_head
        return np.asarray(lifted + (hair * HAIR_M)[:, None] * normals)

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

    def vertices(self, placed: Placed) -> Array:
        """Return the vertices in a posture [m]."""
        return self.body.posed(placed)

    def colours(self, triangles: NDArray[np.intp], shares: NDArray[np.float32]) -> Array:
        """Return the colour of points on triangles, shape (n, 3).

        Parameters
        ----------
        triangles
            Numbers of the triangles.
        shares
            Weights of their corners, shape (n, 3).
        """
        corners = self._bare[self.triangles[triangles]]
        points = np.einsum("nc,nci->ni", shares, corners)
        return self._painter.colours(points, self._kinds.of(triangles))
