"""Write what is kept of a person into one file that another formcheck opens."""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, cast

from formcheck.errors import StoreError, UsageError
from formcheck.files import atomic_path, sha256_of
from formcheck.handover.manifest import (
    MANIFEST,
    MOST_FILES,
    RECORD,
    SET_NAME,
    STATEMENTS,
    SUFFIX,
    FileFacts,
    Manifest,
    made_at,
    most_bytes,
    prescription_file_name,
    session_file,
)
from formcheck.handover.sealing import SealingWriter
from formcheck.handover.statements import (
    Revision,
    Statements,
    written_record,
    written_statements,
)
from formcheck.recordings.meta import SUFFIX as POSES
from formcheck.recordings.session_facts import EVENTS, SESSION
from formcheck.store import SessionRecord, Store

_PART_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a person goes into the file.

    Attributes
    ----------
    since
        Only sessions, and what was said, from then on; None for all. Every prescription goes along.
    with_video
        Whether the videos of the sessions go along, where there are any.
    """

    since: datetime | None = None
    with_video: bool = False


def save(
    store: Store,
    person: str,
    target: Path,
    choice: Choice = Choice(),
    passphrase: str | None = None,
) -> Manifest:
    """Write the file, and return what it holds.

    Parameters
    ----------
    store
        Every session that is over has been taken into it.
    passphrase
        What it is encrypted with; None leaves it open to whoever has it.

    Raises
    ------
    StoreError
        If nobody is called so, or something cannot be handed over.
    UsageError
        If the name of the file has another ending, or the passphrase is too short.
    OutputError
        If it cannot be written.
    """
    if target.suffix != SUFFIX:
        raise UsageError(f"expected a name that ends in {SUFFIX}, got {target.name!r}")
    if person not in {one.pseudonym for one in store.people}:
        known = ", ".join(one.pseudonym for one in store.people) or "nobody"
        raise StoreError(f"the store does not know {person!r}; it knows {known}")
    with atomic_path(target) as temporary, temporary.open("wb") as file:
        temporary.chmod(0o600)
        with _sealed(file, passphrase) as stream:
            manifest = _Packing(stream).save(store, person, choice)
    store.note_handed_over(person, sha256_of(target))
    return manifest


@contextmanager
def _sealed(file: BinaryIO, passphrase: str | None) -> Iterator[BinaryIO]:
    if passphrase is None:
        yield file
        return
    with SealingWriter(file, passphrase) as sealing:
        yield cast(BinaryIO, sealing)


class _Packing:
    """One archive while it is written."""

    def __init__(self, stream: BinaryIO) -> None:
        self._archive = zipfile.ZipFile(stream, "w")
        self._now = datetime.now(UTC)
        self._files: dict[str, FileFacts] = {}

    def save(self, store: Store, person: str, choice: Choice) -> Manifest:
        """Write everything, and the manifest at the end."""
        lines = store.sessions(person, choice.since)
        for line in lines:
            self._add_session(store.session(line.id))
            if choice.with_video:
                self._add_videos(store.folder / line.id)
        statements = statements_of(store, person, choice.since)
        self._add(STATEMENTS, [written_statements(statements)])
        for one in store.prescriptions(person):
            self._add(prescription_file_name(one.revision), [one.toml.encode()])
        manifest = Manifest(
            person=person, saved_at=self._now, since=choice.since, files=self._files
        )
        self._write(MANIFEST, [manifest.model_dump_json(indent=1).encode()])
        self._archive.close()
        return manifest

    def _add_session(self, record: SessionRecord) -> None:
        self._add(session_file(record.id, RECORD), [written_record(record)])
        self._add(session_file(record.id, SESSION), [record.facts])
        self._add(session_file(record.id, EVENTS), [record.events])
        for one in record.sets:
            if not SET_NAME.fullmatch(one.name):
                raise StoreError(f"session {record.id} has a set that is named {one.name!r}")
            self._add(session_file(record.id, f"{one.name}{POSES}"), [one.poses])

    def _add_videos(self, folder: Path) -> None:
        for path in sorted(folder.glob("video-*.mkv")):
            with path.open("rb") as file:
                parts = iter(lambda: file.read(_PART_BYTES), b"")
                self._add(session_file(folder.name, path.name), parts)

    def _add(self, name: str, parts: Iterable[bytes]) -> None:
        if len(self._files) + 1 >= MOST_FILES:
            raise UsageError(f"more than {MOST_FILES} files do not go into one: give --since")
        self._files[name] = self._write(name, parts)

    def _write(self, name: str, parts: Iterable[bytes]) -> FileFacts:
        most = most_bytes(name)
        entry = zipfile.ZipInfo(name, made_at(self._now))
        entry.external_attr = 0o100600 << 16
        is_compressed = name.endswith((".mkv", POSES))
        entry.compress_type = zipfile.ZIP_STORED if is_compressed else zipfile.ZIP_DEFLATED
        digest, n_bytes = hashlib.sha256(), 0
        with self._archive.open(entry, "w", force_zip64=True) as file:
            for part in parts:
                digest.update(part)
                n_bytes += len(part)
                if most is None or n_bytes > most:
                    raise StoreError(f"{name} cannot be handed over: expected up to {most} bytes")
                file.write(part)
        return FileFacts(size_bytes=n_bytes, sha256=digest.hexdigest())


def statements_of(store: Store, person: str, since: datetime | None) -> Statements:
    """Return what was said and decided; what was said in a session is in the session."""
    lines = store.sessions(person, since)
    in_sessions = {line.id for line in store.sessions(person)}
    screens = store.screens(person)
    return Statements(
        pain=tuple(one for one in store.pain(person, since) if one.session_id not in in_sessions),
        screens=tuple(
            one
            for one in screens
            if one.session_id not in in_sessions and (since is None or one.time >= since)
        ),
        outcomes=tuple(
            one for one in store.outcomes(person) if since is None or one.day >= since.date()
        ),
        overrides=store.overrides(person),
        corrections=tuple(one for line in lines for one in store.corrections(line.id)),
        revisions=tuple(
            Revision(one.revision, one.based_on_revision, one.saved_by, one.saved_at)
            for one in store.prescriptions(person)
        ),
    )
