"""A sink that may fail: it costs its own file, and not what the others write."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Self

from formcheck.analysis.snapshot import Snapshot
from formcheck.errors import OutputError
from formcheck.frame import Frame
from formcheck.sinks.base import Sink


class Dispensable:
    """Hand everything to a sink until it cannot write, and remember why it could not.

    Parameters
    ----------
    sink
        A sink that the run can do without.

    Attributes
    ----------
    failure
        Why its file is not there; None where it is.

    Examples
    --------
    >>> from pathlib import Path
    >>> from formcheck.sinks.readings_table import ReadingsSink
    >>> with Dispensable(ReadingsSink(Path("no/such/folder.csv"), [])) as readings:
    ...     readings.write(Snapshot(0.0, None), None)
    >>> type(readings.failure).__name__
    'OutputError'
    """

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self.failure: OutputError | None = None

    def __enter__(self) -> Self:
        """Open the sink."""
        with self._spared():
            self._sink.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the sink, unless it has failed."""
        if self.failure is None:
            with self._spared():
                self._sink.__exit__(kind, error, traceback)

    def write(self, snapshot: Snapshot, frame: Frame | None) -> None:
        """Hand it on; a sink that fails is closed at once, which gives its space back."""
        if self.failure is not None:
            return
        with self._spared():
            self._sink.write(snapshot, frame)
        if self.failure is not None:
            with suppress(OutputError):
                self._sink.__exit__(type(self.failure), self.failure, None)

    @contextmanager
    def _spared(self) -> Iterator[None]:
        try:
            yield
        except OutputError as error:
            self.failure = error
