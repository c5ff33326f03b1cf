"""A result as a table on the terminal."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from formcheck.reports.result import Result
from formcheck.reports.words import summary_sentences


def print_summary(console: Console, result: Result) -> None:
    """Print what was done and what was wrong."""
    console.rule(result.provenance.source, align="left")
    for sentence in summary_sentences(result):
        console.print(f"  {sentence}", markup=False, highlight=False)
    if result.repetitions or result.holds:
        console.print(_table(result))


def _table(result: Result) -> Table:
    table = Table(box=None, pad_edge=True)
    is_counted = bool(result.repetitions)
    table.add_column("#", justify="right")
    table.add_column("from s", justify="right")
    table.add_column("to s", justify="right")
    table.add_column("reached" if is_counted else "held s", justify="right")
    table.add_column("side" if is_counted else "breaks")
    table.add_column("what was wrong")
    for repetition in result.repetitions:
        table.add_row(
            str(repetition.number),
            f"{repetition.start_s:.1f}",
            f"{repetition.end_s:.1f}",
            f"{100 * repetition.reached:.0f} %",
            repetition.side or "",
            ", ".join(repetition.faults),
        )
    for hold in result.holds:
        table.add_row(
            str(hold.number),
            f"{hold.start_s:.1f}",
            f"{hold.end_s:.1f}",
            f"{hold.held_s:.1f}",
            str(hold.n_breaks),
            ", ".join(hold.faults),
        )
    return table


def print_files(console: Console, files: Sequence[Path]) -> None:
    """Print where the results are."""
    for file in files:
        console.print(f"  {file}", style="dim", markup=False, highlight=False, soft_wrap=True)
