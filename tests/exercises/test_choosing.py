"""What helps to choose an exercise: what is easier or harder, who should not, what it needs."""

import json
from pathlib import Path

import pytest

from formcheck.exercises import library
from formcheck.exercises.aims import Aim
from formcheck.exercises.group import Component, Group
from formcheck.exercises.schema import Exercise, Orientation

EXERCISES = library.load_all()
SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "exercise.json"
each = pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda exercise: exercise.id)


def changed(name: str, **fields: object) -> Exercise:
    """Return a built-in exercise with other fields, checked anew."""
    return Exercise.model_validate(EXERCISES[name].model_dump() | fields)


@each
def test_easier_and_harder_exercises_exist(exercise):
    """They are built in, others than the exercise, and none is both."""
    named = {*exercise.easier, *exercise.harder}
    assert named <= set(EXERCISES) - {exercise.id}
    assert not set(exercise.easier) & set(exercise.harder)
    assert all(EXERCISES[name].level <= exercise.level for name in exercise.easier)


@each
def test_every_exercise_names_an_easier_and_a_harder_one_or_says_why_not(exercise):
    """Exactly one of both, each way."""
    assert bool(exercise.easier) is not bool(exercise.no_easier)
    assert bool(exercise.harder) is not bool(exercise.no_harder)


def test_what_is_harder_never_leads_back():
    """Nobody who goes on to what is harder comes to what was easier before."""
    harder = {name: set(one.harder) for name, one in EXERCISES.items()}
    for name, one in EXERCISES.items():
        for easier in one.easier:
            harder[easier].add(name)
    for name in EXERCISES:
        reached, ahead = set(), set(harder[name])
        while ahead:
            reached |= ahead
            ahead = set().union(*(harder[one] for one in ahead)) - reached
        assert name not in reached


@each
def test_who_cannot_get_down_has_something_else(exercise):
    """An exercise on the floor names one on a chair or standing, or says why there is none."""
    if exercise.needs_floor:
        assert bool(exercise.alternatives) is not bool(exercise.no_alternative)


@each
def test_alternatives_need_no_floor(exercise):
    """They are built in, others than the exercise, and have a way on a chair or standing."""
    assert set(exercise.alternatives) <= set(EXERCISES) - {exercise.id}
    assert [name for name in exercise.alternatives if EXERCISES[name].needs_floor] == []


@each
def test_what_is_needed_is_named_once(exercise):
    """Nothing twice, and a mat for whatever needs the floor."""
    assert len(set(exercise.needs)) == len(exercise.needs)
    assert "mat" in exercise.needs or not exercise.needs_floor


@each
def test_other_names_are_other_names(exercise):
    """None twice, and none that is the name itself."""
    names = [name.casefold() for name in (exercise.name, *exercise.synonyms)]
    assert len(set(names)) == len(names)


def test_the_floor_is_what_one_must_get_down_to():
    """Upright is not the floor; a chair's way makes an exercise possible; a file may say so."""
    assert not EXERCISES["sit_to_stand"].needs_floor
    assert EXERCISES["glute_bridge"].needs_floor
    on_all_fours, on_a_chair = EXERCISES["cat_cow"].variants
    assert (on_all_fours.needs_floor, on_a_chair.needs_floor) == (True, False)
    assert not EXERCISES["cat_cow"].needs_floor
    down, at_the_wall = EXERCISES["yoga_downward_dog"].variants
    assert Orientation.UPRIGHT not in at_the_wall.orientations
    assert (down.needs_floor, at_the_wall.needs_floor) == (True, False)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"no_easier": "None."}, "no_easier says why there is none, but heel_slide is named"),
        ({"no_harder": "None."}, "no_harder says why there is none, but bird_dog is named"),
        ({"no_alternative": "None."}, "no_alternative .* but sit_to_stand is named"),
        (
            {"contraindications": [{"condition": "glaucoma", "kind": "caution"}] * 2},
            "two contraindications are for glaucoma",
        ),
        ({"contraindications": [{"condition": "glaucma", "kind": "caution"}]}, "glaucoma"),
        ({"synonyms": ["bridge, or so"]}, "pattern"),
        ({"needs": ["chiar"]}, "chair"),
    ],
)
def test_contradictions_are_refused(fields, message):
    """A reason why there is none beside one, a condition twice, an unknown word."""
    with pytest.raises(ValueError, match=message):
        changed("glute_bridge", **fields)


def test_the_published_schema_is_what_the_command_prints():
    """`formcheck exercises schema > docs/schema/exercise.json` after a change."""
    published = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert published == Exercise.model_json_schema()


@each
def test_every_exercise_says_what_it_is_for(exercise):
    """It has a group, with it a part in a programme, and something that it helps with."""
    assert exercise.group is not None
    assert exercise.aims
    assert exercise.group.component in Component


def test_every_group_is_of_some_exercise_and_every_component_of_some_group():
    """None is empty: each can be prescribed."""
    assert {one.group for one in EXERCISES.values()} == set(Group)
    assert {group.component for group in Group} == set(Component)
    assert {aim for one in EXERCISES.values() for aim in one.aims} == set(Aim)
