"""Who does one thing wrong is told that, and not what it happens to move along."""

import pytest

from formcheck.evaluation.population import cases, outcome
from formcheck.exercises import library


@pytest.mark.parametrize(
    ("exercise_id", "done", "not_said"),
    [
        ("yoga_warrior2", "trunk_leans", "arms_drop"),
        ("pec_doorway_stretch", "arms_uneven", "elbows_low"),
        ("band_pull_apart", "arms_uneven", "arms_drop"),
        ("bird_dog", "leg_low", "trunk_shifts"),
    ],
)
def test_a_fault_is_not_taken_for_another(exercise_id, done, not_said):
    """Half again as far as its threshold it is found, and the other one is not."""
    exercise = library.find(exercise_id)
    case = next(
        case
        for case in cases(exercise, 100, noise=0.0)
        if (case.act.fault, case.act.way) == (done, 1.5)
    )
    found = outcome(exercise, case)
    judged = (*found.repetitions, *found.holds)[-1]
    names = {flag.name for flag in judged.flags}
    assert done in names
    assert not_said not in names
