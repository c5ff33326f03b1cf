"""Write the tables of one person, of several or of all, as CSV or Parquet."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

from formcheck.errors import OutputError
from formcheck.exchange.known import known_exercises
from formcheck.exchange.layouts import LAYOUTS, Layout
from formcheck.exchange.rows import Row, outcome_row, pain_row, session_rows
from formcheck.exchange.span import EVER, Span
from formcheck.file_analysis import Progress, no_progress
from formcheck.files import atomic_path, ensure_folder, output_errors
from formcheck.reviewing.corrected import reviewed
from formcheck.sinks.table_files import CsvWriter, ParquetWriter, TableWriter
from formcheck.store import Store

COLUMNS = "columns.csv"
_NO_PARQUET = "install formcheck[exchange], or leave --parquet out for CSV"
_N_DIGITS = 9  # milliseconds also of a session of hours


def write_tables(
    store: Store,
    people: Iterable[str],
    folder: Path,
    *,
    parquet: bool = False,
    span: Span = EVER,
    progress: Progress = no_progress,
) -> Mapping[str, int]:
    """Write every table of some people into a folder; return how many rows each has.

    The files are put in place when all of them are complete; `columns.csv` beside them says what
    every column means.

    Raises
    ------
    OutputError
        If they cannot be written.
    """
    ensure_folder(folder)
    counts = dict.fromkeys((layout.name for layout in LAYOUTS), 0)
    with ExitStack() as stack:
        files = {one.name: stack.enter_context(_File(folder, one, parquet)) for one in LAYOUTS}
        for table, row in _rows(store, list(people), span, progress):
            files[table].write(row)
            counts[table] += 1
    _write_columns(folder / COLUMNS)
    return counts


class _File:
    """One table that is being written, under a temporary name until it is complete."""

    def __init__(self, folder: Path, layout: Layout, parquet: bool) -> None:
        self._path = folder / f"{layout.name}{'.parquet' if parquet else '.csv'}"
        self._layout = layout

    def __enter__(self) -> "_File":
        with ExitStack() as stack:
            temporary = stack.enter_context(atomic_path(self._path))
            self._writer: TableWriter = (
                ParquetWriter(temporary, self._layout.kinds, _NO_PARQUET)
                if self._path.suffix == ".parquet"
                else CsvWriter(temporary, list(self._layout.kinds), _N_DIGITS)
            )
            self._stack = stack.pop_all()
        return self

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if error is not None:
            self._writer.discard()
            self._stack.__exit__(type(error), error, None)
            return
        with self._stack:
            try:
                self._writer.close()
            except (OSError, OutputError):
                self._writer.discard()
                raise

    def write(self, row: Row) -> None:
        with output_errors(self._path):
            self._writer.write(row)


def _rows(
    store: Store, people: list[str], span: Span, progress: Progress
) -> Iterator[tuple[str, Row]]:
    lines = [line for person in people for line in store.sessions(person, span.since, span.until)]
    exercises = known_exercises(store, people)
    for number, line in enumerate(lines):
        progress(number, len(lines))
        yield from session_rows(reviewed(store, line.id, exercises))
    for person in people:
        for rating in store.pain(person, span.since):
            if span.has(rating.time):
                yield "pain", pain_row(person, rating)
        for score in store.outcomes(person):
            if span.has_day(score.day):
                yield "outcomes", outcome_row(person, score)
    progress(len(lines), len(lines))


def _write_columns(path: Path) -> None:
    """Write what every column of every table means."""
    columns = ["table", "column", "kind", "meaning"]
    with atomic_path(path) as temporary:
        writer = CsvWriter(temporary, columns)
        for layout in LAYOUTS:
            for one in layout.columns:
                cells = layout.name, one.name, str(one.kind), one.says
                writer.write(dict(zip(columns, cells, strict=True)))
        writer.close()
