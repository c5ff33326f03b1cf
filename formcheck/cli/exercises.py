"""``formcheck exercises``: what is built in, and whether a file of one's own is right."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from formcheck.cli.output import JsonOption, console
from formcheck.exercises import library
from formcheck.exercises.schema import Exercise

app = typer.Typer(help="List, show and check exercises.", no_args_is_help=True)


@app.command("list")
def list_exercises(*, as_json: JsonOption = False) -> None:
    """List the built-in exercises with their camera views."""
    exercises = library.load_all().values()
    if as_json:
        rows = [
            {"id": e.id, "name": e.name, "view": e.camera.view, "kind": _kind(e)} for e in exercises
        ]
        typer.echo(json.dumps(rows, indent=1))
        return
    table = Table(box=None)
    for title in ("id", "name", "kind", "camera from", "faults watched"):
        table.add_column(title)
    for exercise in exercises:
        names = ", ".join(finding.name for finding in exercise.findings)
        table.add_row(exercise.id, exercise.name, _kind(exercise), exercise.camera.view, names)
    console.print(table)


@app.command("show")
def show(
    exercise_id: Annotated[str, typer.Argument(metavar="ID")], *, as_json: JsonOption = False
) -> None:
    """Show one exercise: how it is done, where the camera goes, what is and is not checked."""
    exercise = library.find(exercise_id)
    if as_json:
        typer.echo(exercise.model_dump_json(indent=1))
        return
    console.print(f"[bold]{escape(exercise.name)}[/]  level {exercise.level}, {_kind(exercise)}")
    console.print(escape(exercise.purpose))
    console.print(escape(exercise.instructions.strip()), style="italic")
    views = ", ".join([exercise.camera.view, *sorted(exercise.camera.also)])
    low_m, high_m = exercise.camera.height_m
    console.print(
        f"[bold]Camera[/] from the {views}, {low_m} to {high_m} m high."
        f" {escape(exercise.camera.place)} In the picture:"
        f" {escape(exercise.camera.must_be_in_frame)}"
    )
    table = Table(title="Watched for", box=None, title_justify="left")
    for title in ("fault", "what it is", "cue", "seen how well"):
        table.add_column(title)
    for finding in exercise.findings:
        table.add_row(finding.name, finding.says, finding.cue, finding.observability)
    console.print(table)
    console.print("[bold]Not checked[/]")
    for unseen in exercise.not_checked:
        console.print(f"  {escape(unseen.says)} {escape(unseen.why)}")


@app.command("check")
def check(
    files: Annotated[list[Path], typer.Argument(help="Exercise files (.toml).")],
) -> None:
    """Check exercise files; every mistake is named with its field."""
    for file in files:
        exercise = library.load(file)
        console.print(f"{file}: {exercise.name} is a valid exercise", highlight=False)


@app.command("schema")
def schema() -> None:
    """Print the JSON Schema of exercise files, for editors."""
    typer.echo(json.dumps(Exercise.model_json_schema(), indent=1))


def _kind(exercise: Exercise) -> str:
    if exercise.is_hold:
        return "held"
    return "repeated or held" if any(v.hold for v in exercise.variants) else "repeated"
