"""MakeHuman's rig, reduced to the segments of our skeleton.

Its 163 bones are more than posing needs: the face's are merged into the head, the fingers'
into three rows and the toes' into one.
"""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.landmarks import Side
from formcheck.simulation.rendering.archive import Archive
from formcheck.simulation.rotations import Array, about_y, between
from formcheck.simulation.skeleton import SEGMENT_INDEX, SEGMENTS

WEIGHTS_PER_VERTEX = 4
_RIG = "rigs/standard/rig.default.json"
_WEIGHTS = "rigs/standard/weights.default.json"
# The first pattern that fits a bone's name says which segment it belongs to.
_RULES: tuple[tuple[str, str], ...] = (
    (r"root|pelvis", "pelvis"),
    (r"spine05", "lumbar_low"),
    (r"spine04", "lumbar_mid"),
    (r"spine03", "lumbar_high"),
    (r"spine02", "thorax_low"),
    (r"spine01|breast", "thorax"),
    (r"neck01", "neck_low"),
    (r"neck02", "neck_mid"),
    (r"neck03", "neck_high"),
    (r"clavicle", "*clavicle"),
    (r"shoulder01", "*scapula"),
    (r"upperarm01", "*upper_arm"),
    (r"upperarm02", "*upper_arm_low"),
    (r"lowerarm01", "*forearm"),
    (r"lowerarm02", "*forearm_low"),
    (r"finger1-1", "*thumb"),
    (r"finger1-[23]", "*thumb_tip"),
    (r"finger[2-5]-1", "*fingers"),
    (r"finger[2-5]-2", "*fingers_mid"),
    (r"finger[2-5]-3", "*fingers_tip"),
    (r"wrist|metacarpal", "*hand"),
    (r"upperleg", "*thigh"),
    (r"lowerleg", "*shank"),
    (r"foot", "*foot"),
    (r"toe", "*toes"),
)
# The bones at whose heads each segment begins; the mean of several.
_BEGINS = {
    "pelvis": ("root",),
    "head": ("head",),
    "*hand": ("wrist",),
    "*thigh": ("upperleg01",),
    "*shank": ("lowerleg01",),
    "*thumb_tip": ("finger1-2",),
    "*toes": tuple(f"toe{toe}-1" for toe in range(1, 6)),
    "*fingers": tuple(f"finger{finger}-1" for finger in range(2, 6)),
    "*fingers_mid": tuple(f"finger{finger}-2" for finger in range(2, 6)),
    "*fingers_tip": tuple(f"finger{finger}-3" for finger in range(2, 6)),
    "thorax": ("spine01",),
}


def segment_of(bone: str) -> str:
    """Return the segment that a bone of the rig belongs to."""
    base, _, letter = bone.partition(".")
    for pattern, segment in _RULES:
        if re.match(pattern, base):
            side = Side.LEFT if letter == "L" else Side.RIGHT
            return segment.replace("*", f"{side}_")
    return "head"


@dataclass(frozen=True, slots=True, eq=False)
class Rig:
    """How vertices hang on segments.

    Attributes
    ----------
    segments, weights
        For each vertex the segments that move it and how much, shape (n vertices, 4).
    begins
        For each segment the vertices whose mean is its beginning.
    """

    segments: NDArray[np.intp]
    weights: Array
    begins: tuple[NDArray[np.intp], ...]


def read_rig(archive: Archive, n_vertices: int) -> Rig:
    """Return the reduced rig of the base mesh."""
    weights = np.zeros((n_vertices, len(SEGMENTS)))
    for bone, pairs in archive.json(_WEIGHTS)["weights"].items():
        table = np.array(pairs, np.float64).reshape(-1, 2)
        column = weights[:, SEGMENT_INDEX[segment_of(bone)]]
        np.add.at(column, table[:, 0].astype(int), table[:, 1])
    largest = np.argsort(-weights, 1)[:, :WEIGHTS_PER_VERTEX]
    kept = np.take_along_axis(weights, largest, 1)
    kept /= np.maximum(kept.sum(1, keepdims=True), 1e-9)
    return Rig(largest, kept, _beginnings(archive))


def _beginnings(archive: Archive) -> tuple[NDArray[np.intp], ...]:
    bones = archive.json(_RIG)
    bones = bones.get("bones", bones)
    groups = archive.json("mesh_metadata/basemesh_vertex_groups.json")

    def vertices_at(bone: str) -> NDArray[np.intp]:
        head = bones[bone]["head"]
        if head["strategy"] == "CUBE":
            spans = groups[head["cube_name"]]
            return np.concatenate([np.arange(first, last + 1) for first, last in spans])
        if head["strategy"] == "VERTEX":
            return np.array([head["vertex_index"]])
        return np.array(head["vertex_indices"])

    found = []
    for segment in SEGMENTS:
        side, _, rest = segment.partition("_")
        paired = side in tuple(Side)
        key = f"*{rest}" if paired else segment
        names = _BEGINS.get(key) or (_first_bone(key),)
        letter = f".{side[0].upper()}" if paired else ""
        found.append(np.concatenate([vertices_at(name + letter) for name in names]))
    return tuple(found)


def _first_bone(key: str) -> str:
    return next(pattern for pattern, segment in _RULES if segment == key).partition("|")[0]


def neutral_turns(begins: Array) -> Array:
    """Return how each segment turns from the mesh's own posture to the neutral one.

    Parameters
    ----------
    begins
        Where each segment begins in the mesh's own posture, shape (n segments, 3).
    """
    turns = np.tile(np.eye(3), (len(SEGMENTS), 1, 1))
    down = np.array([0, -1.0, 0])

    def bone(side: Side, first: str, second: str) -> Array:
        ends = begins[[SEGMENT_INDEX[f"{side}_{name}"] for name in (first, second)]]
        line: Array = ends[1] - ends[0]
        return line

    for side in Side:
        upper = between(bone(side, "upper_arm", "forearm"), down)
        forearm = between(upper @ bone(side, "forearm", "hand"), down) @ upper
        hand = between(forearm @ bone(side, "hand", "fingers"), down) @ forearm
        # The thumb lies in the plane of the hand, so that a hand can be put flat on the floor.
        thumb_way = hand @ bone(side, "thumb", "thumb_tip")
        thumb = between(thumb_way, thumb_way * [0, 1, 1]) @ hand
        toes = bone(side, "foot", "toes")
        straight = {
            ("upper_arm", "upper_arm_low"): upper,
            ("forearm", "forearm_low"): forearm,
            ("hand", "fingers", "fingers_mid", "fingers_tip"): hand,
            ("thumb", "thumb_tip"): thumb,
            ("thigh",): between(bone(side, "thigh", "shank"), down),
            ("shank",): between(bone(side, "shank", "foot"), down),
            ("foot", "toes"): about_y(-float(np.degrees(np.arctan2(toes[0], toes[2])))),
        }
        for names, turn in straight.items():
            turns[[SEGMENT_INDEX[f"{side}_{name}"] for name in names]] = turn
    return turns
