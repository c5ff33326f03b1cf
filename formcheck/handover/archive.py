"""Read a hand-over file that anybody may have made: nothing in it is believed, or extracted.

Before anything is read, names, number, sizes and kinds of its entries are looked at; after that
every entry is compared with its digest. Entries are given as bytes and never as files, so that
their names lead nowhere.
"""

import hashlib
import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO, TypeVar

from pydantic import BaseModel, ValidationError

from formcheck.errors import HandoverError
from formcheck.handover.manifest import (
    FORMAT_VERSION,
    MANIFEST,
    MOST_BYTES,
    MOST_FILES,
    FileFacts,
    Manifest,
    Version,
    is_video,
    most_bytes,
)

# Landmarks and videos are stored as they are, and text shrinks to a tenth: this is no text.
_MOST_RATIO = 200
_RATIO_FROM_BYTES = 1 << 16
_MOST_AT_ONCE = 4 << 20
_PART_BYTES = 1 << 20
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,  # a password of the zip itself
)
_Parsed = TypeVar("_Parsed", bound=BaseModel)


class Archive:
    """A hand-over file whose entries are those of its manifest, byte for byte.

    Parameters
    ----------
    file
        The zip; what was sealed is opened before.
    name
        What to call it in messages.

    Attributes
    ----------
    manifest
        What it holds.

    Raises
    ------
    HandoverError
        If it is damaged, foreign, or holds what formcheck never writes.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.name = name
        try:
            self._zip = zipfile.ZipFile(_Bounded(file))
            self._entries = _checked_entries(self._zip.infolist(), name)
            contents = b"".join(self._parts(MANIFEST))
        except _UNREADABLE as error:
            raise refused(name, f"found no readable archive ({error})") from error
        self.manifest = _manifest(contents, name)
        self._compare()

    def contents(self, name: str) -> bytes:
        """Return an entry.

        Raises
        ------
        HandoverError
            If there is none of this name, or it is damaged.
        """
        return b"".join(self.parts(name))

    def parts(self, name: str) -> Iterator[bytes]:
        """Yield an entry in parts; whoever uses them before the last one does so at their risk.

        Raises
        ------
        HandoverError
            If there is none of this name, or it is damaged.
        """
        facts = self.manifest.files.get(name)
        if facts is None:
            raise refused(self.name, f"found no {name}")
        digest, n_bytes = hashlib.sha256(), 0
        try:
            for part in self._parts(name):
                digest.update(part)
                n_bytes += len(part)
                yield part
        except _UNREADABLE as error:
            raise refused(self.name, f"{name} cannot be read ({error})") from error
        if FileFacts(size_bytes=n_bytes, sha256=digest.hexdigest()) != facts:
            raise refused(self.name, f"{name} is not what was saved")

    def _parts(self, name: str) -> Iterator[bytes]:
        entry = self._entries.get(name)
        if entry is None:
            raise ValueError(f"there is no {name}")
        n_bytes = 0
        with self._zip.open(entry) as file:
            while part := file.read(_PART_BYTES):
                n_bytes += len(part)
                if n_bytes > entry.file_size:
                    raise ValueError(f"{name} is larger than it says")
                yield part

    def _compare(self) -> None:
        """Read every entry once, and compare it with the manifest."""
        told, found = set(self.manifest.files), set(self._entries) - {MANIFEST}
        if told != found:
            raise refused(self.name, f"its manifest and its files differ in {_first(told ^ found)}")
        for name in self.manifest.files:
            for _ in self.parts(name):
                pass


class _Bounded(io.BufferedReader):
    """Refuse to read much at once: the list of entries of a foreign zip may fill the memory."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)  # type: ignore[arg-type]  # any stream that can be read and sought
        self._size = self.seek(0, io.SEEK_END)
        self.seek(0)

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = self._size - self.tell() if size is None or size < 0 else size
        if wanted > _MOST_AT_ONCE:
            raise ValueError(f"its list of files takes {wanted} bytes")
        return super().read(size)


def parsed(kind: type[_Parsed], contents: bytes, where: str) -> _Parsed:
    """Return what an entry says.

    Raises
    ------
    HandoverError
        If it is not as formcheck writes it.
    """
    try:
        return kind.model_validate_json(contents)
    except ValidationError as error:
        raise refused(where, first_mistake(error)) from error


def first_mistake(error: ValidationError) -> str:
    """Return what is wrong first, and where; nothing of the contents, which may be anything."""
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    return f"{'.'.join(map(str, first['loc']))[:100]!r}: {first['msg'][:200]!r}"


def refused(where: str, found: str) -> HandoverError:
    """Return why a file is not taken, and what to do."""
    return HandoverError(
        f"{where}: expected a hand-over file as formcheck saves it; {found}. Nothing was changed:"
        " copy it again, or ask whoever made it to save it once more"
    )


def _checked_entries(entries: list[zipfile.ZipInfo], where: str) -> dict[str, zipfile.ZipInfo]:
    if len(entries) > MOST_FILES:
        raise refused(where, f"it holds {len(entries)} files, more than {MOST_FILES}")
    by_name = {entry.orig_filename: entry for entry in entries}
    if len({name.casefold() for name in by_name}) != len(entries):
        raise refused(where, "it holds a file twice")
    for entry in entries:
        if wrong := _mistake(entry):
            raise refused(where, f"{entry.orig_filename[:100]!r} {wrong}")
    all_bytes = sum(entry.file_size for entry in entries if not is_video(entry.filename))
    if all_bytes > MOST_BYTES:
        raise refused(where, f"it says that it unpacks to {all_bytes} bytes")
    return by_name


def _mistake(entry: zipfile.ZipInfo) -> str:
    """Return what is wrong with an entry; empty where nothing is."""
    most = most_bytes(entry.orig_filename)
    mode = entry.external_attr >> 16
    if most is None:
        return "is no name that formcheck gives"
    if entry.file_size > most:
        return f"is larger than {most} bytes"
    if entry.file_size > _RATIO_FROM_BYTES + _MOST_RATIO * entry.compress_size:
        return f"says that it unpacks to {entry.file_size} bytes"
    if stat.S_IFMT(mode) not in {0, stat.S_IFREG}:
        return "is no plain file"
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return "is compressed in a way that formcheck never uses"
    return ""


def _manifest(contents: bytes, where: str) -> Manifest:
    version = parsed(Version, contents, where)
    if version.format_version > FORMAT_VERSION:
        raise HandoverError(
            f"{where} was written by a newer formcheck ({version.formcheck_version}, format"
            f" {version.format_version}; this one reads up to {FORMAT_VERSION}): update formcheck."
            " Nothing was changed"
        )
    return parsed(Manifest, contents, where)


def _first(names: set[str]) -> str:
    return repr(min(names)[:100])
