"""``formcheck exercises list``: what there is, and what each needs."""

import json
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from formcheck.cli.folders import sessions_folder
from formcheck.cli.output import JsonOption, console
from formcheck.exercises import library
from formcheck.exercises.schema import Exercise
from formcheck.recordings import own_exercises
from formcheck.reports.exercise_page import kind_of

# From this width on names stand beside the ids, else below them [letters].
_WIDE = 120
_NAME_WIDTH = 24


def list(
    *,
    own: Annotated[
        bool, typer.Option("--own", help="Your own instead of those that are built in.")
    ] = False,
    store: Annotated[
        Path | None, typer.Option(help="With --own: folder of the sessions; your own data folder.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List the exercises: level, camera view, what they need, and which are unvalidated."""
    known = own_exercises.own_exercises(store or sessions_folder()) if own else library.load_all()
    exercises = known.values()
    if as_json:
        typer.echo(json.dumps([_row(exercise) for exercise in exercises], indent=1))
        return
    console.print(_listed(exercises, is_narrow=console.width < _WIDE))


def _listed(exercises: Iterable[Exercise], *, is_narrow: bool) -> Table:
    """Return a table in which no id is cut short: it is what is typed afterwards."""
    table = Table(box=None, pad_edge=False)
    table.add_column("id", no_wrap=True)
    if not is_narrow:
        table.add_column("name")
    for title in ("level", "kind", "camera", "needs", "on a chair or standing"):
        table.add_column(title)
    names = {one.id: one.name for one in library.load_all().values()}
    for one in exercises:
        name = one.name if one.is_validated else f"{one.name} (unvalidated)"
        below = textwrap.indent(textwrap.fill(name, _NAME_WIDTH), "  ")
        called = [f"{one.id}\n{below}"] if is_narrow else [one.id, name]
        instead = (
            ", ".join(names[other] for other in one.alternatives) if one.needs_floor else "yes"
        )
        cells = (str(one.level), _kind(one), one.camera.view, ", ".join(one.needs), instead)
        table.add_row(*called, *cells)
    return table


def _row(exercise: Exercise) -> dict[str, object]:
    """Return what helps to choose among exercises, as plain values."""
    return {
        "id": exercise.id,
        "name": exercise.name,
        "level": exercise.level,
        "group": exercise.group,
        "view": exercise.camera.view,
        "kind": _kind(exercise),
        "needs": exercise.needs,
        "needs_floor": exercise.needs_floor,
        "alternatives": exercise.alternatives,
        "is_validated": exercise.is_validated,
        "contraindications": [one.model_dump(mode="json") for one in exercise.contraindications],
    }


def _kind(exercise: Exercise) -> str:
    return kind_of(exercise).replace("_", " ")
