"""Say to other processes that a folder is being written to; a process that dies says so no more.

The system holds the lock for the open file and lets go of it whatever ends the process. What
the file holds, and whether it is there, says nothing.
"""

import sys
from pathlib import Path
from typing import IO, Self

from formcheck.errors import OutputError
from formcheck.files import output_errors

LOCK = ".lock"

if sys.platform == "win32":
    import msvcrt

    def _locks(file: IO[bytes]) -> bool:
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locks(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:  # a disk that knows no locks, some of networks
            return True
        return True


class FolderLock:
    """Hold a folder until it is released.

    Parameters
    ----------
    folder
        There already.

    Raises
    ------
    OutputError
        If another process holds it, or nothing can be written there.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / LOCK
        with output_errors(path):
            self._file = path.open("ab")
        if not _locks(self._file):
            self._file.close()
            raise OutputError(f"another formcheck is writing to {folder}: end it first")

    def __enter__(self) -> Self:
        """Hold it."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of it."""
        self.release()

    def release(self) -> None:
        """Let go of it."""
        self._file.close()


def is_locked(folder: Path) -> bool:
    """Whether another process, or this one, holds a folder."""
    try:
        file = (folder / LOCK).open("rb+")
    except OSError:  # never held, or nothing of ours
        return False
    with file:
        return not _locks(file)
