"""Files that wait to be looked at, opened or fetched: in a folder that nobody else may read.

They are gone with this run of formcheck at the latest.
"""

import secrets
import shutil
import tempfile
import time
import weakref
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import BinaryIO

from starlette.concurrency import run_in_threadpool

from formcheck.errors import HandoverError, OutputError
from formcheck.files import ensure_folder

MOST_WAITING = 4
_PREFIX = ".handover-"
_PART_BYTES = 1 << 20
# What has to stay free on the disk, and for how long a folder of a run that was killed is left.
_RESERVE_BYTES = 256 << 20
_STALE_S = 24 * 3600.0


class WaitingFiles:
    """Keep a few files for a while, each under an id that cannot be guessed.

    Parameters
    ----------
    beside
        The folder of the store: theirs lies in it.

    Attributes
    ----------
    lock
        Held while one of them is read or written: it is not to make room for another meanwhile.
    """

    def __init__(self, beside: Path) -> None:
        self._beside = beside
        self.lock = Lock()
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
        path = self.new(length_bytes)
        try:
            with path.open("xb") as file:
                path.chmod(0o600)
                await self._written(parts, file)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return path.name

    def new(self, n_bytes: int = 0) -> Path:
        """Return where the next file is to lie; of those that wait the oldest has to go.

        Parameters
        ----------
        n_bytes
            How much room it needs, as far as that is known.

        Raises
        ------
        OutputError
            If there is no room for it.
        """
        with self.lock:
            if self._folder is None:
                _remove_stale(ensure_folder(self._beside))
                folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self._beside))
                # Also where nobody closes it: what waits goes with whoever waits for it.
                weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
                self._folder = folder
            for old in self._waiting()[: 1 - MOST_WAITING]:
                old.unlink(missing_ok=True)
            folder = self._folder
        self._refuse_full(n_bytes)
        return folder / secrets.token_urlsafe(24)

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
        with self.lock:
            path = self.path(file_id)
            return path.rename(path.with_name(f".{secrets.token_urlsafe(24)}"))

    def forget(self, file_id: str) -> None:
        """Remove a file, if it is there."""
        for one in self._waiting():
            if one.name == file_id:
                one.unlink(missing_ok=True)

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

    def _refuse_full(self, n_bytes: int) -> None:
        free_bytes = shutil.disk_usage(self._beside).free
        if n_bytes + _RESERVE_BYTES > free_bytes:
            raise OutputError(
                f"the disk has {free_bytes // 2**20} MB left, too little for this file: free some"
                " space and try again. Nothing was changed."
            )


def _remove_stale(folder: Path) -> None:
    """Remove what a run left behind that was killed."""
    for path in folder.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _STALE_S:
                shutil.rmtree(path)
