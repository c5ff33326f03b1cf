"""Save the pose stream of a run, so that it can be judged again without its pictures."""

from pathlib import Path
from types import TracebackType
from typing import Self

from formcheck.analysis.snapshot import Snapshot
from formcheck.frame import Frame
from formcheck.recordings import RecordingHeader, RecordingWriter


class PoseRecordingSink:
    """Write every pose to a recording.

    Parameters
    ----------
    path
        Where to, ``*.poses.npz``.
    header
        Where the poses come from.
    """

    def __init__(self, path: Path, header: RecordingHeader) -> None:
        self._path = path
        self._header = header
        self._writer: RecordingWriter | None = None

    def __enter__(self) -> Self:
        """Open nothing yet: a run that fails at once leaves an earlier recording as it is."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Put it in place, marked incomplete where an error ended the run."""
        if self._writer is not None:
            self._writer.__exit__(kind, error, traceback)

    def write(self, snapshot: Snapshot, frame: Frame | None) -> None:  # noqa: ARG002
        """Add one instant; the first opens the recording under its temporary name."""
        if self._writer is None:
            self._writer = RecordingWriter(self._path, self._header)
        self._writer.write(snapshot.time_s, snapshot.pose)
