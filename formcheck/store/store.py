"""The store of one computer: everything that is kept of whoever exercises here."""

from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from formcheck.files import ensure_folder
from formcheck.recordings import Recording
from formcheck.store import (
    audit,
    backup,
    erasure,
    exporting,
    figures,
    merging,
    people,
    prescriptions,
    reading,
    taking_in,
)
from formcheck.store.database import Database
from formcheck.store.integrity import problems, refuse_damaged
from formcheck.store.lists import Lists
from formcheck.store.records import SessionLine, SessionRecord
from formcheck.store.said import Said
from formcheck.store.schema import migrate
from formcheck.store.statements import PrescriptionDraft, SavedPrescription

DATABASE = "formcheck.sqlite"


class Store(Lists, Said):
    """Keep and give back; every writing is done, and on the disk, when its method returns.

    People go by pseudonyms: whoever is written about for the first time is added, whoever is
    asked for and not known has nothing. The methods may be called from any thread.

    Attributes
    ----------
    folder
        Where it lies, beside the folders of the sessions.
    problems
        What the check at its opening found to be lost or wrong, in plain words.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> with Store.open(folder) as store:
    ...     draft = PrescriptionDraft("goal = 'gardening'", "5e1f", 0, "Dr Example")
    ...     saved = store.save_prescription("robin", draft)
    ...     saved.revision, [person.pseudonym for person in store.people]
    (1, ['robin'])
    """

    def __init__(self, folder: Path, database: Database, found: tuple[str, ...] = ()) -> None:
        self.folder = folder
        self.problems = found
        self._database = database

    @classmethod
    def open(cls, folder: Path, *, checks: bool = True) -> Self:
        """Open the store of a folder, and make it where there is none.

        Its folder, where it is made, is closed to other accounts. A store of an older formcheck is
        brought up to date, after a copy of it was made.

        Parameters
        ----------
        checks
            Whether to look first if it is whole.

        Raises
        ------
        StoreError
            If it is damaged, or of a newer formcheck, or cannot be written to.
        OutputError
            If the folder cannot be made.
        """
        path = ensure_folder(folder, is_private=True) / DATABASE
        database = Database(path)
        try:
            if checks and path.exists():
                refuse_damaged(database)
            migrate(path)
            found = problems(database) if checks else ()
        except BaseException:
            database.close()
            raise
        return cls(folder, database, found)

    def __enter__(self) -> Self:
        """Keep it open."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    @property
    def path(self) -> Path:
        """The database."""
        return self._database.path

    @property
    def people(self) -> tuple[people.Person, ...]:
        """Everybody that it knows, by pseudonym."""
        with self._database.reading() as session:
            return people.people(session)

    def take_in(self, record: SessionRecord) -> bool:
        """Keep a session; False, and nothing changed, where it was there already."""
        with self._database.writing() as session:
            return taking_in.take_in(session, record)

    def has_session(self, session_id: str) -> bool:
        """Whether a session was taken in."""
        with self._database.reading() as session:
            return reading.has_session(session, session_id)

    def sessions(
        self, person: str, since: datetime | None = None, until: datetime | None = None
    ) -> tuple[SessionLine, ...]:
        """Return a line for each session that began from ``since`` to before ``until``."""
        with self._database.reading() as session:
            return reading.session_lines(session, person, since, until)

    def set_figures(
        self, person: str, since: datetime | None = None, until: datetime | None = None
    ) -> tuple[figures.SetFigures, ...]:
        """Return every set, in figures, of the sessions from ``since`` to before ``until``."""
        with self._database.reading() as session:
            return figures.set_figures(session, person, since, until)

    def rules_followed(
        self, person: str, since: datetime | None = None, until: datetime | None = None
    ) -> tuple[figures.RuleFollowed, ...]:
        """Return what stop rules decided in the sessions from ``since`` to before ``until``."""
        with self._database.reading() as session:
            return figures.rules_followed(session, person, since, until)

    def session(self, session_id: str, *, poses: bool = True) -> SessionRecord:
        """Return a whole session.

        Parameters
        ----------
        poses
            False leaves the recordings of its sets empty, which is quicker.

        Raises
        ------
        StoreError
            If there is none of this id.
        """
        with self._database.reading() as session:
            return reading.session_record(session, session_id, poses=poses)

    def recording(self, session_id: str, set_name: str) -> Recording:
        """Return the poses of a set.

        Raises
        ------
        StoreError
            If there is no such set.
        """
        with self._database.reading() as session:
            contents = reading.recording_bytes(session, session_id, set_name)
        return Recording(contents, name=f"{session_id}/{set_name}")

    def save_prescription(self, person: str, draft: PrescriptionDraft) -> SavedPrescription:
        """Save a prescription as the next revision.

        Raises
        ------
        StaleRevisionError
            If another one was saved since the one that it was made from: nothing is overwritten.
        """
        with self._database.writing() as session:
            return prescriptions.save_prescription(session, person, draft)

    def prescription(self, person: str) -> SavedPrescription | None:
        """Return what is prescribed now; None where nothing was."""
        with self._database.reading() as session:
            return prescriptions.newest_prescription(session, person)

    def prescriptions(self, person: str) -> tuple[SavedPrescription, ...]:
        """Return every revision of a prescription, the oldest first."""
        with self._database.reading() as session:
            return prescriptions.prescriptions(session, person)

    def audit_trail(self) -> tuple[audit.Entry, ...]:
        """Return who did what and when, the oldest first."""
        with self._database.reading() as session:
            return audit.entries(session)

    def check(self) -> tuple[str, ...]:
        """Return what is lost or wrong, after reading everything; nothing where all is whole."""
        return problems(self._database, thorough=True)

    def backup(self, target: Path) -> Path:
        """Write a copy of the whole store, while it is in use, and return where it is.

        Raises
        ------
        OutputError
            If it cannot be written.
        """
        return backup.copy(self._database, target)

    def export(self, person: str, target: Path) -> Path:
        """Write everything that is kept of a person into a zip, and return where it is.

        Raises
        ------
        StoreError
            If nobody is called so.
        OutputError
            If it cannot be written.
        """
        with self._database.reading() as session:  # others may write meanwhile
            exporting.export(session, person, target)
        self.note_exported(person)
        return target

    def note_exported(self, person: str, as_what: str = "") -> None:
        """Note in the audit trail that something about a person was written for other software.

        Raises
        ------
        StoreError
            If nobody is called so.
        """
        with self._database.writing() as session:
            row = people.known_row(session, person)
            act = audit.Act.PERSON_EXPORTED
            audit.note(session, audit.FORMCHECK, act, row.token, as_what, "")

    def merge(self, handed: merging.HandedOver) -> merging.Merged:
        """Take over what another store holds of a person: what is new, all of it or nothing.

        Raises
        ------
        StoreError
            If something in it is nothing that a store can keep.
        """
        with self._database.writing() as session:
            return merging.merge(session, handed, self.folder)

    def note_handed_over(self, person: str, sha256: str) -> None:
        """Note in the audit trail that a file of this digest about a person was made.

        Raises
        ------
        StoreError
            If nobody is called so.
        """
        with self._database.writing() as session:
            row = people.known_row(session, person)
            audit.note(session, audit.FORMCHECK, audit.Act.HANDED_OVER, row.token, "", sha256)

    def erase(self, person: str) -> erasure.Erased:
        """Remove everything that is kept of a person; the trail keeps only that it happened.

        Raises
        ------
        StoreError
            If nobody is called so, or a session of theirs is going on.
        OutputError
            If a file of theirs cannot be removed.
        """
        return erasure.erase(self._database, person)
