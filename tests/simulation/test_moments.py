"""Motions made up for these tests, so that what is asked and what follows is known."""

from functools import cache

import numpy as np
import pytest

from formcheck.exercises.joints import INDEX, LEAST, MOST, Array
from formcheck.exercises.motion import Deviation, Moment, Motion
from formcheck.landmarks import Side
from formcheck.simulation.moments import Body, Keyframe, Moments, Wrong, moments_of
from formcheck.simulation.people import average_skeleton
from formcheck.simulation.solving import GUARD, Demands, solved

SQUAT = Motion(
    variant="squat",
    posture="standing",
    rest=Moment(angles={"both_knee_flexion": 5}),
    effort=Moment(angles={"both_knee_flexion": 80, "pelvis_pitch": 25}),
    faults=(
        Deviation(fault="leans", clean=25, per_unit={"pelvis_pitch": 1}),
        Deviation(fault="stands_wide", clean=0, at="whole", per_unit={"both_hip_abduction": 1}),
        Deviation(
            fault="on_toes",
            clean=0,
            per_unit={"both_ankle_flexion": -1},
            lets_go=("both_foot",),
            touches=("both_toes",),
        ),
    ),
)
REACH = Motion(
    variant="reach",
    posture="all_fours",
    sides="turns",
    start=Moment(angles={"neck_turn": 20}),
    rest=Moment(angles={"neck_turn": 0}),
    effort=Moment(
        angles={"working_shoulder_flexion": 150, "thorax_turn": 5}, lets_go=("working_hand",)
    ),
)
SLIDE = Motion(
    variant="slide",
    posture="on_back_knees_bent",
    sides="turns",
    effort=Moment(
        angles={"working_knee_flexion": 30},
        lets_go=("working_foot",),
        touches=("working_heel",),
        slides=("working_heel",),
    ),
    faults=(
        Deviation(fault="heel_up", clean=0, lifts_m={"working_heel": 0.1}),
        Deviation(fault="hips_up", clean=0, lifts_m={"hips_back": 0.05}),
    ),
)
HOVER = Motion(
    variant="hover",
    posture="on_back_knees_bent",
    effort=Moment(lifts_m={"both_foot": 0.08}),
)
BOW = Motion(
    variant="bow",
    posture="standing",
    midway=Moment(angles={"both_shoulder_abduction": 60}),
    effort=Moment(angles={"both_shoulder_flexion": 100}),
)
HELD_M = 0.001


@cache
def _body() -> Body:
    return Body.of(average_skeleton())


def _wrong(motion: Motion, fault: str, amount: float) -> Wrong:
    return Wrong(next(one for one in motion.faults if one.fault == fault), amount)


def _clean(motion: Motion, side: Side = Side.LEFT) -> Moments:
    return moments_of(_body(), motion, side)


def _faulty(motion: Motion, fault: str, amount: float, side: Side = Side.LEFT) -> Moments:
    return moments_of(_body(), motion, side, _wrong(motion, fault, amount))


def _places(frame: Keyframe, contact: str) -> Array:
    return frame.places[_body().points.which({contact})]


def _heights(contact: str) -> Array:
    return _body().points.heights_m[_body().points.which({contact})]


def _angle(frame: Keyframe, name: str) -> float:
    return float(frame.posture[INDEX[name]])


@pytest.fixture(scope="module")
def squat() -> Moments:
    return _clean(SQUAT)


@pytest.fixture(scope="module")
def slide() -> Moments:
    return _clean(SLIDE)


def test_asked_angles_are_exact(squat):
    """At rest and at the far end, and the moment says which they are."""
    assert [_angle(squat.rest, f"{side}_knee_flexion") for side in Side] == [5, 5]
    assert [_angle(squat.effort, f"{side}_knee_flexion") for side in Side] == [80, 80]
    assert _angle(squat.effort, "pelvis_pitch") == 25
    assert squat.effort.asked[INDEX["pelvis_pitch"]]
    assert not squat.rest.asked[INDEX["pelvis_pitch"]]


def test_feet_that_stand_are_where_they_stood(squat):
    """Every point of the soles, in every coordinate."""
    for contact in ("left_foot", "right_foot"):
        assert _places(squat.rest, contact)[:, 1] == pytest.approx(_heights(contact), abs=HELD_M)
        assert _places(squat.effort, contact) == pytest.approx(
            _places(squat.rest, contact), abs=HELD_M
        )


def test_what_nobody_asked_for_stays(squat):
    """Arms, neck and trunk of a squat are those of standing."""
    for name in ("neck_flexion", "left_elbow_flexion", "right_shoulder_abduction", "thorax_turn"):
        assert _angle(squat.effort, name) == pytest.approx(_angle(squat.rest, name), abs=0.5)


def test_a_motion_without_a_start_starts_at_rest(squat):
    """It is the same keyframe."""
    assert squat.start is squat.rest


def test_a_start_comes_before_rest():
    """The head is turned in the beginning, and back at rest; hands and shins do not move."""
    moments = _clean(REACH)
    assert _angle(moments.start, "neck_turn") == 20
    assert _angle(moments.rest, "neck_turn") == 0
    for contact in ("left_hand", "right_shin"):
        assert _places(moments.rest, contact) == pytest.approx(
            _places(moments.start, contact), abs=HELD_M
        )


@pytest.mark.parametrize("side", list(Side))
def test_what_lets_go_is_free_and_the_rest_holds(side):
    """The working hand leaves the floor, the other one and both shins stay."""
    moments = _clean(REACH, side)
    assert f"{side}_hand" in moments.rest.contacts
    assert f"{side}_hand" not in moments.effort.contacts
    assert _places(moments.effort, f"{side}_hand")[0, 1] > 0.3
    for contact in (f"{side.opposite}_hand", "left_shin", "right_shin"):
        assert contact in moments.effort.contacts
        assert _places(moments.effort, contact) == pytest.approx(
            _places(moments.rest, contact), abs=HELD_M
        )


def test_the_trunk_is_told_for_the_left_side():
    """With the right side working it turns the other way."""
    turns = [_angle(_clean(REACH, side).effort, "thorax_turn") for side in Side]
    assert turns == [5, -5]


def test_what_slides_keeps_its_height_but_not_its_place(slide):
    """A straightening leg takes its heel along the floor; the other foot stays."""
    heel = _places(slide.effort, "left_heel")
    assert heel[:, 1] == pytest.approx(_heights("left_heel"), abs=HELD_M)
    assert np.abs(heel - _places(slide.rest, "left_heel")).max() > 0.1
    assert _places(slide.effort, "right_foot") == pytest.approx(
        _places(slide.rest, "right_foot"), abs=HELD_M
    )


def test_what_hovers_is_at_its_height_and_touches_nothing():
    """Feet lifted by 8 cm are 8 cm above where they rest."""
    effort = _clean(HOVER).effort
    for contact in ("left_foot", "right_foot"):
        assert contact not in effort.contacts
        assert contact in effort.hovers
        assert _places(effort, contact)[:, 1] == pytest.approx(_heights(contact) + 0.08, abs=HELD_M)


def test_a_bow_passes_midway_and_is_none_without_it(squat):
    """Half-way the body is where midway asks, although both ends are elsewhere."""
    moments = _clean(BOW)
    half = (moments.rest.posture + moments.effort.posture) / 2 + moments.bow
    assert half[INDEX["left_shoulder_abduction"]] == pytest.approx(60)
    assert moments.bow_asked[INDEX["left_shoulder_abduction"]]
    assert not moments.bow_asked[INDEX["left_shoulder_flexion"]]
    assert not squat.bow.any()
    assert not squat.bow_asked.any()


@pytest.mark.parametrize("amount", [-10.0, 0.0, 8.0, 16.0])
def test_a_fault_departs_by_its_degrees_a_unit(squat, amount):
    """Only at the far end, only in what it says; other asked angles and contacts stay."""
    wrong = _faulty(SQUAT, "leans", amount)
    assert _angle(wrong.effort, "pelvis_pitch") == pytest.approx(25 + amount)
    assert _angle(wrong.effort, "left_knee_flexion") == 80
    assert np.array_equal(wrong.rest.posture, squat.rest.posture)
    assert wrong.effort.contacts == squat.effort.contacts
    assert _places(wrong.effort, "left_foot") == pytest.approx(
        _places(squat.effort, "left_foot"), abs=HELD_M
    )


def test_a_fault_of_nothing_is_the_clean_motion(squat):
    """No amount, no difference: to a tenth of a degree."""
    wrong = _faulty(SQUAT, "leans", 0.0)
    assert wrong.effort.posture == pytest.approx(squat.effort.posture, abs=0.1)


def test_a_fault_of_the_whole_is_there_from_the_beginning(squat):
    """At rest as at the far end: the legs are wider apart by what is asked."""
    wrong = _faulty(SQUAT, "stands_wide", 10.0)
    for clean, frame in ((squat.rest, wrong.rest), (squat.effort, wrong.effort)):
        asked = _angle(clean, "left_hip_abduction") + 10
        assert _angle(frame, "left_hip_abduction") == pytest.approx(asked)


def test_a_fault_may_change_what_touches():
    """On tiptoe the soles let go and the balls of the feet hold."""
    wrong = _faulty(SQUAT, "on_toes", 20.0)
    assert wrong.effort.contacts == {"left_toes", "right_toes"}
    toes = _places(wrong.effort, "left_toes")
    assert toes[:, 1] == pytest.approx(_heights("left_toes"), abs=HELD_M)
    assert _places(wrong.effort, "left_heel")[0, 1] > _heights("left_heel")[0] + 0.03


@pytest.mark.parametrize("fault", ["heel_up", "hips_up"])
@pytest.mark.parametrize("amount", [1.0, 2.0])
def test_a_fault_lifts_by_its_metres_a_unit(slide, fault, amount):
    """Above where it is in the clean motion, and no longer resting."""
    contact = {"heel_up": "left_heel", "hips_up": "hips_back"}[fault]
    per_unit = {"heel_up": 0.1, "hips_up": 0.05}[fault]
    wrong = _faulty(SLIDE, fault, amount)
    clean_m = _places(slide.effort, contact)[:, 1].mean()
    lifted = _places(wrong.effort, contact)[:, 1]
    assert lifted == pytest.approx(np.full(len(lifted), clean_m + per_unit * amount), abs=0.002)
    assert contact not in wrong.effort.contacts


@pytest.mark.parametrize(("fault", "amount"), [("leans", -500.0), ("stands_wide", 500.0)])
def test_no_fault_goes_beyond_a_joint(fault, amount):
    """However much of it is asked for, everything stays within its limits."""
    moments = _faulty(SQUAT, fault, amount)
    for frame in (moments.rest, moments.effort):
        assert (frame.posture >= LEAST - 1e-9).all()
        assert (frame.posture <= MOST + 1e-9).all()


def _demands(pelvis_m: float, contacts: frozenset[str] = frozenset(), **asked: float) -> Demands:
    """Ask for a neutral posture with the pelvis at a height, and for contacts and angles."""
    points = _body().points
    posture, is_asked = np.zeros((1, len(INDEX))), np.zeros((1, len(INDEX)), bool)
    posture[0, INDEX["pelvis_y"]] = pelvis_m
    for name, value in asked.items():
        posture[0, INDEX[name]], is_asked[0, INDEX[name]] = value, True
    targets = np.zeros((1, len(points.contacts), 3))
    targets[..., 1] = points.heights_m
    holds = np.zeros(targets.shape, bool)
    holds[0, :, 1] = points.which(contacts)
    return Demands(posture, is_asked, points, targets, holds)


def _depth_m(postures: Array) -> float:
    points = _body().points
    guarding = points.which({GUARD})
    heights_m = points.at(_body().skeleton, postures)[:, guarding, 1]
    return float((points.heights_m[guarding] - heights_m).max())


@pytest.mark.parametrize("knee", [55.0, 75.0])
def test_nothing_is_left_in_the_floor(knee):
    """Upright on one bent leg with the other knee straight: that foot stays above the floor."""
    straight = {"right_knee_flexion": knee, "left_knee_flexion": 0.0, "pelvis_pitch": 0.0}
    demands = _demands(0.8, frozenset({"right_foot"}), **straight)
    assert _depth_m(solved(_body().skeleton, demands)) > 0.02
    postures = _body().settled(demands)
    assert _depth_m(postures) < 0.005
    for name, value in straight.items():
        assert postures[0, INDEX[name]] == value


def test_guards_leave_alone_what_is_above_the_floor():
    """Somebody who stands on one foot and lifts the other is not moved."""
    lifted = {"left_knee_flexion": 60.0, "left_hip_flexion": 50.0}
    demands = _demands(0.9, frozenset({"right_foot"}), **lifted)
    assert np.array_equal(_body().settled(demands), solved(_body().skeleton, demands))


@pytest.mark.parametrize("pelvis_m", [0.3, 0.8, 1.2])
def test_who_holds_on_to_nothing_rests_on_the_floor(pelvis_m):
    """Too deep or too high, the body is put on what is lowest, as it is."""
    demands = _demands(pelvis_m, left_knee_flexion=30.0)
    (posture,) = postures = _body().settled(demands)
    assert _depth_m(postures) == pytest.approx(0, abs=1e-9)
    kept = np.arange(len(INDEX)) != INDEX["pelvis_y"]
    assert np.array_equal(posture[kept], demands.preferred[0, kept])


def test_the_same_motion_has_the_same_moments(squat):
    """To the last bit."""
    again = _clean(SQUAT)
    assert np.array_equal(again.effort.posture, squat.effort.posture)
    assert np.array_equal(again.effort.places, squat.effort.places)
