"""Read a recording, one chunk at a time."""

import io
import math
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from formcheck.errors import DamagedSourceError, SourceError
from formcheck.pose import Pose
from formcheck.recordings.chunks import chunk_poses
from formcheck.recordings.meta import META, SUFFIX, parsed_meta

# A chunk's largest array takes 200 KB: a member that says more was not written by formcheck.
_LARGEST_MEMBER_BYTES = 4_000_000
_UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    OSError,
    EOFError,
    RuntimeError,  # a password, or a method of compression that Python does not know
)


class Recording:
    """Read a saved pose stream; iterating yields ``(time_s, Pose or None)``.

    Parameters
    ----------
    source
        The file, or its contents.
    name
        What to call the contents in messages.

    Attributes
    ----------
    header
        Where it came from.
    formcheck_version
        What wrote it.
    n_frames
        Number of instants.
    incomplete_reason
        Why it ends early; None where it is complete.

    Raises
    ------
    SourceError
        If the file is missing, is no recording, is damaged, or is of a newer formcheck.
    """

    def __init__(self, source: Path | bytes, name: str = "") -> None:
        self._source = source
        self._path = path = Path(name) if isinstance(source, bytes) else source
        if isinstance(source, Path) and not source.is_file():
            raise SourceError(f"no such file: {path}; check its name and folder")
        try:
            with self._opened() as archive:
                meta = parsed_meta(_member(archive, META), path)
                self._n_chunks = sum(name.endswith("/time_s.npy") for name in archive.namelist())
        except _UNREADABLE as error:
            raise SourceError(
                f"{path} is not a readable pose recording ({error}).\n"
                f"Expected a *{SUFFIX} file that formcheck wrote; analyse the video again."
            ) from error
        self.header = meta.header
        self.formcheck_version = meta.formcheck_version
        self.n_frames = meta.n_frames
        self.incomplete_reason = meta.incomplete_reason

    @property
    def path(self) -> Path:
        """Where it lies, or what its contents are called."""
        return self._path

    def __iter__(self) -> Iterator[tuple[float, Pose | None]]:
        """Yield every instant in order."""
        n_read, last_s = 0, -math.inf
        try:
            with self._opened() as archive:
                for number in range(self._n_chunks):
                    for time_s, pose in self._read_chunk(archive, number):
                        if not last_s < time_s < math.inf:
                            raise ValueError(f"time goes from {last_s} to {time_s} s")
                        last_s, n_read = time_s, n_read + 1
                        yield time_s, pose
            if n_read != self.n_frames:
                raise ValueError(f"{n_read} frames instead of {self.n_frames}")
        except _UNREADABLE as error:
            raise DamagedSourceError(
                f"{self._path} is damaged after {n_read} of {self.n_frames} frames ({error}).\n"
                "What could be read is kept; copy it again, or analyse the video again."
            ) from error

    def _opened(self) -> zipfile.ZipFile:
        contents = self._source
        return zipfile.ZipFile(io.BytesIO(contents) if isinstance(contents, bytes) else contents)

    def _read_chunk(self, archive: zipfile.ZipFile, number: int) -> list[tuple[float, Pose | None]]:
        def load(name: str) -> NDArray[Any]:
            data = io.BytesIO(_member(archive, f"{number:06d}/{name}.npy"))
            values: NDArray[Any] = np.load(data, allow_pickle=False)
            return values

        size_px = self.header.width_px, self.header.height_px
        has_outline = f"{number:06d}/outline.npy" in archive.namelist()
        return chunk_poses(load, size_px, has_outline=has_outline)


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _LARGEST_MEMBER_BYTES:
        raise ValueError(f"{name} is too large")
    return archive.read(name)
