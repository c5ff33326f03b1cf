"""The poses of one set while it is done: small files that are whole at any moment.

A recording is a zip, whose table of contents comes last: cut off, it is hard to read. While a
set is going on its poses therefore go into a folder, a chunk a file, each written under another
name and moved into place; at the end of the set, or when a session that was cut off is found,
they are put together into the recording that ``formcheck analyze`` reads.
"""

import math
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from pydantic import TypeAdapter, ValidationError

from formcheck.errors import SourceError
from formcheck.files import ensure_folder, output_errors
from formcheck.pose import Pose
from formcheck.recordings.chunks import chunk_arrays, chunk_poses
from formcheck.recordings.meta import SUFFIX, RecordingHeader
from formcheck.recordings.writer import RecordingWriter

CUT_OFF = "the session was cut off"
_HEADER = "header.json"
_CHUNK_SUFFIX = ".npz"
_HEADERS = TypeAdapter(RecordingHeader)

Instant = tuple[float, Pose | None]


class SetRecording:
    """Write the poses of a set as they come.

    Parameters
    ----------
    folder
        A new folder for the chunks; the recording is put beside it.
    header
        Where the poses come from.

    Raises
    ------
    OutputError
        If it cannot be written.
    """

    def __init__(self, folder: Path, header: RecordingHeader) -> None:
        self._folder = ensure_folder(folder)
        self._instants: list[Instant] = []
        self._n_chunks = 0
        _write_whole(folder / _HEADER, _HEADERS.dump_json(header, indent=1))

    def add(self, time_s: float, pose: Pose | None) -> None:
        """Take the next instant; it is safe after the next `flush`."""
        self._instants.append((time_s, pose))

    def flush(self) -> None:
        """Write what has come since the last time.

        Raises
        ------
        OutputError
            If it cannot be written.
        """
        if not self._instants:
            return
        times_s, poses = zip(*self._instants, strict=True)
        path = self._folder / f"{self._n_chunks:06d}{_CHUNK_SUFFIX}"
        temporary = path.with_suffix(".part")
        with output_errors(path):
            with temporary.open("wb") as file:
                np.savez(file, allow_pickle=False, **chunk_arrays(times_s, poses))
                os.fsync(file.fileno())
            temporary.replace(path)
        self._instants = []
        self._n_chunks += 1

    def finish(self) -> Path:
        """Put the recording together and return where it is.

        Raises
        ------
        OutputError
            If it cannot be written; the chunks stay then.
        """
        self.flush()
        return assembled(self._folder)


def assembled(folder: Path, incomplete_reason: str | None = None) -> Path:
    """Make the chunks of a set into a recording beside their folder, which goes.

    Raises
    ------
    OutputError
        If it cannot be written.
    SourceError
        If the folder cannot be read.
    """
    path = folder.with_name(folder.name + SUFFIX)
    if not path.exists():
        try:
            header = _HEADERS.validate_json((folder / _HEADER).read_bytes())
        except (OSError, ValidationError) as error:
            raise SourceError(
                f"{folder} does not say where its poses come from: {error}"
            ) from error
        writer = RecordingWriter(path, header)
        last_s = -math.inf
        for time_s, pose in _instants(folder, (header.width_px, header.height_px)):
            if time_s > last_s:
                writer.write(time_s, pose)
                last_s = time_s
        writer.close(incomplete_reason)
    shutil.rmtree(folder, ignore_errors=True)
    return path


def is_unfinished_set(path: Path) -> bool:
    """Whether a folder holds the chunks of a set."""
    return (path / _HEADER).is_file()


def _instants(folder: Path, size_px: tuple[int, int]) -> Iterator[Instant]:
    """Yield what the chunks hold, up to the first that cannot be read."""
    for path in sorted(folder.glob(f"*{_CHUNK_SUFFIX}")):
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                has_outline = "outline" in arrays
                instants = chunk_poses(arrays.__getitem__, size_px, has_outline=has_outline)
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return
        yield from instants


def _write_whole(path: Path, contents: bytes) -> None:
    with output_errors(path):
        temporary = path.with_name(path.name + ".part")
        with temporary.open("wb") as file:
            file.write(contents)
            os.fsync(file.fileno())
        temporary.replace(path)
