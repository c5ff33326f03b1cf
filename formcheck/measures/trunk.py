"""The trunk and the line of the body: lean, lift, length, and where the hips are."""

import math

from formcheck.geometry import (
    Point,
    bend_above_line,
    distance,
    elevation,
    inclination,
    known_middle,
    midpoint,
    signed,
)
from formcheck.measures.vocabulary import (
    ALL_VIEWS,
    COVERED_KNEE_FROM_VISIBILITY,
    FRONT,
    FRONT_OBLIQUE,
    SIDE,
    SIDE_OBLIQUE,
    measure,
)


@measure("deg", views=ALL_VIEWS, expected_error=4)
def trunk_inclination(
    left_shoulder: Point, right_shoulder: Point, left_hip: Point, right_hip: Point
) -> float:
    """0 with the trunk upright in the picture, 90 lying; assumes that the camera is level."""
    return inclination(midpoint(left_hip, right_hip), midpoint(left_shoulder, right_shoulder))


@measure(
    "deg",
    views=SIDE_OBLIQUE,
    expected_error=4,
    knee_from_visibility=COVERED_KNEE_FROM_VISIBILITY,
    bears_hidden=True,
)
def forward_lean(
    left_shoulder: Point,
    right_shoulder: Point,
    left_hip: Point,
    right_hip: Point,
    left_knee: Point,
    right_knee: Point,
) -> float:
    """0 with the trunk upright, + leaning toward the knees, - away from them, as over a chair back.

    A seen knee says where the front is: it needs a bent hip. Both sides together, or a far knee
    that is seen now and then would shift the reading each time.
    """
    hip, shoulder = midpoint(left_hip, right_hip), midpoint(left_shoulder, right_shoulder)
    knee = known_middle(left_knee, right_knee)
    lean = inclination(hip, shoulder)
    return signed(lean, (shoulder[0] - hip[0]) * (knee[0] - hip[0]))


@measure("deg", views=SIDE_OBLIQUE, expected_error=4)
def hip_lift(shoulder: Point, hip: Point) -> float:
    """0 with hip and shoulder level, + with the hip higher: how far a bridge has risen."""
    return elevation(shoulder, hip)


@measure("deg", views=SIDE_OBLIQUE, expected_error=4)
def chest_lift(hip: Point, shoulder: Point) -> float:
    """0 with shoulder and hip level, + with the shoulder higher."""
    return elevation(hip, shoulder)


@measure("deg", views=ALL_VIEWS, expected_error=7)
def hip_above_body_line(shoulder: Point, hip: Point, ankle: Point) -> float:
    """0 with shoulder, hip and ankle in line, + with the hip toward the ceiling, - sagging."""
    return bend_above_line(hip, shoulder, ankle)


@measure("deg", views=SIDE_OBLIQUE, expected_error=7)
def hip_above_knee_line(shoulder: Point, hip: Point, knee: Point) -> float:
    """0 with shoulder, hip and knee in line, + with the hip toward the ceiling, - below it."""
    return bend_above_line(hip, shoulder, knee)


@measure(
    "deg",
    views=SIDE_OBLIQUE,
    expected_error=5,
    knee_from_visibility=COVERED_KNEE_FROM_VISIBILITY,
    bears_hidden=True,
)
def hips_above_line(
    left_shoulder: Point,
    right_shoulder: Point,
    left_hip: Point,
    right_hip: Point,
    left_knee: Point,
    right_knee: Point,
) -> float:
    """0 with the body straight from shoulders to knees, + with the hips above that line, - below.

    Of both sides together: seen from a little ahead or behind, one alone reads otherwise, and
    errs more. A knee that is hidden is left out.
    """
    shoulder, hip = midpoint(left_shoulder, right_shoulder), midpoint(left_hip, right_hip)
    return bend_above_line(hip, shoulder, known_middle(left_knee, right_knee))


@measure("px", views=FRONT, expected_error=4)
def trunk_height(
    left_shoulder: Point, right_shoulder: Point, left_hip: Point, right_hip: Point
) -> float:
    """Distance from the middle of the hips to the middle of the shoulders in the picture."""
    return distance(midpoint(left_shoulder, right_shoulder), midpoint(left_hip, right_hip))


@measure("px", views=FRONT, expected_error=4)
def shoulder_width(left_shoulder: Point, right_shoulder: Point) -> float:
    """Distance between the shoulders in the picture; smaller as the trunk turns."""
    return distance(left_shoulder, right_shoulder)


@measure("trunk lengths", views=FRONT_OBLIQUE, expected_error=0.05)
def shoulder_breadth(
    left_shoulder: Point, right_shoulder: Point, left_hip: Point, right_hip: Point
) -> float:
    """Width of the shoulders across the picture: 0.9 facing the camera, - with the back to it."""
    trunk = distance(midpoint(left_shoulder, right_shoulder), midpoint(left_hip, right_hip))
    return (left_shoulder[0] - right_shoulder[0]) / trunk if trunk > 0 else math.nan


@measure("deg", views=FRONT, expected_error=4)
def trunk_lean(
    left_shoulder: Point, right_shoulder: Point, left_hip: Point, right_hip: Point
) -> float:
    """0 with the trunk upright seen from the front, + leaning to the patient's left."""
    shoulders, hips = midpoint(left_shoulder, right_shoulder), midpoint(left_hip, right_hip)
    lean = math.degrees(math.atan2(shoulders[0] - hips[0], hips[1] - shoulders[1]))
    return lean if left_shoulder[0] > right_shoulder[0] else -lean


@measure("deg", views=FRONT, expected_error=3)
def shoulder_tilt(left_shoulder: Point, right_shoulder: Point) -> float:
    """0 with the shoulders level, + with the left one higher."""
    return elevation(right_shoulder, left_shoulder)


@measure("deg", views=FRONT_OBLIQUE, expected_error=6)
def shoulder_stack(left_shoulder: Point, right_shoulder: Point) -> float:
    """0 with the shoulders side by side, 90 with one straight above the other."""
    return abs(elevation(right_shoulder, left_shoulder))


@measure("deg", views=FRONT_OBLIQUE, expected_error=10)
def hip_stack(left_hip: Point, right_hip: Point) -> float:
    """0 with the hips side by side, 90 with one straight above the other, as lying on a side."""
    return abs(elevation(right_hip, left_hip))


@measure("ratio", views=FRONT, expected_error=0.05)
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


@measure("trunk lengths", views=FRONT_OBLIQUE, expected_error=0.08)
def stance_width(
    left_shoulder: Point,
    right_shoulder: Point,
    left_hip: Point,
    right_hip: Point,
    left_ankle: Point,
    right_ankle: Point,
) -> float:
    """Distance between the ankles across the picture: 0.3 with feet hip-wide, 1.7 in a lunge."""
    trunk = distance(midpoint(left_shoulder, right_shoulder), midpoint(left_hip, right_hip))
    return abs(left_ankle[0] - right_ankle[0]) / trunk if trunk > 0 else math.nan


@measure("trunk lengths", views=ALL_VIEWS, expected_error=0.1)
def hip_height(shoulder: Point, hip: Point, ankle: Point) -> float:
    """Height of the hip above the ankle in the picture: about 1.7 standing, 0.9 sitting."""
    trunk = distance(shoulder, hip)
    return (ankle[1] - hip[1]) / trunk if trunk > 0 else math.nan


@measure("trunk lengths", views=SIDE, expected_error=0.05)
def hip_to_heel(shoulder: Point, hip: Point, heel: Point) -> float:
    """Distance from the hip to the heel: 0.3 sitting on the heels, 1.7 with the leg straight."""
    trunk = distance(shoulder, hip)
    return distance(hip, heel) / trunk if trunk > 0 else math.nan
