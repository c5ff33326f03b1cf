"""Hand-over files on their way through the browser: sent, looked at, opened; saved and fetched.

A passphrase is told in a message, never in an address, and is not kept.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from formcheck.errors import FormcheckError
from formcheck.handover import (
    SUFFIX,
    Choice,
    Opened,
    look_at,
    needs_passphrase,
    open_file,
    open_prescription,
    save,
)
from formcheck.recordings import prescription_file
from formcheck.session_records import take_in_ended
from formcheck.store import Store
from formcheck.web.waiting_files import WaitingFiles

LARGEST_FILE_BYTES = 4 << 30


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file says of itself.

    Attributes
    ----------
    person
        Who it is about, as they are called in it.
    saved_at
        When it was saved; None for a prescription alone.
    is_known
        Whether somebody is called so here.
    """

    person: str
    is_known: bool
    is_prescription: bool
    saved_at: datetime | None = None
    n_sessions: int = 0
    n_videos: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """How a file is to be opened.

    Attributes
    ----------
    name
        What the file is called where it came from: to be named in messages.
    """

    name: str
    passphrase: str | None = None
    person: str | None = None
    prescription_comes_next: bool = False

    @property
    def is_prescription(self) -> bool:
        """Whether it is a prescription alone."""
        return self.name.lower().endswith(".toml")


@dataclass(frozen=True, slots=True)
class Ready:
    """A file that can be fetched."""

    id: str
    size_bytes: int
    n_sessions: int
    n_videos: int


class Exchange:
    """Take files in and give them out, for one store.

    Parameters
    ----------
    store
        Where what is new of a file goes to.

    Attributes
    ----------
    waiting
        The files that were sent, and those that can be fetched.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.waiting = WaitingFiles(store.folder)

    def needs_passphrase(self, file_id: str) -> bool:
        """Whether a file that was sent asks for one."""
        return needs_passphrase(self.waiting.path(file_id))

    def look(self, file_id: str, asked: Asked) -> Looked:
        """Return what a file says of itself; nothing is taken over.

        Raises
        ------
        FormcheckError
            If it is damaged, foreign, or asks for another passphrase.
        """
        path = self.waiting.path(file_id)
        known = {one.pseudonym for one in self._store.people}
        with _called(path, asked.name):
            if asked.is_prescription:
                person = prescription_file.load(path).person
                return Looked(person, person in known, is_prescription=True)
            manifest = look_at(path, asked.passphrase)
        return Looked(
            person=manifest.person,
            is_known=manifest.person in known,
            is_prescription=False,
            saved_at=manifest.saved_at,
            n_sessions=len(manifest.session_ids),
            n_videos=len(manifest.videos()),
        )

    def open(self, file_id: str, asked: Asked, today: date) -> Opened:
        """Take over what is new of a file; it is kept only where something was left out.

        Raises
        ------
        FormcheckError
            If it is damaged, foreign, or not to be followed: the store is as it was.
        """
        path = self.waiting.path(file_id)
        with self.waiting.lock, _called(path, asked.name):
            take_in_ended(self._store)
            if asked.is_prescription:
                done = open_prescription(self._store, path, today, person=asked.person)
            else:
                done = open_file(
                    self._store,
                    path,
                    asked.passphrase,
                    person=asked.person,
                    prescription_comes_next=asked.prescription_comes_next,
                )
        if not done.merged.conflicts:
            self.waiting.forget(file_id)
        return done

    def save(self, person: str, choice: Choice, passphrase: str | None) -> Ready:
        """Write a file that can be fetched.

        Raises
        ------
        FormcheckError
            If nobody is called so, or it cannot be written.
        """
        path = self.waiting.new()
        target = path.with_suffix(SUFFIX)
        with self.waiting.lock, _called(target, "the file"):
            take_in_ended(self._store)
            held = save(self._store, person, target, choice, passphrase)
            target.rename(path)
        n_bytes = path.stat().st_size
        return Ready(path.name, n_bytes, len(held.session_ids), len(held.videos()))


@contextmanager
def _called(path: Path, name: str) -> Iterator[None]:
    """Say in every message what the file is called for whoever chose it."""
    try:
        yield
    except FormcheckError as error:
        raise type(error)(str(error).replace(str(path), name)) from error
