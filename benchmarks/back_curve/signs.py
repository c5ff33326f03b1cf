"""What a pose says of the spine: by its outline, and by its landmarks."""

import numpy as np
from numpy.typing import NDArray

from benchmarks.back_curve.clips import Clip
from formcheck.geometry import side_of_line
from formcheck.landmarks import INDEX
from formcheck.pose import OUTLINE_PLACES, Pose

Values = NDArray[np.float64]

_PLACES = np.array(OUTLINE_PLACES)
_END = 6
_AT_BOTH_ENDS = 3
_RATIO_DEG = 60.0
"""Makes ratios of lengths as large as angles: a tenth counts as 6 degrees."""


def outline_signs(outline: Values) -> dict[str, Values]:
    """Return what outlines of the back, shape (n, 16), say.

    Returns
    -------
    dict
        ``angle``: between its lower and its upper third [deg]; ``arch``: its largest distance from
        the straight line between its ends [trunk lengths]; ``area``: the mean of that distance;
        ``whole``: every distance. Shapes (n, 1) and (n, 16).
    """
    slopes = [
        np.array([np.polyfit(_PLACES[part], row[part], 1)[0] for row in outline])
        for part in (slice(_END), slice(-_END, None))
    ]
    angle = np.degrees(np.arctan(slopes[0]) - np.arctan(slopes[1]))
    begin, end = outline[:, :_AT_BOTH_ENDS].mean(1), outline[:, -_AT_BOTH_ENDS:].mean(1)
    share = (_PLACES - _PLACES[1]) / (_PLACES[-2] - _PLACES[1])
    away = outline - (begin[:, None] + (end - begin)[:, None] * share)
    furthest = away[np.arange(len(away)), np.abs(away).argmax(1)]
    return {
        "angle": angle[:, None],
        "arch": furthest[:, None],
        "area": away.mean(1)[:, None],
        "whole": outline,
    }


def back_of(clip: Clip) -> Values:
    """Return the outline of the back in each frame, shape (n frames, 16); NaN where unknown."""
    found = [pose for _, pose in clip.poses if pose is not None]
    row = 0 if np.mean([_is_back_left(pose, clip.course.back) for pose in found]) > 0.5 else 1
    nothing = np.full(len(_PLACES), np.nan)
    return np.array(
        [
            nothing if pose is None or pose.outline is None else pose.outline[row]
            for _, pose in clip.poses
        ]
    )


def _is_back_left(pose: Pose, back: str) -> bool:
    hip, shoulder, knee = (_middle(pose, name) for name in ("hip", "shoulder", "knee"))
    if back == "knee":
        return side_of_line(tuple(knee), tuple(hip), tuple(shoulder)) > 0
    return bool((shoulder[0] > hip[0]) == (back == "up"))


def _middle(pose: Pose, name: str) -> Values:
    middle: Values = pose.image[[INDEX[f"left_{name}"], INDEX[f"right_{name}"]]].mean(0)
    return middle


def landmark_signs(clip: Clip) -> Values:
    """Return what head, shoulders, arms, hips and legs say in each frame, shape (n frames, 10).

    Directions seen from the trunk's line, + toward the back [deg], the inclination of the trunk,
    and lengths of trunk and neck by that of the thigh. The first is the head's.
    """
    found = [pose for _, pose in clip.poses if pose is not None]
    is_left = np.mean([_is_back_left(pose, clip.course.back) for pose in found]) > 0.5
    nothing = np.full(10, np.nan)
    rows = [
        nothing if pose is None else _directions(pose, 1 if is_left else -1)
        for _, pose in clip.poses
    ]
    return np.array(rows)


def _directions(pose: Pose, sign: int) -> Values:
    hip, shoulder, knee, ear, ankle = (
        _middle(pose, name) for name in ("hip", "shoulder", "knee", "ear", "ankle")
    )
    trunk = shoulder - hip
    length, thigh = np.hypot(*trunk), np.hypot(*(knee - hip))
    along = trunk / length
    across = np.array([along[1], -along[0]]) * sign

    def seen(point: Values, start: Values, *, backward: bool = False) -> float:
        way = point - start
        angle = np.degrees(np.arctan2(way @ across, way @ along)) - 180 * backward
        return float((angle + 180) % 360 - 180)

    # Legs go on from the trunk backward and arms forward: nowhere near where angles wrap around.
    limbs = [
        seen(
            pose.image[INDEX[f"{side}_{far}"]],
            pose.image[INDEX[f"{side}_{near}"]],
            backward=far == "knee",
        )
        for far, near in (("knee", "hip"), ("elbow", "shoulder"))
        for side in ("left", "right")
    ]
    return np.array(
        [
            seen(ear, shoulder),
            seen(pose.image[INDEX["nose"]], shoulder),
            *limbs,
            seen(ankle, hip, backward=True),
            np.degrees(np.arctan2(-trunk[1], abs(trunk[0]))),
            _RATIO_DEG * length / thigh,
            _RATIO_DEG * np.hypot(*(ear - shoulder)) / thigh,
        ]
    )
