"""Write a recording as it happens."""

import io
import math
import zipfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np

import formcheck
from formcheck.errors import OutputError
from formcheck.files import output_errors, temporary_beside
from formcheck.pose import Pose
from formcheck.recordings.chunks import FRAMES_PER_CHUNK, chunk_arrays
from formcheck.recordings.meta import META, Meta, RecordingHeader


class RecordingWriter:
    """Write a pose stream; closing it puts it in place, complete or not.

    Examples
    --------
    The end of the ``with`` block, or an error in it, finishes the file::

        with RecordingWriter(Path("squat.poses.npz"), header) as writer:
            for time_s, pose in stream:
                writer.write(time_s, pose)

    Raises
    ------
    OutputError
        If it cannot be written; nothing is left behind then.
    """

    def __init__(self, path: Path, header: RecordingHeader) -> None:
        self._path = path
        self._header = header
        self._temporary = temporary_beside(path)
        self._n_frames = 0
        self._n_chunks = 0
        self._last_s = -math.inf
        self._times_s: list[float] = []
        self._poses: list[Pose | None] = []
        self._is_closed = False
        with output_errors(path):
            self._file = self._temporary.open("wb", buffering=0)
        self._spool = _Spool()
        self._zip = zipfile.ZipFile(self._spool, "w", zipfile.ZIP_DEFLATED)

    def __enter__(self) -> Self:
        """Nothing more to open."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close; an error that ended the ``with`` block marks the recording incomplete."""
        self.close(incomplete_reason=f"{kind.__name__}: {error}" if kind else None)

    def write(self, time_s: float, pose: Pose | None) -> None:
        """Add one instant, later than the one before; None where nobody was seen."""
        if self._is_closed or not self._last_s < time_s < math.inf:
            raise ValueError(f"closed, or {time_s} s is not after {self._last_s} s")
        size_px = self._header.width_px, self._header.height_px
        if pose is not None and (time_s, *size_px) != (pose.time_s, pose.width_px, pose.height_px):
            raise ValueError(f"a pose of another time or picture size at {time_s} s")
        self._last_s = time_s
        self._times_s.append(time_s)
        self._poses.append(pose)
        self._n_frames += 1
        if len(self._times_s) >= FRAMES_PER_CHUNK:
            self._add_chunk()
            self._drain()

    def close(self, incomplete_reason: str | None = None) -> None:
        """Finish the file and put it in place; closing again does nothing."""
        if self._is_closed:
            return
        if self._times_s:
            self._add_chunk()
        meta = Meta(
            formcheck_version=formcheck.__version__,
            header=self._header,
            n_frames=self._n_frames,
            incomplete_reason=incomplete_reason,
        )
        self._add(META, meta.model_dump_json(indent=1).encode())
        self._zip.close()
        self._drain()
        try:
            with output_errors(self._path):
                self._file.close()
                self._temporary.replace(self._path)
        finally:
            self._discard()

    def _add_chunk(self) -> None:
        for name, array in chunk_arrays(self._times_s, self._poses).items():
            buffer = io.BytesIO()
            np.save(buffer, array)
            self._add(f"{self._n_chunks:06d}/{name}.npy", buffer.getvalue())
        self._n_chunks += 1
        self._times_s, self._poses = [], []

    def _add(self, name: str, contents: bytes) -> None:
        # Without a date: the same poses make the same file.
        self._zip.writestr(zipfile.ZipInfo(name), contents, zipfile.ZIP_DEFLATED)

    def _drain(self) -> None:
        """Move what the zip has made so far to the disk."""
        try:
            with output_errors(self._path):
                rest = memoryview(self._spool.taken())
                while rest:
                    rest = rest[self._file.write(rest) :]
        except OutputError:
            self._discard()
            raise

    def _discard(self) -> None:
        """Leave nothing open and no temporary."""
        self._is_closed = True
        self._zip.close()  # into memory: one that is left open complains later
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._temporary.unlink(missing_ok=True)


class _Spool(io.RawIOBase):
    """Where a zip writes to in memory, so that a full disk never stops it half way."""

    def __init__(self) -> None:
        super().__init__()
        self._bytes = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._bytes += data
        return len(data)

    def taken(self) -> bytes:
        """Return what was written since the last time."""
        data = bytes(self._bytes)
        self._bytes.clear()
        return data
