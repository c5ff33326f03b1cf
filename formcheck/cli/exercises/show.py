"""``formcheck exercises show``: one exercise in words and numbers."""

import json
from typing import Annotated

import typer
from rich.markdown import Markdown
from rich.markup import escape

from formcheck.cli.output import JsonOption, chosen_exercise, console
from formcheck.exercises import library
from formcheck.exercises.schema import Exercise
from formcheck.exercises.set_thresholds import settable
from formcheck.prescription.day_words import in_words
from formcheck.reports.exercise_page import render_exercise
from formcheck.texts import Texts


def show(
    exercise_id: Annotated[
        str, typer.Argument(metavar="ID or FILE", help="An id, or an exercise file (.toml).")
    ],
    *,
    language: Annotated[str, typer.Option(help="Its code: en, de, es, fr.")] = "en",
    as_json: JsonOption = False,
) -> None:
    """Show one exercise: for whom, how, the camera, how it is counted, what is and is not seen."""
    exercise = chosen_exercise(exercise_id)
    if as_json:
        plain = exercise.model_dump(mode="json") | {"needs_floor": exercise.needs_floor}
        typer.echo(json.dumps(plain, indent=1))
        return
    written = render_exercise(exercise, library.load_all(), Texts.load(language))
    console.print(Markdown(written))
    if not exercise.is_validated:
        console.print(f"[bold]{_unvalidated(exercise)}[/]", highlight=False)
    console.print(
        "[bold]Can be set by a therapist[/] (`analyze --threshold`):"
        f" {escape(', '.join(settable(exercise)))}"
    )


def _unvalidated(exercise: Exercise) -> str:
    shown = exercise.demonstrated
    if shown is None:
        return "Unvalidated: it has no motion, by which simulated people could try it."
    much = f"{shown.repetitions} repetitions" if shown.repetitions else f"{shown.held_s:g} s"
    return f"Unvalidated: from a demonstration of {much} by one person on {in_words(shown.on)}."
