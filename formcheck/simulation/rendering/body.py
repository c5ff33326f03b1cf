"""A person's mesh: shaped by sex, age, weight and build, hung on a skeleton that fits it."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from formcheck.simulation.kinematics import Placed
from formcheck.simulation.rendering.archive import Archive, fetched_wheel
from formcheck.simulation.rendering.fitting import fitted_skeleton
from formcheck.simulation.rendering.rig import Rig, neutral_turns, read_rig
from formcheck.simulation.rotations import Array
from formcheck.simulation.skeleton import Skeleton


@dataclass(frozen=True, slots=True)
class Shape:
    """What a body is like.

    Attributes
    ----------
    sex
        ``female`` or ``male``.
    old, heavy, muscular
        0 to 1: from young adult to old, -1 to 1: from light to heavy and from weak to strong.
        Strong and average bodies hardly grow with their weight (2 cm at most), weak ones do
        (10 cm): that is how the shapes were made.
    height_m
        Standing height [m].
    origins
        Shares of the african, asian and caucasian shapes.
    """

    sex: str
    old: float
    heavy: float
    muscular: float
    height_m: float
    origins: tuple[float, float, float]


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """A mesh that can be posed.

    Attributes
    ----------
    skeleton
        What moves it.
    rest
        Vertices in the mesh's own posture [m].
    triangles
        Vertex numbers, shape (n, 3); the eyes are the last ``n_eye_triangles``.
    segments, weights
        See `Rig`.
    begins, turns
        Where segments begin in the mesh's own posture, and how they turn to the neutral one.
    eyes
        Middle of the left and the right eye in the mesh's own posture [m].
    is_smooth
        Whether the skin has no hollows that cloth would span.
    """

    skeleton: Skeleton
    rest: Array
    triangles: NDArray[np.intp]
    n_eye_triangles: int
    segments: NDArray[np.intp]
    weights: Array
    begins: Array
    turns: Array
    eyes: Array
    is_smooth: bool = False

    def posed(self, body: Placed) -> Array:
        """Return the vertices in a posture [m], by linear blend skinning."""
        rotations = body.rotations @ self.turns
        moved = body.positions - np.einsum("sij,sj->si", rotations, self.begins)
        frames = np.concatenate([rotations, moved[:, :, None]], 2)
        blended = np.einsum("vk,vkij->vij", self.weights, frames[self.segments])
        return np.asarray(np.einsum("vij,vj->vi", blended[:, :, :3], self.rest) + blended[:, :, 3])


class BodyMaker:
    """Makes bodies from the downloaded data.

    Parameters
    ----------
    cache
        Folder that holds the wheel, or into which it is downloaded.
    """

    def __init__(self, cache: Path) -> None:
        self._archive = Archive(fetched_wheel(cache))
        self._base, self._quads = self._archive.mesh()
        self._rig: Rig = read_rig(self._archive, len(self._base))

    def body(self, shape: Shape) -> Body:
        """Return a body of a shape."""
        vertices = self._shaped(shape)
        quads = [self._quads[n] for n in ("body", "helper-l-eye", "helper-r-eye")]
        skin = np.unique(quads[0])
        vertices = (vertices - [0, vertices[skin, 1].min(), 0]) * (
            shape.height_m / np.ptp(vertices[skin, 1])
        )
        begins = np.array([vertices[some].mean(0) for some in self._rig.begins])
        eyes = np.array([vertices[np.unique(eye)].mean(0) for eye in quads[1:]])
        used, renumbered = np.unique(np.concatenate(quads), return_inverse=True)
        corners = renumbered.reshape(-1, 4)
        triangles = np.concatenate([corners[:, [0, 1, 2]], corners[:, [0, 2, 3]]])
        n_body = len(quads[0])
        eye = np.tile(np.arange(len(corners)) >= n_body, 2)
        triangles = np.concatenate([triangles[~eye], triangles[eye]])
        turns = neutral_turns(begins)
        return Body(
            fitted_skeleton(vertices[used], self._rig.segments[used, 0], begins, turns, eyes),
            vertices[used],
            triangles,
            int(eye.sum()),
            self._rig.segments[used],
            self._rig.weights[used],
            begins,
            turns,
            eyes,
        )

    def _shaped(self, shape: Shape) -> Array:
        """Return the base mesh moved by the targets of a shape."""
        vertices = self._base.copy()
        for age, age_share in (("young", 1 - shape.old), ("old", shape.old)):
            for origin, share in zip(("african", "asian", "caucasian"), shape.origins, strict=True):
                vertices += age_share * share * self._target(f"{origin}-{shape.sex}-{age}")
            for muscle, muscle_share in _three_shares("muscle", shape.muscular):
                for weight, weight_share in _three_shares("weight", shape.heavy):
                    share = age_share * muscle_share * weight_share
                    if share:
                        build = f"{shape.sex}-{age}-{muscle}-{weight}"
                        vertices += share * self._target(f"universal-{build}")
                        ideal = f"proportions/{build}-idealproportions"
                        vertices += 0.5 * share * self._target(ideal)
        return vertices

    def _target(self, name: str) -> Array:
        return self._archive.target(name, len(self._base))


def _three_shares(word: str, amount: float) -> tuple[tuple[str, float], ...]:
    """Return the shares of least, average and most for an amount from -1 to 1."""
    return (
        (f"min{word}", max(0.0, -amount)),
        (f"average{word}", 1 - abs(amount)),
        (f"max{word}", max(0.0, amount)),
    )
