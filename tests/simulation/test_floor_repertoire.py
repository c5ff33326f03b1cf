from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.exercises.library import load_all
from formcheck.landmarks import INDEX, NAMES, Side
from formcheck.simulation.exercises.holding import front_angle_deg
from formcheck.simulation.exercises.on_hands import (
    bird_dog,
    downward_dog,
    push_up,
    push_up_values,
)
from formcheck.simulation.exercises.prone import (
    LETTERS,
    letter,
    press_up,
    press_up_bend,
    sphinx,
    sphinx_bend,
    trunk_pitch_deg,
)
from formcheck.simulation.exercises.supine import heel_slide
from formcheck.simulation.floor_repertoire import FLOOR_REPERTOIRE
from formcheck.simulation.kinematics import Placed, placed
from formcheck.simulation.people import average_skeleton
from formcheck.simulation.performance import QUIET_S, Performance, Repetition
from formcheck.simulation.rotations import Array
from formcheck.simulation.truth import ANGLES, true_angles_deg

SKELETON = average_skeleton()
EXERCISES = load_all()
HEIGHTS = st.floats(1.50, 1.90)
FACE = [NAMES.index(name) for name in NAMES[:11]]
BODY = ("upper_arm", "thigh", "foot")
# Landmarks may be this far into a mat, which gives way [m].
SINKS_M = 0.012

everything = pytest.mark.parametrize("name", FLOOR_REPERTOIRE)


@cache
def acted(name: str) -> Performance:
    return FLOOR_REPERTOIRE[name](SKELETON, 3)


def at(name: str, time_s: float) -> Placed:
    return acted(name).at(SKELETON, time_s)


def angle(body: Placed, name: str) -> float:
    return float(true_angles_deg(body)[ANGLES.index(name)])


def joint(body: Placed, name: str) -> Array:
    return body.landmarks[INDEX[name]]


def good(name: str) -> list[Repetition]:
    return [r for r in acted(name).repetitions if not r.fault]


def faulty(name: str) -> Repetition:
    (one,) = (r for r in acted(name).repetitions if r.fault)
    return one


@cache
def moments(name: str) -> list[tuple[Placed, Placed]]:
    """Fourteen moments of a performance, and each of them a 25th of a second later."""
    times = np.linspace(0, acted(name).duration_s - 0.04, 14)
    return [(at(name, float(t)), at(name, float(t) + 0.04)) for t in times]


@everything
def test_nobody_sinks_into_the_floor(name: str) -> None:
    """At no time is a landmark below the mat by more than it gives way."""
    for body, _ in moments(name):
        assert body.landmarks[:, 1].min() > -SINKS_M


@everything
def test_elbows_and_knees_bend_only_as_far_as_people_can(name: str) -> None:
    """Elbows keep 20 degrees or more, knees 35 or more, between their landmarks."""
    for body, _ in moments(name):
        for side in Side:
            assert angle(body, f"{side}_elbow") > 20
            assert angle(body, f"{side}_knee") > 35


@everything
def test_nothing_jumps(name: str) -> None:
    """No landmark moves by more than 11 cm in a 25th of a second (2.75 m/s)."""
    for body, later in moments(name):
        assert np.linalg.norm(later.landmarks - body.landmarks, axis=1).max() < 0.11


@everything
def test_the_truth_is_complete_and_in_order(name: str) -> None:
    """Repetitions and holds follow each other within the performance, after a second of quiet."""
    performance = acted(name)
    spans = [(r.start_s, r.end_s) for r in performance.repetitions] + list(performance.holds_s)
    assert spans
    assert spans[0][0] >= QUIET_S
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert spans[-1][1] <= performance.duration_s - QUIET_S
    for repetition in performance.repetitions:
        assert repetition.start_s < repetition.peak_s < repetition.end_s


@everything
def test_exercise_and_faults_are_those_of_the_exercise_files(name: str) -> None:
    """Truth can be compared: its names exist."""
    performance = acted(name)
    exercise = EXERCISES[performance.exercise]
    known = {rule.name for rule in (*exercise.form, *exercise.tempo)}
    assert {fault.fault for fault in performance.faults} <= known


@pytest.mark.parametrize("name", ["bird_dog", "dead_bug", "heel_slide"])
def test_sides_alternate(name: str) -> None:
    """Left, right, left, right."""
    assert [r.side for r in acted(name).repetitions] == [Side.LEFT, Side.RIGHT] * 2


def test_a_bird_dog_reaches_with_the_arm_of_its_side_and_the_opposite_leg() -> None:
    """Arm beside the ear, leg level with the trunk, the other hand and knee where they were."""
    rest = at("bird_dog", 0.0)
    for repetition in good("bird_dog"):
        body, side = at("bird_dog", repetition.peak_s), repetition.side
        other = side.opposite
        assert angle(body, f"{side}_shoulder") > 155
        assert angle(body, f"{side}_elbow") > 170
        assert angle(body, f"{other}_knee") > 165
        leg = joint(body, f"{other}_ankle") - joint(body, f"{other}_hip")
        assert abs(np.degrees(np.arctan2(leg[1], -leg[2]))) < 8
        for still in (f"{other}_wrist", f"{side}_knee", f"{side}_ankle"):
            assert joint(body, still) == pytest.approx(joint(rest, still), abs=0.01)


def test_the_low_leg_of_a_bird_dog_is_clearly_below_level() -> None:
    """More than 18 degrees, but off the floor."""
    repetition = faulty("bird_dog")
    body, other = at("bird_dog", repetition.peak_s), repetition.side.opposite
    leg = joint(body, f"{other}_ankle") - joint(body, f"{other}_hip")
    assert np.degrees(np.arctan2(leg[1], -leg[2])) < -18
    assert joint(body, f"{other}_ankle")[1] > 0.08


@settings(max_examples=4, deadline=None)
@given(height_m=HEIGHTS, share=st.floats(0, 1))
def test_a_bird_dog_begins_on_the_floor_and_never_lifts_its_standing_limbs(
    height_m: float, share: float
) -> None:
    """The hand and the foot that stay are where they are on all fours."""
    skeleton = average_skeleton(height_m)
    rest = {f"{s}_{limb}": 0.0 for s in Side for limb in ("arm", "leg")} | {"droop": 0.0}
    reach = rest | {"left_arm": share, "right_leg": share}
    before, body = (placed(skeleton, bird_dog(skeleton, values)) for values in (rest, reach))
    for still in ("right_wrist", "left_ankle"):
        assert joint(body, still) == pytest.approx(joint(before, still), abs=0.01)


def test_a_dead_bug_lowers_the_leg_of_its_side_and_the_opposite_arm() -> None:
    """Leg nearly straight and low, arm overhead; the others stay above hip and shoulder."""
    for repetition in good("dead_bug"):
        body, side = at("dead_bug", repetition.peak_s), repetition.side
        other = side.opposite
        assert angle(body, f"{side}_hip") > 155
        assert angle(body, f"{side}_knee") > 165
        assert angle(body, f"{other}_shoulder") > 155
        assert angle(body, f"{other}_hip") == pytest.approx(90, abs=6)
        assert angle(body, f"{side}_shoulder") == pytest.approx(90, abs=6)
        assert 0.05 < joint(body, f"{side}_ankle")[1] < 0.30


def test_the_waiting_leg_of_the_faulty_dead_bug_sinks_by_over_25_degrees() -> None:
    """From 90 degrees at the hip."""
    repetition = faulty("dead_bug")
    waiting = repetition.side.opposite
    assert angle(at("dead_bug", repetition.peak_s), f"{waiting}_hip") > 115


@settings(max_examples=8, deadline=None)
@given(height_m=HEIGHTS, knee=st.floats(75, 170))
def test_a_slid_leg_has_the_asked_knee_angle_with_its_heel_on_the_floor(
    height_m: float, knee: float
) -> None:
    """The heel is at most 3 cm above the floor wherever the foot is; the other leg stays."""
    skeleton = average_skeleton(height_m)
    rest = {"left": 75.0, "right": 75.0, "left_lift": 0.0, "right_lift": 0.0}
    before = placed(skeleton, heel_slide(skeleton, rest))
    body = placed(skeleton, heel_slide(skeleton, rest | {"left": knee}))
    assert angle(body, "left_knee") == pytest.approx(knee, abs=0.5)
    assert -0.005 < joint(body, "left_heel")[1] < 0.045
    assert joint(body, "right_knee") == pytest.approx(joint(before, "right_knee"), abs=1e-9)


def test_the_lifted_heel_is_off_the_floor() -> None:
    """By more than 12 cm in the faulty slide, on the floor in the good ones."""
    for repetition in acted("heel_slide").repetitions:
        height = joint(at("heel_slide", repetition.peak_s), f"{repetition.side}_heel")[1]
        assert (height > 0.12) == bool(repetition.fault)
        assert height < 0.045 or repetition.fault


@settings(max_examples=4, deadline=None)
@given(height_m=HEIGHTS, pitch=st.floats(10, 42))
def test_a_press_up_lifts_the_trunk_to_the_asked_angle_on_hands_that_stay(
    height_m: float, pitch: float
) -> None:
    """The hips stay down, the wrists do not move, the elbows straighten."""
    skeleton = average_skeleton(height_m)
    flat = placed(skeleton, press_up(skeleton, {"bend": 0.0, "hips": 0.0}))
    bend = press_up_bend(skeleton, pitch)
    body = placed(skeleton, press_up(skeleton, {"bend": bend, "hips": 0.0}))
    assert trunk_pitch_deg(body) == pytest.approx(pitch, abs=1.5)
    for still in ("left_hip", "left_wrist", "right_wrist", "left_ankle"):
        assert joint(body, still) == pytest.approx(joint(flat, still), abs=0.005)
    assert angle(body, "left_elbow") > angle(flat, "left_elbow")


@settings(max_examples=4, deadline=None)
@given(height_m=HEIGHTS)
def test_a_sphinx_stands_on_its_elbows(height_m: float) -> None:
    """Elbows on the floor below the shoulders, bent by about a right angle."""
    skeleton = average_skeleton(height_m)
    body = placed(skeleton, sphinx(skeleton, {"bend": sphinx_bend(skeleton)}))
    for side in Side:
        elbow = joint(body, f"{side}_elbow")
        assert elbow[1] == pytest.approx(skeleton.clearances.elbow, abs=0.03)
        assert elbow[2] == pytest.approx(joint(body, f"{side}_shoulder")[2], abs=0.08)
        assert 80 < angle(body, f"{side}_elbow") < 105


@pytest.mark.parametrize("name", ["superman", "superman_full"])
def test_a_superman_lifts_chest_and_arms_and_only_the_full_one_the_legs(name: str) -> None:
    """Trunk 10 to 17 degrees, the last repetition over 28; the hips stay."""
    rest = at(name, 0.0)
    for repetition in acted(name).repetitions:
        body = at(name, repetition.peak_s)
        pitch = trunk_pitch_deg(body)
        assert pitch > 28 if repetition.fault else 10 < pitch < 17
        assert joint(body, "left_wrist")[1] > joint(rest, "left_wrist")[1] + 0.1
        legs_up = joint(body, "left_ankle")[1] > 0.12
        assert legs_up == (name == "superman_full")
        assert joint(body, "left_hip") == pytest.approx(joint(rest, "left_hip"), abs=0.01)


@pytest.mark.parametrize(("name", "shoulder"), [("Y", 136), ("T", 100), ("W", 77)])
def test_letters_have_their_shape_and_lift_both_hands_equally(name: str, shoulder: float) -> None:
    """Y is between T and overhead; wrists rise by what is asked while the chest stays."""
    direction, elbow = LETTERS[name]
    values = {"direction": direction, "elbow": elbow, "lift": 0.0, "bend": 0.0}
    down, up = (placed(SKELETON, letter(SKELETON, values | {"lift": m})) for m in (0.0, 0.18))
    for side in Side:
        assert angle(up, f"{side}_shoulder") == pytest.approx(shoulder, abs=4)
        assert angle(up, f"{side}_elbow") == pytest.approx(180 - elbow, abs=8)
        rise = joint(up, f"{side}_wrist")[1] - joint(down, f"{side}_wrist")[1]
        assert rise == pytest.approx(0.18, abs=0.01)
    assert up.at("thorax") == pytest.approx(down.at("thorax"), abs=1e-9)


@settings(max_examples=4, deadline=None)
@given(height_m=HEIGHTS, elbow=st.floats(5, 85), body_deg=st.floats(172, 203))
def test_a_push_up_bends_the_elbows_as_asked_on_hands_and_toes_that_stay(
    height_m: float, elbow: float, body_deg: float
) -> None:
    """The body makes the asked angle; wrists and toes are where they are at the top."""
    skeleton = average_skeleton(height_m)
    top = placed(skeleton, push_up(skeleton, push_up_values(skeleton, 5.0)))
    low = placed(skeleton, push_up(skeleton, push_up_values(skeleton, elbow, body_deg)))
    assert front_angle_deg(low, BODY) == pytest.approx(body_deg, abs=0.1)
    assert angle(low, "left_elbow") == pytest.approx(180 - elbow, abs=12)
    for still in ("left_hand", "right_hand", "left_toes", "right_toes"):
        assert low.at(still) == pytest.approx(top.at(still), abs=0.008)


def test_a_scapular_push_up_keeps_the_elbows_straight_and_lifts_the_back() -> None:
    """Only the upper back moves against the shoulders."""
    for repetition in acted("push_up_plus_scapular").repetitions:
        low, high = (
            at("push_up_plus_scapular", t) for t in (repetition.start_s, repetition.peak_s)
        )
        for body in (low, high):
            assert angle(body, "left_elbow") > 158
        lifts = [body.at("thorax")[1] - body.at("left_upper_arm")[1] for body in (low, high)]
        assert lifts[1] > lifts[0] + 0.005


def test_the_hips_of_a_downward_dog_are_its_highest_point_and_the_limbs_are_straight() -> None:
    """Hip 75 to 118 degrees, hands and toes where they were; only the second is closed."""
    plank = at("yoga_downward_dog", 0.0)
    (closed,) = acted("yoga_downward_dog").faults
    for start_s, end_s in acted("yoga_downward_dog").holds_s:
        for time_s in (start_s, (start_s + end_s) / 2, end_s):
            body = at("yoga_downward_dog", time_s)
            others = [i for i in range(33) if i not in (INDEX["left_hip"], INDEX["right_hip"])]
            assert joint(body, "left_hip")[1] > body.landmarks[others, 1].max() + 0.1
            assert 75 < angle(body, "left_hip") < 118
            assert (angle(body, "left_shoulder") < 140) == (start_s == closed.start_s)
            assert angle(body, "left_elbow") > 155
            assert angle(body, "left_knee") > 165
            for still in ("left_wrist", "right_wrist", "left_foot_index"):
                assert joint(body, still) == pytest.approx(joint(plank, still), abs=0.01)


def test_downward_dog_starts_in_a_plank() -> None:
    """Shoulder, hip and ankle in a line of 165 degrees or more."""
    assert angle(at("yoga_downward_dog", 0.0), "left_body") > 165


@settings(max_examples=4, deadline=None)
@given(height_m=HEIGHTS, shoulder=st.floats(120, 170))
def test_arms_and_trunk_of_a_downward_dog_open_as_asked(height_m: float, shoulder: float) -> None:
    """The angle at the shoulder between hip and wrist, in the sagittal plane."""
    skeleton = average_skeleton(height_m)
    values = {"shoulder": shoulder, "heel": 32.0}
    body = placed(skeleton, downward_dog(skeleton, values))
    arm = body.at("left_hand") - body.at("left_upper_arm")
    trunk = body.at("left_thigh") - body.at("left_upper_arm")
    cosine = arm[1:] @ trunk[1:] / np.linalg.norm(arm[1:]) / np.linalg.norm(trunk[1:])
    assert np.degrees(np.arccos(cosine)) == pytest.approx(shoulder, abs=3)


@pytest.mark.parametrize("name", ["prone_press_up", "superman", "prone_ytw_t"])
def test_a_face_that_lies_down_is_on_the_floor_and_looks_at_it(name: str) -> None:
    """The lowest point of the face is within 5 cm of the mat, the nose below the ears."""
    body = at(name, 0.0)
    assert body.landmarks[FACE, 1].min() < 0.05
    assert joint(body, "nose")[1] < joint(body, "left_ear")[1]
