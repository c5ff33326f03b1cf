"""Angles in space: biased, but usable where the movement is not in the plane of the picture."""

import math

from formcheck.geometry import Point3, angle_at_3d
from formcheck.measures.vocabulary import (
    ALL_VIEWS,
    COVERED_KNEE_FROM_VISIBILITY,
    FRONT_OBLIQUE,
    measure,
)

PELVIS_SHARE = 0.5


@measure(
    "deg",
    views=ALL_VIEWS,
    expected_error=20,
    plane="world",
    knee_from_visibility=COVERED_KNEE_FROM_VISIBILITY,
)
def knee_flexion_in_space(hip: Point3, knee: Point3, ankle: Point3) -> float:
    """0 with the leg straight; reads too little in deep bends and about 15 in standing."""
    return 180.0 - angle_at_3d(knee, hip, ankle)


@measure("deg", views=ALL_VIEWS, expected_error=15, plane="world")
def trunk_elevation_in_space(
    left_shoulder: Point3, right_shoulder: Point3, left_hip: Point3, right_hip: Point3
) -> float:
    """0 with the trunk level, 90 upright, - with the shoulders below the hips."""
    (x1, y1, z1), (x2, y2, z2) = left_shoulder, right_shoulder
    (x3, y3, z3), (x4, y4, z4) = left_hip, right_hip
    across, up, away = (x1 + x2 - x3 - x4) / 2, (y1 + y2 - y3 - y4) / 2, (z1 + z2 - z3 - z4) / 2
    return math.degrees(math.atan2(-up, math.hypot(across, away)))


@measure("deg", views=ALL_VIEWS, expected_error=15, plane="world")
def thigh_elevation_in_space(hip: Point3, knee: Point3) -> float:
    """0 with the thigh level, + with the knee above the hip, -90 straight below."""
    across, up, away = (end - start for start, end in zip(hip, knee, strict=True))
    return math.degrees(math.atan2(-up, math.hypot(across, away)))


@measure("deg", views=FRONT_OBLIQUE, expected_error=15, plane="world")
def trunk_rotation(
    left_shoulder: Point3, right_shoulder: Point3, left_hip: Point3, right_hip: Point3
) -> float:
    """0 with the chest turned as far as half of the pelvis, + turned further to the left."""
    # Half of the pelvis' turn: the engine turns it along with the shoulders by about a quarter.
    pelvis_deg = PELVIS_SHARE * _yaw(left_hip, right_hip)
    return _wrapped(_yaw(left_shoulder, right_shoulder) - pelvis_deg)


@measure("deg", views=FRONT_OBLIQUE, expected_error=15, plane="world")
def trunk_turn_toward(
    shoulder: Point3, other_shoulder: Point3, hip: Point3, other_hip: Point3
) -> float:
    """0 with the chest turned as far as half of the pelvis, + turned further toward this side.

    Of somebody who faces the camera: the larger of both sides is how far the chest is turned.
    """
    pelvis_deg = PELVIS_SHARE * _away(hip, other_hip)
    return _away(shoulder, other_shoulder) - pelvis_deg


@measure("deg", views=FRONT_OBLIQUE, expected_error=15, plane="world")
def trunk_twist(
    left_shoulder: Point3, right_shoulder: Point3, left_hip: Point3, right_hip: Point3
) -> float:
    """0 with chest and pelvis turned alike, + with the chest turned further, to either side."""
    return abs(_wrapped(_yaw(left_shoulder, right_shoulder) - _yaw(left_hip, right_hip)))


@measure("deg", views=FRONT_OBLIQUE, expected_error=15, plane="world")
def chest_rotation(left_shoulder: Point3, right_shoulder: Point3) -> float:
    """0 with the chest square to the camera, + turned to the patient's left."""
    return _yaw(left_shoulder, right_shoulder)


@measure("deg", views=FRONT_OBLIQUE, expected_error=15, plane="world")
def pelvis_rotation(left_hip: Point3, right_hip: Point3) -> float:
    """0 with the pelvis square to the camera, + turned to the patient's left."""
    return _yaw(left_hip, right_hip)


def _yaw(left: Point3, right: Point3) -> float:
    """Return how far a left-right line is turned about the upright, + to the patient's left.

    A patient who faces the camera has the left side at larger x; turning to the left takes
    the left shoulder away from the camera (z grows).
    """
    return math.degrees(math.atan2(left[2] - right[2], left[0] - right[0]))


def _away(own: Point3, other: Point3) -> float:
    """Return how far a body's own side is turned away from the camera, as in turning to it."""
    return math.degrees(math.atan2(own[2] - other[2], abs(own[0] - other[0])))


def _wrapped(angle_deg: float) -> float:
    return (angle_deg + 180.0) % 360.0 - 180.0
