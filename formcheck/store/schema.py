"""Bring the tables of a store to what this formcheck knows, after a copy of it was made."""

import sqlite3
from functools import cache
from pathlib import Path

from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine

from formcheck.errors import StoreError
from formcheck.store.backup import copy
from formcheck.store.database import Database
from formcheck.store.tables import Table

MIGRATIONS = Path(__file__).parent / "migrations"
BACKUPS = "backups"


def migrate(path: Path, migrations: Path = MIGRATIONS) -> Path | None:
    """Make the tables of a new store, or bring those of an older one up to date.

    Parameters
    ----------
    path
        The database; made where there is none.
    migrations
        The steps from schema to schema.

    Returns
    -------
    Path or None
        The copy that was made of it before; None where nothing had to be changed.

    Raises
    ------
    StoreError
        If a newer formcheck has written it, or it cannot be changed: it is then as it was.
    """
    script = _steps(migrations)
    with Database(path, checks_references=False) as database:
        found = _checked(revision(database), script, path)
        if found == script.get_current_head():
            return None
        copied = _copied(database, found) if found else None
        with database.changing() as connection:
            if _revision(connection) is None:  # nor has another program just made it
                _make(connection, migrations)
            _upgrade(connection, script)
            if lost := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
                raise StoreError(f"{path} could not be brought up to date: {lost[:3]}")
    return copied


def revision(database: Database) -> str | None:
    """Return the schema of a store; None where it has no tables."""
    with database.reading() as session:
        return _revision(session.connection())


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


@cache  # they do not change while formcheck runs
def _steps(migrations: Path) -> ScriptDirectory:
    return ScriptDirectory(migrations)


def _checked(found: str | None, script: ScriptDirectory, path: Path) -> str | None:
    known = {one.revision for one in script.walk_revisions()}
    if found is not None and found not in known:
        raise StoreError(
            f"{path} was written by a newer formcheck (schema {found}; this one knows up to"
            f" {script.get_current_head()}): update formcheck"
        )
    return found


def _copied(database: Database, found: str) -> Path:
    folder = database.path.parent / BACKUPS
    folder.mkdir(exist_ok=True)
    return copy(database, folder / f"{database.path.stem}.schema-{found}.sqlite")


def _make(connection: Connection, migrations: Path) -> None:
    for statement in _new_store(migrations):
        connection.exec_driver_sql(statement)


@cache  # all the steps take five times as long as what they come to
def _new_store(migrations: Path) -> tuple[str, ...]:
    """Return the statements that make in an empty file what all the steps come to."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        _upgrade(connection, _steps(migrations))
        connection.commit()
        made = connection.connection.driver_connection
        assert isinstance(made, sqlite3.Connection)
        statements = tuple(made.iterdump())[1:-1]  # without begin and commit
    engine.dispose()
    return statements


def _upgrade(connection: Connection, script: ScriptDirectory) -> None:
    # Alembic's own way is a file that is run on being imported; here nothing is.
    with EnvironmentContext(
        Config(),
        script,
        fn=lambda found, _: script._upgrade_revs("head", found),
        destination_rev="head",
    ) as environment:
        environment.configure(
            connection=connection, target_metadata=Table.metadata, render_as_batch=True
        )
        environment.run_migrations()
