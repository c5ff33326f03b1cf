"""Write files so that a half-written one never carries its final name.

Everything that formcheck writes goes through a hidden temporary beside its final place and is
moved there when it is complete; a failing disk is reported in words that say what to do.
"""

import errno
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from formcheck.errors import OutputError

_WHAT_TO_DO = {
    errno.ENOSPC: "the disk is full: free some space, or choose another folder",
    errno.EDQUOT: "your disk quota is used up: free some space, or choose another folder",
    errno.EACCES: "you may not write there, or a program has it open: choose another place",
    errno.EPERM: "you may not write there: choose another folder",
    errno.EROFS: "that disk is read-only: choose another folder",
    errno.EFBIG: "the file grows too large for that disk: choose another",
    errno.ENOENT: "that folder does not exist: make it first, or choose another",
    errno.ENOTDIR: "a part of that path is a file, not a folder: choose another",
    errno.EEXIST: "a file of that name is in the way: choose another name",
    errno.EISDIR: "there is a folder of that name: remove it, or choose another name",
    errno.ENAMETOOLONG: "the name is too long: choose a shorter one",
}


@contextmanager
def output_errors(path: Path) -> Iterator[None]:
    """Turn a failure to write ``path`` into an `OutputError` that says what to do."""
    try:
        yield
    except OSError as error:
        todo = _WHAT_TO_DO.get(error.errno or 0, error.strerror or str(error))
        raise OutputError(f"cannot write {path}: {todo}") from error


def temporary_beside(final: Path) -> Path:
    """Return the hidden name under which ``final`` is written; the suffix stays the same."""
    return final.with_name(f".{final.name.removesuffix(final.suffix)}.part{final.suffix}")


@contextmanager
def atomic_path(final: Path) -> Iterator[Path]:
    """Yield a path to write to; move it to ``final`` afterwards, or remove it on an error.

    Raises
    ------
    OutputError
        If the file cannot be written or moved.
    """
    temporary = temporary_beside(final)
    try:
        with output_errors(final):
            yield temporary
            temporary.replace(final)
    finally:
        with suppress(OSError):  # what went wrong before says more
            temporary.unlink(missing_ok=True)


def ensure_folder(path: Path, *, is_private: bool = False) -> Path:
    """Make a folder and those above it, and return it.

    Parameters
    ----------
    is_private
        Whether one that is made is for the account that makes it alone, with all that comes to
        lie in it. One that was there keeps the permissions that somebody gave it. Windows gives
        new folders those of the folder above, whatever is asked for.

    Raises
    ------
    OutputError
        If it cannot be made or written to.
    """
    with output_errors(path):
        path.mkdir(0o700 if is_private else 0o777, parents=True, exist_ok=True)
        probe = path / ".formcheck-write-test"
        probe.touch()
        probe.unlink(missing_ok=True)  # another run may have probed at the same time
    return path


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
