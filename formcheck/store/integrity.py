"""Say whether a store is whole and, where it is not, what is lost and what to do."""

from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from formcheck.errors import StoreError
from formcheck.store import audit
from formcheck.store.database import Database, is_busy
from formcheck.store.reading import recording_of
from formcheck.store.schema import BACKUPS
from formcheck.store.summaries import contradicting, sum_up
from formcheck.store.tables import PersonRow, SessionRow, SetRow, Table
from formcheck.store.taking_in import recording_digest

_MOST_LINES = 20


def problems(database: Database, *, thorough: bool = False) -> tuple[str, ...]:
    """Return what is lost or wrong in a store, in plain words; nothing where all is well.

    Parameters
    ----------
    thorough
        Also read the whole file, every recording of poses included; a summary in the lists of
        sessions that is not what it sums up is made anew.
    """
    if thorough and (found := damage(database)):
        return found
    with database.reading() as session:
        lost = _lost_recordings(session) if thorough else []
        found = (*_loose_rows(session), *audit.problems(session), *lost)
    return (*found, *_mended_summaries(database)) if thorough else found


def damage(database: Database) -> tuple[str, ...]:
    """Return how the file itself is damaged, and what of it cannot be read.

    Raises
    ------
    StoreError
        If another program holds it for too long to tell.
    """
    try:
        with database.plain() as connection:
            found = [row[0] for row in connection.execute(f"PRAGMA quick_check({_MOST_LINES})")]
    except StoreError as error:
        if is_busy(error.__cause__):
            raise
        found = [str(error.__cause__ or error)]
    return () if found == ["ok"] else (*found, *_lost(database))


def refuse_damaged(database: Database) -> None:
    """Raise where the file is damaged: nothing should be written to it.

    Raises
    ------
    StoreError
        With what is lost and what to do.
    """
    if found := damage(database):
        lines = "\n".join(f"  {one}" for one in found)
        raise StoreError(f"{database.path} is damaged:\n{lines}\n{what_to_do(database.path)}")


def what_to_do(path: Path) -> str:
    """Return how to get on with a damaged store."""
    copies = sorted((path.parent / BACKUPS).glob("*.sqlite"))
    with_copy = f" ({copies[-1]} was made before formcheck last changed it)" if copies else ""
    return (
        f"Move {path.name} and the files whose names begin with it to another folder, and put a"
        f" backup in its place{with_copy}.\nSessions whose folders are still beside it are taken"
        " in again at the next start of `formcheck live`."
    )


def _lost(database: Database) -> list[str]:
    """Return which tables cannot be read to their end, and how much of them can."""
    lost = []
    for name in _tables(database):
        n_read = 0
        try:
            with database.plain() as connection:
                for _ in connection.execute(f'SELECT * FROM "{name}"'):
                    n_read += 1
        except StoreError:
            lost.append(f"of {name.replace('_', ' ')} only {n_read} can be read")
    return lost or ["every row can be read: a backup of it may be whole"]


def _tables(database: Database) -> list[str]:
    """Return the tables that it says that it has, or that it should have."""
    try:
        with database.plain() as connection:
            named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            return [name for (name,) in named if not name.startswith("sqlite_")]
    except StoreError:
        return list(Table.metadata.tables)


def _loose_rows(session: Session) -> list[str]:
    loose = session.connection().exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    return [
        f"row {row} of {table} goes with one of {parent} that is not there"
        for table, row, parent, _ in loose[:_MOST_LINES]
    ]


def _lost_recordings(session: Session) -> list[str]:
    sets = select(SetRow, SessionRow.started, PersonRow.pseudonym).select_from(SetRow)
    sets = sets.join(SessionRow).join(PersonRow).order_by(SetRow.id)
    return [
        f"the poses of {row.name} of {person}'s session of {started:%Y-%m-%d %H:%M} UTC are"
        " damaged; what was counted in it is there"
        for row, started, person in session.execute(sets)
        if recording_digest(recording_of(session, row.id)) != row.recording_sha256
    ]


def _mended_summaries(database: Database) -> list[str]:
    """Make summaries anew that are not what they sum up, and say of which sessions they were."""
    with database.reading() as session:
        wrong = contradicting(session)
    if wrong:
        with database.writing() as session:
            sum_up(session, wrong)
    return [
        f"the line of session {one} in lists did not say what the session says; it was made anew"
        for one in wrong[:_MOST_LINES]
    ]
