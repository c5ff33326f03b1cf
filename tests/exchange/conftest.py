"""A store with two people and everything that can be exported."""

import pytest

from formcheck.store import Store
from tests.exchange.made_up import fill


@pytest.fixture
def folder(tmp_path):
    """Return the folder of such a store."""
    with Store.open(tmp_path / "sessions") as store:
        fill(store)
    return tmp_path / "sessions"


@pytest.fixture
def store(folder):
    """Return such a store."""
    with Store.open(folder) as opened:
        yield opened
