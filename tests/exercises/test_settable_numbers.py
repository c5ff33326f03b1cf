"""What may be set is shown as it is: setting a number to what it is changes nothing."""

import pytest

from formcheck.exercises.library import load_all
from formcheck.exercises.set_thresholds import SetThreshold, settable, with_thresholds
from formcheck.exercises.settable_numbers import settable_numbers

EXERCISES = load_all()


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES.keys())
def test_every_number_is_one_that_can_be_set_and_is_what_it_is(exercise):
    """Of every exercise of the library; several ways of reading it may not go with one number."""
    numbers = settable_numbers(exercise)
    assert {one.name for one in numbers} <= set(settable(exercise))
    for one in numbers:
        try:
            again = with_thresholds(exercise, [SetThreshold(one.name, one.value)])
        except ValueError:
            ways = [way.repetition.signals for way in exercise.variants if way.repetition]
            assert len(exercise.variants) > 1 or sum(map(len, ways)) > 1
            continue
        (now,) = (found for found in settable_numbers(again) if found.name == one.name)
        assert now == one


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES.keys())
def test_everything_that_can_be_set_is_shown(exercise):
    """Under its own name, or under another one of the same number."""
    shown = {one.name for one in settable_numbers(exercise)}
    ends = {name.rsplit(".", 1)[-1] for name in shown}
    rules = {name.rsplit(".", 1)[0] for name in shown}
    hidden = set(settable(exercise)) - shown
    assert all(
        name.rsplit(".", 1)[-1] in ends or name.rsplit(".", 1)[0] in rules for name in hidden
    )
