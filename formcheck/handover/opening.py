"""Open a hand-over file, or a prescription alone, and take what is new of it into the store."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO, cast

from formcheck.errors import HandoverError, PrescriptionError, unread
from formcheck.exercises.library import load_all
from formcheck.files import atomic_path, ensure_folder, sha256_of
from formcheck.handover.archive import Archive, refused
from formcheck.handover.contents import Contents, contents_of
from formcheck.handover.manifest import Manifest, session_file
from formcheck.handover.revisions import next_revision
from formcheck.handover.sealing import MAGIC, UnsealedReader, is_sealed
from formcheck.prescription.checks import blocks, check
from formcheck.prescription.model import Prescription
from formcheck.prescription.seal import SealState, state_of
from formcheck.recordings import prescription_file
from formcheck.store import Merged, Store

_ZIP = b"PK\x03\x04"
_MOST_PRESCRIPTION_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of opening a file.

    Attributes
    ----------
    person
        Who it is about, as they are called here.
    manifest
        Of a hand-over file; None for a prescription alone.
    merged
        What was new, and what was left out.
    videos
        Those that are new, where they lie now.
    seal
        What the seal of its newest prescription is worth; None where it holds none.
    """

    person: str
    manifest: Manifest | None
    merged: Merged
    videos: tuple[Path, ...] = ()
    seal: SealState | None = None


def needs_passphrase(path: Path) -> bool:
    """Whether a file was saved with a passphrase."""
    return is_sealed(_beginning(path))


def look_at(path: Path, passphrase: str | None = None) -> Manifest:
    """Return what a hand-over file says of itself; nothing is taken over.

    Raises
    ------
    HandoverError
        If it is damaged, foreign, or asks for another passphrase.
    """
    with _archive(path, passphrase) as archive:
        return archive.manifest


def open_file(
    store: Store,
    path: Path,
    passphrase: str | None = None,
    *,
    person: str | None = None,
    prescription_comes_next: bool = False,
) -> Opened:
    """Take over what is new of a hand-over file: all of it, or nothing.

    Parameters
    ----------
    store
        Every session that is over has been taken into it.
    person
        What whom it is about is called here; as in the file where it is None.
    prescription_comes_next
        Whether its newest prescription becomes the next one also where another was made here
        meanwhile.

    Raises
    ------
    HandoverError
        If it is damaged, foreign, asks for another passphrase, or holds what formcheck never
        writes.
    PrescriptionError
        If a prescription in it is none.
    StoreError
        If the store cannot keep something of it.
    OutputError
        If a video cannot be written; all else has then been taken over.
    """
    with _archive(path, passphrase) as archive:
        name = person or archive.manifest.person
        contents = contents_of(archive, name, prescription_comes_next=prescription_comes_next)
        merged = store.merge(contents.handed)
        videos = tuple(_videos(archive, store, name, merged))
        return Opened(name, archive.manifest, merged, videos, _seal(contents))


def open_prescription(
    store: Store, path: Path, today: date, *, person: str | None = None
) -> Opened:
    """Take a prescription that comes alone as the next revision of the store.

    Parameters
    ----------
    person
        What its person is called here; as in the prescription where it is None.

    Raises
    ------
    PrescriptionError
        If it is none, or something in it blocks.
    """
    if path.is_file() and path.stat().st_size > _MOST_PRESCRIPTION_BYTES:
        raise PrescriptionError(f"{path}: expected a prescription, got a far larger file")
    try:
        prescription = prescription_file.load(path)
    except RecursionError as error:
        raise PrescriptionError(f"{path}: it is nested too deeply for a prescription") from error
    _refuse_blocked(prescription, path, today)
    name = person or prescription.person
    handed = next_revision(store, prescription, name, f"prescription {sha256_of(path)[:16]}")
    return Opened(name, None, store.merge(handed), seal=state_of(prescription))


def _refuse_blocked(prescription: Prescription, path: Path, today: date) -> None:
    found = check(prescription, load_all(), today)
    if blocking := blocks(found):
        reasons = "\n".join(f"  {one.what}" for one in blocking)
        raise PrescriptionError(f"{path} is not followed, for something in it blocks:\n{reasons}")


@contextmanager
def _archive(path: Path, passphrase: str | None) -> Iterator[Archive]:
    beginning = _beginning(path)
    with path.open("rb") as file:
        if is_sealed(beginning):
            if passphrase is None:
                raise HandoverError(f"{path} was saved with a passphrase: give it to open it")
            reader = UnsealedReader(file, passphrase, str(path))
            reader.verify()
            yield Archive(cast(BinaryIO, reader), str(path))
        elif beginning.startswith(_ZIP):
            yield Archive(file, str(path))
        else:
            raise refused(str(path), "found another kind of file")


def _beginning(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC))
    except OSError as error:
        raise HandoverError(f"{path}: {unread(error)}") from error


def _videos(archive: Archive, store: Store, person: str, merged: Merged) -> Iterator[Path]:
    """Yield the videos that were put beside the sessions; none is written over."""
    theirs = {line.id for line in store.sessions(person)}
    for session_id, name in archive.manifest.videos():
        path, entry = store.folder / session_id / name, session_file(session_id, name)
        is_left_out = any(one.startswith(f"session {session_id} ") for one in merged.conflicts)
        if session_id not in theirs or is_left_out:
            continue
        if path.exists():
            if sha256_of(path) != archive.manifest.files[entry].sha256:
                merged.conflicts.append(f"{name} of session {session_id} is here as another one")
            continue
        ensure_folder(path.parent)
        with atomic_path(path) as temporary, temporary.open("wb") as file:
            file.writelines(archive.parts(entry))
        yield path


def _seal(contents: Contents) -> SealState | None:
    return None if contents.newest is None else state_of(contents.newest)
