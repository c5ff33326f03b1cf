"""Whole steps within a fifth, and what happens where a fifth is less than one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.exercises.dose import Dose
from formcheck.prescription.dose_steps import Parameter, step_down, step_up
from formcheck.prescription.volume import volume

MUCH = Dose(sets=20, repetitions=200)
LONG = Dose(sets=20, hold_s=600)


def reps(n: int, sets: int = 1) -> Dose:
    return Dose(sets=sets, repetitions=n)


def hold(seconds: float, sets: int = 1) -> Dose:
    return Dose(sets=sets, hold_s=seconds)


@pytest.mark.parametrize(("now", "then"), [(5, 6), (9, 10), (10, 12), (14, 16), (15, 18)])
def test_repetitions_grow_by_at_most_a_fifth(now, then):
    """Five is the least number that one more is a fifth of."""
    step = step_up(reps(now, 3), MUCH)
    assert step
    assert step.dose == reps(then, 3)
    assert (step.parameter, step.is_too_large) == (Parameter.REPETITIONS, False)


@pytest.mark.parametrize("now", [1, 2, 3, 4])
def test_one_repetition_that_is_more_than_a_fifth_is_said_to_be(now):
    """It is the smallest step there is: offered, and left to the therapist."""
    step = step_up(reps(now), MUCH)
    assert step
    assert (step.dose, step.is_too_large) == (reps(now + 1), True)
    assert step.growth == pytest.approx(1 / now)


@pytest.mark.parametrize(
    ("now", "then", "too_large"), [(8, 10, True), (10, 12, False), (18, 20, False)]
)
def test_sides_stay_equal(now, then, too_large):
    """Where sides take turns, repetitions come in twos: of ten, two are a fifth."""
    step = step_up(reps(now), MUCH, repetitions_step=2)
    assert step
    assert (step.dose, step.is_too_large) == (reps(then), too_large)


@pytest.mark.parametrize(
    ("now", "then"), [(5, 6), (10, 12), (20, 24), (25, 30), (30, 35), (60, 70)]
)
def test_holds_grow_by_whole_seconds_and_long_ones_by_fives(now, then):
    """Nobody holds for 37 seconds."""
    step = step_up(hold(now), LONG)
    assert step
    assert (step.dose, step.is_too_large) == (hold(then), False)


def test_repetitions_come_before_sets_and_stop_at_the_ceiling():
    """One parameter at a time, in this order, until nothing is left."""
    ceiling = reps(12, 2)
    assert step_up(reps(11), ceiling).dose == reps(12)
    step = step_up(reps(12), ceiling)
    assert (step.dose, step.parameter, step.is_too_large) == (reps(12, 2), Parameter.SETS, True)
    assert step_up(reps(12, 2), ceiling) is None
    assert step_up(reps(15, 3), ceiling) is None


def test_a_sixth_set_is_a_fifth():
    """From five sets on one more is no larger step than any other."""
    assert not step_up(reps(10, 5), reps(10, 6)).is_too_large
    assert step_up(reps(10, 4), reps(10, 5)).is_too_large


@pytest.mark.parametrize(
    ("dose", "share", "smaller"),
    [
        (reps(10), 0.3, reps(7)),
        (reps(10), 0.5, reps(5)),
        (reps(5), 0.3, reps(3)),
        (reps(3, 3), 0.5, reps(2, 3)),
        (reps(2), 0.3, reps(1)),
        (reps(1, 3), 0.3, reps(1, 2)),
        (reps(1), 0.3, None),
        (hold(10), 0.3, hold(7)),
        (hold(1), 0.5, None),
    ],
)
def test_a_smaller_dose_is_between_30_and_50_percent_smaller(dose, share, smaller):
    """Of sets where repetitions cannot be fewer; of nothing where neither can."""
    step = step_down(dose, share)
    assert (step.dose if step else None) == smaller


@pytest.mark.parametrize(("now", "then"), [(6, 4), (4, 2)])
def test_sides_stay_equal_in_less_too(now, then):
    """Fewer in twos; two alone cannot be fewer."""
    assert step_down(reps(now), 0.3, repetitions_step=2).dose == reps(then)
    assert step_down(reps(2), 0.3, repetitions_step=2) is None


_DOSES = st.one_of(
    st.builds(reps, st.integers(1, 60), st.integers(1, 8)),
    st.builds(hold, st.integers(1, 300), st.integers(1, 8)),
)


@settings(deadline=None)
@given(_DOSES, st.integers(1, 2))
def test_no_step_is_larger_than_it_says(dose, repetitions_step):
    """Within a fifth, or told to be more; only one parameter changes."""
    step = step_up(dose, LONG if dose.repetitions is None else MUCH, repetitions_step)
    assert step
    assert volume(step.dose) > volume(dose)
    assert step.is_too_large == (volume(step.dose) > 1.2 * volume(dose) + 1e-6)
    assert step.growth == pytest.approx(volume(step.dose) / volume(dose) - 1)
    changed = [one for one in Parameter if getattr(dose, one) != getattr(step.dose, one)]
    assert changed == [step.parameter]


@settings(deadline=None)
@given(_DOSES, st.sampled_from([0.3, 0.5]))
def test_no_reduction_leaves_its_bounds(dose, share):
    """By 30 to 50 %, or not at all."""
    step = step_down(dose, share)
    if step:
        assert 0.5 - 1e-9 <= volume(step.dose) / volume(dose) <= 0.7 + 1e-9
