"""An own exercise goes with the prescription that names it: whole, sealed, known everywhere."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from pydantic import ValidationError
from typer.testing import CliRunner

from formcheck.authoring import exercise_text
from formcheck.cli.app import app
from formcheck.exercises.library import load_all
from formcheck.exercises.plain import as_plain
from formcheck.exercises.schema import Exercise
from formcheck.handover import open_file, open_prescription, save
from formcheck.prescription.checks import blocks, check
from formcheck.prescription.editing_items import added
from formcheck.prescription.including import including
from formcheck.prescription.seal import SealState, canonical, sealed, state_of
from formcheck.recordings import own_exercises, prescription_file
from formcheck.recordings.session_facts import SessionFacts
from formcheck.reports.prescription_changes import changes
from formcheck.reports.prescription_words import render_prescription
from formcheck.store import Store
from formcheck.texts import Texts
from formcheck.web.programme import Programme
from formcheck.weeks import kept_of, weeks_of
from tests.prescription.own import BUILT_IN, OWN
from tests.prescription.prescriptions import EXERCISES, STARTS, prescription
from tests.robin import PLAN, ROBIN, prescribe

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
WITH_OWN = including(PLAN, OWN, "tires when standing")


@pytest.mark.parametrize("exercise", load_all().values(), ids=lambda one: one.id)
def test_plain_values_give_the_same_exercise(exercise):
    """Bounds that are open are left out, sets stand in one order: also by way of JSON."""
    plain = json.loads(json.dumps(as_plain(exercise), allow_nan=False))
    assert Exercise.model_validate(plain) == exercise


def test_it_comes_out_of_the_file_as_it_went_in(tmp_path):
    """The patient has no file of it: the prescription's own is enough."""
    path = tmp_path / "plan.toml"
    prescription_file.save(WITH_OWN, path)
    again = prescription_file.load(path)
    assert again == WITH_OWN
    assert again.own_exercises == (OWN,)


def test_it_is_sealed_along():
    """Whoever moves a bound of it voids the seal, also by way of the file."""
    whole = sealed(WITH_OWN, "A", KEY, STARTS)
    again = prescription_file.parsed(prescription_file.written(whole), "here")
    assert state_of(again) is SealState.SEALED
    moved = OWN.model_copy(update={"level": 1})
    changed = again.model_copy(update={"own_exercises": (moved,)})
    assert state_of(changed) is SealState.BROKEN


def test_a_seal_from_before_there_were_any_holds():
    """Contents without own exercises are the same bytes as ever."""
    assert b"own_exercises" not in canonical(prescription())
    assert b"own_exercises" in canonical(WITH_OWN)


def test_one_that_is_called_like_a_built_in_one_is_refused():
    """Nobody finds another exercise under a name that they know."""
    with pytest.raises(ValidationError, match="begins with own_"):
        prescription(own_exercises=(BUILT_IN,))
    with pytest.raises(ValidationError, match="twice"):
        prescription(own_exercises=(OWN, OWN))
    assert not [one for one in EXERCISES if one.startswith("own_")]


def test_it_is_known_wherever_the_prescription_is(tmp_path):
    """Checks, the plan of a day, the weeks and the words of it find it by its id."""
    found = check(WITH_OWN, EXERCISES, STARTS)
    assert not blocks(found)
    (told,) = (one for one in found if one.rule.id == "unvalidated")
    assert "Our bridge is unvalidated" in told.what
    assert "one person" in told.what
    assert "Our bridge" in render_prescription(WITH_OWN, EXERCISES, Texts.load("en"))
    with Store.open(tmp_path) as store:
        prescribe(store, WITH_OWN)
        plan = Programme(WITH_OWN, 1, EXERCISES, store).plan(STARTS)
        assert OWN in [step.exercise for step in plan.steps]
        weeks = weeks_of(kept_of(store, ROBIN, STARTS), EXERCISES, STARTS)
        assert OWN.id in [item.exercise for item in weeks.due.session.items]


def test_without_it_the_prescription_does_not_resolve():
    """An id alone is not enough: it is said that there is no such exercise."""
    bare = WITH_OWN.model_copy(update={"own_exercises": ()})
    with pytest.raises(Exception, match="there is no exercise 'own_bridge'"):
        check(bare, EXERCISES, STARTS)


def test_it_goes_over_in_a_hand_over_file_and_alone(tmp_path):
    """From the therapist to a patient who has never seen it."""
    whole = sealed(WITH_OWN, PLAN.therapist.name, KEY, STARTS)
    alone, file = tmp_path / "robin.prescription.toml", tmp_path / "robin.formcheck"
    prescription_file.save(whole, alone)
    with Store.open(tmp_path / "therapist") as theirs, Store.open(tmp_path / "patient") as mine:
        prescribe(theirs, PLAN)
        assert open_prescription(theirs, alone, STARTS).seal is SealState.SEALED
        save(theirs, ROBIN, file)
        open_file(mine, file, STARTS)
        newest = prescription_file.parsed(mine.prescription(ROBIN).toml, "here")
    assert newest.own_exercises == (OWN,)
    assert state_of(newest) is SealState.SEALED


def test_a_session_remembers_it():
    """Its facts are read back with it, bounds that are open among them."""
    facts = SessionFacts(started="2026-03-02", language="en", plan=(), own_exercises=(OWN,))
    assert SessionFacts.model_validate_json(facts.model_dump_json()) == facts


def test_an_own_exercise_that_was_made_anew_is_told():
    """Who signs the next revision knows that it counts otherwise."""
    anew = including(WITH_OWN, OWN.model_copy(update={"level": 3}), None)
    told = [str(one) for one in changes(WITH_OWN, anew, EXERCISES)]
    assert told == ["Our bridge, how it is counted and judged: as before -> made anew"]
    assert not changes(WITH_OWN, WITH_OWN, EXERCISES)


def test_an_own_exercise_that_is_added_is_taken_in():
    """The page adds it as any other; one that is built in needs no taking in."""
    assert added(PLAN, 0, OWN, "tires").own_exercises == (OWN,)
    assert added(PLAN, 0, EXERCISES["superman"], "tires").own_exercises == ()


def test_the_command_takes_it_in(tmp_path):
    """By id from beside the sessions, or as a file; the seal from before is gone."""
    path = tmp_path / "plan.toml"
    prescription_file.save(sealed(PLAN, "A", KEY, STARTS), path)
    own_exercises.save(tmp_path, OWN.id, exercise_text(OWN))
    words = ["prescription", "include", str(path), OWN.id, "--why", "tires", "--store"]
    done = CliRunner().invoke(app, [*words, str(tmp_path)])
    assert done.exception is None, done.output
    assert "unvalidated" in done.output
    changed = prescription_file.load(path)
    assert changed.own_exercises == (OWN,)
    assert all(OWN.id in [i.exercise for i in one.items] for one in changed.sessions)
    assert changed.signature is None
    again = CliRunner().invoke(app, ["prescription", "include", str(path), "own_none"])
    assert "no own exercise 'own_none'" in str(again.exception)
