"""A session that has ended is taken into the store."""

import time

import pytest

from formcheck.recordings import Recording
from formcheck.recordings.session_facts import SessionFolder
from formcheck.session_records import verdict_of
from formcheck.store import Store
from formcheck.web.intake import Intake
from formcheck.web.limits import PICTURES_PER_S
from tests.web.serving import bridge_plan, served, session_folder

PATIENCE_S = 20


def taken(store):
    """Wait until a session is in a store, and return its line."""
    end_s = time.monotonic() + PATIENCE_S
    while True:
        with Store.open(store) as opened:
            if lines := opened.sessions("patient"):
                return lines[0]
        assert time.monotonic() < end_s
        time.sleep(0.05)


def shown(page, n_pictures):
    """Do a set before the camera, which shows no more than the server takes."""
    page.start_set()
    for number in range(n_pictures):
        page.show(number, number * 1000 / 30)
        time.sleep(1 / PICTURES_PER_S)


def test_a_session_is_in_the_store_soon_after_its_end(tmp_path):
    """While the server goes on: with what was seen, and its folder still there."""
    with served(tmp_path, plan=bridge_plan()) as server:
        server.open()
        page = server.page()
        shown(page, 200)
        assert not (tmp_path / "formcheck.sqlite").exists()
        page.command("stop")
        page.receive_stage("summary")
        line = taken(tmp_path)
    folder = SessionFolder(session_folder(tmp_path))
    (recorded,) = folder.sets()
    with Store.open(tmp_path) as store:
        (one,) = store.session(line.id).sets
        assert one.repetitions == verdict_of(recorded)[0].repetitions
        assert line.n_repetitions == len(one.repetitions) > 0
        assert len(list(store.recording(line.id, one.name))) == len(list(Recording(recorded.path)))


def test_a_server_that_ends_at_once_has_taken_it_in(tmp_path):
    """Nobody has to wait on the page."""
    with served(tmp_path, plan=bridge_plan()) as server:
        server.open()
        page = server.page()
        shown(page, 30)
        page.command("stop")
        page.receive_stage("summary")
    with Store.open(tmp_path) as store:
        assert len(store.sessions("patient")) == 1


def test_a_store_that_cannot_be_written_costs_the_session_nothing(tmp_path, caplog):
    """It is logged; the folder of the session has everything."""
    with served(tmp_path, plan=bridge_plan()) as server:
        server.open()
        page = server.page()
        shown(page, 30)
        (tmp_path / "formcheck.sqlite").mkdir()
        page.command("stop")
        page.receive_stage("summary")
    assert "sessions stay in their folders" in caplog.text
    assert SessionFolder(session_folder(tmp_path)).is_ended


@pytest.mark.parametrize("is_under_way", [True, False])
def test_nothing_is_begun_while_somebody_exercises(tmp_path, is_under_way):
    """What has ended then waits for the end of that session."""
    with served(tmp_path, plan=bridge_plan()) as server:
        server.open()
        page = server.page()
        shown(page, 10)
        page.command("stop")
        page.receive_stage("summary")
        line = taken(tmp_path)
    (tmp_path / "formcheck.sqlite").unlink()
    intake = Intake(tmp_path, lambda: is_under_way)
    intake.begin()
    intake.close()
    with Store.open(tmp_path) as store:
        assert store.has_session(line.id) is not is_under_way
