"""A demonstration that is sent to the page: poses, or a video that the engine looks at here."""

import tempfile
import threading
from collections.abc import AsyncIterator
from pathlib import Path

from formcheck.authoring import Demonstration, watched
from formcheck.authoring.seeing import seen
from formcheck.estimators import model_files
from formcheck.estimators.process import MediaPipeEstimator
from formcheck.file_analysis import no_progress
from formcheck.recordings import Recording
from formcheck.sources.opening import open_source

LARGEST_UPLOAD_BYTES = 512 * 1024 * 1024
"""A video of ten minutes from a telephone."""

_LARGEST_POSES_BYTES = 64 * 1024 * 1024
_ZIP = b"PK\x03\x04"


class SentDemonstrations:
    """Read what is sent, one video at a time: the engine takes a whole processor."""

    def __init__(self) -> None:
        self._engine_lock = threading.Lock()

    def read(self, path: Path) -> Demonstration:
        """Return what a file shows.

        Raises
        ------
        SourceError
            If it is neither poses nor a video that can be read.
        ModelError
            If it is a video, and the engine's model is missing.
        """
        if _is_poses(path):
            return watched(Recording(path.read_bytes(), name="the file"))
        with open_source(path):  # what is no video is told so, and starts no engine
            pass
        with self._engine_lock, MediaPipeEstimator(model_files.find(None)) as estimator:
            return seen(path, estimator, no_progress)


def _is_poses(path: Path) -> bool:
    with path.open("rb") as file:
        is_zip = file.read(len(_ZIP)) == _ZIP
    return is_zip and path.stat().st_size <= _LARGEST_POSES_BYTES


class Received:
    """A file that came with a request, kept as long as it is looked at.

    Examples
    --------
    >>> with Received() as received:
    ...     received.path.name
    'shown'
    """

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="formcheck-")
        self.path = Path(self._folder.name) / "shown"

    def __enter__(self) -> "Received":
        """Nothing more to open."""
        return self

    def __exit__(self, *_: object) -> None:
        """Take the file away."""
        self._folder.cleanup()

    async def take(self, chunks: AsyncIterator[bytes]) -> None:
        """Write what comes, piece by piece."""
        with self.path.open("wb") as file:
            async for chunk in chunks:
                file.write(chunk)
