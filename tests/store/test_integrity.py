"""What is said of a store that is not whole, and of one that cannot be written."""

import os
import sqlite3
import stat
from contextlib import closing

import pytest

from formcheck.errors import OutputError, StoreError
from formcheck.store import DATABASE, Store
from tests.store.made_up import session_record, set_record


def filled(folder):
    """Return the database of a store with three sessions."""
    with Store.open(folder) as store:
        for number in range(1, 4):
            store.take_in(session_record(number))
    return folder / DATABASE


def damaged(path):
    """Overwrite the page at which the repetitions begin, and return what the file is then."""
    with closing(sqlite3.connect(path)) as connection:
        (root,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'repetitions'"
        ).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    contents = bytearray(path.read_bytes())
    contents[(root - 1) * size : root * size] = b"\xff" * size
    path.write_bytes(contents)
    return bytes(contents)


def test_a_whole_store_has_no_problems(tmp_path):
    """Nothing is said where nothing is wrong."""
    filled(tmp_path)
    with Store.open(tmp_path) as store:
        assert store.problems == ()
        assert store.check() == ()


def test_a_damaged_store_says_what_is_lost(tmp_path):
    """The tables that cannot be read are named, and what to do; nothing is written to it."""
    contents = damaged(filled(tmp_path))
    with pytest.raises(StoreError) as told:
        Store.open(tmp_path)
    for word in ("damaged", "of repetitions only 0 can be read", "backup"):
        assert word in str(told.value)
    assert "of sessions" not in str(told.value)
    assert (tmp_path / DATABASE).read_bytes() == contents


def test_what_is_no_database_is_said(tmp_path):
    """A file of something else is named and left as it is."""
    (tmp_path / DATABASE).write_text("nothing of the kind" * 500)
    with pytest.raises(StoreError, match="damaged"):
        Store.open(tmp_path)
    assert (tmp_path / DATABASE).read_text() == "nothing of the kind" * 500


def test_a_file_without_tables_becomes_a_store(tmp_path):
    """Where formcheck was killed between making the file and its tables, they are made."""
    with closing(sqlite3.connect(tmp_path / DATABASE)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    with Store.open(tmp_path) as store:
        assert store.problems == store.check() == ()
        store.take_in(session_record())


def test_a_damaged_recording_is_named(tmp_path):
    """The set and session are named; what was counted in it is there."""
    path = filled(tmp_path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE pose_chunks SET data = x'00' WHERE set_id = 2 AND number = 0")
    with Store.open(tmp_path) as store:
        assert store.problems == ()
        (problem,) = store.check()
        assert "set-01-glute_bridge of robin's session of 2026-03-03 08:30" in problem
        assert len(store.session(session_record(2).id).sets[0].repetitions) == 3


def test_a_row_that_lost_its_parent_is_named(tmp_path):
    """The row and what it goes with."""
    path = filled(tmp_path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM sets WHERE id = 1")
    with Store.open(tmp_path) as store:
        problems = store.problems
        assert len(problems) == 4
        assert any("of repetitions goes with one of sets" in problem for problem in problems)


def test_a_store_that_another_one_writes_to_for_long_is_said(tmp_path, monkeypatch):
    """Whoever cannot write is told why; what the other one does is not disturbed."""
    monkeypatch.setattr("formcheck.store.database.BUSY_S", 0.1)
    path = filled(tmp_path)
    with Store.open(tmp_path) as store, closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert len(store.sessions("robin")) == 3
        with pytest.raises(StoreError, match="another formcheck"):
            store.take_in(session_record(4))
        other.rollback()
        assert store.take_in(session_record(4))


def test_a_full_disk_is_said(tmp_path):
    """What does not fit is not there, the rest is; what to do is said."""
    with Store.open(tmp_path) as store:
        store.take_in(session_record(1))
        with store._database.plain() as connection:
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count={pages + 2}")
        large = session_record(2, sets=(set_record(poses_of=os.urandom(200_000)),))
        with pytest.raises(StoreError, match="disk is full"):
            store.take_in(large)
        assert len(store.sessions("robin")) == 1
        assert store.check() == ()


def test_a_backup_is_whole_while_the_store_is_used(tmp_path):
    """It opens by itself, has what was committed, and never takes the place of the store."""
    filled(tmp_path / "sessions")
    with Store.open(tmp_path / "sessions") as store:
        target = store.backup(tmp_path / "copy" / DATABASE)
        store.take_in(session_record(9))
        with pytest.raises(OutputError, match="the store itself"):
            store.backup(store.path)
    assert [path.name for path in target.parent.iterdir()] == [DATABASE]
    with Store.open(target.parent) as again:
        assert len(again.sessions("robin")) == 3
        assert again.check() == ()


def test_a_store_that_somebody_holds_is_not_called_damaged(tmp_path, monkeypatch):
    """Whoever waits in vain is told that it is in use, and to move nothing away."""
    monkeypatch.setattr("formcheck.store.database.BUSY_S", 0.1)
    Store.open(tmp_path).close()
    holder = sqlite3.connect(tmp_path / DATABASE, isolation_level=None)
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(StoreError, match="another formcheck is writing"):
            Store.open(tmp_path)
    finally:
        holder.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows gives a folder the permissions above it")
def test_a_new_folder_is_closed_to_other_accounts(tmp_path):
    """With all that comes to lie in it; one that somebody made stays as they made it."""
    shared = tmp_path / "shared"
    shared.mkdir(0o755)
    for folder, mode in ((tmp_path / "own" / "sessions", 0o700), (shared, 0o755)):
        with Store.open(folder):
            assert stat.S_IMODE(folder.stat().st_mode) == mode
