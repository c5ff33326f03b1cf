"""What the commands share: consoles, progress, the choice of model and exercise."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from formcheck.exercises import library
from formcheck.exercises.schema import Exercise

if TYPE_CHECKING:
    from formcheck.file_analysis import Progress as Report

AUTO = "auto"

console = Console()
errors = Console(stderr=True)

ModelOption = Annotated[
    Path | None,
    typer.Option("--model", help="Another pose landmarker .task file than the fetched one."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def chosen_exercise(word: str) -> Exercise:
    """Return the exercise of an id, or of a file of one's own."""
    if word.endswith(library.SUFFIX):
        return library.load(Path(word))
    return library.find(word)


def chosen_exercises(exercise: str) -> Sequence[Exercise]:
    """Return the exercise of this id, or all among which it is to be recognised."""
    if exercise == AUTO:
        return library.searched(library.load_all().values())
    return (chosen_exercise(exercise),)


@contextmanager
def progress_bar(text: str) -> "Iterator[Report]":
    """Show a bar on the error stream while something long goes on, where that is a terminal."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal) as bar:
        task = bar.add_task(text, total=None)
        yield lambda done, expected: bar.update(task, completed=done, total=expected)
