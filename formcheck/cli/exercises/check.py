"""``formcheck exercises check``: whether a file of one's own is right."""

from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli.output import console
from formcheck.exercises import library


def check(
    files: Annotated[list[Path], typer.Argument(help="Exercise files (.toml).")],
) -> None:
    """Check exercise files; every mistake is named with its field."""
    for file in files:
        exercise = library.load(file)
        console.print(f"{file}: {exercise.name} is a valid exercise", highlight=False)
