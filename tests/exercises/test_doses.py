"""With how much one begins, and what is usual."""

import pytest

from formcheck.exercises import library
from formcheck.exercises.schema import Dose, Exercise

EXERCISES = library.load_all()


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda exercise: exercise.id)
def test_every_exercise_has_a_dose_of_its_kind(exercise):
    """What is held begins with seconds, what is repeated with repetitions."""
    assert exercise.dose == exercise.starting_dose
    assert (exercise.dose.hold_s is not None) is exercise.is_hold
    assert exercise.fits(exercise.dose)


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda exercise: exercise.id)
def test_what_is_usual_is_no_less_than_what_one_begins_with(exercise):
    """Of the same kind, in as many sets, and more of it in all."""
    first, usual = exercise.dose, exercise.usual_dose
    assert (usual.hold_s is None) is (first.hold_s is None)
    assert usual.sets >= first.sets
    assert usual.sets * usual.due > first.sets * first.due


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
    fields = EXERCISES["heel_slide"].model_dump() | {"dose": {"hold_s": 5}}
    with pytest.raises(ValueError, match=r"the dose does not fit .* expected repetitions"):
        Exercise.model_validate(fields)
    fields |= {"dose": None, "usual_dose": {"hold_s": 5}}
    with pytest.raises(ValueError, match=r"the usual_dose does not fit .* expected repetitions"):
        Exercise.model_validate(fields)
    assert Dose(repetitions=6).due == 6
    assert Dose(hold_s=7.5).due == 7.5
