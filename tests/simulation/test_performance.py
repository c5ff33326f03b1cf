import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.exercises.joints import ANGLES, INDEX
from formcheck.landmarks import INDEX as LANDMARK
from formcheck.landmarks import Side
from formcheck.simulation.kinematics import placed
from formcheck.simulation.people import average_skeleton
from formcheck.simulation.performance import Performance
from formcheck.simulation.unsteadiness import trembling

KNEE = INDEX["left_knee_flexion"]
KNOTS_S = np.array([0.0, 0.1, 0.2, 0.35, 0.4, 0.5])
KNEES = np.array([0.0, 0.0, 10.0, 30.0, 30.0, 28.0])


def _performance(knees=KNEES, tremor_deg: float = 0.0) -> Performance:
    knots = np.zeros((len(KNOTS_S), len(ANGLES)))
    knots[:, KNEE] = knees
    tremor = trembling(
        {Side.LEFT: (True, False), Side.RIGHT: (False, False)},
        tremor_deg,
        np.random.default_rng(0),
        KNOTS_S,
        np.ones(len(KNOTS_S)),
    )
    return Performance("squat", "squat", average_skeleton(), KNOTS_S, knots, tremor)


def test_postures_pass_through_the_knots():
    """At a knot's time the posture is the knot's."""
    performance = _performance()
    assert performance.postures(KNOTS_S)[:, KNEE] == pytest.approx(KNEES, abs=1e-9)
    assert performance.duration_s == 0.5


def test_before_and_after_the_performance_the_body_stays():
    """As it was at the first knot, and at the last."""
    outside = _performance().postures(np.array([-3.0, 7.0]))[:, KNEE]
    assert outside == pytest.approx([0.0, 28.0])


def test_an_even_movement_is_even_between_the_knots():
    """A straight line through the knots is a straight line."""
    performance = _performance(100 * KNOTS_S)
    times = np.linspace(0, 0.5, 41)
    assert performance.postures(times)[:, KNEE] == pytest.approx(100 * times)


@given(time_s=st.floats(0, 0.499), knees=st.lists(st.floats(0, 90), min_size=6, max_size=6))
def test_neither_posture_nor_speed_jumps(time_s, knees):
    """Also at the knots: a cubic curve with the same slope on both sides."""
    postures = _performance(knees).postures(time_s + np.array([0, 1e-6, 2e-6]))[:, KNEE]
    speeds = np.diff(postures) / 1e-6
    assert abs(speeds).max() < 5000
    assert abs(speeds[1] - speeds[0]) < 5


def test_one_time_is_as_good_as_many():
    """`at`, `bodies` and the postures agree."""
    performance = _performance()
    many = performance.bodies(np.array([0.13, 0.37]))
    assert many.landmarks.shape == (2, 33, 3)
    assert performance.at(0.37).landmarks == pytest.approx(many.landmarks[1])
    alone = placed(performance.skeleton, performance.postures(np.array([0.13]))[0])
    assert alone.landmarks == pytest.approx(many.landmarks[0])


def test_only_free_limbs_tremble():
    """The left arm here; legs and the other arm are where they are without any tremor."""
    times = np.linspace(0, 0.5, 60)
    calm, trembles = (_performance(tremor_deg=size).bodies(times).landmarks for size in (0.0, 2.0))
    moved_m = np.abs(trembles - calm).max((0, 2))
    assert moved_m[LANDMARK["left_wrist"]] > 0.005
    for name in ("right_wrist", "left_knee", "left_ankle", "nose", "left_shoulder"):
        assert moved_m[LANDMARK[name]] == 0
