"""Hair that is more than the surface of the head: long hair over the back, or a tied knot."""

from dataclasses import replace

import numpy as np

from formcheck.simulation.rendering.body import Body
from formcheck.simulation.rendering.outfit import HairStyle
from formcheck.simulation.rendering.procedural import Part, skinned
from formcheck.simulation.rotations import Array
from formcheck.simulation.skeleton import SEGMENT_INDEX

# Rows from the top down: height and depth in the head's size (0 lowest and hindmost), half of
# the width and depth in its width and depth, and how much the chest moves it.
_LONG = (
    (0.90, 0.30, 0.30, 0.16, 0.0),
    (0.70, 0.20, 0.46, 0.22, 0.0),
    (0.45, 0.12, 0.52, 0.20, 0.0),
    (0.15, 0.10, 0.54, 0.17, 0.15),
    (-0.15, 0.08, 0.55, 0.14, 0.5),
    (-0.45, 0.02, 0.52, 0.11, 0.85),
    (-0.75, -0.04, 0.42, 0.08, 1.0),
)
_TIED = (
    (0.72, -0.02, 0.10, 0.08, 0.0),
    (0.66, -0.08, 0.20, 0.16, 0.0),
    (0.56, -0.11, 0.22, 0.17, 0.0),
    (0.46, -0.08, 0.18, 0.14, 0.0),
    (0.40, -0.02, 0.10, 0.08, 0.0),
)
_ROWS = {HairStyle.LONG: _LONG, HairStyle.TIED: _TIED}


def with_hair(body: Body, style: HairStyle) -> Body:
    """Return a body with hair after its other vertices and triangles, if the style needs it.

    Its eyes are then no longer the last triangles.
    """
    rows = _ROWS.get(style)
    if rows is None:
        return body
    part = _hair(body, np.array(rows))
    n_columns = body.segments.shape[1]
    segments = np.zeros((len(part.vertices), n_columns), np.intp)
    weights = np.zeros((len(part.vertices), n_columns))
    segments[:, :2], weights[:, :2] = part.segments, part.weights
    return replace(
        body,
        rest=np.concatenate([body.rest, part.vertices]),
        triangles=np.concatenate([body.triangles, part.triangles + len(body.rest)]),
        n_eye_triangles=0,
        segments=np.concatenate([body.segments, segments]),
        weights=np.concatenate([body.weights, weights]),
    )


def _hair(body: Body, rows: Array) -> Part:
    head = body.rest[body.segments[:, 0] == SEGMENT_INDEX["head"]]
    low, size = head.min(0), np.ptp(head, axis=0)
    height, depth, wide, deep, chest = rows.T
    middles = np.stack(
        [np.zeros(len(rows)), low[1] + height * size[1], low[2] + depth * size[2]], 1
    )
    stations = np.column_stack([middles, wide * size[0], deep * size[2]])
    moving = np.tile([SEGMENT_INDEX["head"], SEGMENT_INDEX["thorax"]], (len(rows), 1))
    return skinned(stations, moving, np.stack([1 - chest, chest], 1), (1, 2))
