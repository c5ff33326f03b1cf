"""A store of its own for every test."""

import pytest

from formcheck.store import Store


@pytest.fixture
def store(tmp_path):
    """Return an empty store in the folder of the test."""
    with Store.open(tmp_path / "sessions") as opened:
        yield opened
