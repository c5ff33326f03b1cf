"""What the benchmark of the back's outline computes, on inputs with known answers."""

import numpy as np
import pytest

from benchmarks.back_curve.fitting import foretold, interval, root_mean_square, told_apart
from benchmarks.back_curve.postures import COURSES, NEUTRAL
from benchmarks.back_curve.signs import outline_signs
from formcheck.measures import back
from formcheck.pose import OUTLINE_PLACES

PLACES = np.array(OUTLINE_PLACES)
PEOPLE = np.repeat(np.arange(6), 5)


def test_a_fit_knows_nothing_of_whom_it_is_tested_on():
    """A sign that follows the truth in the even half alone says nothing about the odd one."""
    rng = np.random.default_rng(1)
    truth = rng.normal(0, 10, len(PEOPLE))
    follows = foretold(2 * truth[:, None] + 3, truth, PEOPLE)
    assert root_mean_square(follows - truth) < 0.5
    half = np.where(PEOPLE % 2 == 0, truth, rng.normal(0, 10, len(PEOPLE)))
    errors = foretold(half[:, None], truth, PEOPLE) - truth
    assert root_mean_square(errors[PEOPLE % 2 == 1]) > 8


def test_the_interval_is_of_people_not_of_their_rows():
    """Five rows of a person that are all alike are one observation: without a spread, no width."""
    errors = np.ones(len(PEOPLE))
    assert interval(lambda some: root_mean_square(errors[some]), PEOPLE) == (1.0, 1.0)
    by_person = PEOPLE.astype(float)
    low, high = interval(lambda some: float(by_person[some].mean()), PEOPLE)
    # The standard error of the mean of six people from 0 to 5 is 0.7.
    assert (low, high) == pytest.approx((2.5 - 1.96 * 0.7, 2.5 + 1.96 * 0.7), abs=0.25)


@pytest.mark.parametrize(
    ("values", "share"), [([1, 2, 3, 4], 1.0), ([4, 3, 2, 1], 0.0), ([1, 4, 2, 3], 0.5)]
)
def test_told_apart_is_the_share_of_pairs_in_order(values, share):
    """The last two are bent, the first two are not."""
    found = told_apart(np.array(values, float), np.array([False, False, True, True]))
    assert found == pytest.approx(share)


@pytest.mark.parametrize("bow", [-0.1, 0.0, 0.15])
def test_the_angle_is_that_of_the_measure(bow):
    """What is published is of what the exercise files read."""
    outline = 0.2 + 0.1 * PLACES + 4 * bow * PLACES * (1 - PLACES)
    signs = outline_signs(outline[None])
    # Hips to the left of the picture, knees below: the back is on the left.
    read = back.back_curve((tuple(outline), tuple(outline)), (300, 100), (100, 100), (100, 200))
    assert signs["angle"][0, 0] == pytest.approx(read, abs=1e-9)
    # A straight edge has neither; a parabola has its largest distance in the middle.
    assert signs["arch"][0, 0] == pytest.approx(bow, abs=0.25 * abs(bow) + 1e-9)
    assert abs(signs["area"][0, 0]) <= abs(signs["arch"][0, 0])


@pytest.mark.parametrize("course", COURSES, ids=lambda course: course.exercise)
def test_every_course_begins_neutral_and_is_the_same_for_the_same_seed(course):
    """Everything else is measured against that posture."""
    first, again = (course.postures(np.random.default_rng(3)) for _ in range(2))
    assert first == again
    assert first[0][0] == NEUTRAL
    assert len({name for name, _ in first}) == len(first)
