"""What looks like an exercise and lacks one thing is not counted: readings that are known."""

import math

import pytest

from formcheck.analysis.body import BodyState
from formcheck.analysis.events import HoldStarted, RepetitionCompleted
from formcheck.analysis.readings import channel
from formcheck.analysis.taking import Taken
from formcheck.analysis.tracker import Tracker
from formcheck.exercises.library import load_all
from formcheck.exercises.schema import Orientation
from formcheck.landmarks import Side
from formcheck.measures import View

FPS = 20
EXERCISES = load_all()
UPRIGHT = BodyState(View.FRONT, Orientation.UPRIGHT, Side.LEFT)
FROM_THE_SIDE = BodyState(View.SIDE, Orientation.UPRIGHT, Side.LEFT)
ON_THE_SIDE = BodyState(View.FRONT, Orientation.SIDE_LYING, Side.LEFT)

Range = tuple[float, float]


def events(exercise: str, body: BodyState, **moved: Range) -> list[object]:
    """Return what happens while each reading goes from its first value to its second and back.

    It rests for a second, takes two to get there, stays for a second and takes two back. What is
    not named is not seen.
    """
    tracker = Tracker(EXERCISES[exercise])
    asked = EXERCISES[exercise].readings()
    keys = {channel(one) for one in asked}
    keys |= {channel(one, side) for one in asked for side in Side}
    happened: list[object] = []
    for k in range(8 * FPS):
        time_s = k / FPS
        way = min(max(time_s - 1, 0) / 2, 1, max(6 - time_s, 0) / 2)
        readings = {key: Taken(math.nan) for key in keys}
        for key in keys:
            if key[0] in moved:
                rest, end = moved[key[0]]
                readings[key] = Taken(rest + way * (end - rest), Side.LEFT)
        happened += tracker.update(time_s, body, readings)
    return happened


def n_counted(happened: list[object]) -> int:
    """Return how many repetitions there were."""
    return sum(isinstance(event, RepetitionCompleted) for event in happened)


@pytest.mark.parametrize(
    ("elbows", "expected"), [(-0.1, 1), (-0.4, 1), (-0.44, 0), (-0.53, 0), (-0.6, 0)]
)
def test_who_talks_with_both_hands_does_not_commence(elbows, expected):
    """Hands that rise as high while the upper arms hang are those of somebody who talks or curls.

    Who talks lifts the upper arms by up to 28 degrees, which leaves the elbows at -0.53.
    """
    happened = events(
        "taichi_commencing",
        UPRIGHT,
        trunk_inclination=(4, 4),
        knee_flexion_in_space=(20, 20),
        wrist_height=(-1.15, -0.3),
        hands_apart=(1.1, 1.1),
        elbow_height=(-0.6, elbows),
    )
    assert n_counted(happened) == expected


@pytest.mark.parametrize(("hands_apart", "expected"), [(1.05, 1), (1.55, 1), (1.65, 0), (1.9, 0)])
def test_forearms_that_go_to_a_door_frame_do_not_commence(hands_apart, expected):
    """In a doorway the hands are two trunk lengths apart, in the commencing form one."""
    happened = events(
        "taichi_commencing",
        UPRIGHT,
        trunk_inclination=(4, 4),
        knee_flexion_in_space=(20, 20),
        wrist_height=(-1.15, 0.45),
        hands_apart=(1.1, hands_apart),
        elbow_height=(-0.6, -0.05),
    )
    assert n_counted(happened) == expected


@pytest.mark.parametrize(("knees_deg", "expected"), [(80, 1), (52, 1), (48, 0), (35, 0)])
def test_who_turns_on_soft_knees_does_not_sit(knees_deg, expected):
    """Short legs stand as low as others sit; bent knees tell sitting from standing."""
    happened = events(
        "seated_thoracic_rotation",
        UPRIGHT,
        trunk_inclination=(4, 4),
        hip_height=(1.25, 1.25),
        knee_flexion_in_space=(knees_deg, knees_deg),
        trunk_rotation=(0, 25),
        upper_arm_elevation=(-60, -60),
    )
    assert n_counted(happened) == expected


@pytest.mark.parametrize(("twist_deg", "expected"), [(30, 1), (9, 1), (7, 0), (3, 0)])
def test_who_turns_altogether_does_not_twist(twist_deg, expected):
    """Who turns round reads as turned by half of it; the pelvis has gone as far as the chest."""
    happened = events(
        "seated_thoracic_rotation",
        UPRIGHT,
        trunk_inclination=(4, 4),
        hip_height=(1.25, 1.25),
        knee_flexion_in_space=(80, 80),
        trunk_rotation=(0, 38),
        trunk_twist=(0, twist_deg),
        upper_arm_elevation=(-60, -60),
    )
    assert n_counted(happened) == expected


@pytest.mark.parametrize(
    ("pelvis_deg", "is_held"), [(45, True), (59, True), (61, False), (110, False)]
)
def test_who_is_seen_from_the_side_holds_no_seated_twist(pelvis_deg, is_held):
    """A pelvis beyond the side of the camera reads as if the chest had turned, and wanders."""
    happened = events(
        "seated_thoracic_rotation",
        BodyState(View.OBLIQUE, Orientation.UPRIGHT, Side.LEFT),
        trunk_inclination=(4, 4),
        hip_height=(0.7, 0.7),
        knee_flexion_in_space=(90, 90),
        pelvis_rotation=(pelvis_deg, pelvis_deg),
        trunk_turn_toward=(44, 54),
    )
    assert any(isinstance(event, HoldStarted) for event in happened) is is_held


@pytest.mark.parametrize(("hands_apart", "is_held"), [(1.1, True), (0.4, True), (0.3, False)])
def test_who_rests_palm_on_palm_holds_no_side_plank(hands_apart, is_held):
    """From above somebody on the side with both arms ahead lies much as in the plank."""
    happened = events(
        "side_plank",
        ON_THE_SIDE,
        hip_above_body_line=(15, 15),
        upper_arm_elevation=(-85, -85),
        shoulder_stack=(88, 88),
        trunk_inclination=(82, 82),
        hip_height=(0.4, 0.4),
        hands_apart=(hands_apart, hands_apart),
    )
    assert any(isinstance(event, HoldStarted) for event in happened) is is_held


@pytest.mark.parametrize(("arrives_at", "expected"), [(1.4, 1), (1.2, 1), (1.0, 0)])
def test_who_marches_makes_no_clouds(arrives_at, expected):
    """Weight and hands go from side to side as well; the ankle of the lifted leg comes up."""
    happened = events(
        "taichi_cloud_hands",
        UPRIGHT,
        weight_shift=(0, 0.25),
        hands_height_gap=(0, 0.6),
        wrist_height=(-0.9, -0.3),
        hip_height=(1.5, arrives_at),
    )
    assert n_counted(happened) == expected


@pytest.mark.parametrize(("feet", "expected"), [(1.1, 1), (0.65, 1), (0.55, 0), (0.4, 0)])
def test_who_only_twists_the_trunk_makes_no_clouds(feet, expected):
    """The weight goes along a little, and one hand gets higher; the feet are not set apart."""
    happened = events(
        "taichi_cloud_hands",
        UPRIGHT,
        weight_shift=(0, 0.25),
        hands_height_gap=(0, 0.6),
        wrist_height=(-0.9, -0.3),
        stance_width=(feet, feet),
    )
    assert n_counted(happened) == expected


@pytest.mark.parametrize(("thighs", "expected"), [(-75, 1), (-35, 1), (-5, 0)])
def test_a_head_that_moves_along_is_no_cat(thighs, expected):
    """Where a leg is kicked up behind the body the head bows as well."""
    happened = events(
        "cat_cow",
        BodyState(View.SIDE, Orientation.FACE_DOWN, Side.LEFT),
        head_lift=(10, -60),
        hip_flexion=(90, 95),
        thigh_elevation=(-88, thighs),
        upper_arm_elevation=(-80, -80),
    )
    assert n_counted(happened) == expected


@pytest.mark.parametrize(("hips", "expected"), [(0.45, 1), (0.8, 1), (0.9, 0), (1.1, 0)])
def test_who_pushes_up_into_a_downward_dog_does_not_rock_back(hips, expected):
    """The hips bend as far; there they rise over the feet, here they come down to the heels."""
    happened = events(
        "quadruped_rock_back",
        BodyState(View.SIDE, Orientation.FACE_DOWN, Side.LEFT),
        hip_flexion=(85, 125),
        thigh_elevation=(-85, -60),
        upper_arm_elevation=(-85, -60),
        elbow_flexion=(5, 5),
        chest_lift=(5, 10),
        hip_height=(0.7, hips),
    )
    assert n_counted(happened) == expected


@pytest.mark.parametrize(("knees_deg", "expected"), [(20, 1), (60, 1), (80, 0)])
def test_who_gets_up_from_a_chair_does_not_hinge(knees_deg, expected):
    """Where the legs are short somebody who sits is as high as others who stand."""
    happened = events(
        "hip_hinge",
        FROM_THE_SIDE,
        hip_height=(1.25, 1.25),
        trunk_inclination=(4, 55),
        forward_lean=(4, 55),
        knee_flexion_in_space=(knees_deg, 20),
    )
    assert n_counted(happened) == expected


@pytest.mark.parametrize(("apart", "is_held"), [(3.0, True), (2.3, True), (1.9, False)])
def test_arms_before_the_chest_are_in_no_doorway(apart, is_held):
    """Who twists the trunk holds the forearms up before the face."""
    happened = events(
        "pec_doorway_stretch",
        UPRIGHT,
        shoulder_elevation=(85, 85),
        elbow_flexion=(88, 88),
        forearm_elevation=(80, 80),
        hands_by_shoulders=(apart, apart),
        trunk_lean=(0, 0),
    )
    assert any(isinstance(event, HoldStarted) for event in happened) is is_held


@pytest.mark.parametrize(("thighs", "expected"), [(-80, 1), (-65, 1), (-40, 0), (-5, 0)])
def test_arms_that_swing_in_marching_do_not_row(thighs, expected):
    """Whoever rows stands or sits still."""
    happened = events(
        "band_row",
        FROM_THE_SIDE,
        trunk_inclination=(4, 4),
        upper_arm_flexion=(50, -18),
        elbow_flexion=(20, 90),
        wrist_height=(-0.5, -0.9),
        thigh_elevation=(-88, thighs),
    )
    assert n_counted(happened) == expected


@pytest.mark.parametrize(("hips_at_last", "expected"), [(1.6, 1), (1.3, 1), (1.2, 0), (0.6, 0)])
def test_who_gets_down_to_the_floor_does_not_bend_to_the_side(hips_at_last, expected):
    """The trunk leans to the side on the way down; in a side bend the hips stay where they are."""
    happened = events(
        "side_bend",
        UPRIGHT,
        trunk_lean=(0, 25),
        hip_height=(1.6, hips_at_last),
        stance_width=(0.5, 0.5),
    )
    assert n_counted(happened) == expected


@pytest.mark.parametrize(("tilt_deg", "expected"), [(35, 1), (12, 1), (9, 0), (5, 0)])
def test_who_rounds_the_back_at_an_angle_does_not_bend_to_the_side(tilt_deg, expected):
    """The trunk leans in the picture, but the shoulders stay level."""
    happened = events(
        "side_bend",
        UPRIGHT,
        trunk_lean=(0, 12),
        hip_height=(1.6, 1.6),
        stance_width=(0.5, 0.5),
        shoulder_tilt=(0, -tilt_deg),
    )
    assert n_counted(happened) == expected


@pytest.mark.parametrize(("knees", "expected"), [(15, 1), (60, 1), (66, 0), (69, 0)])
def test_who_sits_down_on_a_high_chair_does_not_hinge(knees, expected):
    """The trunk bows and comes up again on the way; the knees bend by more than in any hinge."""
    happened = events(
        "hip_hinge",
        BodyState(View.OBLIQUE, Orientation.UPRIGHT, Side.LEFT),
        trunk_inclination=(4, 40),
        forward_lean=(4, 40),
        hip_height=(1.8, 1.5),
        knee_flexion_in_space=(12, knees),
    )
    assert n_counted(happened) == expected


@pytest.mark.parametrize(("elbows", "expected"), [(0, 1), (28, 1), (32, 0), (70, 0)])
def test_who_leans_back_with_the_hands_behind_the_head_does_no_cat(elbows, expected):
    """The head follows the trunk there as well; arms that reach ahead in a seated cat are level."""
    happened = events(
        "cat_cow",
        FROM_THE_SIDE,
        neck_flexion=(15, 60),
        hip_flexion=(85, 70),
        thigh_elevation=(-3, -3),
        upper_arm_elevation=(elbows, elbows),
        wrist_height=(0.3, 0.3),
    )
    assert n_counted(happened) == expected


@pytest.mark.parametrize(("hands_at_first", "expected"), [(-0.3, 1), (-0.5, 0)])
def test_the_first_picture_of_a_movement_belongs_to_it(hands_at_first, expected):
    """Ten pictures a second leave a jumping jack one below the chest, with the arms half wide."""
    hands = [(1.8, -0.5)] * 15 + [(3.3, hands_at_first), (4.4, 0.1)]
    hands += [(4.0, 0.45), (3.2, 0.45), (2.6, 0.45), (2.0, 0.45), (1.8, 0.45), (1.8, 0.45)]
    tracker = Tracker(EXERCISES["band_pull_apart"])
    keys = {channel(one) for one in tracker.exercise.readings()}
    keys |= {channel(one, side) for one in tracker.exercise.readings() for side in Side}
    happened: list[object] = []
    for tenth, (apart, height) in enumerate(hands):
        known = {"hands_by_shoulders": apart, "wrist_height": height, "elbow_flexion": 10.0}
        readings = {key: Taken(known.get(key[0], 0.0), Side.LEFT) for key in keys}
        happened += tracker.update(tenth / 10, UPRIGHT, readings)
    assert n_counted(happened) == expected


@pytest.mark.parametrize(("hips_deg", "is_likely"), [(110, True), (140, False)])
def test_who_has_left_the_posture_is_not_likely_to_do_the_exercise(hips_deg, is_likely):
    """The head is bowed as in a cat, and the hips are on their way back to the heels."""
    tracker = Tracker(EXERCISES["cat_cow"])
    keys = {channel(one) for one in tracker.exercise.readings()}
    keys |= {channel(one, side) for one in tracker.exercise.readings() for side in Side}
    body = BodyState(View.SIDE, Orientation.FACE_DOWN, Side.LEFT)
    for tenth in range(30):
        way = min(max(tenth - 10, 0) / 10, 1)
        known = {
            "head_lift": 10 - 70 * way,
            "hip_flexion": 90 + way * (hips_deg - 90),
            "thigh_elevation": -85.0,
            "upper_arm_elevation": -80.0,
        }
        readings = {key: Taken(known.get(key[0], 0.0), Side.LEFT) for key in keys}
        tracker.update(tenth / 10, body, readings)
        if tenth == 22:  # at its end, not long after the posture was left
            assert tracker.is_likely is is_likely


@pytest.mark.parametrize(("knees", "is_held"), [(90, True), (65, True), (40, False), (15, False)])
def test_who_stands_and_bends_forward_is_not_on_hands_and_knees(knees, is_held):
    """Arms and thighs hang as well: before a low oblique camera the knees alone tell them apart."""
    happened = events(
        "quadruped_neutral_hold",
        BodyState(View.OBLIQUE, Orientation.UPRIGHT, Side.LEFT),
        hip_flexion=(60, 60),
        upper_arm_elevation=(-80, -80),
        thigh_elevation=(-85, -85),
        chest_lift=(28, 28),
        knee_flexion_in_space=(knees, knees),
    )
    assert any(isinstance(event, HoldStarted) for event in happened) is is_held
