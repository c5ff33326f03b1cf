"""The session that tests of the review are about is what it is said to be."""

from pathlib import Path

from formcheck.prescription.seal import SealState, state_of
from formcheck.recordings import prescription_file
from formcheck.store import SessionEnd
from tests.reviewing.made_session import DONE, FALSE_COUNT, PERSON, SESSION_ID, made_store


def test_it_is_fifteen_minutes_of_six_exercises_with_five_faults(tmp_path):
    """What was done wrong on purpose is what the machine has found, and nothing else."""
    with made_store(tmp_path) as store:
        session = store.session(SESSION_ID)
    assert session.end is SessionEnd.FINISHED
    assert 13 * 60 < session.duration_s < 17 * 60
    assert len({one.exercise for one in session.sets}) == 6
    assert 12 <= len(session.sets) <= 15
    found = {(one.exercise, one.set_number): [f.name for f in one.faults] for one in session.sets}
    meant = {key: list(done.faults.values()) for key, done in DONE.items()}
    assert found == {key: meant.get(key, []) for key in found}
    assert sum(map(len, found.values())) == 5


def test_one_repetition_was_none(tmp_path):
    """Where the mat was put straight the machine has counted one, smaller than the others."""
    with made_store(tmp_path) as store:
        sets = {one.name: one for one in store.session(SESSION_ID).sets}
    name, number = FALSE_COUNT
    reached = {one.number: one.reached for one in sets[name].repetitions}
    assert min(reached, key=reached.__getitem__) == number


def test_it_is_prescribed_and_sealed(tmp_path: Path):
    """The prescription that it follows has its seal."""
    with made_store(tmp_path) as store:
        saved = store.prescription(PERSON)
    plan = prescription_file.parsed(saved.toml, "the store")
    assert state_of(plan) is SealState.SEALED
    assert saved.signed_by == plan.signature.name
