"""Remove everything that is kept of a person, so that no trace is left in the files."""

import logging
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from formcheck.errors import SourceError, StoreError
from formcheck.files import output_errors
from formcheck.recordings import calibration_file, incoming_file
from formcheck.recordings.calibration_store import FOLDER as CALIBRATIONS
from formcheck.recordings.session_facts import SessionFolder, is_session
from formcheck.store import audit, drafts
from formcheck.store.database import Database
from formcheck.store.people import UNNAMED, known_row
from formcheck.store.schema import BACKUPS
from formcheck.store.tables import PersonRow, SessionRow

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Erased:
    """What was removed.

    Attributes
    ----------
    n_sessions
        Sessions of the store.
    n_folders, n_calibrations, n_backups
        Folders of sessions, files of calibrations, and copies that formcheck itself had made of
        the whole store.
    """

    n_sessions: int
    n_folders: int
    n_calibrations: int
    n_backups: int


def erase(database: Database, person: str) -> Erased:
    """Remove everything that is kept of a person in the folder of a store.

    Files first: what is left of them in the database, where this is cut off, is found again.

    Raises
    ------
    StoreError
        If nobody is called so, a session of theirs is going on, or another formcheck is in the
        middle of reading them.
    OutputError
        If a file cannot be removed.
    """
    folder = database.path.parent
    with database.reading() as session:
        row = session.scalar(select(PersonRow).where(PersonRow.pseudonym == person))
        theirs = select(SessionRow.id).where(SessionRow.person_id == (row.id if row else None))
        ids = set(session.scalars(theirs))
        others = select(PersonRow).where(PersonRow.pseudonym != person).limit(1)
        is_alone = session.scalar(others) is None
    folders = list(_journals(folder, person, ids))
    recordings = list(incoming_file.folders_of(folder, person))
    if row is None and not (folders or recordings):
        _refuse_unknown(database, person)
    calibrations = list(_calibrations(folder, person, is_alone=is_alone))
    backups = list((folder / BACKUPS).glob("*.sqlite"))
    for path in (*folders, *(one for one in recordings if one.is_dir())):
        with output_errors(path):
            shutil.rmtree(path)
    for path in (*calibrations, *backups, *(one for one in recordings if one.is_file())):
        with output_errors(path):
            path.unlink()
    with output_errors(folder):
        drafts.discard(folder, person)
    with database.writing() as session:
        if row:
            _erase_rows(session, person)
    _leave_no_trace(database)
    return Erased(len(ids), len(folders), len(calibrations), len(backups))


def _refuse_unknown(database: Database, person: str) -> None:
    with database.reading() as session:
        known_row(session, person)


def _erase_rows(session: Session, person: str) -> None:
    """Remove the person and, by that, every row that goes with them; empty what names them."""
    row = known_row(session, person)
    token = row.token
    session.execute(delete(PersonRow).where(PersonRow.id == row.id))
    audit.empty(session, token, person)


def _leave_no_trace(database: Database) -> None:
    """Write the database anew without what was removed, and empty its log."""
    with database.plain() as connection:
        connection.execute("VACUUM")
        is_busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if is_busy:
        raise StoreError(
            f"everything is removed from {database.path}, but another formcheck is reading it:"
            " until that has ended, traces are left in the file beside it"
        )


def _journals(folder: Path, person: str, ids: set[str]) -> Iterator[Path]:
    """Yield the folders of a person's sessions; some hold no more than videos of them."""
    for path in sorted(path for path in folder.glob("*") if is_session(path) or path.name in ids):
        if not is_session(path):
            yield path
            continue
        try:
            journal = SessionFolder(path)
        except SourceError as error:
            _log.warning("%s", error)
            continue
        if path.name in ids or (journal.facts.person or UNNAMED) == person:
            if journal.is_going_on:
                raise StoreError(f"a session of {person} is going on in {path}: end it first")
            yield path


def _calibrations(folder: Path, person: str, *, is_alone: bool) -> Iterator[Path]:
    """Yield a person's calibrations; those that name nobody are theirs where nobody else is."""
    for path in sorted((folder / CALIBRATIONS).glob(f"*{calibration_file.SUFFIX}")):
        try:
            named = calibration_file.load(path).person
        except SourceError as error:
            _log.warning("%s", error)
            named = ""
        if named == person or (not named and is_alone):
            yield path
