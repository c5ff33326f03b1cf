"""A therapist's numbers: what they are called, and what they change."""

import math

import pytest

from formcheck.exercises import library
from formcheck.exercises.set_thresholds import SetThreshold, settable, with_thresholds

CATALOGUE = library.load_all()


def set_to(exercise_id: str, name: str, value: float):
    """Return an exercise with one number set."""
    return with_thresholds(CATALOGUE[exercise_id], [SetThreshold(name, value)])


def rule(exercise, name):
    """Return a form rule."""
    return next(one for one in exercise.form if one.name == name)


def test_the_bound_of_a_rule_is_set_and_the_fault_moves_along():
    """Advice over 12 instead of 9.5 is a fault over 16.5 instead of 14."""
    changed = rule(set_to("glute_bridge", "over_arch", 12), "over_arch")
    assert (changed.advice.max, changed.error.max) == (12, 16.5)
    assert changed.advice.min == -math.inf


def test_a_rule_with_two_bounds_is_set_at_one_end():
    """Feet may be drawn up to 125; how far away they may be stays."""
    changed = rule(set_to("glute_bridge", "feet_misplaced.max", 125), "feet_misplaced")
    assert (changed.advice.min, changed.advice.max) == (65, 125)
    assert "feet_misplaced" not in settable(CATALOGUE["glute_bridge"])


def test_a_rule_of_both_sides_is_set_for_both():
    """A lean of 14 to either side."""
    changed = rule(set_to("seated_thoracic_rotation", "leans_sideways", 14), "leans_sideways")
    assert (changed.advice.min, changed.advice.max) == (-14, 14)
    assert (changed.error.min, changed.error.max) == (-20, 20)


def test_a_tempo_is_set():
    """A shorter time is still a tip, and no fault before that."""
    (first, *_) = set_to("glute_bridge", "drops", 0.2).tempo
    assert (first.advice_s, first.error_s) == (0.2, 0.2)


def test_what_is_counted_is_set_for_every_view():
    """A target of 30 holds from the side and obliquely."""
    signals = set_to("glute_bridge", "target", 30).variants[0].repetition.signals
    assert [one.target for one in signals] == [30, 30]


def test_a_smaller_repetition_may_count_than_the_file_lets():
    """What a therapist sets is not bounded by the file."""
    signals = set_to("glute_bridge", "minimum_excursion", 3).variants[0].repetition.signals
    assert [(one.minimum_excursion, one.least) for one in signals] == [(3, 3), (3, 3)]


def test_two_measures_are_told_apart():
    """Cat-cow is counted by the head, on a chair by the neck: which one must be said."""
    names = settable(CATALOGUE["cat_cow"])
    assert "target" not in names
    assert {"head_lift.target", "neck_flexion.target"} <= set(names)
    changed = set_to("cat_cow", "head_lift.target", -60)
    targets = [one.target for v in changed.variants for one in v.repetition.signals]
    assert targets == [-60, -60, 55, 40]


def test_the_bound_of_a_hold_is_set():
    """Hips bent by 80 are a child's pose for this person."""
    hold = set_to("child_pose", "hip_flexion.min", 80).variants[0].hold
    assert hold.conditions[0].min == 80


def test_an_unknown_name_is_told_what_there_is():
    """The message has the names that may be set."""
    with pytest.raises(ValueError, match=r"no threshold ovr_arch; expected one of .*over_arch"):
        set_to("glute_bridge", "ovr_arch", 12)


def test_what_does_not_go_together_is_refused():
    """A target short of rest is none."""
    with pytest.raises(ValueError, match="target must lie beyond"):
        set_to("glute_bridge", "target", 5)


@pytest.mark.parametrize("name", ["target", "over_arch"])
def test_degrees_that_no_body_shows_are_refused(name):
    """A slip of the keys would switch off what it was meant to set."""
    with pytest.raises(ValueError, match=r"2000 degrees of .*: expected -180 to 180"):
        set_to("glute_bridge", name, 2000)


@pytest.mark.parametrize("exercise", CATALOGUE.values(), ids=lambda one: one.id)
def test_every_number_of_every_exercise_can_be_set(exercise):
    """Each name that is offered changes the exercise, and only numbers of it."""
    assert {one.name for one in exercise.tempo} <= set(settable(exercise))
    for one in exercise.form:
        assert any(name.split(".")[0] == one.name for name in settable(exercise))
