"""Copy a store while it is in use."""

import sqlite3
from contextlib import closing
from pathlib import Path

from formcheck.errors import OutputError
from formcheck.files import atomic_path, ensure_folder
from formcheck.store.database import Database


def copy(database: Database, target: Path) -> Path:
    """Write a copy of the whole database that can be opened by itself, and return where it is.

    Raises
    ------
    OutputError
        If it cannot be written, or is the store itself.
    """
    if target.resolve() == database.path.resolve():
        raise OutputError(f"{target} is the store itself: name another file")
    ensure_folder(target.parent)
    with atomic_path(target) as temporary, database.plain() as source:
        temporary.unlink(missing_ok=True)
        with closing(sqlite3.connect(temporary)) as copied:
            source.backup(copied)
            copied.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    return target
