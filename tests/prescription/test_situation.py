"""What may take an exercise's place, for one patient."""

import pytest

from formcheck.exercises.contraindications import ContraindicationKind
from formcheck.exercises.dose import Dose
from formcheck.landmarks import Side
from formcheck.prescription.model import Confirmed
from formcheck.prescription.situation import situation_of
from tests.prescription.prescriptions import EXERCISES, item, prescription, session

WITH_NEIGHBOURS = [
    (one.id, kind, others[0])
    for one in EXERCISES.values()
    for kind, others in (("easier", one.easier), ("harder", one.harder))
    if others
]


def programme(exercise_id: str, **given: object):
    return prescription(sessions=(session(exercise_id),), **given)


def neighbour(exercise_id: str, kind: str, **given: object) -> str | None:
    found = situation_of(item(exercise_id), programme(exercise_id, **given), EXERCISES)
    return found.easier if kind == "easier" else found.harder


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_every_exercise_can_be_prescribed_and_has_neighbours_or_says_why_not(exercise):
    """Where nothing speaks against them, the first ones of its file; a usual dose to grow to."""
    found = situation_of(item(exercise.id), programme(exercise.id), EXERCISES)
    assert found.easier == next(iter(exercise.easier), None)
    assert found.harder == next(iter(exercise.harder), None)
    assert found.easier or exercise.no_easier
    assert found.harder or exercise.no_harder
    assert (found.ceiling.repetitions is None) == (found.dose.repetitions is None)


@pytest.mark.parametrize(("exercise_id", "kind", "other"), WITH_NEIGHBOURS)
def test_contraindications_of_neighbours_bite(exercise_id, kind, other):
    """An absolute one rules it out; a caution until the therapist has confirmed it."""
    for one in EXERCISES[other].contraindications:
        conditions = frozenset({one.condition})
        assert neighbour(exercise_id, kind, conditions=conditions) != other
        word = Confirmed(condition=one.condition, exercise=other, by="A. Berg", reason="seen")
        confirmed = neighbour(exercise_id, kind, conditions=conditions, confirmed=(word,))
        assert (confirmed == other) == (one.kind is ContraindicationKind.CAUTION)


@pytest.mark.parametrize(("exercise_id", "kind", "other"), WITH_NEIGHBOURS)
def test_nobody_is_sent_where_they_cannot_go(exercise_id, kind, other):
    """To the floor who cannot get up, nor to what is not at hand."""
    found = neighbour(exercise_id, kind, gets_down_alone=False)
    assert found is None or not EXERCISES[found].needs_floor
    found = neighbour(exercise_id, kind, equipment=frozenset())
    assert found is None or not EXERCISES[found].needs
    assert EXERCISES[other].needs_floor or neighbour(exercise_id, kind, gets_down_alone=False)


def test_what_is_in_the_programme_already_is_no_step():
    """The second neighbour, or none."""
    first = EXERCISES["glute_bridge"].harder[0]
    both = prescription(sessions=(session("glute_bridge", first),))
    assert situation_of(item("glute_bridge"), both, EXERCISES).harder != first


def test_sides_that_take_turns_grow_in_twos():
    """But not where one side alone is done, nor where both do the same."""
    plan = programme("dead_bug")
    assert situation_of(item("dead_bug"), plan, EXERCISES).repetitions_step == 2
    one_side = item("dead_bug", side=Side.LEFT)
    assert situation_of(one_side, plan, EXERCISES).repetitions_step == 1
    assert situation_of(item("glute_bridge"), plan, EXERCISES).repetitions_step == 1


def test_a_dose_of_another_kind_has_nothing_to_grow_to():
    """A bridge that is held has no usual number of repetitions."""
    held = item("glute_bridge", dose=Dose(hold_s=10))
    usual = EXERCISES["glute_bridge"].usual_dose
    assert usual.repetitions
    assert situation_of(held, programme("glute_bridge"), EXERCISES).ceiling == held.dose


def test_conditions_are_the_catalogues():
    """At least one neighbour has something against it: the tests above test something."""
    assert any(EXERCISES[other].contraindications for _, _, other in WITH_NEIGHBOURS)
