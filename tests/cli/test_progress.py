"""``formcheck prescription progress``: what comes next, and the file with what may be taken."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from typer.testing import CliRunner

from formcheck.cli.app import app
from formcheck.errors import StoreError
from formcheck.prescription.seal import SealState, sealed, state_of
from formcheck.recordings import prescription_file
from formcheck.store import Store
from tests.robin import BRIDGE, PLAN, day, session_on

RUNNER = CliRunner()


@pytest.fixture
def folder(tmp_path):
    """Return the folder of a store with three good sessions of Robin."""
    with Store.open(tmp_path / "sessions") as store:
        for number in range(3):
            store.take_in(session_on(number))
    return tmp_path / "sessions"


@pytest.fixture
def plan(tmp_path):
    """Return Robin's sealed plan as a file."""
    path = tmp_path / "plan.toml"
    prescription_file.save(sealed(PLAN, "A. Therapist", Ed25519PrivateKey.generate(), day(0)), path)
    return path


def progress(plan, folder, *words):
    """Run it on the fourth day and return what it prints."""
    asked = ["prescription", "progress", str(plan), "--store", str(folder), "--on", str(day(3))]
    result = RUNNER.invoke(app, [*asked, *words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_proposals_come_with_their_reason_and_change_nothing(plan, folder):
    """The bridge may grow by itself, the angel waits for the therapist; the file stays."""
    before = plan.read_bytes()
    angel, bridge = progress(plan, folder).split("Glute bridge")
    assert "Next time you may do 6 in each set" in bridge
    assert "Your therapist has allowed this step" in bridge
    assert "Please ask your therapist first" in angel
    assert plan.read_bytes() == before


def test_what_the_therapist_has_allowed_is_a_step_and_the_seal_stays_whole(plan, folder):
    """The bridge has its new dose, the angel its old one; what was sealed is as it was."""
    assert "1 step" in progress(plan, folder, "--apply")
    written = prescription_file.load(plan)
    assert [one.dose.repetitions for one in written.items] == [5, 6]
    assert written.sessions == PLAN.sessions
    assert state_of(written) is SealState.SEALED


def test_the_same_step_is_not_taken_twice(plan, folder):
    """The new dose has not been done yet: nothing applies, and the seal is left alone."""
    progress(plan, folder, "--apply")
    before = plan.read_bytes()
    assert "Nothing applies by itself" in progress(plan, folder, "--apply")
    assert plan.read_bytes() == before


def test_an_easier_exercise_takes_the_place_with_its_own_dose(plan, folder):
    """After two sessions with more pain; numbers that were set for the other one are gone."""
    item = BRIDGE.model_copy(update={"target": 0.4})
    session = PLAN.sessions[0].model_copy(update={"items": (PLAN.sessions[0].items[0], item)})
    prescription_file.save(PLAN.model_copy(update={"sessions": (session,)}), plan)
    with Store.open(folder) as store:
        for number in (3, 4):
            store.take_in(session_on(number, pain=(2, 5)))
    said = progress(plan, folder, "--apply")
    assert "Try an easier one for now" in said
    new = list(prescription_file.load(plan).items)[1]
    assert new.exercise != BRIDGE.exercise
    assert (new.target, new.may_progress, new.why) == (None, True, BRIDGE.why)


def test_somebody_elses_sessions_can_be_named(plan, folder):
    """Of a person whom the store does not know nothing has been done."""
    assert "3 more times" in progress(plan, folder, "--person", "somebody else")


def test_without_a_store_it_says_so(plan, tmp_path):
    """There is nothing to go by."""
    asked = ["prescription", "progress", str(plan), "--store", str(tmp_path / "none")]
    assert isinstance(RUNNER.invoke(app, asked).exception, StoreError)
