"""A store of every older formcheck is brought to what this one knows."""

import shutil
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from formcheck.errors import StoreError
from formcheck.prescription.pain import Moment
from formcheck.store import DATABASE, PainRating, Store
from formcheck.store.database import Database
from formcheck.store.schema import BACKUPS, MIGRATIONS, migrate, revision
from formcheck.store.tables import Table
from tests.store.made_up import BEGAN

SCHEMAS = sorted((Path(__file__).parent / "schemas").glob("*.sql"))
LATER = """
import sqlalchemy as sa
from alembic import op

revision = "later"
down_revision = "{newest}"


def upgrade():
    with op.batch_alter_table("sessions", recreate="always") as table:
        table.add_column(sa.Column("mood", sa.String(), server_default="fine"))
    {then}
"""


def made_from(sql, folder):
    """Return the database that a file of SQL makes."""
    folder.mkdir()
    path = folder / DATABASE
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(sql.read_text(encoding="utf-8"))
    return path


def later_steps(folder, then="pass"):
    """Return steps with one more than there are: every session is written anew."""
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    code = LATER.format(newest=SCHEMAS[-1].stem, then=then)
    (folder / "versions" / "later.py").write_text(code, encoding="utf-8")
    return folder


def masters(path):
    """Return how everything in a database was made, tables apart: their columns are compared."""
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, type, sql FROM sqlite_master WHERE type != 'table'")
        return {(name, kind, " ".join((sql or "").split())) for name, kind, sql in rows}


def assert_as_in_the_code(path):
    """Check that a database has the tables that the code knows."""
    with Database(path) as database, database.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []


@pytest.mark.parametrize("sql", SCHEMAS, ids=lambda sql: sql.stem)
def test_every_schema_that_was_released_comes_up_to_date(sql, tmp_path):
    """Its tables are then those of the code and of a new store, and everything in it is there."""
    path = made_from(sql, tmp_path / "old")
    with Store.open(path.parent) as store, Store.open(tmp_path / "new") as new:
        assert store.check() == ()
        assert masters(path) == masters(new.path)
        assert [one.pseudonym for one in store.people] == ["robin"]
        (line,) = store.sessions("robin")
        (one,) = store.session(line.id).sets
        assert len(one.repetitions) == 3
        assert len(one.attempts) == len(one.holds) == len(one.faults) == 1
        assert len(one.checks) == len(one.abstentions) == 1
        assert one.poses == b"a recording"
        assert store.pain("robin")[0].moment is Moment.HURTS
        assert store.prescription("robin").revision == 1
        assert len(store.corrections(line.id)) == len(store.overrides("robin")) == 1
        assert len(store.outcomes("robin")) == len(store.screens("robin")) == 1
    assert_as_in_the_code(path)


def test_every_new_store_has_the_tables_of_the_code(tmp_path):
    """The first that is made in a process as the second, for which no step is gone through."""
    for number in range(2):
        path = tmp_path / f"{number}.sqlite"
        migrate(path)
        assert_as_in_the_code(path)
        with Database(path) as database:
            assert revision(database) == SCHEMAS[-1].stem
    assert masters(tmp_path / "0.sqlite") == masters(tmp_path / "1.sqlite")


def test_there_is_a_file_of_every_schema():
    """What is released is kept here: the newest step has its file."""
    steps = [path.stem for path in (MIGRATIONS / "versions").glob("schema_*.py")]
    assert sorted(steps) == [f"schema_{sql.stem}" for sql in SCHEMAS]


def test_before_a_change_a_copy_is_made(tmp_path):
    """The copy is what was there; a table that is written anew takes no row of others with it."""
    path = made_from(SCHEMAS[-1], tmp_path / "old")
    copied = migrate(path, later_steps(tmp_path / "steps"))
    assert copied == path.parent / BACKUPS / f"formcheck.schema-{SCHEMAS[-1].stem}.sqlite"
    with Database(copied) as before, Database(path) as after:
        assert revision(before) == SCHEMAS[-1].stem
        assert revision(after) == "later"
        with after.plain() as connection:
            assert connection.execute("SELECT mood FROM sessions").fetchall() == [("fine",)]
            assert connection.execute("SELECT count(*) FROM repetitions").fetchone() == (3,)


def test_a_change_that_fails_leaves_the_store_as_it_was(tmp_path):
    """Also where it fails at its end, or where rows would be left without what they go with."""
    path = made_from(SCHEMAS[-1], tmp_path / "old")
    for number, then in enumerate(("raise ValueError", "op.execute('DELETE FROM people')")):
        steps = later_steps(tmp_path / f"steps{number}", then)
        with pytest.raises((ValueError, StoreError)):
            migrate(path, steps)
    with Store.open(path.parent) as store:
        assert store.check() == ()
        assert len(store.sessions("robin")) == 1


def test_a_store_of_a_newer_formcheck_is_left_alone(tmp_path):
    """It is named, with what to do."""
    path = made_from(SCHEMAS[-1], tmp_path / "old")
    migrate(path, later_steps(tmp_path / "steps"))
    with pytest.raises(StoreError, match=r"newer formcheck .*update"):
        Store.open(path.parent)


def test_several_programs_open_a_new_store_at_once(tmp_path):
    """One of them makes the tables, and all of them use it."""
    together = threading.Barrier(4)

    def use(number):
        together.wait()
        with Store.open(tmp_path) as store:
            store.add_pain("robin", PainRating(BEGAN, Moment.BEFORE, number))

    with ThreadPoolExecutor(4) as programs:
        list(programs.map(use, range(4)))
    with Store.open(tmp_path) as store:
        assert {rating.value for rating in store.pain("robin")} == {0, 1, 2, 3}
        assert store.check() == ()


def test_a_new_store_needs_no_copy(tmp_path):
    """Nothing was there before, and a second opening changes nothing."""
    assert migrate(tmp_path / DATABASE) is None
    assert migrate(tmp_path / DATABASE) is None
    assert not (tmp_path / BACKUPS).exists()
