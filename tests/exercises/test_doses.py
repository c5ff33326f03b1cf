"""What is easier, what is harder, and with how much one begins."""

import pytest

from formcheck.exercises import library
from formcheck.exercises.schema import Dose, Exercise

EXERCISES = library.load_all()


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda exercise: exercise.id)
def test_easier_and_harder_exercises_exist(exercise):
    """They are built in, others than the exercise, and none is both."""
    named = {*exercise.easier, *exercise.harder}
    assert named <= set(EXERCISES) - {exercise.id}
    assert not set(exercise.easier) & set(exercise.harder)
    assert all(EXERCISES[name].level <= exercise.level for name in exercise.easier)


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda exercise: exercise.id)
def test_every_exercise_has_a_dose_of_its_kind(exercise):
    """What is held begins with seconds, what is repeated with repetitions."""
    assert exercise.dose == exercise.starting_dose
    assert (exercise.dose.hold_s is not None) is exercise.is_hold
    assert exercise.fits(exercise.dose)


def test_without_a_dose_one_begins_carefully():
    """A file that says nothing gets one short set."""
    bridge, plank = EXERCISES["glute_bridge"], EXERCISES["front_plank"]
    assert bridge.model_copy(update={"dose": None}).starting_dose == Dose(repetitions=5)
    assert plank.model_copy(update={"dose": None}).starting_dose == Dose(hold_s=10)


def test_a_dose_is_either_repetitions_or_a_hold():
    """Not both, not neither; and of the kind that the exercise can be done in."""
    with pytest.raises(ValueError, match="either repetitions or hold_s"):
        Dose(sets=2)
    with pytest.raises(ValueError, match="either repetitions or hold_s"):
        Dose(repetitions=3, hold_s=5)
    fields = EXERCISES["glute_bridge"].model_dump() | {"dose": {"hold_s": 5}}
    with pytest.raises(ValueError, match="expected repetitions"):
        Exercise.model_validate(fields)
    assert Dose(repetitions=6).due == 6
    assert Dose(hold_s=7.5).due == 7.5
