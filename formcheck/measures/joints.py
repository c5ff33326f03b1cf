"""Angles of joints: between two segments that meet, in the plane of the picture."""

import math

from formcheck.geometry import Point, angle_at, distance
from formcheck.measures.vocabulary import (
    ALL_VIEWS,
    COVERED_KNEE_FROM_VISIBILITY,
    FRONT,
    FRONT_OBLIQUE,
    SIDE,
    SIDE_OBLIQUE,
    measure,
)

# An arm is raised from here: above the shoulder, not hanging or at shoulder height.
RAISED_FROM_DEG = 110.0
# On all fours, an arm that is under the trunk.
FOLDED_UP_TO_DEG = 110.0
# Of the shank's length in the picture: shorter, and the thigh points at the camera.
THIGH_SEEN = 0.5


@measure("deg", views=SIDE, expected_error=7)  # 7 deg MAE in a true side view, 15+ oblique
def knee_flexion(hip: Point, knee: Point, ankle: Point) -> float:
    """0 with the leg straight, about 140 fully bent."""
    return 180.0 - angle_at(knee, hip, ankle)


@measure("deg", views=FRONT_OBLIQUE, expected_error=8)
def lunge_knee_flexion(hip: Point, knee: Point, ankle: Point) -> float:
    """0 with a leg straight that is set out to the side, 90 with its knee bent at a right angle.

    None while the thigh is foreshortened to less than half of the shank: it points at the camera.
    """
    if distance(hip, knee) < THIGH_SEEN * distance(knee, ankle):
        return math.nan
    return 180.0 - angle_at(knee, hip, ankle)


@measure(
    "deg",
    views=SIDE_OBLIQUE,
    expected_error=10,
    knee_from_visibility=COVERED_KNEE_FROM_VISIBILITY,
)
def hip_flexion(shoulder: Point, hip: Point, knee: Point) -> float:
    """0 with trunk and thigh in one line, 90 sitting."""
    return 180.0 - angle_at(hip, shoulder, knee)


@measure("deg", views=ALL_VIEWS, expected_error=8)
def elbow_flexion(shoulder: Point, elbow: Point, wrist: Point) -> float:
    """0 with the arm straight, about 145 fully bent."""
    return 180.0 - angle_at(elbow, shoulder, wrist)


@measure("deg", views=FRONT_OBLIQUE, expected_error=10)
def raised_elbow_flexion(hip: Point, shoulder: Point, elbow: Point, wrist: Point) -> float:
    """0 with a raised arm straight, larger as its elbow bends; none for an arm that hangs."""
    if not angle_at(shoulder, hip, elbow) >= RAISED_FROM_DEG:
        return math.nan
    return 180.0 - angle_at(elbow, shoulder, wrist)


@measure("deg", views=ALL_VIEWS, expected_error=8)
def shoulder_elevation(hip: Point, shoulder: Point, elbow: Point) -> float:
    """0 with the upper arm along the trunk, 90 straight out from it, 180 overhead."""
    return angle_at(shoulder, hip, elbow)


@measure("deg", views=SIDE_OBLIQUE, expected_error=6)
def arm_elevation(hip: Point, shoulder: Point, wrist: Point) -> float:
    """0 with the hand along the trunk, 180 with the arm stretched out overhead.

    The hand is twice as far from the shoulder as the elbow: of a straight arm it tells the same
    within two thirds of the error.
    """
    return angle_at(shoulder, hip, wrist)


@measure("deg", views=FRONT, expected_error=8)
def both_arms_elevation(
    left_hip: Point,
    left_shoulder: Point,
    left_elbow: Point,
    right_hip: Point,
    right_shoulder: Point,
    right_elbow: Point,
) -> float:
    """0 with the lower of the two upper arms along the trunk, 180 with both overhead."""
    left = angle_at(left_shoulder, left_hip, left_elbow)
    right = angle_at(right_shoulder, right_hip, right_elbow)
    return math.nan if math.isnan(left + right) else min(left, right)


@measure("deg", views=FRONT, expected_error=8)
def arms_difference(
    left_hip: Point,
    left_shoulder: Point,
    left_elbow: Point,
    right_hip: Point,
    right_shoulder: Point,
    right_elbow: Point,
) -> float:
    """0 with both arms equally high, + with the left one higher."""
    return angle_at(left_shoulder, left_hip, left_elbow) - angle_at(
        right_shoulder, right_hip, right_elbow
    )


@measure("deg", views=SIDE_OBLIQUE, expected_error=10, bears_hidden=True)
def diagonal_reach(
    shoulder: Point, elbow: Point, wrist: Point, hip: Point, knee: Point, other_knee: Point
) -> float:
    """0 folded, 180 with this arm overhead and a leg straight: the lesser of both.

    Of the legs the straighter one counts: on all fours the engine takes them for one another, for
    seconds, and is sure of both; that it is the opposite one is a matter of `diagonal_lead`.
    With the leg hidden, an arm under the trunk still tells that they are folded: it is the lesser.
    A far elbow is hidden behind the head more often than the hand in front of it: then that tells.
    """
    arm = angle_at(shoulder, hip, elbow if not math.isnan(elbow[0]) else wrist)
    # A hidden opposite leg stays hidden, whatever this one does: nothing is larger than NaN.
    leg = max(angle_at(hip, shoulder, other_knee), angle_at(hip, shoulder, knee))
    if math.isnan(arm + leg):
        return arm if arm <= FOLDED_UP_TO_DEG else math.nan
    return min(arm, leg)


@measure("deg", views=SIDE_OBLIQUE, expected_error=15)
def diagonal_lead(
    shoulder: Point,
    hip: Point,
    elbow: Point,
    knee: Point,
    other_elbow: Point,
    other_knee: Point,
) -> float:
    """0 with both arms or both legs alike, + with opposite limbs ahead, - with those of one side.

    The lesser of what the arms differ by and what the legs do; both sides say the same.
    """
    arms = angle_at(shoulder, hip, elbow) - angle_at(shoulder, hip, other_elbow)
    legs = angle_at(hip, shoulder, other_knee) - angle_at(hip, shoulder, knee)
    return math.copysign(min(abs(arms), abs(legs)), arms * legs)


@measure("deg", views=FRONT, expected_error=6)
def knee_valgus(
    left_hip: Point,
    left_knee: Point,
    left_ankle: Point,
    right_hip: Point,
    right_knee: Point,
    right_ankle: Point,
) -> float:
    """0 with hip, knee and ankle in line seen from the front, + where the worse knee falls in.

    None while the thighs are foreshortened to less than half of the shanks.
    """
    left = _inward_bend(left_hip, left_knee, left_ankle, toward=right_knee)
    right = _inward_bend(right_hip, right_knee, right_ankle, toward=left_knee)
    return math.nan if math.isnan(left + right) else max(left, right)


def _inward_bend(hip: Point, knee: Point, ankle: Point, *, toward: Point) -> float:
    bend = 180.0 - angle_at(knee, hip, ankle)
    # In a deep squat the thigh points at the camera: its direction in the picture says nothing.
    if ankle[1] == hip[1] or distance(hip, knee) < THIGH_SEEN * distance(knee, ankle):
        return math.nan
    line_x = hip[0] + (ankle[0] - hip[0]) * (knee[1] - hip[1]) / (ankle[1] - hip[1])
    return bend if (knee[0] - line_x) * (toward[0] - line_x) > 0 else -bend


@measure("ratio", views=FRONT, expected_error=0.1)
def knee_gap(left_knee: Point, right_knee: Point, left_ankle: Point, right_ankle: Point) -> float:
    """1 with the knees as far apart as the ankles, smaller where they fall together."""
    ankles = distance(left_ankle, right_ankle)
    return distance(left_knee, right_knee) / ankles if ankles > 0 else math.nan
