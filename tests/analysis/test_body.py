"""How the camera sees the body, from directions that are exactly known."""

import math
from dataclasses import replace

import numpy as np
import pytest

from formcheck.analysis.body import BodyEstimator
from formcheck.analysis.coach import Coach
from formcheck.analysis.events import PersonFound, SceneJumped
from formcheck.analysis.observing import LENGTHWISE
from formcheck.analysis.posture import PostureGate
from formcheck.analysis.readings import channel
from formcheck.analysis.taking import Taken
from formcheck.exercises import library
from formcheck.exercises.schema import Condition, Orientation
from formcheck.geometry import midpoint
from formcheck.landmarks import INDEX
from formcheck.measures import View
from formcheck.pose import Pose, trunks_of
from tests.people import poses

WIDTH_PX, HEIGHT_PX, PX_PER_M = 640, 480, 200.0


def seen(pitch_deg: float, turned_deg: float) -> Pose:
    """Return a trunk that leans forward (90 is level, face down), turned about the upright.

    Turned by 0 it faces the camera, by 90 it is seen from the side.
    """
    pitch, turn = math.radians(pitch_deg), math.radians(turned_deg)
    world = np.zeros((33, 3))
    along = np.array([0.0, -math.cos(pitch), -math.sin(pitch)]) * 0.5
    across = np.array([0.16, 0.0, 0.0])
    about_upright = np.array(
        [
            [math.cos(turn), 0, math.sin(turn)],
            [0, 1, 0],
            [-math.sin(turn), 0, math.cos(turn)],
        ]
    )
    for name, point in (
        ("left_hip", across * 0.7),
        ("right_hip", -across * 0.7),
        ("left_shoulder", along + across),
        ("right_shoulder", along - across),
    ):
        world[INDEX[name]] = about_upright @ point
    image = world[:, :2] * PX_PER_M + (WIDTH_PX / 2, HEIGHT_PX / 2)
    return Pose(0.0, image, world, np.ones(33), WIDTH_PX, HEIGHT_PX)


@pytest.mark.parametrize(("turned_deg", "view"), [(0, "front"), (45, "oblique"), (90, "side")])
def test_the_view_is_where_the_camera_looks_from(turned_deg, view):
    """Straight on, half turned, from the side: to the left or to the right alike."""
    for turned in (turned_deg, -turned_deg):
        assert BodyEstimator().update(seen(0, turned)).view is View(view)


def test_from_the_side_is_so_from_the_first_picture_on_and_stays_so():
    """Near the border to oblique the first picture decides; then only what is clearly past it."""
    estimator = BodyEstimator()
    views = []
    for second, turned_deg in enumerate((63, 59, 55, 65, 69)):
        pose = replace(seen(0, turned_deg), time_s=10.0 * second)
        views.append(estimator.update(pose).view.value)
    assert views == ["side", "side", "oblique", "oblique", "side"]


def with_hips_turned(pose: Pose, by_deg: float) -> Pose:
    """Return a pose whose line of the hips errs by an angle about the upright."""
    world, turn = pose.world.copy(), math.radians(by_deg)
    for side in ("left", "right"):
        x, y, z = world[INDEX[f"{side}_hip"]]
        turned = x * math.cos(turn) + z * math.sin(turn), y, z * math.cos(turn) - x * math.sin(turn)
        world[INDEX[f"{side}_hip"]] = turned
    return replace(pose, world=world)


@pytest.mark.parametrize(("pitch_deg", "view"), [(90, "side"), (0, "oblique")])
def test_a_level_trunk_helps_to_tell_the_view(pitch_deg, view):
    """Hips that err by 34 degrees make a side view oblique in standing, not on all fours."""
    pose = with_hips_turned(seen(pitch_deg, 90), -34)
    assert BodyEstimator().update(pose).view is View(view)


@pytest.mark.parametrize(
    ("turned_deg", "asked_for", "view"),
    [
        (20, {"side", "oblique"}, "oblique"),
        (15, {"side", "oblique"}, "front"),
        (20, {"front", "oblique"}, "front"),
        (36, {"front"}, "front"),
        (38, {"front"}, "oblique"),
        (36, {"front", "oblique"}, "oblique"),
    ],
)
def test_a_view_that_may_err_is_the_one_that_was_asked_for(turned_deg, asked_for, view):
    """Between front and oblique the exercise decides; far from the border it does not."""
    estimator = BodyEstimator(frozenset(View(one) for one in asked_for))
    assert estimator.update(seen(0, turned_deg)).view is View(view)
    estimator.reset()
    assert estimator.update(seen(0, turned_deg)).view is View(view)


def test_face_down_is_not_upright():
    """Standing is upright; on all fours from the side the chest faces the floor."""
    assert BodyEstimator().update(seen(0, 90)).orientation is Orientation.UPRIGHT
    assert BodyEstimator().update(seen(90, 90)).orientation is Orientation.FACE_DOWN


@pytest.mark.parametrize(
    ("pitch_deg", "turned_deg", "is_lengthwise"),
    [
        (90, 0, True),  # a push-up seen from the head end
        (90, 90, False),  # the same from the side
        (90, 60, False),  # and obliquely
        (0, 0, False),  # standing
        (45, 0, False),  # a squat seen from the front
    ],
)
def test_a_trunk_that_points_at_the_camera_is_lengthwise(pitch_deg, turned_deg, is_lengthwise):
    """Only where it points at the camera, not where it merely leans toward it."""
    assert BodyEstimator().update(seen(pitch_deg, turned_deg)).is_lengthwise is is_lengthwise


def test_a_wrong_depth_alone_does_not_make_a_body_lengthwise():
    """The engine may guess the depth badly; a trunk that looks long does not point at us."""
    pose = seen(0, 0)
    world = pose.world.copy()
    for name in ("left_shoulder", "right_shoulder"):
        world[INDEX[name], 2] = -1.0
    assert not BodyEstimator().update(replace(pose, world=world)).is_lengthwise


def test_nothing_is_judged_on_a_body_that_points_at_the_camera():
    """The reason is said, with what to do."""
    coach = Coach([library.find("push_up_plus")])
    assert coach.update(0.0, seen(90, 0)).not_assessed is LENGTHWISE
    assert coach.update(0.1, seen(90, 90)).not_assessed is not LENGTHWISE


def test_a_jump_within_the_picture_is_told():
    """Somebody else, or another shot: an event of its own, and no new arrival."""
    coach = Coach([library.find("glute_bridge")])
    stream = poses("glute_bridge")[:20]
    events = [event for t, p in stream for event in coach.update(t, p).events]
    assert [type(event) for event in events] == [PersonFound]
    time_s, pose = poses("glute_bridge")[20]
    aside = replace(pose, image=pose.image + np.array([300, 0]))
    (event,) = coach.update(time_s, aside).events
    assert event == SceneJumped(time_s)


@pytest.mark.parametrize(("lost", "is_another"), [(0, True), (2, False)])
def test_who_drops_onto_a_chair_while_pictures_are_lost_is_the_same(lost, is_another):
    """By a trunk's length within a tenth of a second nobody moves, within a fifth somebody may."""
    coach = Coach([library.find("glute_bridge")])
    stream = poses("glute_bridge")
    for time_s, pose in stream[:20]:
        coach.update(time_s, pose)
    trunk = trunks_of(pose).image
    by_px = math.dist(
        midpoint(trunk.left_hip, trunk.right_hip),
        midpoint(trunk.left_shoulder, trunk.right_shoulder),
    )
    later_s, pose = time_s + (1 + lost) / 15, stream[20][1]
    aside = replace(pose, image=pose.image + np.array([by_px, 0]))
    assert (SceneJumped(later_s) in coach.update(later_s, aside).events) == is_another


@pytest.mark.parametrize(("lasting", "expected"), [(False, None), (True, True)])
def test_a_lasting_answer_stands_while_its_landmarks_are_hidden(lasting, expected):
    """Legs that lay flat still do when the camera moves to the head end, if the file says so."""
    condition = Condition(measure="thigh_elevation", max=20, lasting=lasting)
    gate = PostureGate([condition])
    assert gate.update(0.0, {channel(condition): Taken(5.0)}) is True
    for tenths in range(1, 30):
        answer = gate.update(tenths / 10, {channel(condition): Taken(math.nan)})
    assert answer is expected
    assert PostureGate([condition]).update(0.0, {channel(condition): Taken(math.nan)}) is None
