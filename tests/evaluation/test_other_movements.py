"""Movements that formcheck has no exercise for are done, and none of them is taken for one."""

import pytest

from formcheck.analysis.coach import Coach
from formcheck.evaluation.population.other_movements import (
    as_exercise,
    other_cases,
    other_movements,
)
from formcheck.evaluation.population.sessions import filmed, performed
from formcheck.exercises import library
from formcheck.pipeline import Observation, Run
from formcheck.simulation.manners import MANNERS

EXERCISES = library.load_all()
MOVEMENTS = other_movements()


@pytest.mark.parametrize("movement", MOVEMENTS.values(), ids=MOVEMENTS)
def test_it_is_none_of_the_exercises(movement):
    """Its name is new, and what it is nearly like exists."""
    assert movement.name not in EXERCISES
    assert set(movement.near) <= EXERCISES.keys()


@pytest.mark.parametrize("name", ["sit-up", "biceps curl", "clamshell"])
def test_it_is_done_in_every_manner_from_each_of_its_views(name):
    """And never only rested in."""
    cases = other_cases(MOVEMENTS[name], 1)
    assert {case.act.manner for case in cases} == set(MANNERS)
    assert {case.shot.view for case in cases} == set(MOVEMENTS[name].views)
    assert not any(case.act.is_idle for case in cases)


@pytest.mark.parametrize(
    "name",
    ["jumping jack", "biceps curl", "seated arm raise", "standing back bend", "straight leg raise"],
)
def test_what_is_like_an_exercise_in_one_reading_only_is_not_that_exercise(name):
    """Hands that rise, a trunk that bows, a bent knee beside a straight one."""
    movement = MOVEMENTS[name]
    case = other_cases(movement, 1)[0]
    poses = filmed(performed(as_exercise(movement), case.act), case.act, case.shot).poses
    run = Run(Coach(library.searched(EXERCISES.values())))
    run.process(Observation(time_s, pose) for time_s, pose in poses)
    assert run.analysis().verdict.exercise is None
