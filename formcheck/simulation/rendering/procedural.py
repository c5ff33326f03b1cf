"""A body made of tubes and ellipsoids: for tests, for passers-by, and where nothing is downloaded.

It has the interface of the mesh from the downloaded data: clothes and light work on it alike.
A part is a row of rings, each with its size and the segments that move it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from formcheck.landmarks import INDEX as LANDMARK
from formcheck.landmarks import Side
from formcheck.simulation.people import adult_skeleton, girth_of
from formcheck.simulation.rendering.body import Body
from formcheck.simulation.rotations import Array, unit
from formcheck.simulation.skeleton import SEGMENT_INDEX, SEGMENTS, Skeleton

RING = 16
_BETWEEN = 4
_EYE_M = 0.012
_EYE_DEPTH_M = 0.011


@dataclass(frozen=True, slots=True)
class Ring:
    """A cross-section of a part, about the beginning of a segment.

    Attributes
    ----------
    segment, moved
        The segment that moves it and where its middle is from the segment's beginning; as a
        share of the height.
    wide, deep
        Half of its size, as shares of the height; across and along the part's second direction.
    """

    segment: str
    moved: tuple[float, float, float]
    wide: float
    deep: float


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Vertices, triangles, and the two segments that move each vertex."""

    vertices: Array
    triangles: NDArray[np.intp]
    segments: NDArray[np.intp]
    weights: Array


# From the crotch up to the neck.
_TRUNK = (
    Ring("pelvis", (0, -0.055, -0.004), 0.050, 0.045),
    Ring("pelvis", (0, -0.03, -0.008), 0.092, 0.066),
    Ring("pelvis", (0, 0.01, -0.006), 0.094, 0.066),
    Ring("lumbar_low", (0, 0.03, 0.0), 0.085, 0.058),
    Ring("lumbar_mid", (0, 0.03, 0.002), 0.078, 0.054),
    Ring("lumbar_high", (0, 0.035, 0.004), 0.080, 0.055),
    Ring("thorax_low", (0, 0.05, 0.004), 0.090, 0.062),
    Ring("thorax", (0, 0.01, 0.006), 0.098, 0.064),
    Ring("thorax", (0, 0.055, 0.0), 0.096, 0.056),
    Ring("thorax", (0, 0.078, -0.004), 0.070, 0.042),
    Ring("thorax", (0, 0.095, -0.004), 0.040, 0.034),
    Ring("neck_low", (0, 0.012, 0.002), 0.032, 0.034),
    Ring("neck_high", (0, 0.0, 0.0), 0.031, 0.034),
    Ring("neck_high", (0, 0.014, 0.006), 0.030, 0.034),
)
_HEAD = (
    Ring("head", (0, -0.030, 0.030), 0.014, 0.020),
    Ring("head", (0, -0.020, 0.022), 0.028, 0.036),
    Ring("head", (0, 0.0, 0.012), 0.039, 0.050),
    Ring("head", (0, 0.025, 0.006), 0.044, 0.056),
    Ring("head", (0, 0.050, 0.002), 0.044, 0.056),
    Ring("head", (0, 0.072, 0.0), 0.036, 0.046),
    Ring("head", (0, 0.088, 0.0), 0.020, 0.026),
)
_NOSE = (
    Ring("head", (0, 0.008, 0.064), 0.008, 0.008),
    Ring("head", (0, 0.014, 0.066), 0.009, 0.009),
    Ring("head", (0, 0.030, 0.058), 0.005, 0.005),
)
_EAR = (
    Ring("head", (0.044, 0.004, 0.0), 0.003, 0.006),
    Ring("head", (0.046, 0.018, 0.0), 0.004, 0.011),
    Ring("head", (0.045, 0.030, 0.0), 0.003, 0.007),
)
_ARM = (
    Ring("scapula", (0.018, 0.008, 0.0), 0.020, 0.026),
    Ring("upper_arm", (-0.004, 0.016, 0.0), 0.026, 0.029),
    Ring("upper_arm", (0.0, -0.015, 0.0), 0.033, 0.034),
    Ring("upper_arm_low", (0.0, 0.0, 0.0), 0.028, 0.031),
    Ring("upper_arm_low", (0.0, -0.085, 0.0), 0.023, 0.025),
    Ring("forearm", (0.0, 0.0, 0.0), 0.022, 0.024),
    Ring("forearm", (0.0, -0.035, 0.0), 0.024, 0.025),
    Ring("forearm_low", (0.0, 0.0, 0.0), 0.018, 0.020),
    Ring("hand", (0.0, 0.006, 0.0), 0.014, 0.017),
    Ring("hand", (0.0, -0.02, 0.0), 0.010, 0.024),
    Ring("fingers", (0.0, 0.0, 0.0), 0.009, 0.025),
    Ring("fingers_mid", (0.0, 0.0, 0.0), 0.007, 0.022),
    Ring("fingers_tip", (0.0, -0.012, 0.0), 0.005, 0.016),
)
_THUMB = (
    Ring("thumb", (0.0, 0.004, 0.0), 0.007, 0.009),
    Ring("thumb_tip", (0.0, 0.0, 0.0), 0.007, 0.008),
    Ring("thumb_tip", (0.0, -0.015, 0.006), 0.004, 0.005),
)
_LEG = (
    Ring("pelvis", (0.045, -0.004, -0.004), 0.024, 0.036),
    Ring("thigh", (-0.004, -0.01, -0.006), 0.050, 0.060),
    Ring("thigh", (-0.003, -0.05, -0.004), 0.052, 0.056),
    Ring("thigh", (0.0, -0.14, 0.0), 0.042, 0.045),
    Ring("thigh", (0.0, -0.215, 0.0), 0.032, 0.035),
    Ring("shank", (0.0, 0.0, 0.002), 0.031, 0.033),
    Ring("shank", (0.0, -0.06, -0.008), 0.031, 0.034),
    Ring("shank", (0.0, -0.17, -0.004), 0.022, 0.024),
    Ring("shank", (0.0, -0.225, -0.002), 0.018, 0.021),
    Ring("foot", (0.0, -0.012, -0.004), 0.018, 0.024),
)
# From the heel to the toes.
_FOOT = (
    Ring("foot", (0.0, -0.022, -0.034), 0.013, 0.012),
    Ring("foot", (0.0, -0.016, -0.022), 0.018, 0.022),
    Ring("foot", (0.0, -0.012, 0.005), 0.020, 0.026),
    Ring("foot", (0.0, -0.020, 0.04), 0.023, 0.018),
    Ring("toes", (0.0, -0.002, 0.0), 0.026, 0.012),
    Ring("toes", (0.0, -0.004, 0.032), 0.018, 0.009),
)
_FLESHY = frozenset({"pelvis", "lumbar_low", "lumbar_mid", "lumbar_high", "thorax_low"})


def procedural_body(sex: str, age_years: float, height_m: float, mass_kg: float) -> Body:
    """Return a body of tubes and ellipsoids.

    Parameters
    ----------
    sex
        ``female`` or ``male``.
    age_years, height_m, mass_kg
        Age, standing height [m] and weight [kg].

    Examples
    --------
    >>> body = procedural_body("female", 30, 1.65, 62)
    >>> round(float(body.rest[:, 1].max()), 1)
    1.7
    """
    skeleton = adult_skeleton(sex, age_years, height_m, mass_kg)
    parts = [
        part
        for rings, across in (
            *((rings, (1, 2)) for rings in (_TRUNK, _HEAD, _NOSE)),
            *((_mirrored(r, side), (1, 2)) for r in (_ARM, _THUMB, _LEG, _EAR) for side in Side),
            *((_mirrored(_FOOT, side), (2, 1)) for side in Side),
        )
        for part in [_tube(skeleton, rings, across, girth_of(height_m, mass_kg))]
    ]
    eyes = [_eye(skeleton, side) for side in Side]
    whole = _joined([*parts, *eyes])
    middles = np.array([eye.vertices.mean(0) for eye in eyes])
    n_eye = sum(len(eye.triangles) for eye in eyes)
    turns = np.tile(np.eye(3), (len(SEGMENTS), 1, 1))
    return Body(
        skeleton,
        whole.vertices,
        whole.triangles,
        n_eye,
        whole.segments,
        whole.weights,
        skeleton.neutral,
        turns,
        middles,
        is_smooth=True,
    )


def _mirrored(rings: Sequence[Ring], side: Side) -> tuple[Ring, ...]:
    """Return the rings of a part of the left side on a side."""
    sign = 1 if side is Side.LEFT else -1
    central = ("pelvis", "head")
    return tuple(
        Ring(
            ring.segment if ring.segment in central else f"{side}_{ring.segment}",
            (ring.moved[0] * sign, ring.moved[1], ring.moved[2]),
            ring.wide,
            ring.deep,
        )
        for ring in rings
    )


def _girth(ring: Ring, girth: float) -> float:
    """Return how much thicker a ring is on somebody of a girth: bellies most, hands not at all."""
    part = ring.segment.partition("_")[2] or ring.segment
    if ring.segment in _FLESHY:
        return float(girth**1.5)
    if part in ("thigh", "upper_arm", "upper_arm_low", "shank") or ring.segment == "thorax":
        return girth
    return 1.0


def _tube(skeleton: Skeleton, rings: Sequence[Ring], axes: tuple[int, int], girth: float) -> Part:
    """Return a closed tube through rings.

    Parameters
    ----------
    skeleton
        On which the rings hang.
    rings
        From one end to the other.
    axes
        Along which axis it runs (1 up, 2 forward), and along which its depth is.
    girth
        See `_girth`.
    """
    height_m = float(np.ptp(skeleton.neutral[:, 1])) / 0.891
    rows = []
    for ring in rings:
        middle = skeleton.place(ring.segment) + np.array(ring.moved) * height_m
        thick = _girth(ring, girth) * height_m
        rows.append([*middle, ring.wide * thick, ring.deep * thick])
    numbers = [SEGMENT_INDEX[ring.segment] for ring in rings]
    stations, segments, weights = [], [], []
    for index, (low, high) in enumerate(pairwise(rows)):
        for step in range(_BETWEEN):
            share = step / _BETWEEN
            smooth = share * share * (3 - 2 * share)
            stations.append((1 - smooth) * np.array(low) + smooth * np.array(high))
            # Middles go straight from ring to ring, only the thickness is rounded.
            stations[-1][:3] = (1 - share) * np.array(low[:3]) + share * np.array(high[:3])
            segments.append(numbers[index : index + 2])
            weights.append([1 - share, share])
    stations.append(np.array(rows[-1]))
    segments.append([numbers[-1], numbers[-1]])
    weights.append([1.0, 0.0])
    return skinned(np.array(stations), np.array(segments), np.array(weights), axes)


def skinned(
    stations: Array, segments: NDArray[np.intp], weights: Array, axes: tuple[int, int]
) -> Part:
    """Return the surface around stations: middle, half-width and half-depth of each."""
    along, depth = axes
    angles = np.arange(RING) * 2 * np.pi / RING
    circles = np.repeat(stations[:, None, :3], RING, 1)
    circles[..., 0] += stations[:, None, 3] * np.cos(angles)
    circles[..., depth] += stations[:, None, 4] * np.sin(angles)
    # The ends are rounded by a point outside of the last ring.
    ends = stations[[0, -1], :3].copy()
    ends[:, along] += stations[[0, -1], 3:].min(1) * 0.45 * _outward(stations, along)
    n_rings = len(stations)
    ring = np.arange(n_rings - 1)[:, None] * RING
    here, following = np.arange(RING), (np.arange(RING) + 1) % RING
    quads = [ring + here, ring + following, ring + RING + following, ring + RING + here]
    corners = np.stack(quads, -1).reshape(-1, 4)
    triangles = [corners[:, [0, 1, 2]], corners[:, [0, 2, 3]]]
    first, last = n_rings * RING, n_rings * RING + 1
    top = (n_rings - 1) * RING
    triangles.append(np.stack([np.full(RING, first), following, here], 1))
    triangles.append(np.stack([np.full(RING, last), top + here, top + following], 1))
    vertices = np.concatenate([circles.reshape(-1, 3), ends])
    faces = _facing_out(vertices, np.concatenate(triangles))
    owners = np.concatenate([np.repeat(segments, RING, 0), segments[[0, -1]]])
    shares = np.concatenate([np.repeat(weights, RING, 0), weights[[0, -1]]])
    # The first segment of a vertex is the one that moves it most.
    order = np.argsort(-shares, 1, kind="stable")
    return Part(
        vertices, faces, np.take_along_axis(owners, order, 1), np.take_along_axis(shares, order, 1)
    )


def _outward(stations: Array, along: int) -> Array:
    """Return -1 and 1, or 1 and -1, for a tube that runs against its axis."""
    sign = float(np.sign(stations[-1, along] - stations[0, along]))
    return np.array([-sign, sign])


def _facing_out(vertices: Array, triangles: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return triangles turned over if their surface encloses a negative volume."""
    first, second, third = (vertices[triangles[:, corner]] for corner in range(3))
    volume = np.einsum("ni,ni->", first, np.cross(second, third))
    return triangles if volume > 0 else triangles[:, ::-1]


def _eye(skeleton: Skeleton, side: Side) -> Part:
    offset = skeleton.landmark_offsets[LANDMARK[f"{side}_eye"]]
    middle = skeleton.place("head") + offset - unit([0, 0, 1.0]) * _EYE_DEPTH_M
    latitudes = np.radians(np.linspace(-70, 70, 5))
    rows = np.array(
        [
            [*(middle + np.array([0, _EYE_M * np.sin(a), 0])), *(2 * [_EYE_M * np.cos(a)])]
            for a in latitudes
        ]
    )
    segments = np.full((len(rows), 2), SEGMENT_INDEX["head"])
    return skinned(rows, segments, np.tile([1.0, 0.0], (len(rows), 1)), (1, 2))


def _joined(parts: Sequence[Part]) -> Part:
    begins = np.cumsum([0, *(len(part.vertices) for part in parts[:-1])])
    return Part(
        np.concatenate([part.vertices for part in parts]),
        np.concatenate([part.triangles + first for part, first in zip(parts, begins, strict=True)]),
        np.concatenate([part.segments for part in parts]),
        np.concatenate([part.weights for part in parts]),
    )
