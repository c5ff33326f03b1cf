"""Hand-over files on their way through the browser: sent, looked at, opened; saved and fetched.

They wait in a folder beside the store that nobody else may read, and are gone with this run of
formcheck at the latest. A passphrase is told in a message, never in an address, and is not kept.
"""

import secrets
import shutil
import tempfile
import time
import weakref
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from starlette.concurrency import run_in_threadpool

from formcheck.errors import FormcheckError, HandoverError, OutputError
from formcheck.files import ensure_folder
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

LARGEST_FILE_BYTES = 4 << 30
MOST_WAITING = 4
_PREFIX = ".handover-"
_PART_BYTES = 1 << 20
# What has to stay free on the disk, and for how long a folder of a run that was killed is left.
_RESERVE_BYTES = 256 << 20
_STALE_S = 24 * 3600.0


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
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = Lock()
        self._folder: Path | None = None

    async def receive(self, parts: AsyncIterator[bytes], length_bytes: int) -> str:
        """Keep what is sent until it is opened, and return its id.

        Parameters
        ----------
        length_bytes
            How many bytes are said to come; 0 where that is not said.

        Raises
        ------
        OutputError
            If there is no room for it.
        """
        path = self._new()
        self._refuse_full(length_bytes)
        try:
            with path.open("xb") as file:
                path.chmod(0o600)
                await self._written(parts, file)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return path.name

    def needs_passphrase(self, file_id: str) -> bool:
        """Whether a file that was sent asks for one."""
        return needs_passphrase(self.path(file_id))

    def look(self, file_id: str, asked: Asked) -> Looked:
        """Return what a file says of itself; nothing is taken over.

        Raises
        ------
        FormcheckError
            If it is damaged, foreign, or asks for another passphrase.
        """
        path = self.path(file_id)
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
        path = self.path(file_id)
        with self._lock, _called(path, asked.name):
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
            self.forget(file_id)
        return done

    def save(self, person: str, choice: Choice, passphrase: str | None) -> Ready:
        """Write a file that can be fetched.

        Raises
        ------
        FormcheckError
            If nobody is called so, or it cannot be written.
        """
        path = self._new()
        self._refuse_full(0)
        target = path.with_suffix(SUFFIX)
        with self._lock, _called(target, "the file"):
            take_in_ended(self._store)
            held = save(self._store, person, target, choice, passphrase)
            target.rename(path)
        n_bytes = path.stat().st_size
        return Ready(path.name, n_bytes, len(held.session_ids), len(held.videos()))

    def path(self, file_id: str) -> Path:
        """Return where a file waits.

        Raises
        ------
        HandoverError
            If it is no longer there.
        """
        waiting = {one.name: one for one in self._waiting()}
        if file_id not in waiting:
            raise HandoverError("the file is no longer here: choose it again")
        return waiting[file_id]

    def given(self, file_id: str) -> Path:
        """Return where a file lies that is given away now: nobody else can ask for it any more.

        Raises
        ------
        HandoverError
            If it is no longer there.
        """
        with self._lock:
            path = self.path(file_id)
            return path.rename(path.with_name(f".{secrets.token_urlsafe(24)}"))

    def forget(self, file_id: str) -> None:
        """Remove a file, if it is there."""
        for one in self._waiting():
            if one.name == file_id:
                one.unlink(missing_ok=True)

    def close(self) -> None:
        """Remove everything that still waits."""
        folder, self._folder = self._folder, None
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)

    async def _written(self, parts: AsyncIterator[bytes], file: BinaryIO) -> None:
        held, n_held = [], 0
        async for part in parts:
            held.append(part)
            n_held += len(part)
            if n_held >= _PART_BYTES:
                await run_in_threadpool(self._write, file, b"".join(held))
                held, n_held = [], 0
        await run_in_threadpool(self._write, file, b"".join(held))

    def _write(self, file: BinaryIO, contents: bytes) -> None:
        self._refuse_full(len(contents))
        try:
            file.write(contents)
        except OSError as error:
            raise OutputError(f"the file cannot be kept: {error.strerror}") from error

    def _waiting(self) -> list[Path]:
        if self._folder is None:
            return []
        found = self._folder.iterdir()
        return sorted(found, key=lambda one: one.stat().st_mtime)

    def _new(self) -> Path:
        """Return where the next file is to lie; of those that wait the oldest has to go."""
        with self._lock:
            if self._folder is None:
                _remove_stale(ensure_folder(self._store.folder))
                folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self._store.folder))
                # Also where nobody closes it: what waits goes with whoever waits for it.
                weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
                self._folder = folder
            for old in self._waiting()[: 1 - MOST_WAITING]:
                old.unlink(missing_ok=True)
            return self._folder / secrets.token_urlsafe(24)

    def _refuse_full(self, n_bytes: int) -> None:
        free_bytes = shutil.disk_usage(self._store.folder).free
        if n_bytes + _RESERVE_BYTES > free_bytes:
            raise OutputError(
                f"the disk has {free_bytes // 2**20} MB left, too little for this file: free some"
                " space and try again. Nothing was changed."
            )


@contextmanager
def _called(path: Path, name: str) -> Iterator[None]:
    """Say in every message what the file is called for whoever chose it."""
    try:
        yield
    except FormcheckError as error:
        raise type(error)(str(error).replace(str(path), name)) from error


def _remove_stale(folder: Path) -> None:
    """Remove what a run left behind that was killed."""
    for path in folder.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _STALE_S:
                shutil.rmtree(path)
