"""``formcheck handover``."""

from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from formcheck.cli.app import app
from formcheck.errors import HandoverError, StoreError, UsageError
from formcheck.prescription.model import Screening
from formcheck.recordings import prescription_file
from formcheck.store import Store
from tests.handover.made_up import fill, session
from tests.robin import PLAN


@pytest.fixture
def folder(tmp_path):
    """Return the folder of a patient's store."""
    with Store.open(tmp_path / "patient") as store:
        fill(store)
    return tmp_path / "patient"


def said(*words, store, answer=None):
    """Run a command and return what it prints."""
    words = [*map(str, words), "--store", str(store)]
    done = CliRunner().invoke(app, ["handover", *words], input=answer)
    if done.exception is not None:
        raise done.exception
    return done.output


def test_a_file_goes_from_one_to_the_other(folder, tmp_path):
    """Saved with what is in it, opened with what was new, opened again with that nothing is."""
    file, there = tmp_path / "robin.formcheck", tmp_path / "therapist"
    output = said("save", "robin", file, store=folder)
    assert "2 sessions, 0 videos" in output
    assert "not encrypted" in output
    output = said("open", file, store=there)
    assert "robin: 2 new sessions" in output
    assert "robin: 1 new corrections" in output
    assert "the prescription is now revision 2, it bears no seal" in output
    assert "robin: nothing new" in said("open", file, store=there)


def test_a_passphrase_is_asked_for(folder, tmp_path):
    """Twice when the file is saved, once when it is opened; it is never shown."""
    file, there = tmp_path / "robin.formcheck", tmp_path / "therapist"
    answer = "eleven grey herons\n"
    output = said("save", "robin", file, "--encrypt", store=folder, answer=answer * 2)
    assert "not encrypted" not in output
    assert "herons" not in output
    assert "2 new sessions" in said("open", file, store=there, answer=answer)
    with pytest.raises(HandoverError, match="got another one"):
        said("open", file, "--passphrase", "twelve grey herons", store=there)


def test_without_a_terminal_a_passphrase_is_given_otherwise(folder, tmp_path):
    """The error says where; nothing is written."""
    file = tmp_path / "robin.formcheck"
    with pytest.raises(UsageError, match=r"a passphrase, got nothing(.|\n)*HANDOVER_PASSPHRASE"):
        said("save", "robin", file, "--encrypt", store=folder)
    assert not file.exists()


def test_what_was_left_out_ends_with_an_error(folder, tmp_path):
    """Everything else is taken and said."""
    file, there = tmp_path / "robin.formcheck", tmp_path / "therapist"
    said("save", "robin", file, "--since", "2026-03-01", store=folder)
    with Store.open(there) as store:
        store.take_in(session(1, events=b"{}"))
    with pytest.raises(HandoverError, match="is here with other contents") as told:
        said("open", file, store=there)
    assert told.value.exit_code == 12


def test_a_prescription_goes_along_and_only_to_its_person(folder, tmp_path):
    """It becomes the next revision on both sides; another's is refused before anything."""
    plan, file = tmp_path / "a.prescription.toml", tmp_path / "robin.formcheck"
    prescription_file.save(PLAN.model_copy(update={"person": "kim"}), plan)
    with pytest.raises(UsageError, match="is for 'kim', and not for 'robin'"):
        said("save", "robin", file, "--prescription", plan, store=folder)
    assert not file.exists()
    today = Screening(on=datetime.now(UTC).astimezone().date())  # the rules look at the calendar
    changed = {"goal": "Carry the shopping", "red_flags": today}
    prescription_file.save(PLAN.model_copy(update=changed), plan)
    output = said("save", "robin", file, "--prescription", plan, store=folder)
    assert "the prescription is now revision 3" in output
    output = said("open", file, store=tmp_path / "patient too")
    assert "the prescription is now revision 3" in output


def test_nothing_is_saved_of_nothing(tmp_path):
    """Where no store is none is made."""
    with pytest.raises(StoreError, match="nothing is kept yet"):
        said("save", "robin", tmp_path / "robin.formcheck", store=tmp_path / "none")
    assert list(tmp_path.iterdir()) == []
