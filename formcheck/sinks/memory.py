"""Keep snapshots in memory, for tests and for short recordings."""

from types import TracebackType
from typing import Self

from formcheck.analysis.snapshot import Snapshot
from formcheck.frame import Frame


class MemorySink:
    """Remember every snapshot."""

    def __init__(self) -> None:
        self.snapshots: list[Snapshot] = []

    def __enter__(self) -> Self:
        """Nothing to open."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Nothing to close."""

    def write(self, snapshot: Snapshot, frame: Frame | None) -> None:  # noqa: ARG002
        """Remember the snapshot; the picture is not needed."""
        self.snapshots.append(snapshot)
