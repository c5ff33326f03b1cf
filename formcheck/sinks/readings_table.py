"""Every reading of every frame as a table: CSV, or Parquet with the extra ``parquet``."""

import math
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from formcheck import measures
from formcheck.analysis.snapshot import Snapshot
from formcheck.errors import OutputError
from formcheck.files import atomic_path, output_errors
from formcheck.frame import Frame
from formcheck.sinks.table_files import CsvWriter, Kind, ParquetWriter, Row, TableWriter

TEXTS = ("exercise", "phase", "view", "orientation", "near_side", "not_assessed")
NUMBERS = ("count", "attempts", "held_s")
_NO_PARQUET = "install formcheck[parquet], or leave --parquet out for CSV"


class ReadingsSink:
    """Write a row a frame.

    Parameters
    ----------
    path
        ``.csv`` or ``.parquet``.
    readings
        Measure and side of every reading that there will be.
    """

    def __init__(self, path: Path, readings: Iterable[tuple[str, str]]) -> None:
        self._path = path
        self._names = [column_name(measure, side) for measure, side in readings]
        self._failure: OutputError | None = None
        self._has_rows = False

    def __enter__(self) -> Self:
        """Open the file under its temporary name."""
        columns = ["time_s", *TEXTS, *NUMBERS, *self._names]
        with ExitStack() as stack:
            temporary = stack.enter_context(atomic_path(self._path))
            self._writer = self._opened(temporary, columns)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Put it in place, whatever ended the run, unless this file itself failed or is empty."""
        if not self._has_rows:
            self._writer.discard()
            self._stack.__exit__(OutputError, OutputError("no rows"), None)
            return
        with self._stack:
            try:
                if self._failure is not None:
                    raise self._failure
                self._writer.close()
            except (OSError, OutputError):
                self._writer.discard()
                raise

    def write(self, snapshot: Snapshot, frame: Frame | None) -> None:  # noqa: ARG002
        """Add one frame."""
        self._has_rows = True
        try:
            with output_errors(self._path):
                self._writer.write(self._row(snapshot))
        except OutputError as error:
            self._failure = error
            raise

    def _opened(self, path: Path, columns: list[str]) -> TableWriter:
        if self._path.suffix != ".parquet":
            return CsvWriter(path, columns)
        kinds = {name: Kind.TEXT if name in TEXTS else Kind.NUMBER for name in columns}
        return ParquetWriter(path, kinds, _NO_PARQUET)

    def _row(self, snapshot: Snapshot) -> Row:
        readings = {
            column_name(value.measure, value.side): _known(value.value)
            for value in snapshot.readings
        }
        return {
            "time_s": snapshot.time_s,
            "exercise": snapshot.exercise.id if snapshot.exercise else None,
            "phase": snapshot.phase.value,
            "view": snapshot.view,
            "orientation": snapshot.orientation,
            "near_side": snapshot.near_side,
            "not_assessed": snapshot.not_assessed.code if snapshot.not_assessed else None,
            "count": float(snapshot.count),
            "attempts": float(snapshot.n_attempts),
            "held_s": snapshot.held_s,
            **readings,
        }


def column_name(measure: str, side: str) -> str:
    """Return a column's name: measure, side where it has one, and unit."""
    found = measures.find(measure)
    name = f"{measure}_{side}" if found.sided else measure
    return f"{name} [{found.unit}]"


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value
