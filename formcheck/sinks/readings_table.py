"""Every reading of every frame as a table: CSV, or Parquet with the extra ``parquet``."""

import csv
import math
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from formcheck import measures
from formcheck.analysis.snapshot import Snapshot
from formcheck.errors import OutputError
from formcheck.files import atomic_path, output_errors
from formcheck.frame import Frame

ROWS_PER_GROUP = 2048

Row = Mapping[str, float | int | str | None]


class _TableWriter(Protocol):
    def write(self, row: Row) -> None: ...
    def close(self) -> None: ...
    def discard(self) -> None: ...


class CsvWriter:
    """Rows as CSV; what is unknown is empty."""

    def __init__(self, path: Path, columns: list[str]) -> None:
        self._file = path.open("w", newline="", encoding="utf-8")
        self._writer = csv.DictWriter(self._file, columns, restval="")
        self._writer.writeheader()

    def write(self, row: Row) -> None:
        """Write one row; numbers with six significant digits."""
        self._writer.writerow(
            {k: f"{v:.6g}" if isinstance(v, float) else v for k, v in row.items()}
        )

    def close(self) -> None:
        """Finish the file."""
        self._file.close()

    def discard(self) -> None:
        """Let go of a file that failed."""
        with suppress(OSError):
            self._file.close()


class ParquetWriter:
    """Rows as Parquet, in groups, so that memory stays flat."""

    def __init__(self, path: Path, columns: list[str], texts: frozenset[str]) -> None:
        try:
            import pyarrow as pa  # noqa: PLC0415 - an extra
            import pyarrow.parquet as pq  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise OutputError(
                "Parquet needs pyarrow: install formcheck[parquet], or leave --parquet out for CSV"
            ) from error
        fields = [(name, pa.string() if name in texts else pa.float64()) for name in columns]
        self._pa: Any = pa
        self._schema = pa.schema(fields)
        self._writer = pq.ParquetWriter(path, self._schema)
        self._rows: list[Row] = []

    def write(self, row: Row) -> None:
        """Add one row."""
        self._rows.append(row)
        if len(self._rows) >= ROWS_PER_GROUP:
            self._flush()

    def close(self) -> None:
        """Finish the file."""
        self._flush()
        self._writer.close()

    def discard(self) -> None:
        """Let go of a file that failed: what it says then is of no use."""
        with suppress(OSError, self._pa.ArrowException):
            self._writer.close()
        self._writer.is_open = False  # else it tries again when it is collected

    def _flush(self) -> None:
        rows = [dict(row) for row in self._rows]
        self._writer.write_table(self._pa.Table.from_pylist(rows, schema=self._schema))
        self._rows = []


TEXTS = ("exercise", "phase", "view", "orientation", "near_side", "not_assessed")
NUMBERS = ("count", "attempts", "held_s")


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
            self._writer: _TableWriter = (
                ParquetWriter(temporary, columns, frozenset(TEXTS))
                if self._path.suffix == ".parquet"
                else CsvWriter(temporary, columns)
            )
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
