"""An exercise by showing it: rest and effort are found, what moved is ranked, it counts itself."""

import datetime
import tomllib
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from formcheck.authoring import (
    Choices,
    Demonstration,
    FaultChoice,
    Kind,
    Mark,
    Marks,
    drafted,
    exercise_text,
    proposed_marks,
    ranked,
    tried,
    watched,
)
from formcheck.authoring.courses import course
from formcheck.authoring.marks import checked
from formcheck.authoring.parts import PARTS
from formcheck.authoring.saying import says_moved
from formcheck.authoring.trial import happened
from formcheck.errors import SourceError, UsageError
from formcheck.evaluation.population.otherwise import mirrored
from formcheck.exercises import library
from formcheck.exercises.readings import Bounds, Reading, SideChoice
from formcheck.exercises.schema import Exercise
from formcheck.measures import MEASURES
from formcheck.texts import Texts
from tests.moving import FPS, moving

TODAY = datetime.date(2026, 3, 1)
NAMED = Choices(name="Shown")


@cache
def shown(exercise_id: str, n: int = 4, **how: object) -> Demonstration:
    """Return somebody who shows a built-in exercise."""
    return watched(moving(exercise_id, n, **how))


def made(demonstration: Demonstration, choices: Choices = NAMED, **how: object) -> Exercise:
    """Return the exercise that is made of it with the marks that are proposed."""
    return drafted(demonstration, proposed_marks(demonstration, **how), choices, TODAY)


def signal_of(exercise: Exercise):
    """Return what its repetitions are counted by."""
    return exercise.variants[0].repetition.signals[0]


@pytest.mark.parametrize("exercise_id", ["glute_bridge", "dead_bug", "seated_thoracic_rotation"])
@pytest.mark.parametrize("n", [2, 5])
def test_as_many_repetitions_are_found_as_are_shown(exercise_id, n):
    """Both sides together, in turn and to either side: nobody has to say how often."""
    demonstration = shown(exercise_id, n)
    marks = proposed_marks(demonstration)
    assert not marks.is_hold
    assert marks.n_repetitions == n
    kinds = [one.kind for one in marks.marks]
    assert kinds == [Kind.REST, Kind.EFFORT] * n + [Kind.REST]


def test_what_stays_where_it_went_is_held():
    """A plank of eight seconds is one posture, marked from when it is reached to when it ends."""
    marks = proposed_marks(shown("front_plank", 1))
    assert marks.is_hold
    assert marks.held_s == pytest.approx(8, abs=2)


def test_a_posture_from_beginning_to_end_is_held():
    """Where nothing moves the whole demonstration is the posture, and it is timed as that."""
    poses = moving("front_plank", 1)
    still = [(t, p) for t, p in poses if 4.0 <= t <= 9.0]
    demonstration = watched(still)
    marks = proposed_marks(demonstration)
    exercise = drafted(demonstration, marks, NAMED, TODAY)
    assert marks.is_hold
    assert tried(exercise, demonstration, marks).is_right


@pytest.mark.parametrize(
    ("exercise_id", "n"),
    [
        ("glute_bridge", 4),
        ("dead_bug", 4),
        ("sit_to_stand", 4),
        ("side_bend", 4),
        ("open_book", 3),
        ("front_plank", 1),
    ],
)
def test_an_exercise_counts_its_own_demonstration(exercise_id, n):
    """Exactly what is marked, nothing in its rest, and no fault is raised on it."""
    demonstration = shown(exercise_id, n)
    marks = proposed_marks(demonstration)
    exercise = drafted(demonstration, marks, NAMED, TODAY)
    trial = tried(exercise, demonstration, marks)
    assert trial.is_right, trial.says()
    assert trial.fault_names == ()


def test_a_demonstration_of_rest_is_not_counted():
    """Who stays in the start position for as long does nothing that counts."""
    exercise = made(shown("glute_bridge"))
    rest = moving("glute_bridge", 4)[: 2 * FPS]
    again = [(t, replace(rest[k % len(rest)][1], time_s=t)) for k in range(200) for t in [k / FPS]]
    assert not [e for e in happened(exercise, again) if type(e).__name__ == "RepetitionCompleted"]


def test_the_best_of_each_part_comes_first_and_says_why():
    """Ranked by how many times its error it moved; what goes along with it is said to."""
    demonstration = shown("sit_to_stand")
    moved = ranked(demonstration, proposed_marks(demonstration))
    parts = [one.part for one in moved]
    n_first = len(set(parts))
    assert len(set(parts[:n_first])) == n_first
    firsts = [one.errors for one in moved[:n_first]]
    assert firsts == sorted(firsts, reverse=True)
    says = [says_moved(one, Texts.load("en")) for one in moved]
    assert any("bend of the knee" in s and "degrees" in s and "times its error" in s for s in says)
    assert all(demonstration.view in one.measure.views for one in moved)


@pytest.mark.parametrize("rate_hz", [10, 30])
def test_what_leaps_from_one_sign_to_the_other_is_not_offered(rate_hz):
    """A reading that changes its sign between two pictures does not move; one that moves does."""
    times = np.arange(0, 12, 1 / rate_hz)
    moving_on = -40 * np.cos(2 * np.pi * times / 3)
    assert len(course(times, moving_on).excursions) == 4
    assert course(times, np.copysign(80.0, moving_on)) is None


def test_every_measure_belongs_to_a_part():
    """A measure that is added is offered in its place."""
    assert set(PARTS) == set(MEASURES)


@settings(max_examples=4, deadline=None)
@given(dropped=st.integers(0, 2), from_frame=st.integers(0, 15))
def test_the_frame_rate_does_not_matter(dropped, from_frame):
    """A slower camera, or one that starts later: the same measure, much the same numbers."""
    whole = signal_of(made(shown("glute_bridge")))
    poses = [one for k, one in enumerate(moving("glute_bridge", 4)) if k % 3 != dropped]
    poses = poses[from_frame:]
    start_s = poses[0][0]
    demonstration = watched((t - start_s, replace(p, time_s=t - start_s)) for t, p in poses)
    signal = signal_of(made(demonstration, Choices(name="Shown", counted_by=_as_read(whole))))
    error = MEASURES[whole.measure].expected_error
    assert signal.effort == pytest.approx(whole.effort, abs=error / 2)
    assert signal.minimum_excursion == pytest.approx(whole.minimum_excursion, abs=error / 2)


def _as_read(signal) -> Reading:
    return Reading(measure=signal.measure, side=signal.side)


SWAPPED = {SideChoice.LEFT: SideChoice.RIGHT, SideChoice.RIGHT: SideChoice.LEFT}


@pytest.mark.parametrize("exercise_id", ["glute_bridge", "dead_bug", "side_bend", "open_book"])
def test_a_mirrored_demonstration_gives_the_mirrored_exercise(exercise_id):
    """The same measure on the other side where it has one, and the same numbers."""
    seen = moving(exercise_id, 4)
    signal = signal_of(made(shown(exercise_id)))
    opposite = Reading(measure=signal.measure, side=SWAPPED.get(signal.side, signal.side))
    chosen = Choices(name="Shown", counted_by=opposite)
    other = signal_of(made(watched((t, p and mirrored(p)) for t, p in seen), chosen))
    assert other.effort == pytest.approx(signal.effort, abs=0.2)
    assert other.minimum_excursion == pytest.approx(signal.minimum_excursion, abs=0.2)


def test_marks_that_are_not_all_are_told():
    """Who marks one repetition of four is told that four are counted, three of them unmarked."""
    demonstration = shown("glute_bridge")
    first = Marks(proposed_marks(demonstration).marks[:3])
    exercise = drafted(demonstration, first, NAMED, TODAY)
    trial = tried(exercise, demonstration, first)
    assert (trial.n_counted, trial.n_marked, trial.n_elsewhere) == (4, 1, 3)
    assert not trial.is_right
    assert trial.says() == "counted 4 of 1, 3 of them where no effort is marked"


def test_a_count_that_nothing_repeats_as_often_is_refused():
    """Who says seven where four are shown is told what was seen."""
    with pytest.raises(UsageError, match=r"nothing goes out and back 7"):
        proposed_marks(shown("glute_bridge"), 7)


def test_a_fault_is_raised_beyond_its_bound_only():
    """A bound just beyond the demonstration is silent on it, one just short of it is raised."""
    demonstration = shown("sit_to_stand")
    marks = proposed_marks(demonstration)
    lean = next(m for m in ranked(demonstration, marks) if m.measure.name == "knee_flexion")
    most = max(lean.at_rest, lean.at_effort)

    def raised(bound: float) -> tuple[str, ...]:
        fault = FaultChoice(
            measure="knee_flexion", bounds=Bounds(max=bound), says="It bends.", cue="Less."
        )
        choices = Choices(name="Shown", faults=(fault,))
        return tried(
            drafted(demonstration, marks, choices, TODAY), demonstration, marks
        ).fault_names

    assert "fault_1" not in raised(most + 5)
    assert "fault_1" in raised(most / 2)


def test_a_fault_without_a_bound_is_refused():
    """It says what is wrong, and nothing would ever raise it."""
    with pytest.raises(ValidationError, match="expected a bound"):
        FaultChoice(measure="knee_flexion", bounds=Bounds(), says="x", cue="y")


@pytest.mark.parametrize("exercise_id", ["dead_bug", "front_plank"])
def test_the_file_reads_back_as_the_same_exercise(exercise_id, tmp_path):
    """And says where its numbers come from, and that nobody has validated them."""
    demonstration = shown(exercise_id, 4 if exercise_id == "dead_bug" else 1)
    marks = proposed_marks(demonstration)
    fault = FaultChoice(
        measure="trunk_inclination",
        bounds=Bounds(min=-20),
        says='The "trunk"\\ rises.',
        cue="Stay ünten.",
    )
    choices = Choices(name="Shown", instructions="One.\nTwo.", faults=(fault,))
    exercise = drafted(demonstration, marks, choices, TODAY)
    text = exercise_text(exercise, ranked(demonstration, marks))
    file = tmp_path / f"{exercise.id}.toml"
    file.write_text(text, encoding="utf-8")
    assert library.load(file) == exercise
    assert "# From a demonstration of" in text
    assert "not validated" in text
    assert "times its error" in text
    assert tomllib.loads(text)["demonstrated"]["on"] == "2026-03-01"


@pytest.mark.parametrize("exercise", library.load_all().values(), ids=lambda one: one.id)
def test_every_exercise_can_be_written_and_read_again(exercise, tmp_path):
    """Also those with motions, norms and several ways of doing them."""
    file = tmp_path / f"{exercise.id}.toml"
    file.write_text(exercise_text(exercise), encoding="utf-8")
    assert library.load(file) == exercise


def test_it_is_never_recognised_by_itself():
    """Nobody knows what else it would count: it is followed where it is asked for by name."""
    exercise = made(shown("glute_bridge"))
    assert library.searched([exercise]) == ()
    assert not exercise.is_validated
    assert exercise.id.startswith("own_")


@pytest.mark.parametrize(
    ("name", "exercise_id"),
    [
        ("Größere Übung!", "own_grossere_ubung"),
        ("体操", "own_exercise"),
        ("3 steps", "own_3_steps"),
    ],
)
def test_a_name_in_any_language_gives_an_id(name, exercise_id):
    """Plain letters, because it is the name of a file and of recordings."""
    assert Choices(name=name).exercise_id == exercise_id


def test_too_short_a_demonstration_is_refused():
    """A second is no movement."""
    with pytest.raises(SourceError, match="lasts"):
        watched(moving("glute_bridge", 4)[:FPS])


def test_a_demonstration_that_never_ends_is_refused_early():
    """A file may hold any number of poses: after ten minutes no more of them are read."""
    n_read = 0

    def endless():
        nonlocal n_read
        while True:
            n_read += 1
            yield n_read / 2, None

    with pytest.raises(SourceError, match="10 minutes"):
        watched(endless())
    assert n_read <= 2 * 600 + 3


def test_a_demonstration_of_nobody_is_refused():
    """What to do is said: the whole body must be in the picture."""
    with pytest.raises(SourceError, match="whole body"):
        watched((k / 10, None) for k in range(100))


def test_marks_outside_of_the_demonstration_are_refused():
    """They come from a page, and anything may be sent."""
    demonstration = shown("glute_bridge")
    with pytest.raises(UsageError, match="outside"):
        checked(Marks((Mark(Kind.EFFORT, 900, 900), Mark(Kind.REST, 0, 0))), demonstration)
    with pytest.raises(UsageError, match="effort"):
        checked(Marks((Mark(Kind.REST, 0, 0),)), demonstration)
