import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.exercises.joints import (
    ANGLES,
    INDEX,
    LEAST,
    MOST,
    PLACES,
    STIFFNESS,
    sides_of,
    spread,
)
from formcheck.landmarks import INDEX as LANDMARK
from formcheck.landmarks import NAMES, Side
from formcheck.simulation.kinematics import placed
from formcheck.simulation.people import average_skeleton
from tests.simulation.mirror import mirrored

POSTURES = st.integers(0, 10_000).map(lambda seed: np.random.default_rng(seed).uniform(LEAST, MOST))
LATERAL = [name for name, angle in ANGLES.items() if angle.is_lateral]


def _opposite(landmark: str) -> str:
    for side in Side:
        if side in landmark.split("_"):
            return landmark.replace(side, side.opposite)
    return landmark


OPPOSITE = [LANDMARK[_opposite(name)] for name in NAMES]


def test_the_neutral_posture_is_within_every_limit():
    """Nobody needs to be able to do anything in order to stand with the arms hanging."""
    assert (LEAST <= 0).all()
    assert (MOST >= 0).all()
    assert (LEAST < MOST).all()


def test_everything_resists_being_moved():
    """A joint without stiffness would go anywhere where a contact leaves the choice."""
    assert (STIFFNESS > 0).all()
    assert len(STIFFNESS) == len(LEAST) == len(MOST) == len(ANGLES) == len(INDEX)


def test_the_places_come_first():
    """They are in metres, everything after them in degrees."""
    assert list(ANGLES)[PLACES] == ["pelvis_x", "pelvis_y", "pelvis_z"]


def test_both_sides_have_the_same_limits():
    """An angle of the left side is as far to go as that of the right one."""
    for name, angle in ANGLES.items():
        if name.startswith("left_"):
            assert ANGLES[name.replace("left_", "right_")] == angle


@pytest.mark.parametrize("name", LATERAL)
def test_the_trunk_bends_and_turns_as_far_to_either_side(name):
    """What is allowed for the left working side is allowed, mirrored, for the right one."""
    assert ANGLES[name].least == -ANGLES[name].most


@pytest.mark.parametrize(
    ("name", "working", "full"),
    [
        ("both_knee_flexion", Side.LEFT, ("left_knee_flexion", "right_knee_flexion")),
        ("both_knee_flexion", Side.RIGHT, ("left_knee_flexion", "right_knee_flexion")),
        ("working_knee_flexion", Side.RIGHT, ("right_knee_flexion",)),
        ("other_knee_flexion", Side.RIGHT, ("left_knee_flexion",)),
        ("left_knee_flexion", Side.RIGHT, ("left_knee_flexion",)),
        ("pelvis_pitch", Side.RIGHT, ("pelvis_pitch",)),
        ("hips_back", Side.LEFT, ("hips_back",)),
    ],
)
def test_a_name_stands_for_the_sides_it_says(name, working, full):
    """Working and other depend on the working side, everything else does not."""
    assert sides_of(name, working) == full


def test_lateral_angles_are_told_for_the_left_side():
    """Where the right side works the trunk does the opposite; flexion stays."""
    told = {"lumbar_bend": 10.0, "thorax_flexion": 5.0, "working_hip_flexion": 40.0}
    assert spread(told, Side.LEFT) == {
        "lumbar_bend": 10.0,
        "thorax_flexion": 5.0,
        "left_hip_flexion": 40.0,
    }
    assert spread(told, Side.RIGHT) == {
        "lumbar_bend": -10.0,
        "thorax_flexion": 5.0,
        "right_hip_flexion": 40.0,
    }


def test_there_is_no_angle_of_an_unknown_name():
    """A misspelt one is a mistake, not an angle that stays at zero."""
    with pytest.raises(KeyError, match="left_knee_bend"):
        spread({"both_knee_bend": 3.0}, Side.LEFT)


@given(posture=POSTURES)
def test_mirrored_twice_is_the_same(posture):
    """To the last bit."""
    assert np.array_equal(mirrored(mirrored(posture)), posture)


@given(posture=POSTURES)
def test_a_mirrored_posture_is_within_the_limits_too(posture):
    """Limits know no side."""
    assert (mirrored(posture) >= LEAST).all()
    assert (mirrored(posture) <= MOST).all()


@given(
    angles=st.dictionaries(
        st.sampled_from(
            [*LATERAL, "pelvis_pitch", "working_knee_flexion", "other_hip_rotation", "both_shrug"]
        ),
        st.floats(-1, 1),
    )
)
def test_what_is_told_for_the_right_side_is_the_mirror_image_of_the_left(angles):
    """Spreading for the other side and mirroring the posture are the same."""
    left, right = (np.zeros(len(ANGLES)) for _ in range(2))
    for posture, side in ((left, Side.LEFT), (right, Side.RIGHT)):
        for name, value in spread(angles, side).items():
            posture[INDEX[name]] = value
    assert mirrored(left) == pytest.approx(right, abs=0)


@settings(deadline=None)
@given(posture=POSTURES, height_m=st.floats(1.5, 1.9))
def test_a_mirrored_posture_is_seen_in_a_mirror(posture, height_m):
    """Left and right landmarks change places, x changes its sign: to a hundredth of a mm."""
    skeleton = average_skeleton(height_m)
    here = placed(skeleton, posture).landmarks
    there = placed(skeleton, mirrored(posture)).landmarks
    assert there == pytest.approx((here * [-1, 1, 1])[OPPOSITE], abs=1e-5)
