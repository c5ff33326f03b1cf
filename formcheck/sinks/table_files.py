"""Tables as files: CSV, or Parquet where pyarrow is installed.

What is unknown is empty. A CSV cell that a spreadsheet would take for a formula gets an apostrophe
in front: what somebody wrote into a comment must never run where the table is opened. Parquet
keeps every text as it is.
"""

import csv
import enum
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol

from formcheck.errors import OutputError

ROWS_PER_GROUP = 2048
# What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection"), in full width too.
_FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")

Cell = float | int | str | bool | datetime | date | None
Row = Mapping[str, Cell]


class Kind(enum.StrEnum):
    """What the cells of a column are; a moment is a time in UTC."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole number"
    YES_NO = "yes or no"
    MOMENT = "moment"
    DAY = "day"


class TableWriter(Protocol):
    """Writes rows into one file."""

    def write(self, row: Row) -> None:
        """Add a row."""

    def close(self) -> None:
        """Finish the file."""

    def discard(self) -> None:
        """Let go of a file that failed."""


class CsvWriter:
    """Rows as CSV (UTF-8).

    Parameters
    ----------
    n_digits
        Significant digits of numbers.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "said.csv"
    >>> writer = CsvWriter(path, ["time_s", "comment"])
    >>> writer.write({"time_s": -1.5, "comment": "=1+1"})
    >>> writer.close()
    >>> path.read_text(encoding="utf-8").splitlines()
    ['time_s,comment', "-1.5,'=1+1"]
    """

    def __init__(self, path: Path, columns: list[str], n_digits: int = 6) -> None:
        self._file = path.open("w", newline="", encoding="utf-8")
        self._writer = csv.DictWriter(self._file, columns, restval="")
        self._writer.writeheader()
        self._n_digits = n_digits

    def write(self, row: Row) -> None:
        """Write one row."""
        self._writer.writerow({name: self._written(value) for name, value in row.items()})

    def close(self) -> None:
        """Finish the file."""
        self._file.close()

    def discard(self) -> None:
        """Let go of a file that failed."""
        with suppress(OSError):
            self._file.close()

    def _written(self, value: Cell) -> str | int | None:
        match value:
            case bool():
                return "yes" if value else "no"
            case float():
                return f"{value:.{self._n_digits}g}"
            case datetime():
                return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
            case date():
                return value.isoformat()
            case str():
                return harmless(value)
        return value


class ParquetWriter:
    """Rows as Parquet, in groups, so that memory stays flat.

    Parameters
    ----------
    kinds
        Every column and what its cells are.
    todo
        What to do where pyarrow is not installed.
    """

    def __init__(self, path: Path, kinds: Mapping[str, Kind], todo: str) -> None:
        try:
            import pyarrow as pa  # noqa: PLC0415 - an extra
            import pyarrow.parquet as pq  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise OutputError(f"Parquet needs pyarrow: {todo}") from error
        types = {
            Kind.TEXT: pa.string(),
            Kind.NUMBER: pa.float64(),
            Kind.WHOLE: pa.int64(),
            Kind.YES_NO: pa.bool_(),
            Kind.MOMENT: pa.timestamp("us", tz="UTC"),
            Kind.DAY: pa.date32(),
        }
        self._pa: Any = pa
        self._schema = pa.schema([(name, types[kind]) for name, kind in kinds.items()])
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


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    Examples
    --------
    >>> harmless("@SUM(A1)"), harmless("a = b")
    ("'@SUM(A1)", 'a = b')
    """
    return f"'{text}" if text.startswith(_FORMULA_BEGINS) else text
