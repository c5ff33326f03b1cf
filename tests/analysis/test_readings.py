"""A reading that cannot be believed is NaN with its reason, never a guess."""

import math
from dataclasses import replace

import numpy as np
import pytest

from formcheck.analysis.body import BodyState
from formcheck.analysis.curve import MOST_POINTS, CurveBuilder
from formcheck.analysis.presence import Presence
from formcheck.analysis.readings import Reader, channel
from formcheck.analysis.snapshot import NamedValue, Snapshot
from formcheck.exercises.schema import Orientation, Reading, SideChoice
from formcheck.landmarks import INDEX, Side
from formcheck.measures import View
from formcheck.pose import Pose
from tests.people import poses

SEEN_FROM_THE_SIDE = BodyState(View.SIDE, Orientation.UPRIGHT, Side.LEFT)


def person(**angles_deg: float) -> Pose:
    """Return somebody seen from the side with these knee flexions (left, right)."""
    image = np.full((33, 2), 300.0)
    world = np.zeros((33, 3))
    for side, x in (("left", 300.0), ("right", 310.0)):
        bend = math.radians(angles_deg.get(side, 0.0))
        image[INDEX[f"{side}_shoulder"]] = x, 100
        image[INDEX[f"{side}_hip"]] = x, 200
        image[INDEX[f"{side}_knee"]] = x, 280
        image[INDEX[f"{side}_ankle"]] = x - 80 * math.sin(bend), 280 + 80 * math.cos(bend)
        for joint in ("shoulder", "hip", "knee", "ankle"):
            plane = image[INDEX[f"{side}_{joint}"]]
            world[INDEX[f"{side}_{joint}"]] = *(plane - (305, 200)) / 200, 0
    return Pose(0.0, image, world, np.ones(33), 640, 480)


def read(pose: Pose, side: SideChoice, body: BodyState = SEEN_FROM_THE_SIDE, **kwargs: str):
    """Take one reading of the knee."""
    reading = Reading(measure=kwargs.get("measure", "knee_flexion"), side=side)
    (taken,) = Reader([reading]).read(pose, body).values()
    return taken


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        ("near", 30),
        ("far", 50),
        ("left", 30),
        ("right", 50),
        ("mean", 40),
        ("larger", 50),
        ("smaller", 30),
    ],
)
def test_each_side_is_the_patients(side, expected):
    """Near and far follow the camera, left and right the patient; the others look at both."""
    taken = read(person(left=30, right=50), SideChoice(side))
    assert taken.value == pytest.approx(expected, abs=0.1)


@pytest.mark.parametrize(("choice", "side"), [("larger", Side.RIGHT), ("smaller", Side.LEFT)])
def test_the_larger_and_the_smaller_say_whose_they_are(choice, side):
    """Of two limbs the one that moves is known with its reading."""
    assert read(person(left=30, right=50), SideChoice(choice)).side is side


def test_of_two_limbs_the_one_that_is_seen_is_taken():
    """A hidden leg is no candidate, whatever its guessed angle."""
    pose = person(left=30, right=50)
    visibility = pose.visibility.copy()
    visibility[INDEX["right_knee"]] = 0.3
    taken = read(replace(pose, visibility=visibility), SideChoice.LARGER)
    assert (taken.value, taken.side) == (pytest.approx(30, abs=0.1), Side.LEFT)


@pytest.mark.parametrize(
    ("measure", "visibility", "is_read"),
    [
        ("thigh_elevation", 0.2, True),
        ("thigh_elevation", 0.19, False),
        ("knee_flexion", 0.49, False),
        ("knee_flexion", 0.5, True),
    ],
)
def test_a_covered_knee_says_where_the_thigh_points_but_not_how_it_bends(
    measure, visibility, is_read
):
    """The engine places a knee that it hardly sees; what hangs on it is another matter."""
    pose = person(left=30)
    visible = pose.visibility.copy()
    visible[INDEX["left_knee"]] = visibility
    if measure == "thigh_elevation":
        visible[INDEX["left_ankle"]] = 0.3
    asked = Reading(measure=measure, side=SideChoice.LEFT)
    readings = Reader([asked]).read(replace(pose, visibility=visible), SEEN_FROM_THE_SIDE)
    assert math.isnan(readings[channel(asked)].value) is not is_read


@pytest.mark.parametrize(
    ("measure", "ankle", "x", "is_read"),
    [
        ("thigh_elevation", 0.5, 300, True),
        ("thigh_elevation", 0.49, 300, False),
        ("thigh_elevation", 0.5, 700, False),
        ("knee_flexion", 0.5, 300, False),
    ],
)
def test_a_seen_ankle_vouches_for_the_thigh_of_a_hidden_knee(measure, ankle, x, is_read):
    """The foot that shows beyond the near leg says that the far leg is there, and where."""
    pose = person(left=30)
    visible, image = pose.visibility.copy(), pose.image.copy()
    visible[INDEX["left_knee"]], visible[INDEX["left_ankle"]] = 0.05, ankle
    image[INDEX["left_ankle"], 0] = x
    asked = Reading(measure=measure, side=SideChoice.LEFT)
    hidden = replace(pose, visibility=visible, image=image)
    readings = Reader([asked]).read(hidden, SEEN_FROM_THE_SIDE)
    assert math.isnan(readings[channel(asked)].value) is not is_read


@pytest.mark.parametrize(
    ("knee", "ankle", "is_read"), [(0.05, 0.5, True), (0.2, 0.49, False), (1.0, 0.49, False)]
)
def test_a_covered_knee_bends_in_space_where_its_ankle_is_seen(knee, ankle, is_read):
    """A knee that is hardly seen is placed well; an ankle is not, and the shank hangs on it."""
    pose = person(left=30)
    visible = pose.visibility.copy()
    visible[INDEX["left_knee"]], visible[INDEX["left_ankle"]] = knee, ankle
    covered = replace(pose, visibility=visible)
    taken = read(covered, SideChoice.LEFT, measure="knee_flexion_in_space")
    assert math.isnan(taken.value) is not is_read


def on_all_fours(arm_deg: float) -> Pose:
    """Return somebody on all fours, the left arm raised by an angle from hanging down."""
    image = np.full((33, 2), 300.0)
    raised = math.radians(arm_deg)
    for side in Side:
        image[INDEX[f"{side}_hip"]] = 400, 200
        image[INDEX[f"{side}_knee"]] = 400, 300
        image[INDEX[f"{side}_shoulder"]] = 250, 200
        image[INDEX[f"{side}_elbow"]] = 250, 260
    image[INDEX["left_elbow"]] = 250 - 60 * math.sin(raised), 200 + 60 * math.cos(raised)
    visibility = np.ones(33)
    visibility[INDEX["right_knee"]] = 0.1
    return Pose(0.0, image, np.zeros((33, 3)), visibility, 640, 480)


@pytest.mark.parametrize(
    ("edge", "value", "reason"),
    [
        (None, math.nan, "the outline of the body was not looked for"),
        (math.nan, math.nan, "the outline of the back cannot be followed"),
        (0.2, 0.0, None),
    ],
)
def test_a_curve_needs_an_outline(edge, value, reason):
    """Poses of an engine or a recording without outlines have no curve, and it is said why."""
    outline = None if edge is None else np.full((2, 16), edge)
    pose = replace(on_all_fours(0), outline=outline)
    taken = read(pose, SideChoice.LEFT, measure="back_curve")
    assert taken.value == pytest.approx(value, nan_ok=True)
    assert (taken.refused and taken.refused.says) == reason


@pytest.mark.parametrize(("arm_deg", "expected"), [(0, 90), (70, math.nan)])
def test_an_arm_tells_that_arm_and_leg_are_folded_but_never_that_both_are_stretched(
    arm_deg, expected
):
    """With the leg hidden, an arm under the trunk is enough for rest; a raised one says nothing."""
    taken = read(on_all_fours(arm_deg), "left", measure="diagonal_reach")
    assert taken.value == pytest.approx(expected, nan_ok=True)
    assert (taken.refused is None) == (not math.isnan(expected))


def test_what_nobody_asks_for_is_not_computed():
    """Of many candidates' readings only those asked for are taken."""
    asked = Reading(measure="knee_flexion", side=SideChoice.LEFT)
    other = Reading(measure="hip_flexion", side=SideChoice.LEFT)
    readings = Reader([asked, other]).read(person(left=30), SEEN_FROM_THE_SIDE)
    assert readings[channel(asked)].value == pytest.approx(30, abs=0.1)
    assert math.isnan(readings.value_taken(channel(other)))
    assert not math.isnan(readings.value_taken(channel(asked)))


def test_the_mean_of_one_seen_side_is_that_side():
    """A hidden leg does not spoil the mean, two hidden legs do."""
    pose = person(left=30, right=50)
    visibility = pose.visibility.copy()
    visibility[INDEX["right_knee"]] = 0.3
    half = replace(pose, visibility=visibility)
    assert read(half, SideChoice.MEAN).value == pytest.approx(30, abs=0.1)
    visibility = visibility.copy()
    visibility[INDEX["left_ankle"]] = 0.3
    none = read(replace(pose, visibility=visibility), SideChoice.MEAN)
    assert math.isnan(none.value)
    assert none.refused.code == "landmarks_hidden"


@pytest.mark.parametrize(("x", "code"), [(-10, None), (-20, "out_of_frame")])
def test_what_lies_outside_the_picture_was_guessed(x, code):
    """Just over the edge is still the rim of a joint; further out is no reading."""
    pose = person(left=30)
    image = pose.image.copy()
    image[INDEX["left_ankle"], 0] = x
    taken = read(replace(pose, image=image), SideChoice.LEFT)
    assert (taken.refused.code if taken.refused else None) == code
    assert math.isnan(taken.value) == (code is not None)


def test_the_wrong_view_is_no_reading():
    """A side-view angle is not read from the front."""
    front = SEEN_FROM_THE_SIDE._replace(view=View.FRONT)
    taken = read(person(left=30), SideChoice.NEAR, front)
    assert math.isnan(taken.value)
    assert taken.refused.code == "wrong_view"


def test_space_and_picture_agree_where_the_plane_is_the_pictures():
    """The same knee reads the same in metres and in pixels."""
    pose = person(left=65, right=65)
    flat = read(pose, SideChoice.LEFT).value
    deep = read(pose, SideChoice.LEFT, measure="knee_flexion_in_space").value
    assert deep == pytest.approx(flat, abs=0.5)


def test_too_far_too_slow_and_collapsed_are_refused():
    """What cannot be judged says why."""
    (_, pose), *_ = poses("sit_to_stand")
    small = replace(pose, image=pose.image * 0.1, width_px=64, height_px=48)
    assert Presence().update(0.0, small).refused.code == "too_far_away"
    flat = replace(pose, world=pose.world * 0.1)
    assert Presence().update(0.0, flat).refused.code == "implausible"
    for rate_hz, code in ((10.0, None), (5.0, "too_few_frames")):
        presence = Presence()
        for number in range(20):
            last = presence.update(number / rate_hz, replace(pose, time_s=number / rate_hz))
        assert (last.refused.code if last.refused else None) == code


def test_a_long_curve_keeps_its_peaks_in_bounded_memory():
    """However many samples, there are never more points than allowed, and the peak is there."""
    builder = CurveBuilder()
    for number in range(50_000):
        value = 99.0 if number == 31_234 else math.sin(number / 500)
        primary = NamedValue("hip_lift", "near", value)
        builder.take(Snapshot(number / 30, None, primary=primary))
    curve = builder.curve()
    assert len(curve.points) <= MOST_POINTS + 1
    assert max(point.value for point in curve.points) == 99.0
    times_s = [point.time_s for point in curve.points]
    assert times_s == sorted(times_s)


def test_gaps_in_the_curve_stay_gaps():
    """An instant without a reading is no line across it."""
    builder = CurveBuilder(most_points=8)
    for number in range(64):
        value = math.nan if 16 <= number < 48 else 1.0
        builder.take(Snapshot(number / 10, None, primary=NamedValue("hip_lift", "near", value)))
    assert any(math.isnan(point.value) for point in builder.curve().points)
