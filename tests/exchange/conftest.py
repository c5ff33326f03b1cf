"""A store with two people and everything that can be exported."""

import shutil

import pytest

from formcheck.store import Store
from tests.exchange.made_up import fill


@pytest.fixture(scope="session")
def filled(tmp_path_factory):
    """Return the folder of such a store, for who only reads it."""
    folder = tmp_path_factory.mktemp("exchange") / "sessions"
    with Store.open(folder) as store:
        fill(store)
    return folder


@pytest.fixture
def folder(filled, tmp_path):
    """Return the folder of such a store, to be changed."""
    return shutil.copytree(filled, tmp_path / "sessions")


@pytest.fixture
def store(folder):
    """Return such a store, to be changed."""
    with Store.open(folder) as opened:
        yield opened


@pytest.fixture(scope="session")
def kept(filled):
    """Return such a store, for who only reads it."""
    with Store.open(filled) as opened:
        yield opened
