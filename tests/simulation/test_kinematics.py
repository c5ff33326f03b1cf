import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.landmarks import INDEX, Side
from formcheck.simulation.exercises.floor import (
    MAT_M,
    bridge_rest_tilt,
    bridge_tilt,
    cat_cow,
    front_plank,
    glute_bridge,
    plank_values,
)
from formcheck.simulation.exercises.holding import front_angle_deg, moved
from formcheck.simulation.exercises.upright import Stance, on_feet, seated_rotation, squat
from formcheck.simulation.kinematics import Placed, limb_frames, placed
from formcheck.simulation.people import average_skeleton
from formcheck.simulation.posture import Arm, Bend, Leg, Posture, Reach
from formcheck.simulation.rotations import Array, angle_deg
from formcheck.simulation.skeleton import Skeleton
from formcheck.simulation.truth import ANGLES, true_angles_deg

HEIGHTS = st.floats(1.45, 1.95)


@pytest.fixture(scope="module")
def skeleton() -> Skeleton:
    return average_skeleton()


def standing(skeleton: Skeleton, **changes: object) -> Placed:
    return placed(skeleton, Posture(skeleton.place("pelvis"), **changes))


def angle(body: Placed, name: str) -> float:
    return float(true_angles_deg(body)[ANGLES.index(name)])


def joint(body: Placed, name: str) -> Array:
    return body.landmarks[INDEX[name]]


def test_the_neutral_posture_is_the_skeleton_itself(skeleton: Skeleton) -> None:
    """With every angle zero, segments begin where the skeleton says."""
    straight = dict.fromkeys(Side, Arm(abduction=0, elbow=0, curl=0))
    body = standing(skeleton, arms=straight, legs=dict.fromkeys(Side, Leg(abduction=0)))
    assert body.positions == pytest.approx(skeleton.neutral, abs=1e-12)


@pytest.mark.parametrize("flexion", [0.0, 15.0, 90.0, 135.0])
def test_a_knee_that_is_asked_to_bend_bends_by_that_angle(
    skeleton: Skeleton, flexion: float
) -> None:
    """The angle between the three landmarks is 180 less the flexion."""
    body = standing(skeleton, legs=dict.fromkeys(Side, Leg(knee=flexion, flexion=30)))
    assert angle(body, "left_knee") == pytest.approx(180 - flexion, abs=1e-6)
    assert angle(body, "right_knee") == pytest.approx(180 - flexion, abs=1e-6)


@settings(max_examples=12, deadline=None)
@given(height_m=HEIGHTS, knee=st.floats(5, 120), width=st.floats(0.09, 0.2))
def test_a_squat_on_flat_feet_bends_the_knees_exactly(
    height_m: float, knee: float, width: float
) -> None:
    """Asked 75 degrees of flexion, measured 105 between thigh and shank; feet stay flat."""
    skeleton = average_skeleton(height_m)
    position, orientation, legs = on_feet(skeleton, Stance(knee, 0.3 * knee, 0.4 * knee, width))
    body = placed(skeleton, Posture(position, orientation, legs=legs))
    for side in Side:
        assert angle(body, f"{side}_knee") == pytest.approx(180 - knee, abs=0.1)
        ankle = joint(body, f"{side}_ankle")
        assert ankle[1] == pytest.approx(skeleton.clearances.ankle, abs=1e-4)
        assert abs(ankle[0]) == pytest.approx(width, abs=1e-4)


@given(
    target=st.tuples(*[st.floats(-0.3, 0.3)] * 3).filter(lambda t: np.linalg.norm(t) > 0.08),
)
def test_a_limb_reaches_every_target_within_its_length(target: tuple[float, ...]) -> None:
    """The end of a two-segment limb is at the target, and its joint is on the pole's side."""
    start, goal, pole = np.array([0.1, 1.2, 0.3]), np.array(target), np.array([0.3, -0.2, 1.0])
    if np.linalg.norm(np.cross(goal, pole)) < 1e-3:
        return
    upper, lower = limb_frames(start, start + goal, 0.30, 0.26, pole)
    middle = start + upper @ [0, -0.30, 0]
    assert middle + lower @ [0, -0.26, 0] == pytest.approx(start + goal, abs=1e-6)
    line = goal / np.linalg.norm(goal)
    aside = (middle - start) - ((middle - start) @ line) * line
    assert aside @ pole >= -1e-9


def test_a_target_beyond_the_limb_is_pointed_at(skeleton: Skeleton) -> None:
    """An arm that cannot reach is nearly straight and points to the target."""
    reach = Reach(np.array([3.0, 1.4, 0.0]), np.array([0, 0, -1.0]))
    body = standing(skeleton, arms={Side.LEFT: Arm(reach=reach), Side.RIGHT: Arm()})
    assert angle(body, "left_elbow") > 175
    off = angle_deg(joint(body, "left_wrist"), joint(body, "left_shoulder"), reach.target)
    assert off < 0.5


def test_a_reach_on_a_segment_moves_with_it(skeleton: Skeleton) -> None:
    """A hand on the chest stays at the same place on the chest when the chest turns."""

    def on_chest(turn: float) -> Array:
        body = placed(skeleton, seated_rotation(skeleton, {"turn": turn}))
        hand = joint(body, "left_wrist") - body.at("thorax")
        return body.turned("thorax").T @ hand

    assert on_chest(40.0) == pytest.approx(on_chest(0.0), abs=1e-9)


@pytest.mark.parametrize("turn", [-40.0, 0.0, 25.0])
def test_the_chest_turns_by_what_is_asked(skeleton: Skeleton, turn: float) -> None:
    """Thoracic and lumbar turn add up to the asked one, the pelvis stays."""
    body = placed(skeleton, seated_rotation(skeleton, {"turn": turn}))
    assert angle(body, "chest_turn") == pytest.approx(turn, abs=1e-6)
    assert body.turned("pelvis") == pytest.approx(np.eye(3))


def test_a_body_is_moved_until_its_shoulder_is_where_it_shall_be(skeleton: Skeleton) -> None:
    """Although the shoulder gives way while its hand holds on to a place in the world."""
    reach = Reach(np.array([0.2, 1.9, 0.2]), np.array([1.0, -1.0, -0.5]))
    arms = {Side.LEFT: Arm(reach=reach), Side.RIGHT: Arm()}
    goal = np.array([0.0, 1.3, 0.1])
    body = placed(skeleton, moved(skeleton, Posture(np.zeros(3), arms=arms), "left_scapula", goal))
    assert body.at("left_scapula")[1:] == pytest.approx(goal[1:], abs=1e-6)


def test_flexion_of_the_spine_tips_forward_and_turning_left_faces_left(skeleton: Skeleton) -> None:
    """Signs are the documented ones: forward is z, the left is x, leaning right is minus x."""
    bent = standing(skeleton, lumbar=Bend(flexion=30))
    assert bent.at("head")[2] > 0.1
    turned = standing(skeleton, thorax=Bend(turn=45))
    assert joint(turned, "nose")[0] > 0.02
    leaning = standing(skeleton, lumbar=Bend(bend=20))
    assert leaning.at("head")[0] < -0.1


@settings(max_examples=12, deadline=None)
@given(height_m=HEIGHTS, hip=st.floats(140, 178))
def test_a_bridge_has_the_asked_hip_angle_and_keeps_its_contacts(
    height_m: float, hip: float
) -> None:
    """Shoulder, hip and knee make the angle; ankles, wrists and shoulders do not move."""
    skeleton = average_skeleton(height_m)
    low = placed(skeleton, glute_bridge(skeleton, {"tilt": bridge_rest_tilt(skeleton)}))
    high = placed(skeleton, glute_bridge(skeleton, {"tilt": bridge_tilt(skeleton, hip)}))
    joints = ("upper_arm", "thigh", "shank")
    assert front_angle_deg(high, joints) == pytest.approx(hip, abs=0.01)
    for name in ("left_ankle", "right_ankle", "left_wrist", "right_wrist"):
        assert joint(high, name) == pytest.approx(joint(low, name), abs=0.005)
    shoulders = [joint(body, "left_shoulder")[1:] for body in (low, high)]
    assert shoulders[1] == pytest.approx(shoulders[0], abs=0.001)


@settings(max_examples=12, deadline=None)
@given(height_m=HEIGHTS, body_deg=st.floats(165, 208))
def test_a_plank_has_the_asked_angle_with_elbows_and_toes_on_the_floor(
    height_m: float, body_deg: float
) -> None:
    """Over 180 the hips sag; elbows and the balls of the feet stay where they are."""
    skeleton = average_skeleton(height_m)
    body = placed(skeleton, front_plank(skeleton, plank_values(skeleton, body_deg)))
    joints = ("upper_arm", "thigh", "foot")
    assert front_angle_deg(body, joints) == pytest.approx(body_deg, abs=0.05)
    level = placed(skeleton, front_plank(skeleton, plank_values(skeleton, 180.0)))
    for segment in ("left_hand", "left_toes", "right_toes"):
        assert body.at(segment) == pytest.approx(level.at(segment), abs=0.005)
    assert (body.at("left_thigh")[1] < level.at("left_thigh")[1]) == (body_deg > 180)
    elbow = body.at("left_forearm")
    assert elbow[1] == pytest.approx(skeleton.clearances.elbow + MAT_M, abs=0.005)
    assert body.at("left_upper_arm")[2] == pytest.approx(elbow[2], abs=0.03)


@settings(max_examples=12, deadline=None)
@given(height_m=HEIGHTS, amount=st.floats(-1, 1))
def test_on_hands_and_knees_nothing_slides(height_m: float, amount: float) -> None:
    """Hands, knees and feet stay, and the hips stay over the knees, from cow to cat."""
    skeleton = average_skeleton(height_m)
    body = placed(skeleton, cat_cow(skeleton, {"round": amount}))
    level = placed(skeleton, cat_cow(skeleton, {"round": 0.0}))
    for name in ("left_wrist", "right_wrist", "left_knee", "right_ankle"):
        assert joint(body, name) == pytest.approx(joint(level, name), abs=0.005)
    assert abs(body.at("left_thigh")[2] - body.at("left_shank")[2]) < 0.02


def test_the_cat_lowers_the_head_and_lifts_the_back(skeleton: Skeleton) -> None:
    """Cat: head down, mid back up; cow: the reverse."""
    cat, cow = (placed(skeleton, cat_cow(skeleton, {"round": r})) for r in (1.0, -1.0))
    assert joint(cat, "nose")[1] < joint(cow, "nose")[1] - 0.1
    assert cat.at("thorax_low")[1] > cow.at("thorax_low")[1] + 0.02


def test_squatting_raises_the_arms_to_the_asked_height(skeleton: Skeleton) -> None:
    """Arms asked to 90 degrees are level although the trunk leans."""
    body = placed(skeleton, squat(skeleton, {"knee": 0.0, "arms": 90.0}))
    upper = joint(body, "left_elbow") - joint(body, "left_shoulder")
    assert upper[1] == pytest.approx(0, abs=0.03)
