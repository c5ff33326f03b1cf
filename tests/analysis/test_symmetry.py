"""Left and right are compared within what the measure can tell, and not where it cannot."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck import measures
from formcheck.analysis.events import Repetition
from formcheck.analysis.movement import Movement
from formcheck.analysis.symmetry import Balance, compare
from formcheck.analysis.tracker import Tracker
from formcheck.exercises import library
from formcheck.landmarks import Side
from tests.analysis.test_coach import analyse
from tests.people import poses

EXERCISES = library.load_all()
ERROR_DEG = measures.find("trunk_lean").expected_error


def lean(side, range_deg, *, measure="trunk_lean", start_deg=0.0, end_s=2.0, is_whole=True):
    """Return a repetition of a given range; + is to the left, as the signal has it."""
    sign = -1 if side is Side.RIGHT else 1
    values = (start_deg, start_deg + sign * range_deg, sign * 30.0)
    times = (0.0, 1.0, end_s, 1.0, 0.0, end_s - 1.0)
    return Repetition(1, "v", side, *times, measure, *values, range_deg / 30, is_whole)


def both(left_deg, right_deg, n=2):
    """Return ``n`` repetitions to each side, by turns."""
    return [lean(Side.LEFT, left_deg), lean(Side.RIGHT, right_deg)] * n


def compared(repetitions, exercise="side_bend"):
    """Return the comparison of repetitions of an exercise."""
    rules = [variant.repetition for variant in EXERCISES[exercise].variants]
    return compare(repetitions, [signal for rule in rules if rule for signal in rule.signals])


@pytest.mark.parametrize(
    ("left_deg", "right_deg", "balance"),
    [
        (30, 30, Balance.NO_DIFFERENCE),
        (30, 30 - ERROR_DEG, Balance.NO_DIFFERENCE),
        (30, 29.9 - ERROR_DEG, Balance.DIFFERENCE),
        (29.9 - ERROR_DEG, 30, Balance.DIFFERENCE),
    ],
)
def test_a_difference_must_be_larger_than_the_error(left_deg, right_deg, balance):
    """Just at the expected error it is none, just beyond it is one, to either side."""
    symmetry = compared(both(left_deg, right_deg))
    assert symmetry.balance is balance
    assert symmetry.difference == pytest.approx(left_deg - right_deg)
    assert symmetry.expected_error == ERROR_DEG
    if balance is Balance.DIFFERENCE:
        assert symmetry.lesser is (Side.RIGHT if left_deg > right_deg else Side.LEFT)


@given(n=st.integers(2, 50), difference_deg=st.floats(-2 * ERROR_DEG, 2 * ERROR_DEG))
def test_more_repetitions_do_not_make_a_small_difference_real(n, difference_deg):
    """The error is that of the measure, whatever the number."""
    few, many = (compared(both(30, 30 + difference_deg, k)) for k in (2, n))
    assert many.expected_error == few.expected_error
    assert many.balance is few.balance


@given(offset_deg=st.floats(-20, 20))
def test_a_camera_that_hangs_crooked_makes_no_difference(offset_deg):
    """An offset of every reading is no asymmetry: ranges are compared."""
    repetitions = [lean(side, 25, start_deg=offset_deg) for side in (*Side, *Side)]
    assert compared(repetitions).difference == pytest.approx(0)


def test_each_side_has_its_means():
    """Number, range, share of the target and duration are those of the side's repetitions."""
    symmetry = compared([lean(Side.LEFT, 24), lean(Side.LEFT, 30, end_s=4.0), lean(Side.RIGHT, 15)])
    left, right = symmetry.left, symmetry.right
    assert (left.n_repetitions, right.n_repetitions) == (2, 1)
    assert (left.mean_range, right.mean_range) == (27, 15)
    assert (left.mean_reached, right.mean_reached) == pytest.approx((0.9, 0.5))
    assert (left.mean_duration_s, right.mean_duration_s) == (3, 2)


def test_one_repetition_to_a_side_is_too_few():
    """Two to each are enough."""
    three = [*both(30, 10, 1), lean(Side.LEFT, 30)]
    assert compared(three).balance is Balance.TOO_FEW
    assert compared([*three, lean(Side.RIGHT, 10)]).balance is Balance.DIFFERENCE


def test_one_side_alone_cannot_be_compared():
    """It is summed up, and there is no difference to speak of."""
    symmetry = compared([lean(Side.LEFT, 30)] * 3)
    assert symmetry.balance is Balance.ONE_SIDE
    assert symmetry.left.n_repetitions == 3
    assert symmetry.right is None
    assert math.isnan(symmetry.difference)


@pytest.mark.parametrize("repetitions", [[], [lean(None, 30)] * 4])
def test_an_exercise_without_sides_has_no_symmetry(repetitions):
    """A squat is done with both legs."""
    assert compared(repetitions) is None


def test_only_what_was_read_alike_is_compared():
    """A repetition read in space after the camera was moved does not spoil the comparison."""
    in_space = lean(Side.RIGHT, 80, measure="trunk_rotation")
    assert compared([*both(30, 30), in_space]) == compared(both(30, 30))


def test_a_repetition_that_was_cut_off_has_a_range_and_no_duration():
    """The recording ended on its way back."""
    cut = lean(Side.LEFT, 30, end_s=1.2, is_whole=False)
    assert compared([lean(Side.LEFT, 20), cut]).left.mean_range == 25
    assert compared([lean(Side.LEFT, 20), cut]).left.mean_duration_s == 2
    assert math.isnan(compared([cut]).left.mean_duration_s)


@pytest.mark.parametrize("mirrored", [False, True])
def test_an_even_rendered_person_is_even(mirrored):
    """The rotation of the sample clip goes equally far to both sides, in a mirror too."""
    name = "seated_thoracic_rotation"
    verdict = analyse(poses(name, mirrored=mirrored), name).verdict
    assert verdict.symmetry.balance is Balance.NO_DIFFERENCE
    assert verdict.symmetry.left.n_repetitions == verdict.symmetry.right.n_repetitions == 2
    target = EXERCISES[name].variants[0].repetition.signals[0].target
    assert {repetition.target for repetition in verdict.repetitions} == {target, -target}


@pytest.mark.parametrize(
    ("exercise", "measure", "is_near_and_far"),
    [("side_bend", "trunk_lean", False), ("bird_dog", "diagonal_reach", True)],
)
def test_limbs_seen_from_the_side_are_near_and_far(exercise, measure, is_near_and_far):
    """The trunk is one for both sides; of two legs the camera sees one better."""
    repetitions = [lean(side, 30, measure=measure) for side in (*Side, *Side)]
    assert compared(repetitions, exercise).is_near_and_far is is_near_and_far
    assert compared(repetitions, "seated_thoracic_rotation").is_near_and_far is False


def attempted(exercise_id, side):
    """Return an attempt of the exercise to one side, from 0 to 10 toward that side."""
    exercise = EXERCISES[exercise_id]
    signal = exercise.variants[0].repetition.signals[0]
    movement = Movement(0.0, 1.0, 2.0, 1.0, 0.0, 1.0, 0.0, 10.0, is_full=False, is_whole=True)
    return signal, Tracker(exercise)._attempted(2.0, movement, signal, side)


@pytest.mark.parametrize("side", Side)
def test_only_a_reading_that_swings_to_both_sides_has_a_sign_for_the_side(side):
    """A lean to the right is negative; the height of the right arm is that of the left."""
    sign = -1 if side is Side.RIGHT else 1
    signal, lean_to = attempted("side_bend", side)
    assert (lean_to.peak_value, lean_to.target) == (sign * 10.0, sign * signal.target)
    signal, reach_of = attempted("bird_dog", side)
    assert (reach_of.peak_value, reach_of.target) == (10.0, signal.target)
