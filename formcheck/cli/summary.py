"""A result as a table on the terminal."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from formcheck.reports.result import Result
from formcheck.reports.timeline_words import timeline_in_words
from formcheck.reports.words import how_far, summary_sentences, what_to_do_in_words


def print_summary(console: Console, result: Result) -> None:
    """Print what was done and what was wrong."""
    console.rule(result.provenance.source, align="left")
    for sentence in (*summary_sentences(result), *what_to_do_in_words(result)):
        console.print(f"  {sentence}", markup=False, highlight=False)
    if result.also_done:
        console.print("  In order:")
        for line in timeline_in_words(result):
            console.print(f"    {line}", markup=False, highlight=False)
        return
    if result.repetitions:
        console.print(_repetitions(result))
    if result.holds:
        console.print(_holds(result))


def _repetitions(result: Result) -> Table:
    turned = ["chest turned"] if any(row.turn for row in result.repetitions) else []
    table = _table("from s", "out s", "hold s", "back s", "reached, of target", *turned)
    for row in result.repetitions:
        table.add_row(
            str(row.number),
            *(f"{s:.1f}" for s in (row.start_s, row.outbound_s, row.effort_s, row.return_s)),
            how_far(row, result),
            *([row.turn.says] if row.turn else []),
            row.side or "",
            _in_words(row.faults),
        )
    return table


def _holds(result: Result) -> Table:
    turned = ["chest turned"] if any(row.turn for row in result.holds) else []
    table = _table("from s", "to s", "held s", "breaks", *turned)
    for row in result.holds:
        table.add_row(
            str(row.number),
            *(f"{s:.1f}" for s in (row.start_s, row.end_s, row.held_s)),
            str(row.n_breaks),
            *([row.turn.says] if row.turn else []),
            row.side or "",
            _in_words(row.faults),
        )
    return table


def _in_words(faults: Sequence[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in faults)


def _table(*numbers: str) -> Table:
    table = Table(box=None, pad_edge=True)
    for name in ("#", *numbers):
        table.add_column(name, justify="right")
    table.add_column("side")
    table.add_column("what was wrong")
    return table


def print_files(console: Console, files: Sequence[Path]) -> None:
    """Print where the results are."""
    for file in files:
        console.print(f"  {file}", style="dim", markup=False, highlight=False, soft_wrap=True)
