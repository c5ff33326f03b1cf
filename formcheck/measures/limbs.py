"""How arms and legs point and how high they are, in the plane of the picture."""

import math

from formcheck.geometry import (
    Point,
    angle_at,
    distance,
    elevation,
    midpoint,
    side_of_line,
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


@measure("trunk lengths", views=SIDE, expected_error=0.05)
def elbow_offset(shoulder: Point, elbow: Point, hip: Point) -> float:
    """0 with the elbow under the shoulder, + toward the head, - toward the feet."""
    trunk = distance(shoulder, hip)
    if trunk == 0:
        return math.nan
    headward = math.copysign(1.0, shoulder[0] - hip[0])
    return headward * (elbow[0] - shoulder[0]) / trunk


@measure("deg", views=ALL_VIEWS, expected_error=6)
def upper_arm_elevation(shoulder: Point, elbow: Point) -> float:
    """0 with the upper arm level, + with the elbow above the shoulder, -90 hanging down."""
    return elevation(shoulder, elbow)


@measure("deg", views=SIDE_OBLIQUE, expected_error=8)
def upper_arm_flexion(shoulder: Point, elbow: Point, wrist: Point, hip: Point) -> float:
    """0 with the upper arm along the trunk, 90 straight ahead, - with the elbow behind the trunk.

    The hand says where the front is: it reaches ahead, or lies ahead of a bent elbow.
    """
    ahead = side_of_line(wrist, hip, shoulder) - side_of_line(elbow, hip, shoulder)
    away = side_of_line(elbow, hip, shoulder)
    return math.copysign(angle_at(shoulder, hip, elbow), ahead * away)


@measure("deg", views=ALL_VIEWS, expected_error=6)
def forearm_elevation(elbow: Point, wrist: Point) -> float:
    """0 with the forearm level, 90 with the hand straight above the elbow, -90 below it."""
    return elevation(elbow, wrist)


@measure("ratio", views=FRONT, expected_error=0.2)
def hands_by_shoulders(
    left_wrist: Point, right_wrist: Point, left_shoulder: Point, right_shoulder: Point
) -> float:
    """Distance between the hands by that between the shoulders: 1 in front of them, 4 arms wide."""
    shoulders = distance(left_shoulder, right_shoulder)
    return distance(left_wrist, right_wrist) / shoulders if shoulders > 0 else math.nan


@measure("trunk lengths", views=ALL_VIEWS, expected_error=0.06)
def wrist_height(shoulder: Point, hip: Point, wrist: Point) -> float:
    """Height of the wrist above the shoulder: 0 level with it, - below.

    A hand that reaches toward a camera below it is nearer, and reads up to 0.25 too high.
    """
    trunk = distance(shoulder, hip)
    return (shoulder[1] - wrist[1]) / trunk if trunk > 0 else math.nan


@measure("trunk lengths", views=ALL_VIEWS, expected_error=0.06)
def elbow_height(shoulder: Point, hip: Point, elbow: Point) -> float:
    """Height of the elbow above the shoulder: 0 level with it, -0.6 with the upper arm hanging.

    It tells a raised arm from a bent one also where it points at the camera and has no direction
    in the picture.
    """
    trunk = distance(shoulder, hip)
    return (shoulder[1] - elbow[1]) / trunk if trunk > 0 else math.nan


@measure("trunk lengths", views=ALL_VIEWS, expected_error=0.08)
def hands_height_gap(
    left_wrist: Point,
    right_wrist: Point,
    left_shoulder: Point,
    right_shoulder: Point,
    left_hip: Point,
    right_hip: Point,
) -> float:
    """0 with both hands equally high, + with the left one higher, - with the right one."""
    trunk = distance(midpoint(left_shoulder, right_shoulder), midpoint(left_hip, right_hip))
    return (right_wrist[1] - left_wrist[1]) / trunk if trunk > 0 else math.nan


@measure("trunk lengths", views=ALL_VIEWS, expected_error=0.08)
def hands_gap_along_trunk(
    left_wrist: Point,
    right_wrist: Point,
    left_shoulder: Point,
    right_shoulder: Point,
    left_hip: Point,
    right_hip: Point,
) -> float:
    """0 with both hands equally far up the trunk, + with the left one further, - the right one.

    Who leans to one side takes both hands along: the higher one may then be nearer the floor.
    """
    shoulder, hip = midpoint(left_shoulder, right_shoulder), midpoint(left_hip, right_hip)
    trunk = distance(shoulder, hip)
    across = (left_wrist[0] - right_wrist[0]) * (shoulder[0] - hip[0])
    down = (left_wrist[1] - right_wrist[1]) * (shoulder[1] - hip[1])
    return (across + down) / trunk**2 if trunk > 0 else math.nan


@measure("trunk lengths", views=FRONT_OBLIQUE, expected_error=0.1)
def hands_apart(
    left_wrist: Point,
    right_wrist: Point,
    left_shoulder: Point,
    right_shoulder: Point,
    left_hip: Point,
    right_hip: Point,
) -> float:
    """Distance between the hands across the picture: 0.9 with both in front, 3 out to the sides."""
    trunk = distance(midpoint(left_shoulder, right_shoulder), midpoint(left_hip, right_hip))
    return abs(left_wrist[0] - right_wrist[0]) / trunk if trunk > 0 else math.nan


@measure("trunk lengths", views=FRONT_OBLIQUE, expected_error=0.08)
def knees_apart(
    left_knee: Point,
    right_knee: Point,
    left_shoulder: Point,
    right_shoulder: Point,
    left_hip: Point,
    right_hip: Point,
) -> float:
    """Distance between the knees in the picture: about 0.2 where one lies on the other."""
    trunk = distance(midpoint(left_shoulder, right_shoulder), midpoint(left_hip, right_hip))
    return distance(left_knee, right_knee) / trunk if trunk > 0 else math.nan


@measure("trunk lengths", views=ALL_VIEWS, expected_error=0.06)
def hand_to_head(ear: Point, wrist: Point, shoulder: Point, hip: Point) -> float:
    """Distance from the wrist to the ear in the picture: about 0.3 with a hand behind the head."""
    trunk = distance(shoulder, hip)
    return distance(ear, wrist) / trunk if trunk > 0 else math.nan


@measure(
    "deg",
    views=SIDE_OBLIQUE,
    expected_error=5,
    knee_from_visibility=COVERED_KNEE_FROM_VISIBILITY,
)
def thigh_elevation(hip: Point, knee: Point) -> float:
    """0 with the thigh level, + with the knee above the hip, -90 hanging down."""
    return elevation(hip, knee)


@measure(
    "deg",
    views=SIDE_OBLIQUE,
    expected_error=5,
    knee_from_visibility=COVERED_KNEE_FROM_VISIBILITY,
)
def thighs_apart(left_hip: Point, left_knee: Point, right_hip: Point, right_knee: Point) -> float:
    """0 with one thigh along the other, + with the left knee higher above its hip, - the right."""
    return elevation(left_hip, left_knee) - elevation(right_hip, right_knee)


@measure("deg", views=SIDE_OBLIQUE, expected_error=5)
def leg_elevation(hip: Point, ankle: Point) -> float:
    """0 with the ankle level with the hip, + above it, -90 straight below."""
    return elevation(hip, ankle)


@measure("trunk lengths", views=SIDE_OBLIQUE, expected_error=0.04)
def heel_height(shoulder: Point, hip: Point, heel: Point, foot_index: Point) -> float:
    """Height of the heel above the toes; compare with its own value in standing."""
    trunk = distance(shoulder, hip)
    return (foot_index[1] - heel[1]) / trunk if trunk > 0 else math.nan


@measure("trunk lengths", views=SIDE, expected_error=0.05)
def heels_apart(
    left_shoulder: Point,
    right_shoulder: Point,
    left_hip: Point,
    right_hip: Point,
    left_heel: Point,
    right_heel: Point,
) -> float:
    """0 with one heel beside the other, + with the left one further away, along the trunk."""
    shoulders, hips = midpoint(left_shoulder, right_shoulder), midpoint(left_hip, right_hip)
    down = hips[0] - shoulders[0], hips[1] - shoulders[1]
    length_squared = down[0] ** 2 + down[1] ** 2
    if length_squared == 0:
        return math.nan
    apart = left_heel[0] - right_heel[0], left_heel[1] - right_heel[1]
    return (apart[0] * down[0] + apart[1] * down[1]) / length_squared


@measure("deg", views=FRONT_OBLIQUE, expected_error=6)
def lunge_shank_lean(hip: Point, knee: Point, ankle: Point) -> float:
    """0 with the knee straight above its ankle, + with it further out to the side, - inside of it.

    Of a leg that is set out to the side; the hip says which way out is.
    """
    outward = math.copysign(1.0, ankle[0] - hip[0])
    return math.degrees(math.atan2(outward * (knee[0] - ankle[0]), ankle[1] - knee[1]))
