"""The page of a session, before its scripts run: whose it is, and that nothing of it is markup."""

import re

import pytest

from formcheck.store import Store
from formcheck.web.security import CONTENT_SECURITY_POLICY
from formcheck.web.shell import static_files
from tests.store.made_up import session_record
from tests.web.review.made_up_session import ID
from tests.web.review.serving import THERAPIST, served_review


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "sessions") as opened:
        opened.take_in(session_record(1))
        yield opened


def page(server, path):
    """Return the status of a page and what stands on it."""
    status, headers, body = server.request(path)
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    return status, body.decode()


def test_it_says_whose_session_it_is(store):
    """Person, day, therapist, and the ways to the person and to the report stand there at once."""
    with served_review(store) as server:
        status, html = page(server, f"/sessions/{ID}")
    assert status == 200
    report = f'href="/reports/session/robin?session={ID}"'
    for said in (f'data-session="{ID}"', 'href="/people/robin"', "2 March 2026", THERAPIST, report):
        assert said in html


@pytest.mark.parametrize("path", ["/sessions/none", f"/sessions/{ID}/beside/none"])
def test_a_session_that_is_not_there_says_so(store, path):
    """As a page, with a way back."""
    with served_review(store) as server:
        status, html = page(server, path)
    assert (status, "There is no such session" in html) == (404, True)


def test_two_people_are_never_beside_each_other(store):
    """Only sessions of the same person are compared."""
    other = session_record(2, person="sam")
    store.take_in(other)
    with served_review(store) as server:
        assert page(server, f"/sessions/{ID}/beside/{other.id}")[0] == 404
        assert page(server, f"/sessions/{ID}/beside/{ID}")[0] == 200


def test_what_stands_in_the_address_is_never_markup(store):
    """An exercise that is called like a script is shown so."""
    with served_review(store) as server:
        status, html = page(server, f"/sessions/{ID}/beside/{ID}?exercise=%3Cscript%3Ealert(1)")
    assert (status, "<script>alert" in html, "&lt;script&gt;alert" in html) == (200, False, True)


def test_the_pages_hold_no_script_and_no_style_of_their_own(store):
    """The strict policy would refuse them."""
    with served_review(store) as server:
        for path in (f"/sessions/{ID}", f"/sessions/{ID}/beside/{ID}"):
            html = page(server, path)[1]
            assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", html) == []


def test_the_scripts_never_make_markup_of_what_they_are_told():
    """Everything is built with nodes: comments and names stay text."""
    scripts = {name: file for name, file in static_files().items() if name.startswith("js/review/")}
    assert "js/review/session.js" in scripts
    for name, file in scripts.items():
        found = re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(",
                          file.read_text(encoding="utf-8"))  # fmt: skip
        assert found is None, name
