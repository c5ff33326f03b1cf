"""What is asked for before anybody asks: every kind of page, in whatever state the store is."""

import gc
import re
from dataclasses import replace

import pytest

from formcheck.exercises.library import load_all
from formcheck.store import Store
from formcheck.web.access import Access
from formcheck.web.review.app import make_review_app
from formcheck.web.review.made_ready import make_ready, pages_to_ask_for
from formcheck.web.review.setting import ReviewSetting
from tests.robin import prescribe, session_on
from tests.web.review.serving import THERAPIST

# Files, what is loaded anew after a change, and what only some sessions have.
NOT_ASKED_FOR = {
    "/static/{name}",
    "/open",
    "/reports/report.css",
    "/handover/{file_id}/{name}",
    "/people/{person}/prescription.toml",
    "/people/{person}/prescription/body",
    "/api/review/recordings",
    "/api/review/demonstrations",
    "/api/review/people/{person}/agreement",
    "/api/review/sessions/{session_id}/sets/{name}/video",
}


@pytest.fixture(autouse=True)
def _thawed():
    """Let the collector of garbage look at everything again."""
    yield
    gc.unfreeze()


@pytest.fixture
def setting(tmp_path):
    with Store.open(tmp_path / "sessions") as store:
        yield ReviewSetting(store, load_all(), THERAPIST, tmp_path / "key.pem")


def answered(app, setting):
    """Return the status of every page that is asked for, by its address."""
    found = {}

    async def watched(scope, receive, send):
        async def seen(message):
            if message["type"] == "http.response.start":
                found[scope["path"]] = message["status"]
            await send(message)

        await app(scope, receive, seen)

    make_ready(watched, setting)
    return found


def pages(setting):
    """Return the application without its door."""
    return make_review_app(setting, Access(0))._app


def test_every_page_that_there_is_is_asked_for_and_answered(setting):
    """Also one that is added later: the application itself says what it has.

    Of the made-up sessions all is there but the recordings of their sets.
    """
    prescribe(setting.store)
    for number in (0, 1):
        setting.store.take_in(session_on(number))
    app, before = pages(setting), setting.store.audit_trail()
    found = answered(app, setting)
    assert setting.store.audit_trail() == before, "nobody has looked at anything yet"
    assert {path.rpartition("/")[2] for path, is_there in found.items() if is_there != 200} == {
        "curves",
        "poses",
        "wall_angel",
    }
    there = {path for path, does in app.openapi()["paths"].items() if "get" in does}
    never = {one for one in there if not any(_fits(one, path) for path in found)}
    assert never <= NOT_ASKED_FOR


def _fits(pattern, path):
    return re.fullmatch(re.sub(r"{\w+}", "[^/]+", pattern), path)


def test_a_store_without_anybody_is_ready_too(setting):
    """There is nobody to ask about, and what says so is asked for."""
    found = answered(pages(setting), setting)
    assert "/" in found
    assert set(found.values()) == {200}


def test_the_shortest_of_the_newest_sessions_is_asked_for(setting):
    """A long one would hold up the start."""
    prescribe(setting.store)
    newest, shortest = session_on(1), session_on(0)
    for one in (newest, replace(shortest, duration_s=newest.duration_s - 1)):
        setting.store.take_in(one)
    assert f"/sessions/{shortest.id}" in set(pages_to_ask_for(setting))


def test_a_page_that_fails_keeps_the_others_from_nothing(setting, caplog):
    """Who starts the pages gets them, and the log says which one is not ready."""
    asked = []

    async def failing(scope, _receive, _send):
        asked.append(scope["path"])
        if scope["path"] == "/":
            raise ZeroDivisionError

    make_ready(failing, setting)
    assert "/sessions" in asked
    assert "/ is not ready" in caplog.text


def test_what_is_loaded_is_not_looked_through_for_garbage_again(setting):
    """A full collection would hold up a request for longer than its page takes."""
    make_ready(pages(setting), setting)
    assert gc.get_freeze_count() > 0
