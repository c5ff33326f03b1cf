"""What takes long to make is made once in a run, by whichever worker needs it first."""

import os
import pickle
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

_FOLDER = "FORMCHECK_TESTS_SHARED"
_LONGEST_S = 900.0


def share(config):
    """Make the folder that all workers of this run share: in the process that starts them."""
    if _FOLDER not in os.environ:
        folder = TemporaryDirectory(prefix="formcheck-tests-")
        os.environ[_FOLDER] = folder.name  # workers inherit it
        config.add_cleanup(folder.cleanup)
        config.add_cleanup(lambda: os.environ.pop(_FOLDER))


def once(name, make):
    """Return what is made, by this worker or, a little earlier, by another.

    Parameters
    ----------
    name
        No other thing has it.
    make
        Gives what can be pickled; the same whoever calls it.
    """
    path = Path(os.environ[_FOLDER]) / f"{name}.sqlite"
    with closing(sqlite3.connect(path, timeout=_LONGEST_S, isolation_level=None)) as shared:
        shared.execute("BEGIN IMMEDIATE")  # who comes second waits here until it is made
        shared.execute("CREATE TABLE IF NOT EXISTS made (value BLOB)")
        found = shared.execute("SELECT value FROM made").fetchone()
        if found is None:
            shared.execute("INSERT INTO made VALUES (?)", [pickle.dumps(make())])
            found = shared.execute("SELECT value FROM made").fetchone()
            shared.execute("COMMIT")
        return pickle.loads(found[0])
