"""Say whether a store is whole and, where it is not, what is lost and what to do."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from formcheck.errors import StoreError
from formcheck.store import audit
from formcheck.store.database import Database
from formcheck.store.reading import recording_of
from formcheck.store.schema import BACKUPS
from formcheck.store.tables import PersonRow, SessionRow, SetRow, Table
from formcheck.store.taking_in import recording_digest

_MOST_LINES = 20


@dataclass(frozen=True, slots=True)
class Condition:
    """What a check came to.

    Attributes
    ----------
    is_damaged
        Whether the file itself is: nothing should be written to it.
    problems
        What is lost or wrong, in plain words; none where all is well.
    """

    is_damaged: bool
    problems: tuple[str, ...] = ()


def condition(database: Database, *, thorough: bool = False) -> Condition:
    """Return whether a store is whole.

    Parameters
    ----------
    thorough
        Also read every recording of poses: as long as reading the whole file takes.
    """
    if found := _damage(database):
        return Condition(True, (*found, *_lost(database)))
    with database.reading() as session:
        problems = [*_loose_rows(session), *audit.problems(session)]
        if thorough:
            problems += _lost_recordings(session)
    return Condition(False, tuple(problems))


def refuse_damaged(database: Database, found: Condition) -> None:
    """Raise where nothing should be written to a store.

    Raises
    ------
    StoreError
        With what is lost and what to do.
    """
    if found.is_damaged:
        lines = "\n".join(f"  {one}" for one in found.problems)
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


def _damage(database: Database) -> list[str]:
    try:
        with database.plain() as connection:
            found = [row[0] for row in connection.execute(f"PRAGMA quick_check({_MOST_LINES})")]
    except StoreError as error:
        return [str(error.__cause__ or error)]
    return [] if found == ["ok"] else found


def _lost(database: Database) -> list[str]:
    """Return which tables cannot be read to their end, and how much of them can."""
    lost = []
    for name in Table.metadata.tables:
        n_read = 0
        try:
            with database.plain() as connection:
                for _ in connection.execute(f'SELECT * FROM "{name}"'):
                    n_read += 1
        except StoreError:
            lost.append(f"of {name.replace('_', ' ')} only {n_read} can be read")
    return lost or ["every row can be read: `formcheck store export` may save them"]


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
