"""A folder that is watched: what is taken from it, when, and whose it is."""

import os
import time

import pytest

from formcheck.errors import UsageError
from formcheck.incoming.background import Background
from formcheck.incoming.watching import STAYS_FOR_LOOKS, Watched, Watcher, Watching
from formcheck.recordings.incoming_file import State
from tests.incoming.brought import RECORDED, queue_of, recording, worked_off

ENOUGH = STAYS_FOR_LOOKS + 1


@pytest.fixture
def queue(tmp_path):
    """Return an empty queue."""
    return queue_of(tmp_path)


@pytest.fixture
def folder(tmp_path):
    """Return a folder to watch, with a sub-folder for Robin."""
    (tmp_path / "films" / "robin").mkdir(parents=True)
    return tmp_path / "films"


def put(path, n_frames=3):
    """Put a recording somewhere, of a day that is known."""
    recording(path, "glute_bridge", n_frames=n_frames)
    os.utime(path, (RECORDED.timestamp(), RECORDED.timestamp()))
    return path


def looked(watcher, n_looks=ENOUGH):
    """Look so many times; return what was noticed, by name."""
    return {one.path.name: one.says for _ in range(n_looks) for one in watcher.look()}


def test_a_file_is_taken_when_it_has_stayed_as_it_is(queue, folder):
    """Not before, and not while it still grows."""
    watcher = Watcher(queue, Watched(folder))
    path = put(folder / "robin" / "a.poses.npz")
    assert looked(watcher, STAYS_FOR_LOOKS) == {}
    put(path, n_frames=5)
    assert looked(watcher, STAYS_FOR_LOOKS) == {}
    assert looked(watcher, 1) == {"a.poses.npz": "taken"}
    assert looked(watcher) == {}
    (facts,) = queue.listed()
    assert (facts.person, facts.name, facts.recorded) == ("robin", "a.poses.npz", RECORDED)
    assert path.exists()


def test_the_folder_itself_belongs_to_who_is_named(queue, folder):
    """Without a name it is told once, and left alone."""
    put(folder / "b.poses.npz")
    assert looked(Watcher(queue, Watched(folder)), 2 * ENOUGH).keys() == {"b.poses.npz"}
    assert queue.listed() == ()
    looked(Watcher(queue, Watched(folder, "kim")))
    assert [one.person for one in queue.listed()] == ["kim"]


def test_what_is_no_recording_is_left_alone(queue, folder, tmp_path):
    """Hidden ones, other kinds, empty ones, links, folders of folders, and what is called wrong."""
    put(folder / "robin" / ".a.poses.npz")
    (folder / "robin" / "notes.txt").write_text("x")
    (folder / "robin" / "half.mp4").touch()
    (folder / "robin" / "link.poses.npz").symlink_to(put(tmp_path / "secret.poses.npz"))
    (folder / "linked").symlink_to(tmp_path)
    (folder / "robin" / "deep").mkdir()
    put(folder / "robin" / "deep" / "b.poses.npz")
    (folder / "a<b").mkdir()
    put(folder / "a<b" / "c.poses.npz")
    noticed = looked(Watcher(queue, Watched(folder)), 2 * ENOUGH)
    assert noticed.keys() == {"c.poses.npz"}
    assert "pseudonym" in noticed["c.poses.npz"]
    assert queue.listed() == ()


def test_a_restart_reads_nothing_again(queue, folder):
    """Also what was refused; a file that has changed is another one."""
    put(folder / "robin" / "a.poses.npz")
    bad = folder / "robin" / "bad.mp4"
    bad.write_text("no film")
    assert looked(Watcher(queue, Watched(folder)))["a.poses.npz"] == "taken"
    assert looked(Watcher(queue, Watched(folder))).keys() == {"bad.mp4"}
    put(folder / "robin" / "a.poses.npz", n_frames=9)
    assert looked(Watcher(queue, Watched(folder)))["a.poses.npz"] == "taken"


@pytest.mark.parametrize("moves", [False, True])
def test_what_is_done_is_moved_only_where_that_is_asked_for(queue, folder, moves):
    """Beside it, and never over another file."""
    path = put(folder / "robin" / "a.poses.npz", n_frames=None)
    (folder / "robin" / "done").mkdir()
    (folder / "robin" / "done" / "a.poses.npz").write_text("another")
    watcher = Watcher(queue, Watched(folder, moves_done=moves))
    looked(watcher)
    assert path.exists()
    assert worked_off(queue)["a.poses.npz"].state is State.DONE
    looked(watcher)
    assert path.exists() is not moves
    moved = folder / "robin" / "done" / "a.poses-2.npz"
    assert moved.exists() is moves
    assert (folder / "robin" / "done" / "a.poses.npz").read_text() == "another"


def test_a_folder_that_goes_away_is_waited_for(queue, folder):
    """A share that is gone for a while; one that never was is said at once."""
    watcher = Watcher(queue, Watched(folder))
    (folder / "robin").rmdir()
    folder.rmdir()
    assert looked(watcher) == {}
    put_back = folder / "robin"
    put_back.mkdir(parents=True)
    put(put_back / "a.poses.npz")
    assert looked(watcher) == {"a.poses.npz": "taken"}
    with pytest.raises(UsageError, match="no folder"):
        Watcher(queue, Watched(folder / "nowhere"))


def test_watching_and_working_go_on_beside_everything_else(queue, folder, monkeypatch):
    """From the folder to a session, in a process of its own; both end when they are asked to."""
    monkeypatch.setattr("formcheck.incoming.watching.EVERY_S", 0.05)
    monkeypatch.setattr("formcheck.incoming.background.LOOKS_EVERY_S", 0.05)
    put(folder / "robin" / "a.poses.npz", n_frames=None)
    background = Background(queue)
    with Watching(Watcher(queue, Watched(folder))):
        background.start()
        for _ in range(1200):
            if any(one.is_over for one in queue.listed()):
                break
            time.sleep(0.1)
        background.close()
    (facts,) = queue.listed()
    assert (facts.state, facts.reason) == (State.DONE, "")
    assert facts.session
