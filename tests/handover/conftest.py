"""Two computers: the patient's and the therapist's."""

import zipfile

import pytest

from formcheck.errors import FormcheckError
from formcheck.handover import open_file, save, sealing
from formcheck.store import Store
from tests.handover.hostile import all_files
from tests.handover.made_up import fill, rows
from tests.robin import ROBIN


@pytest.fixture
def theirs(tmp_path):
    """Return the patient's store, with everything in it."""
    with Store.open(tmp_path / "patient") as store:
        fill(store)
        yield store


@pytest.fixture
def mine(tmp_path):
    """Return the therapist's store, with nothing in it."""
    with Store.open(tmp_path / "therapist") as store:
        yield store


@pytest.fixture(autouse=True)
def cheap_guesses(monkeypatch):
    """Derive keys quickly: how much a guess costs is tested once."""
    monkeypatch.setattr(sealing.SealingWriter.__init__, "__defaults__", (14,))


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Return the entries of a file as it is saved, once for all tests."""
    folder = tmp_path_factory.mktemp("saved")
    path = folder / "good.formcheck"
    with Store.open(folder / "patient") as store:
        fill(store)
        save(store, ROBIN, path)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def good(saved):
    """Return those entries, to be changed."""
    return dict(saved)


@pytest.fixture
def refuses(mine, tmp_path):
    """Return what checks that a file is refused with a reason and changes nothing."""

    def check(contents, says, passphrase=None):
        path = tmp_path / "hostile.formcheck"
        path.write_bytes(contents)
        database = mine.path.read_bytes()
        before, files = rows(mine), all_files(tmp_path)
        with pytest.raises(FormcheckError, match=says) as told:
            open_file(mine, path, passphrase)
        assert "\x1b" not in str(told.value)
        assert rows(mine) == before
        assert mine.path.read_bytes() == database
        assert all_files(tmp_path) == files

    return check
