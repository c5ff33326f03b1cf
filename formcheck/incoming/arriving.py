"""Write a recording to the disk while it comes, and never more than it said it would be.

What breaks off, is longer or shorter than it said, or finds no room leaves nothing behind.
"""

import hashlib
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self
from uuid import uuid4

from formcheck.errors import OutputError, SourceError
from formcheck.files import ensure_folder, output_errors

LARGEST_BYTES = 16 << 30
"""An hour of a phone's Full HD takes about 8 GB."""
KEPT_FREE_BYTES = 1 << 30
_PARTS = ".arriving"
_GIVEN_UP_AFTER_S = 3600.0


@dataclass(frozen=True, slots=True)
class Arrived:
    """A recording that has come whole, under a name of its own."""

    path: Path
    sha256: str
    size_bytes: int


class Arriving:
    """Take the bytes of one recording; leaving the ``with`` block removes what is not whole.

    Parameters
    ----------
    folder
        Of all recordings that come.
    size_bytes
        How many there will be.

    Raises
    ------
    SourceError
        If that is nothing, or too much.
    OutputError
        If there is no room for them, or they cannot be written.
    """

    def __init__(self, folder: Path, size_bytes: int) -> None:
        _check_size(size_bytes)
        self._path = ensure_folder(folder / _PARTS) / uuid4().hex
        self._size_bytes = size_bytes
        self._n_bytes = 0
        self._digest = hashlib.sha256()
        _check_room(folder, size_bytes)
        with output_errors(self._path):
            self._file: BinaryIO = self._path.open("xb")

    def __enter__(self) -> Self:
        """Take what comes."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Remove what nobody has taken."""
        self._file.close()
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    def write(self, part: bytes) -> None:
        """Add what has come.

        Raises
        ------
        SourceError
            If it is more than was said.
        OutputError
            If it cannot be written.
        """
        self._n_bytes += len(part)
        if self._n_bytes > self._size_bytes:
            raise SourceError("more came than was said: try again")
        self._digest.update(part)
        with output_errors(self._path):
            self._file.write(part)

    def finish(self) -> Arrived:
        """Return what has come; move it away before the block is left.

        Raises
        ------
        SourceError
            If it broke off.
        """
        with output_errors(self._path):
            self._file.close()
        if self._n_bytes != self._size_bytes:
            raise SourceError(
                f"it broke off after {self._n_bytes} of {self._size_bytes} bytes: send it again"
            )
        return Arrived(self._path, self._digest.hexdigest(), self._n_bytes)


def remove_broken_off(folder: Path) -> None:
    """Remove what was on its way when a formcheck ended: nothing has come of it for an hour."""
    for path in (folder / _PARTS).glob("*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _GIVEN_UP_AFTER_S:
                path.unlink()


def _check_size(size_bytes: int) -> None:
    if size_bytes <= 0:
        raise SourceError("it is empty (0 bytes): copy or record it again")
    if size_bytes > LARGEST_BYTES:
        raise SourceError(
            f"it has {size_bytes / 1e9:.0f} GB, more than {LARGEST_BYTES / 1e9:.0f} GB:"
            " cut it into shorter videos, or record with a smaller picture"
        )


def _check_room(folder: Path, size_bytes: int) -> None:
    free_bytes = shutil.disk_usage(folder).free
    if free_bytes < size_bytes + KEPT_FREE_BYTES:
        raise OutputError(
            f"there is no room for it: it needs {size_bytes / 1e9:.1f} GB, and"
            f" {free_bytes / 1e9:.1f} GB are free where it goes ({KEPT_FREE_BYTES / 1e9:.0f} GB"
            " stay free): make room on that disk"
        )
