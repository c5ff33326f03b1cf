"""Asked angles against those between landmarks, measured here in plain trigonometry."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.exercises.joints import ANGLES, INDEX, LEAST, MOST
from formcheck.landmarks import INDEX as LANDMARK
from formcheck.landmarks import Side
from formcheck.simulation.kinematics import (
    GIRDLE_FROM_DEG,
    GIRDLE_SHARE,
    Placed,
    placed,
    sign_of,
)
from formcheck.simulation.people import average_skeleton
from formcheck.simulation.rotations import Array
from formcheck.simulation.skeleton import PARENTS, SEGMENT_INDEX, SEGMENTS

EXACT_DEG = 0.1
HEIGHTS_M = st.floats(1.5, 1.9)
SIDES = st.sampled_from(list(Side))
POSTURES = st.integers(0, 10_000).map(lambda seed: np.random.default_rng(seed).uniform(LEAST, MOST))
few = settings(max_examples=30, deadline=None)


def _posture(**angles: float) -> Array:
    posture = np.zeros(len(ANGLES))
    for name, value in angles.items():
        posture[INDEX[name]] = value
    return posture


def _body(height_m: float = 1.7, **angles: float) -> Placed:
    return placed(average_skeleton(height_m), _posture(**angles))


def _joint(body: Placed, name: str) -> Array:
    return body.landmarks[LANDMARK[name]]


def _middle(body: Placed, name: str) -> Array:
    return (_joint(body, f"left_{name}") + _joint(body, f"right_{name}")) / 2


def _between_deg(first: Array, second: Array) -> float:
    cosine = first @ second / np.linalg.norm(first) / np.linalg.norm(second)
    return math.degrees(math.acos(np.clip(cosine, -1, 1)))


def _at_joint_deg(body: Placed, first: str, vertex: str, second: str) -> float:
    middle = _joint(body, vertex)
    return _between_deg(_joint(body, first) - middle, _joint(body, second) - middle)


def _sagittal_deg(vector: Array) -> float:
    """Angle of a hanging vector, 0 straight down, positive to the front, -180 to 180."""
    return math.degrees(math.atan2(vector[2], -vector[1]))


def _frontal_deg(vector: Array, side: Side) -> float:
    """Angle of a hanging vector, 0 straight down, positive away from the middle."""
    return math.degrees(math.atan2(sign_of(side) * vector[0], -vector[1]))


def _unrolled(angle_deg: float, near_deg: float) -> float:
    return near_deg + (angle_deg - near_deg + 180) % 360 - 180


def test_the_neutral_posture_is_the_skeleton_itself():
    """With every angle zero, segments begin where the skeleton says."""
    skeleton = average_skeleton()
    posture = _posture()
    posture[:3] = skeleton.place("pelvis")
    assert placed(skeleton, posture).positions == pytest.approx(skeleton.neutral, abs=1e-12)


@few
@given(posture=POSTURES, height_m=HEIGHTS_M, side=SIDES, flexion=st.floats(0.5, 160))
def test_a_knee_bends_by_what_is_asked_whatever_the_rest_does(posture, height_m, side, flexion):
    """The angle between hip, knee and ankle is 180 less the flexion, in any posture."""
    posture[INDEX[f"{side}_knee_flexion"]] = flexion
    body = placed(average_skeleton(height_m), posture)
    seen = _at_joint_deg(body, f"{side}_hip", f"{side}_knee", f"{side}_ankle")
    assert seen == pytest.approx(180 - flexion, abs=EXACT_DEG)


@few
@given(posture=POSTURES, height_m=HEIGHTS_M, side=SIDES, flexion=st.floats(0.5, 152))
def test_an_elbow_bends_by_what_is_asked_whatever_the_rest_does(posture, height_m, side, flexion):
    """The angle between shoulder, elbow and wrist is 180 less the flexion, in any posture."""
    posture[INDEX[f"{side}_elbow_flexion"]] = flexion
    body = placed(average_skeleton(height_m), posture)
    seen = _at_joint_deg(body, f"{side}_shoulder", f"{side}_elbow", f"{side}_wrist")
    assert seen == pytest.approx(180 - flexion, abs=EXACT_DEG)


@few
@given(height_m=HEIGHTS_M, side=SIDES, flexion=st.floats(-35, 140), pitch=st.floats(-90, 90))
def test_a_hip_bends_by_what_is_asked_in_the_sagittal_plane(height_m, side, flexion, pitch):
    """Between trunk and thigh seen from the side, lying, standing or on all fours."""
    body = _body(height_m, pelvis_pitch=pitch, **{f"{side}_hip_flexion": flexion})
    hip = _joint(body, f"{side}_hip")
    thigh = _sagittal_deg(_joint(body, f"{side}_knee") - hip)
    trunk = _sagittal_deg(hip - _joint(body, f"{side}_shoulder"))
    assert _unrolled(thigh - trunk, flexion) == pytest.approx(flexion, abs=EXACT_DEG)


@few
@given(height_m=HEIGHTS_M, side=SIDES, abduction=st.floats(-35, 70))
def test_a_leg_moves_away_from_the_middle_by_what_is_asked(height_m, side, abduction):
    """Seen from the front, positive outward on either side."""
    body = _body(height_m, **{f"{side}_hip_abduction": abduction})
    thigh = _joint(body, f"{side}_knee") - _joint(body, f"{side}_hip")
    assert _frontal_deg(thigh, side) == pytest.approx(abduction, abs=EXACT_DEG)


@few
@given(height_m=HEIGHTS_M, side=SIDES, flexion=st.floats(-75, 45))
def test_an_ankle_bends_by_what_is_asked(height_m, side, flexion):
    """Positive lifts the toes towards the shin."""
    flat, bent = (_body(height_m, **{f"{side}_ankle_flexion": angle}) for angle in (0, flexion))
    feet = [
        _sagittal_deg(_joint(body, f"{side}_foot_index") - _joint(body, f"{side}_ankle"))
        for body in (flat, bent)
    ]
    assert _unrolled(feet[1] - feet[0], flexion) == pytest.approx(flexion, abs=EXACT_DEG)


@few
@given(height_m=HEIGHTS_M, side=SIDES, flexion=st.floats(-70, 200), pitch=st.floats(-90, 90))
def test_an_arm_is_raised_forward_by_what_is_asked(height_m, side, flexion, pitch):
    """Between the trunk's own direction and the upper arm, however far the girdle lifts."""
    body = _body(height_m, pelvis_pitch=pitch, **{f"{side}_shoulder_flexion": flexion})
    arm = _joint(body, f"{side}_elbow") - _joint(body, f"{side}_shoulder")
    assert _unrolled(_sagittal_deg(arm) + pitch, flexion) == pytest.approx(flexion, abs=EXACT_DEG)


@few
@given(height_m=HEIGHTS_M, side=SIDES, abduction=st.floats(-60, 190))
def test_an_arm_is_raised_sideways_by_what_is_asked(height_m, side, abduction):
    """Seen from the front, positive outward on either side."""
    body = _body(height_m, **{f"{side}_shoulder_abduction": abduction})
    arm = _joint(body, f"{side}_elbow") - _joint(body, f"{side}_shoulder")
    seen = _unrolled(_frontal_deg(arm, side), abduction)
    assert seen == pytest.approx(abduction, abs=EXACT_DEG)


@few
@given(side=SIDES, abduction=st.floats(0, GIRDLE_FROM_DEG))
def test_a_shoulder_stays_while_the_arm_is_low(side, abduction):
    """Below 40 degrees the girdle does not move."""
    low, raised = (_body(**{f"{side}_shoulder_abduction": angle}) for angle in (0, abduction))
    shoulder = f"{side}_shoulder"
    assert _joint(raised, shoulder) == pytest.approx(_joint(low, shoulder), abs=1e-9)


@few
@given(side=SIDES, way=st.sampled_from(["flexion", "abduction"]), raised=st.floats(45, 180))
def test_a_shoulder_rises_with_the_arm(side, way, raised):
    """The clavicle lifts by its share of what the arm is above 40 degrees, either way."""
    body = _body(**{f"{side}_shoulder_{way}": raised})
    low = _body()
    assert _joint(body, f"{side}_shoulder")[1] > _joint(low, f"{side}_shoulder")[1]
    clavicles = [one.at(f"{side}_scapula") - one.at(f"{side}_clavicle") for one in (low, body)]
    lifted = GIRDLE_SHARE * (raised - GIRDLE_FROM_DEG)
    assert _between_deg(*clavicles) == pytest.approx(lifted, abs=EXACT_DEG)


@few
@given(side=SIDES, shrug=st.floats(1, 25))
def test_a_shrug_lifts_one_shoulder(side, shrug):
    """The other one stays."""
    low, high = _body(), _body(**{f"{side}_shrug": shrug})
    assert _joint(high, f"{side}_shoulder")[1] > _joint(low, f"{side}_shoulder")[1]
    other = f"{side.opposite}_shoulder"
    assert _joint(high, other) == pytest.approx(_joint(low, other), abs=1e-12)


@few
@given(height_m=HEIGHTS_M, pitch=st.floats(-90, 90))
def test_a_straight_trunk_leans_as_the_pelvis_is_pitched(height_m, pitch):
    """From the middle of the hips to that of the shoulders, forward positive."""
    body = _body(height_m, pelvis_pitch=pitch)
    up = _middle(body, "shoulder") - _middle(body, "hip")
    assert math.degrees(math.atan2(up[2], up[1])) == pytest.approx(pitch, abs=EXACT_DEG)


@few
@given(
    height_m=HEIGHTS_M,
    lumbar=st.floats(-45, 65),
    thorax=st.floats(-40, 50),
    neck=st.floats(-75, 65),
)
def test_flexions_of_the_spine_add_up(height_m, lumbar, thorax, neck):
    """The head is tipped by all three parts together, forward positive."""
    bent = {"lumbar_flexion": lumbar, "thorax_flexion": thorax, "neck_flexion": neck}
    looks = [
        _sagittal_deg(_joint(body, "nose") - _middle(body, "ear"))
        for body in (_body(height_m), _body(height_m, **bent))
    ]
    tipped = lumbar + thorax + neck
    assert _unrolled(looks[0] - looks[1], tipped) == pytest.approx(tipped, abs=EXACT_DEG)


@few
@given(height_m=HEIGHTS_M, lumbar=st.floats(-20, 20), thorax=st.floats(-60, 60))
def test_turns_of_the_trunk_add_up(height_m, lumbar, thorax):
    """The line between the shoulders is turned against that of the hips, to the left positive."""
    body = _body(height_m, lumbar_turn=lumbar, thorax_turn=thorax)
    across = _joint(body, "left_shoulder") - _joint(body, "right_shoulder")
    hips = _joint(body, "left_hip") - _joint(body, "right_hip")
    turned = math.degrees(math.atan2(-across[2], across[0]))
    assert turned == pytest.approx(lumbar + thorax, abs=EXACT_DEG)
    assert hips[1:] == pytest.approx([0, 0], abs=1e-12)


@few
@given(height_m=HEIGHTS_M, lumbar=st.floats(-35, 35), thorax=st.floats(-35, 35))
def test_bends_of_the_trunk_add_up(height_m, lumbar, thorax):
    """The line between the shoulders tilts by both; positive leans to the right."""
    body = _body(height_m, lumbar_bend=lumbar, thorax_bend=thorax)
    across = _joint(body, "left_shoulder") - _joint(body, "right_shoulder")
    assert math.degrees(math.atan2(across[1], across[0])) == pytest.approx(
        lumbar + thorax, abs=EXACT_DEG
    )
    if lumbar > 1 and thorax > 1:
        assert _joint(body, "nose")[0] < 0


def test_signs_are_the_documented_ones():
    """Forward is z, the left is x: flexion tips forward, turning left looks left."""
    assert _joint(_body(thorax_flexion=30), "nose")[2] > _joint(_body(), "nose")[2] + 0.1
    assert _joint(_body(neck_turn=45), "nose")[0] > 0.02
    assert _joint(_body(pelvis_heading=90), "nose")[0] > 0.1
    assert _joint(_body(pelvis_roll=30), "nose")[0] < -0.1


@few
@given(posture=POSTURES, height_m=HEIGHTS_M)
def test_bones_keep_their_lengths(posture, height_m):
    """Every segment begins as far from its parent as it does standing: to a millionth."""
    skeleton = average_skeleton(height_m)
    body = placed(skeleton, posture)
    for segment, parent in PARENTS.items():
        if parent:
            length_m = float(np.linalg.norm(body.at(segment) - body.at(parent)))
            assert length_m == pytest.approx(skeleton.length_m(segment, parent), abs=1e-6)


@few
@given(posture=POSTURES)
def test_nothing_is_turned_inside_out(posture):
    """Every orientation is a rotation: orthogonal, and right-handed."""
    rotations = placed(average_skeleton(), posture).rotations
    product = rotations @ rotations.transpose(0, 2, 1)
    assert product == pytest.approx(np.broadcast_to(np.eye(3), product.shape), abs=1e-9)
    assert np.linalg.det(rotations) == pytest.approx(np.ones(len(SEGMENTS)))


@few
@given(postures=st.lists(POSTURES, min_size=1, max_size=4))
def test_many_postures_at_once_are_the_same_as_one_by_one(postures):
    """Segments, orientations and landmarks."""
    skeleton = average_skeleton()
    together = placed(skeleton, np.array(postures))
    for index, posture in enumerate(postures):
        alone = placed(skeleton, posture)
        assert together[index].positions == pytest.approx(alone.positions, abs=1e-12)
        assert together[index].rotations == pytest.approx(alone.rotations, abs=1e-12)
        assert together.landmarks[index] == pytest.approx(alone.landmarks, abs=1e-12)


@few
@given(posture=POSTURES, x=st.floats(-2, 2), y=st.floats(0, 2), z=st.floats(-2, 2))
def test_moving_the_pelvis_moves_everything(posture, x, y, z):
    """By the same amount."""
    skeleton = average_skeleton()
    here, moved = posture.copy(), posture.copy()
    moved[:3] += [x, y, z]
    difference = placed(skeleton, moved).landmarks - placed(skeleton, here).landmarks
    assert difference == pytest.approx(np.broadcast_to([x, y, z], difference.shape), abs=1e-9)


def test_points_ride_on_their_segments():
    """A point on the shank is where the shank takes it, its beginning where the shank begins."""
    body = _body(left_knee_flexion=90)
    shank = SEGMENT_INDEX["left_shank"]
    beginning, ahead = body.points((shank, shank), np.array([[0, 0, 0.0], [0, -0.1, 0]]))
    assert beginning == pytest.approx(body.at("left_shank"))
    assert ahead - beginning == pytest.approx([0, 0, -0.1], abs=1e-9)


@few
@given(posture=POSTURES, segment=st.sampled_from(SEGMENTS))
def test_a_segment_is_where_it_is_whatever_else_is_asked_for(posture, segment):
    """To the last bit, with everything that it hangs on; what nobody asks for stays unknown."""
    skeleton = average_skeleton(1.7)
    whole = placed(skeleton, posture)
    alone = placed(skeleton, posture, [SEGMENT_INDEX[segment]])
    on_the_way, name = [], segment
    while name:
        on_the_way.append(name)
        name = PARENTS[name]
    for one in SEGMENTS:
        same = np.array_equal(alone.turned(one), whole.turned(one))
        assert (same and np.array_equal(alone.at(one), whole.at(one))) == (one in on_the_way)
