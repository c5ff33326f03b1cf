"""Two computers: the patient's and the therapist's."""

import pytest

from formcheck.handover import sealing
from formcheck.store import Store
from tests.handover.made_up import fill


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
