"""``formcheck incoming``."""

import time

import pytest
from typer.testing import CliRunner

from formcheck.cli.app import app
from formcheck.errors import SourceError, StoreError, UsageError
from formcheck.incoming.queue import Queue
from formcheck.recordings.incoming_file import State
from tests.incoming.brought import ROBIN, recording


@pytest.fixture
def bridge(tmp_path):
    """Return a recording of bridges."""
    return recording(tmp_path / "bridge.poses.npz", "glute_bridge")


def said(*words, store):
    """Run a command and return what it prints."""
    done = CliRunner().invoke(app, ["incoming", *map(str, words), "--store", str(store)])
    if done.exception is not None:
        raise done.exception
    return done.output


def test_what_is_added_is_analysed_and_told(bridge, tmp_path):
    """The session, what was done in it, and that it was brought before."""
    store = tmp_path / "store"
    named = ("--person", "robin", "--exercise", "glute_bridge", "--recorded", "2026-03-01T08:30")
    output = said("add", bridge, *named, store=store)
    assert "Glute bridge: 3 repetitions" in output
    assert "session 2026030" in output
    assert "was brought before: session" in said("add", bridge, *named, store=store)
    assert "robin  bridge.poses.npz  session" in said("list", store=store)


def test_one_that_is_refused_does_not_keep_the_others(bridge, tmp_path):
    """Its reason is told, and it ends as one that cannot be read."""
    (tmp_path / "bad.mp4").write_text("no film")
    words = ("--person", "robin", "--exercise", "glute_bridge")
    with pytest.raises(SourceError, match=r"bad\.mp4 cannot be read"):
        said("add", tmp_path / "bad.mp4", bridge, *words, store=tmp_path / "store")
    assert "session" in said("list", store=tmp_path / "store")


def test_nothing_waits_where_nothing_is(tmp_path):
    """An empty store, and one that is not there."""
    (tmp_path / "store").mkdir()
    assert said("list", store=tmp_path / "store").strip() == "No recording waits."
    with pytest.raises(StoreError, match="nothing is kept yet"):
        said("list", store=tmp_path / "nowhere")


def test_what_was_left_half_done_is_told(bridge, tmp_path):
    """Nobody is about it: the next one who works begins it anew."""
    queue = Queue(tmp_path / "store")
    facts = queue.take_file(bridge, ROBIN).facts
    queue.change(facts.id, state=State.ANALYSING, share=0.3)
    assert "was left half done" in said("list", store=tmp_path / "store")
    with queue.working():
        assert "is being analysed, 30%" in said("list", store=tmp_path / "store")


def test_a_time_is_a_time(bridge, tmp_path):
    """Anything else is refused."""
    words = ("--person", "robin", "--recorded", "yesterday")
    with pytest.raises(UsageError, match="expected a time as"):
        said("add", bridge, *words, store=tmp_path / "store")


def test_a_folder_is_watched_until_all_of_it_is_done(tmp_path, monkeypatch):
    """With ``--once``; what is not taken is told."""
    monkeypatch.setattr("formcheck.incoming.watching.EVERY_S", 0.0)
    films = tmp_path / "films"
    (films / "robin").mkdir(parents=True)
    recording(films / "robin" / "a.poses.npz", "glute_bridge")
    recording(films / "b.poses.npz", "glute_bridge", n_frames=3)
    output = said("watch", films, "--once", "--move-done", store=tmp_path / "store")
    assert "a.poses.npz: taken" in output
    assert "b.poses.npz: nobody knows whose it is" in output
    assert "robin  a.poses.npz  session" in output
    assert (films / "robin" / "done" / "a.poses.npz").exists()


def test_the_review_takes_what_is_put_into_a_folder(tmp_path, monkeypatch):
    """While its server runs; the folder is left as it is."""
    monkeypatch.setattr("formcheck.incoming.watching.EVERY_S", 0.02)
    film = tmp_path / "films" / "robin" / "a.poses.npz"
    film.parent.mkdir(parents=True)
    recording(film, "glute_bridge", n_frames=3)
    listed = []

    def serve(_, listener, *__):
        listener.close()
        for _ in range(500):
            listed[:] = Queue(tmp_path / "store").listed()
            if listed:
                return
            time.sleep(0.02)

    monkeypatch.setattr("formcheck.web.server.serve", serve)
    words = ["review", "--no-browser", "--store", tmp_path / "store", "--watch", film.parents[1]]
    done = CliRunner().invoke(app, list(map(str, words)))
    assert done.exception is None
    assert [(one.person, one.name) for one in listed] == [("robin", "a.poses.npz")]
    assert film.exists()
