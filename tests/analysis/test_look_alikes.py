"""What looks like an exercise and lacks one thing is not counted: readings that are known."""

import math

import pytest

from formcheck.analysis.body import BodyState
from formcheck.analysis.events import HoldStarted, RepetitionCompleted
from formcheck.analysis.readings import Taken, channel
from formcheck.analysis.tracker import Tracker
from formcheck.exercises.library import load_all
from formcheck.exercises.schema import Orientation
from formcheck.landmarks import Side
from formcheck.measures import View

FPS = 20
EXERCISES = load_all()
UPRIGHT = BodyState(View.FRONT, Orientation.UPRIGHT, Side.LEFT)
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
