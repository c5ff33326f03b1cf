"""``formcheck store``."""

import pytest
from typer.testing import CliRunner

from formcheck.cli.app import app
from formcheck.errors import StoreError, UsageError
from formcheck.store import DATABASE, Store
from tests.store.made_up import session_record
from tests.store.test_integrity import damaged


@pytest.fixture
def folder(tmp_path):
    """Return the folder of a store with two people."""
    with Store.open(tmp_path / "sessions") as store:
        store.take_in(session_record(1))
        store.take_in(session_record(2))
        store.take_in(session_record(3, "kim"))
    return tmp_path / "sessions"


def said(*words, folder, answer=None):
    """Run a command and return what it prints."""
    done = CliRunner().invoke(app, ["store", *words, "--store", str(folder)], input=answer)
    if done.exception is not None:
        raise done.exception
    return done.output


def test_where_says_where_and_of_whom(folder):
    """The folder, its size, and everybody with their sessions."""
    output = said("where", folder=folder)
    assert str(folder) in output
    assert "MB" in output
    assert "robin: 2 sessions, the last on 2026-03-03" in output
    assert "kim: 1 session, the last on 2026-03-04" in output


def test_check_says_whole_or_what_is_lost(folder):
    """Whole; where it is not it fails and names what is lost."""
    assert "is whole" in said("check", folder=folder)
    damaged(folder / DATABASE)
    with pytest.raises(StoreError, match="of repetitions only 0"):
        said("check", folder=folder)


def test_backup_and_export_say_what_they_wrote(folder, tmp_path):
    """Both files are there."""
    for words in (["backup", tmp_path / "b.sqlite"], ["export", "kim", tmp_path / "kim.zip"]):
        assert str(words[-1]) in said(*map(str, words), folder=folder)
        assert words[-1].stat().st_size > 0


def test_nobody_is_asked_whether_to_erase_somebody_who_is_not_known(folder):
    """A slip in a name is told with the names that there are, before any question."""
    with pytest.raises(StoreError, match=r"does not know 'robim'; it knows kim, robin"):
        said("erase", "robim", folder=folder)


def test_erase_asks_first(folder):
    """With no it erases nothing; with yes, or --yes, everything of that person."""
    with pytest.raises(UsageError, match="nothing was erased"):
        said("erase", "robin", folder=folder, answer="n\n")
    with pytest.raises(UsageError, match=r"yes or no, got nothing(.|\n)*say --yes"):
        said("erase", "robin", folder=folder)
    assert "robin" in said("where", folder=folder)
    assert "erased: 2 sessions" in said("erase", "robin", folder=folder, answer="y\n")
    assert "erased: 1 session, " in said("erase", "kim", "--yes", folder=folder)
    output = said("where", folder=folder)
    assert "robin" not in output
    assert "kim" not in output


def test_where_nothing_is_kept_nothing_is_made(tmp_path):
    """A folder that is not there is named and not made."""
    with pytest.raises(StoreError, match="nothing is kept"):
        said("where", folder=tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
