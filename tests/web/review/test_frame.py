"""The frame of the therapist's pages: who comes in, and what is said where nothing is."""

import pytest

from formcheck.prescription.pain import Moment
from formcheck.store import PainRating, Store
from tests.store.made_up import BEGAN
from tests.web.review.serving import THERAPIST, served_review


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "sessions") as opened:
        yield opened


def test_everybody_is_on_the_first_page(store):
    """With who reviews."""
    store.add_pain("robin", PainRating(BEGAN, Moment.BEFORE, 3))
    with served_review(store) as server:
        status, _, body = server.request("/")
    assert status == 200
    assert b'href="/people/robin"' in body
    assert THERAPIST.encode() in body


def test_a_store_without_anybody_says_what_to_do(store):
    """The first page is no empty one."""
    with served_review(store) as server:
        assert b"open a hand-over file" in server.request("/")[2]


def test_nobody_comes_in_without_the_token(store):
    """Another program of this computer sees nothing."""
    with served_review(store) as server:
        status, _, body = server.request("/", cookie="")
    assert status == 403
    assert THERAPIST.encode() not in body


def test_a_page_that_is_not_there_says_so(store):
    """As a page, and as JSON to a page that has asked."""
    with served_review(store) as server:
        status, _, body = server.request("/nothing")
        assert (status, b"no such page" in body) == (404, True)
        status, _, body = server.request("/api/nothing")
        assert (status, b"no such thing" in body) == (404, True)
