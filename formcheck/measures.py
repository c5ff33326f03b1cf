"""The body measures that an exercise file may name.

A measure is a pure function of landmarks. Its parameters name the landmarks it needs:
``hip`` means the hip of the side being measured, ``left_hip`` always the left one. Points are
pixels of the picture (``plane="image"``) or metres in space (``plane="world"``). To add a
measure, write the function here; nothing else changes.

``views`` says from where the measure may be believed; elsewhere it reads as not assessed.
World angles are biased (a squat's true 75 degree knee reads 86 to 118) and serve for counting
and for comparing a person with themselves, hence their large expected errors.
"""

import difflib
import enum
import inspect
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from formcheck.geometry import (
    Point,
    Point3,
    angle_at,
    angle_at_3d,
    bend_above_line,
    distance,
    elevation,
    height_above_line,
    inclination,
    midpoint,
)
from formcheck.landmarks import Side

Unit = Literal["deg", "trunk lengths", "ratio", "px"]
Plane = Literal["image", "world"]


class View(enum.StrEnum):
    """From where the camera sees the body."""

    FRONT = "front"
    OBLIQUE = "oblique"
    SIDE = "side"


ALL_VIEWS = frozenset(View)


@dataclass(frozen=True, slots=True)
class Measure:
    """A named scalar that can be read from one pose.

    Attributes
    ----------
    unit
        Of the value and of ``expected_error``.
    plane
        Whether the function takes points of the picture [px] or in space [m].
    views
        Where it may be believed; elsewhere it reads as not assessed.
    expected_error
        Typical error in those views, in ``unit``; reported beside every value.
    landmarks
        Names of the landmarks it takes, without a side where the side is a choice.
    sided
        Whether it is read on one side of the body.
    meaning
        What 0 and larger values mean, in one sentence.
    """

    name: str
    unit: Unit
    plane: Plane
    views: frozenset[View]
    expected_error: float
    landmarks: tuple[str, ...]
    sided: bool
    compute: Callable[..., float]
    meaning: str


MEASURES: dict[str, Measure] = {}

_UNSIDED = ("left_", "right_", "nose")


def measure(
    unit: Unit, *, views: frozenset[View], expected_error: float, plane: Plane = "image"
) -> Callable[[Callable[..., float]], Callable[..., float]]:
    """Add the decorated function to the vocabulary, under its own name."""

    def register(function: Callable[..., float]) -> Callable[..., float]:
        landmarks = tuple(inspect.signature(function).parameters)
        MEASURES[function.__name__] = Measure(
            name=function.__name__,
            unit=unit,
            plane=plane,
            views=views,
            expected_error=expected_error,
            landmarks=landmarks,
            sided=not all(name.startswith(_UNSIDED) for name in landmarks),
            compute=function,
            meaning=(function.__doc__ or "").strip(),
        )
        return function

    return register


def find(name: str) -> Measure:
    """Return the measure called ``name``.

    Raises
    ------
    ValueError
        If there is none; the message suggests the nearest name.
    """
    if name not in MEASURES:
        near = difflib.get_close_matches(name, MEASURES, n=1) or sorted(MEASURES)
        raise ValueError(f"unknown measure {name!r}; did you mean {' or '.join(near)}?")
    return MEASURES[name]


def landmark_name(name: str, side: Side) -> str:
    """Return the full name of a measure's landmark, on this side where it has none."""
    return name if name.startswith(_UNSIDED) else f"{side}_{name}"


_SIDE = frozenset({View.SIDE})
_SIDE_OBLIQUE = frozenset({View.SIDE, View.OBLIQUE})
_FRONT = frozenset({View.FRONT})
_FRONT_OBLIQUE = frozenset({View.FRONT, View.OBLIQUE})


# Joints, in the plane of the picture


@measure("deg", views=_SIDE, expected_error=7)  # 7 deg MAE in a true side view, 15+ oblique
def knee_flexion(hip: Point, knee: Point, ankle: Point) -> float:
    """0 with the leg straight, about 140 fully bent."""
    return 180.0 - angle_at(knee, hip, ankle)


@measure("deg", views=_SIDE_OBLIQUE, expected_error=10)
def hip_flexion(shoulder: Point, hip: Point, knee: Point) -> float:
    """0 with trunk and thigh in one line, 90 sitting."""
    return 180.0 - angle_at(hip, shoulder, knee)


@measure("deg", views=ALL_VIEWS, expected_error=8)
def elbow_flexion(shoulder: Point, elbow: Point, wrist: Point) -> float:
    """0 with the arm straight, about 145 fully bent."""
    return 180.0 - angle_at(elbow, shoulder, wrist)


@measure("deg", views=_FRONT, expected_error=6)
def knee_valgus(
    left_hip: Point,
    left_knee: Point,
    left_ankle: Point,
    right_hip: Point,
    right_knee: Point,
    right_ankle: Point,
) -> float:
    """0 with hip, knee and ankle in line seen from the front, + where the worse knee falls in."""
    return max(
        _inward_bend(left_hip, left_knee, left_ankle, toward=right_knee),
        _inward_bend(right_hip, right_knee, right_ankle, toward=left_knee),
    )


def _inward_bend(hip: Point, knee: Point, ankle: Point, *, toward: Point) -> float:
    bend = 180.0 - angle_at(knee, hip, ankle)
    if ankle[1] == hip[1]:
        return math.nan
    line_x = hip[0] + (ankle[0] - hip[0]) * (knee[1] - hip[1]) / (ankle[1] - hip[1])
    return bend if (knee[0] - line_x) * (toward[0] - line_x) > 0 else -bend


@measure("ratio", views=_FRONT, expected_error=0.1)
def knee_gap(left_knee: Point, right_knee: Point, left_ankle: Point, right_ankle: Point) -> float:
    """1 with the knees as far apart as the ankles, smaller where they fall together."""
    ankles = distance(left_ankle, right_ankle)
    return distance(left_knee, right_knee) / ankles if ankles > 0 else math.nan


# The trunk and the line of the body


@measure("deg", views=ALL_VIEWS, expected_error=4)
def trunk_inclination(
    left_shoulder: Point, right_shoulder: Point, left_hip: Point, right_hip: Point
) -> float:
    """0 with the trunk upright in the picture, 90 lying; assumes that the camera is level."""
    return inclination(midpoint(left_hip, right_hip), midpoint(left_shoulder, right_shoulder))


@measure("deg", views=_SIDE_OBLIQUE, expected_error=4)
def hip_lift(shoulder: Point, hip: Point) -> float:
    """0 with hip and shoulder level, + with the hip higher: how far a bridge has risen."""
    return elevation(shoulder, hip)


@measure("deg", views=_SIDE_OBLIQUE, expected_error=5)
def thigh_elevation(hip: Point, knee: Point) -> float:
    """0 with the thigh level, + with the knee above the hip, -90 hanging down."""
    return elevation(hip, knee)


@measure("deg", views=_SIDE, expected_error=7)
def hip_above_body_line(shoulder: Point, hip: Point, ankle: Point) -> float:
    """0 with shoulder, hip and ankle in line, + with the hip toward the ceiling, - sagging."""
    return bend_above_line(hip, shoulder, ankle)


@measure("deg", views=_SIDE_OBLIQUE, expected_error=7)
def hip_above_knee_line(shoulder: Point, hip: Point, knee: Point) -> float:
    """0 with shoulder, hip and knee in line, + with the hip toward the ceiling, - below it."""
    return bend_above_line(hip, shoulder, knee)


@measure("px", views=_FRONT, expected_error=4)
def trunk_height(
    left_shoulder: Point, right_shoulder: Point, left_hip: Point, right_hip: Point
) -> float:
    """Distance from the middle of the hips to the middle of the shoulders in the picture."""
    return distance(midpoint(left_shoulder, right_shoulder), midpoint(left_hip, right_hip))


@measure("deg", views=_FRONT, expected_error=4)
def trunk_lean(
    left_shoulder: Point, right_shoulder: Point, left_hip: Point, right_hip: Point
) -> float:
    """0 with the trunk upright seen from the front, + leaning to the patient's left."""
    shoulders, hips = midpoint(left_shoulder, right_shoulder), midpoint(left_hip, right_hip)
    lean = math.degrees(math.atan2(shoulders[0] - hips[0], hips[1] - shoulders[1]))
    return lean if left_shoulder[0] > right_shoulder[0] else -lean


@measure("deg", views=_FRONT, expected_error=3)
def shoulder_tilt(left_shoulder: Point, right_shoulder: Point) -> float:
    """0 with the shoulders level, + with the left one higher."""
    return elevation(right_shoulder, left_shoulder)


@measure("ratio", views=_FRONT, expected_error=0.05)
def weight_shift(
    left_shoulder: Point,
    right_shoulder: Point,
    left_hip: Point,
    right_hip: Point,
    left_ankle: Point,
    right_ankle: Point,
) -> float:
    """0 with the hips midway between the feet, about 0.5 over the left foot, -0.5 the right."""
    stance = max(abs(left_ankle[0] - right_ankle[0]), abs(left_shoulder[0] - right_shoulder[0]))
    if stance == 0:
        return math.nan
    shift = midpoint(left_hip, right_hip)[0] - midpoint(left_ankle, right_ankle)[0]
    return math.copysign(1.0, left_shoulder[0] - right_shoulder[0]) * shift / stance


# Head, arms and feet


@measure("deg", views=_SIDE, expected_error=8)
def head_lift(hip: Point, shoulder: Point, ear: Point) -> float:
    """0 with the ear on the trunk line, + lifted toward the ceiling, - dropped to the floor."""
    straight = 180.0 - angle_at(shoulder, hip, ear)
    return math.copysign(straight, height_above_line(ear, hip, shoulder))


@measure("trunk lengths", views=_SIDE_OBLIQUE, expected_error=0.03)
def ear_height(shoulder: Point, hip: Point, ear: Point) -> float:
    """Height of the ear above the shoulder in the picture: 0 level with it."""
    trunk = distance(shoulder, hip)
    return (shoulder[1] - ear[1]) / trunk if trunk > 0 else math.nan


@measure("trunk lengths", views=_SIDE, expected_error=0.05)
def elbow_offset(shoulder: Point, elbow: Point, hip: Point) -> float:
    """0 with the elbow under the shoulder, + toward the head, - toward the feet."""
    trunk = distance(shoulder, hip)
    if trunk == 0:
        return math.nan
    headward = math.copysign(1.0, shoulder[0] - hip[0])
    return headward * (elbow[0] - shoulder[0]) / trunk


@measure("deg", views=_SIDE_OBLIQUE, expected_error=6)
def upper_arm_elevation(shoulder: Point, elbow: Point) -> float:
    """0 with the upper arm level, + with the elbow above the shoulder, -90 hanging down."""
    return elevation(shoulder, elbow)


@measure("trunk lengths", views=_SIDE_OBLIQUE, expected_error=0.04)
def heel_height(shoulder: Point, hip: Point, heel: Point, foot_index: Point) -> float:
    """Height of the heel above the toes; compare with its own value in standing."""
    trunk = distance(shoulder, hip)
    return (foot_index[1] - heel[1]) / trunk if trunk > 0 else math.nan


@measure("trunk lengths", views=ALL_VIEWS, expected_error=0.1)
def hip_height(shoulder: Point, hip: Point, ankle: Point) -> float:
    """Height of the hip above the ankle in the picture: about 1.7 standing, 0.9 sitting."""
    trunk = distance(shoulder, hip)
    return (ankle[1] - hip[1]) / trunk if trunk > 0 else math.nan


PELVIS_SHARE = 0.5

# In space: biased, but usable where the plane of the movement is not that of the picture


@measure("deg", views=ALL_VIEWS, expected_error=20, plane="world")
def knee_flexion_in_space(hip: Point3, knee: Point3, ankle: Point3) -> float:
    """0 with the leg straight; reads too little in deep bends and about 15 in standing."""
    return 180.0 - angle_at_3d(knee, hip, ankle)


@measure("deg", views=_FRONT_OBLIQUE, expected_error=15, plane="world")
def trunk_rotation(
    left_shoulder: Point3, right_shoulder: Point3, left_hip: Point3, right_hip: Point3
) -> float:
    """0 with the chest turned as far as half of the pelvis, + turned further to the left."""
    # Half of the pelvis' turn: the engine turns it along with the shoulders by about a quarter.
    pelvis_deg = PELVIS_SHARE * _yaw(left_hip, right_hip)
    return _wrapped(_yaw(left_shoulder, right_shoulder) - pelvis_deg)


@measure("deg", views=_FRONT_OBLIQUE, expected_error=15, plane="world")
def pelvis_rotation(left_hip: Point3, right_hip: Point3) -> float:
    """0 with the pelvis square to the camera, + turned to the patient's left."""
    return _yaw(left_hip, right_hip)


def _yaw(left: Point3, right: Point3) -> float:
    """Return how far a left-right line is turned about the upright, + to the patient's left.

    A patient who faces the camera has the left side at larger x; turning to the left takes
    the left shoulder away from the camera (z grows).
    """
    return math.degrees(math.atan2(left[2] - right[2], left[0] - right[0]))


def _wrapped(angle_deg: float) -> float:
    return (angle_deg + 180.0) % 360.0 - 180.0
