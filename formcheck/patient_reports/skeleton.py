"""The body at one moment, drawn from its landmarks: what can be shown without showing anybody.

What the engine saw is a full line, the limb away from the camera a thin grey one, and what it only
guessed is dashed. A fault is ringed, twice at the level of an error.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from formcheck.analysis.events import Fault
from formcheck.exercises.rules import BodyPart
from formcheck.landmarks import BONES, INDEX, NAMES, Side
from formcheck.patient_reports import svg
from formcheck.pose import Pose

WIDTH, LEAST_HEIGHT, MOST_HEIGHT = 240.0, 90.0, 200.0
MARGIN = 22.0
SEEN_FROM = 0.5
MOST_HEAD = 18.0
# Beyond this one hip is clearly nearer to the camera than the other [m].
NEARER_M = 0.06
PLACES = {
    BodyPart.HEAD: "ear",
    BodyPart.SHOULDER: "shoulder",
    BodyPart.ELBOW: "elbow",
    BodyPart.TRUNK: "hip",
    BodyPart.HIP: "hip",
    BodyPart.KNEE: "knee",
    BodyPart.FOOT: "ankle",
}
_Points = NDArray[np.float64]


def skeleton(pose: Pose, fault: Fault | None = None) -> str | None:
    """Return the body as SVG, with a fault where there is one; None where too little was seen."""
    placed = _placed(pose)
    if placed is None:
        return None
    points, height = placed
    near = near_side(pose)
    parts = [*_bones(points, pose, near), *_head(points, pose)]
    if fault is not None:
        parts += _rings(points, fault, near)
    return svg.picture(WIDTH, height, parts)


def near_side(pose: Pose) -> Side | None:
    """Return the side that is nearer to the camera; None where neither clearly is."""
    depth_m = pose.world[INDEX["right_hip"], 2] - pose.world[INDEX["left_hip"], 2]
    if not abs(depth_m) >= NEARER_M:
        return None
    return Side.LEFT if depth_m > 0 else Side.RIGHT


def _placed(pose: Pose) -> tuple[_Points, float] | None:
    """Return the landmarks in the drawing and its height; None where hardly any is known."""
    used = sorted({end for bone in BONES for end in bone})
    body = pose.image[used]
    body = body[np.isfinite(body).all(axis=1)]
    if len(body) < len(used) / 2:
        return None
    low, high = body.min(axis=0), body.max(axis=0)
    room = np.array([WIDTH, MOST_HEIGHT]) - 2 * MARGIN
    scale = float((room / np.maximum(high - low, 1.0)).min())
    height = max(LEAST_HEIGHT, float(high[1] - low[1]) * scale + 2 * MARGIN)
    centre = np.array([WIDTH, height]) / 2
    return centre + (pose.image - (low + high) / 2) * scale, height


def _bones(points: _Points, pose: Pose, near: Side | None) -> Iterator[str]:
    for first, second in sorted(BONES, key=lambda bone: not _is_far(bone, near)):
        start, end = points[first], points[second]
        if not np.isfinite([start, end]).all():
            continue
        is_seen = min(pose.visibility[first], pose.visibility[second]) >= SEEN_FROM
        is_far = _is_far((first, second), near)
        look: dict[str, str | float] = {
            "stroke": svg.SOFT if is_far or not is_seen else svg.INK,
            "stroke_width": 2.0 if is_far or not is_seen else 4.0,
            "stroke_linecap": "round",
        }
        if not is_seen:
            look |= {"stroke_dasharray": "2 5"}
        yield svg.line(_pair(start), _pair(end), **look)


def _head(points: _Points, pose: Pose) -> Iterator[str]:
    ears = points[[INDEX["left_ear"], INDEX["right_ear"]]]
    ears = ears[np.isfinite(ears).all(axis=1)]
    if len(ears):
        x, y = _pair(ears.mean(axis=0))
        trunk = points[[INDEX["left_shoulder"], INDEX["left_hip"]]]
        size = float(np.linalg.norm(trunk[1] - trunk[0]))
        radius = max(5.0, min(0.22 * size, MOST_HEAD)) if np.isfinite(size) else 8.0
        is_seen = max(pose.visibility[[INDEX["left_ear"], INDEX["right_ear"]]]) >= SEEN_FROM
        yield svg.element(
            "circle",
            cx=x,
            cy=y,
            r=radius,
            fill="white",
            stroke=svg.INK if is_seen else svg.SOFT,
            stroke_width=2.5,
        )


def _rings(points: _Points, fault: Fault, near: Side | None) -> Iterator[str]:
    side = fault.side or near or Side.LEFT
    place = points[INDEX[f"{side}_{PLACES[fault.body_part]}"]]
    if not np.isfinite(place).all():
        return
    for radius in (17.0, 12.0) if fault.severity == "error" else (17.0,):
        x, y = _pair(place)
        yield svg.element(
            "circle", cx=x, cy=y, r=radius, fill="none", stroke=svg.INK, stroke_width=2.0
        )


def _is_far(bone: tuple[int, int], near: Side | None) -> bool:
    return near is not None and all(NAMES[end].startswith(near.opposite) for end in bone)


def _pair(point: _Points) -> tuple[float, float]:
    x, y = point.tolist()
    return x, y
