"""The SQLite file, opened so that nothing that was committed is lost.

Write-ahead logging lets pages be read while a session is written; ``synchronous=FULL`` puts every
commit on the disk before it returns, so that neither a killed process nor a power cut takes it
back. A writer takes its turn at its beginning (``BEGIN IMMEDIATE``), never half way.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from formcheck.errors import StoreError

BUSY_S = 10.0
_BUSY_AGAIN_S = 0.02
# The lines of ten thousand sessions take 4 MB: with SQLite's own 2 MB every search reads them anew,
# from the disk where the system has forgotten them.
_KEPT_KIB = 16 * 1024
_WRITES = "formcheck_writes"
_WHAT_TO_DO = {
    "locked": "another formcheck is writing to it for long: end it, and try again",
    "full": "the disk is full: free some space",
    "readonly": "you may not write there: check the rights of the file and its folder",
    "unable to open": "it is not there, or you may not read it: check the folder and its rights",
    "malformed": "it is damaged: `formcheck store check` says what is lost and what to do",
    "not a database": "it is damaged, or no store: `formcheck store check` says what to do",
    "disk i/o": "the disk fails: copy the folder to another one",
}


class Database:
    """One SQLite file.

    Parameters
    ----------
    path
        Made on the first opening.
    checks_references
        False only while tables are changed: a table that is made anew must take nothing with it.
    """

    def __init__(self, path: Path, *, checks_references: bool = True) -> None:
        self.path = path
        self._checks_references = checks_references
        address = URL.create("sqlite", database=str(path))
        # Who asks next gets the connection that was used last: it has read most already.
        self._engine: Engine = create_engine(
            address, connect_args={"timeout": BUSY_S}, pool_use_lifo=True
        )
        event.listen(self._engine, "connect", self._prepare)
        event.listen(self._engine, "begin", _begin)
        self._writer = self._engine.execution_options(**{_WRITES: True})

    def __enter__(self) -> Self:
        """Open on demand."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close."""
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Read one state of everything, whatever is written meanwhile.

        Raises
        ------
        StoreError
            If it cannot be read.
        """
        with self.errors(), Session(self._engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Write all of it, or nothing.

        Raises
        ------
        StoreError
            If it cannot be written.
        """
        with self.errors(), Session(self._writer) as session, session.begin():
            yield session

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """Change the tables: all of it, or nothing.

        Raises
        ------
        StoreError
            If they cannot be changed.
        """
        with self.errors(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def plain(self) -> Iterator[sqlite3.Connection]:
        """Return SQLite's own connection, outside of any transaction.

        Raises
        ------
        StoreError
            If what is done with it fails.
        """
        with self.errors(), closing(self._engine.raw_connection()) as pooled:
            connection = pooled.driver_connection
            assert isinstance(connection, sqlite3.Connection)
            yield connection

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Say what a failure means and what to do."""
        try:
            yield
        except (DatabaseError, sqlite3.DatabaseError) as error:
            reason = error.orig if isinstance(error, DatabaseError) else error
            if isinstance(reason, sqlite3.IntegrityError | sqlite3.ProgrammingError):
                raise  # a bug of ours
            raise StoreError(f"{self.path}: {_explained(str(reason))}") from error

    def _prepare(self, connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # transactions begin where `_begin` says
        _write_ahead(connection)
        references = "ON" if self._checks_references else "OFF"
        for setting in (
            "synchronous=FULL",
            "fullfsync=ON",  # macOS: down to the disk itself
            f"foreign_keys={references}",
            "secure_delete=ON",  # what is deleted is overwritten
            f"cache_size=-{_KEPT_KIB}",
        ):
            connection.execute(f"PRAGMA {setting}")


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log; while another program does so, SQLite does not wait itself."""
    until_s = time.monotonic() + BUSY_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if not is_busy(error) or time.monotonic() > until_s:
                raise
            time.sleep(_BUSY_AGAIN_S)
        else:
            return


def is_busy(error: BaseException | None) -> bool:
    """Whether another program was in the way, which says nothing of the file."""
    cause = error.orig if isinstance(error, DatabaseError) else error
    code = getattr(cause, "sqlite_errorcode", 0)
    return code & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _explained(reason: str) -> str:
    found = (todo for word, todo in _WHAT_TO_DO.items() if word in reason.lower())
    return next(found, reason)
