"""Saved pose streams: a session without a single picture, from which it can be judged again.

A recording (``NAME.poses.npz``) is a zip of numpy arrays in chunks, readable with numpy alone,
and a ``meta.json``. Landmarks are stored in the integer steps that `formcheck.pose.rounded_pose`
rounds to, as differences from frame to frame, which compress well; poses come back bit for
bit. Chunks are written as they fill, so an hour costs no more memory than a minute.

Members: ``meta.json`` and, for each chunk, ``NNNNNN/time_s`` (float64), ``found`` (bool),
``image`` (int32, steps), ``world`` (int32, steps) and ``visibility`` (uint8), the last three
only for the frames with a person, as differences along time.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from formcheck.errors import SourceError
from formcheck.files import output_errors, temporary_beside
from formcheck.landmarks import N_LANDMARKS
from formcheck.pose import IMAGE_STEPS_PER_PX, VISIBILITY_STEPS, WORLD_STEPS_PER_M, Pose

SUFFIX = ".poses.npz"
FORMAT = "formcheck poses"
FORMAT_VERSION = 1
FRAMES_PER_CHUNK = 512
_META = "meta.json"


@dataclass(frozen=True, slots=True)
class RecordingHeader:
    """Where a pose stream came from.

    Attributes
    ----------
    source
        Name of the video, folder or camera.
    width_px, height_px
        Size of its pictures [px].
    rate_hz
        Nominal frames a second, where known.
    engine, engine_version, model, model_sha256
        What found the landmarks.
    """

    source: str
    width_px: int
    height_px: int
    rate_hz: float | None
    engine: str
    engine_version: str
    model: str
    model_sha256: str


def is_recording(path: Path) -> bool:
    """Whether a file is named like a saved pose stream."""
    return path.name.endswith(SUFFIX)


class RecordingWriter:
    """Write a pose stream; closing it puts it in place, complete or not.

    Raises
    ------
    OutputError
        If it cannot be written.
    """

    def __init__(self, path: Path, header: RecordingHeader) -> None:
        self._path = path
        self._header = header
        self._temporary = temporary_beside(path)
        self._n_frames = 0
        self._n_chunks = 0
        self._times_s: list[float] = []
        self._poses: list[Pose | None] = []
        with output_errors(path):
            self._zip = zipfile.ZipFile(self._temporary, "w", zipfile.ZIP_DEFLATED)

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
        """Add one instant; None where nobody was seen."""
        self._times_s.append(time_s)
        self._poses.append(pose)
        self._n_frames += 1
        if len(self._times_s) >= FRAMES_PER_CHUNK:
            self._write_chunk()

    def close(self, incomplete_reason: str | None = None) -> None:
        """Finish the file and put it in place."""
        meta = {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            **asdict(self._header),
            "n_frames": self._n_frames,
            "complete": incomplete_reason is None,
            "incomplete_reason": incomplete_reason,
        }
        try:
            with output_errors(self._path):
                self._write_chunk()
                self._zip.writestr(_META, json.dumps(meta, indent=1))
                self._zip.close()
                self._temporary.replace(self._path)
        finally:
            self._temporary.unlink(missing_ok=True)

    def _write_chunk(self) -> None:
        if not self._times_s:
            return
        found = [pose for pose in self._poses if pose is not None]
        arrays: dict[str, NDArray[Any]] = {
            "time_s": np.array(self._times_s),
            "found": np.array([pose is not None for pose in self._poses]),
        }
        if found:
            arrays["image"] = _steps([p.image for p in found], IMAGE_STEPS_PER_PX)
            arrays["world"] = _steps([p.world for p in found], WORLD_STEPS_PER_M)
            visibility = _steps([p.visibility for p in found], VISIBILITY_STEPS)
            arrays["visibility"] = visibility.astype(np.uint8)  # wraps; undone when read
        with output_errors(self._path):
            for name, array in arrays.items():
                buffer = io.BytesIO()
                np.save(buffer, array)
                self._zip.writestr(f"{self._n_chunks:06d}/{name}.npy", buffer.getvalue())
        self._n_chunks += 1
        self._times_s, self._poses = [], []


class Recording:
    """Read a saved pose stream; iterating yields ``(time_s, Pose or None)``.

    Attributes
    ----------
    header
        Where it came from.
    incomplete_reason
        Why it ends early; None where it is complete.

    Raises
    ------
    SourceError
        If the file is missing, is no recording, is damaged, or is of a newer formcheck.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        if not path.is_file():
            raise SourceError(f"no such file: {path}")
        try:
            with zipfile.ZipFile(path) as archive:
                meta = json.loads(archive.read(_META))
                self._n_chunks = sum(name.endswith("/time_s.npy") for name in archive.namelist())
        except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
            raise SourceError(
                f"{path} is not a readable pose recording ({error}).\n"
                f"Expected a *{SUFFIX} file that formcheck wrote; analyse the video again."
            ) from error
        self._check(meta)
        self.header = RecordingHeader(
            **{name: meta[name] for name in RecordingHeader.__dataclass_fields__}
        )
        self.n_frames: int = meta["n_frames"]
        self.incomplete_reason: str | None = meta["incomplete_reason"]

    def __iter__(self) -> Iterator[tuple[float, Pose | None]]:
        """Yield every instant in order."""
        try:
            with zipfile.ZipFile(self._path) as archive:
                for number in range(self._n_chunks):
                    yield from self._read_chunk(archive, number)
        except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
            raise SourceError(
                f"{self._path} is damaged ({error}): analyse the video again"
            ) from error

    def _check(self, meta: dict[str, Any]) -> None:
        missing = set(RecordingHeader.__dataclass_fields__) - set(meta)
        if meta.get("format") != FORMAT or missing:
            raise SourceError(f"{self._path} is not a pose recording that formcheck wrote")
        if meta["format_version"] > FORMAT_VERSION:
            raise SourceError(
                f"{self._path} was written by a newer formcheck (format"
                f" {meta['format_version']}, this one reads up to {FORMAT_VERSION}): update it"
            )

    def _read_chunk(
        self, archive: zipfile.ZipFile, number: int
    ) -> Iterator[tuple[float, Pose | None]]:
        def array(name: str) -> NDArray[Any]:
            return np.load(  # type: ignore[no-any-return]
                io.BytesIO(archive.read(f"{number:06d}/{name}.npy")), allow_pickle=False
            )

        times_s, found = array("time_s").tolist(), array("found").tolist()
        if any(found):
            image = np.cumsum(array("image"), axis=0) / IMAGE_STEPS_PER_PX
            world = np.cumsum(array("world"), axis=0) / WORLD_STEPS_PER_M
            steps = np.cumsum(array("visibility"), axis=0, dtype=np.uint8)
            visibility = steps.astype(np.float64) / VISIBILITY_STEPS
        row = 0
        for time_s, is_found in zip(times_s, found, strict=True):
            if not is_found:
                yield time_s, None
                continue
            size = self.header.width_px, self.header.height_px
            yield time_s, Pose(time_s, image[row], world[row], visibility[row], *size)
            row += 1


def _steps(arrays: list[NDArray[np.float64]], steps_per_unit: int) -> NDArray[np.int32]:
    """Return whole steps as differences from frame to frame; the first frame as it is."""
    steps = np.rint(np.stack(arrays) * steps_per_unit).astype(np.int32)
    assert steps.shape[1] == N_LANDMARKS
    return np.diff(steps, axis=0, prepend=np.zeros_like(steps[:1]))
