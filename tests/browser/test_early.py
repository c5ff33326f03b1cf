"""On a slow computer a page is seen before its program has come: nothing done then is lost."""

from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from formcheck.handover import open_file, save, sealing
from formcheck.store import Store
from tests.browser.test_review_person import PASSPHRASE, let_in, tab
from tests.handover.made_up import fill
from tests.robin import ROBIN
from tests.web.review.test_person_page import page_on

pytestmark = pytest.mark.browser
__all__ = ["tab"]  # the fixture


@pytest.fixture(autouse=True)
def cheap_guesses(monkeypatch):
    """Derive keys quickly: how much a guess costs is tested elsewhere."""
    monkeypatch.setattr(sealing.SealingWriter.__init__, "__defaults__", (14,))


@contextmanager
def seen_before_its_program(tab, address):
    """Show a page whose modules come only when this is left."""
    held = []

    def hold(route):  # the browser is not told of anything that is no function of Python's own
        held.append(route)

    tab.route("**/static/js/review/**", hold)
    tab.goto(address, wait_until="commit")
    yield
    assert held, "no program was held back: the test would show nothing"
    tab.unroute("**/static/js/review/**")  # what is held goes on by this


@pytest.fixture
def review(tab, tmp_path):
    """Return where the therapist's pages are, with two sessions of Robin's."""
    with page_on(35, tmp_path / "review", fill=fill) as (server, _):
        let_in(tab, server)
        yield f"http://127.0.0.1:{server.port}"


def test_a_form_sent_early_is_sent_once_the_program_is_there(tab, review, tmp_path):
    """By the enter key; the browser does not try to send it by itself, and it is sent once."""
    asked = []
    tab.on("request", lambda request: asked.append(request.url) if request.method == "POST" else 0)
    page = f"{review}/people/{ROBIN}/give-back"
    with tab.expect_download() as download, seen_before_its_program(tab, page):
        for field in ("#passphrase", "#again"):
            tab.locator(field).fill(PASSPHRASE)
        tab.keyboard.press("Enter")
        assert asked == []
    download.value.save_as(tmp_path / "back.formcheck")
    with Store.open(tmp_path / "patient") as theirs:
        opened = open_file(theirs, tmp_path / "back.formcheck", PASSPHRASE, person=ROBIN)
    assert len(opened.merged.sessions) == 2
    assert len(asked) == 1


def test_a_file_chosen_early_is_sent_once_the_program_is_there(tab, review, tmp_path):
    """The page then asks for its passphrase."""
    with Store.open(tmp_path / "patient") as theirs:
        fill(theirs)
        save(theirs, ROBIN, tmp_path / "robin.formcheck", passphrase=PASSPHRASE)
    with seen_before_its_program(tab, f"{review}/handover"):
        tab.locator("#file").set_input_files(tmp_path / "robin.formcheck")
    expect(tab.locator("#passphrase")).to_be_focused()


def test_a_search_typed_early_is_done_once_the_program_is_there(tab, review):
    """Typing is the search's only sign: no button is pressed."""
    with seen_before_its_program(tab, f"{review}/sessions"):
        tab.locator("input[type=search]").fill("nobody is called so")
    expect(tab.locator("main")).to_contain_text("No session")
