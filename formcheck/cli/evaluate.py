"""``formcheck evaluate``: measure the accuracy on labelled clips."""

from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli.output import JsonOption, ModelOption, console, progress_bar
from formcheck.errors import UsageError
from formcheck.estimators import model_files
from formcheck.estimators.process import MediaPipeEstimator
from formcheck.evaluation.labels import load_labels
from formcheck.evaluation.report import to_json, to_markdown
from formcheck.evaluation.run import evaluate as run
from formcheck.exercises import library
from formcheck.files import atomic_path, ensure_folder


def evaluate(
    labels: Annotated[Path, typer.Argument(help="A labels.json; its clips lie beside it.")],
    exercise: Annotated[
        str | None, typer.Option(help="Only clips of this exercise.", show_default=False)
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Write the tables here, as Markdown, and as JSON beside it."),
    ] = None,
    *,
    model: ModelOption = None,
    as_json: JsonOption = False,
) -> None:
    """Run labelled clips, each with its exercise given, with what must not be counted, and auto.

    Prints shares with their 95 % intervals, and every miss. An abstention where there is
    something to count or time is a miss.
    """
    exercises = library.load_all()
    found = load_labels(labels)
    if exercise is not None:
        clips = tuple(clip for clip in found.clips if clip.exercise == exercise)
        if not clips:
            raise UsageError(f"{labels} has no clip of {exercise!r}")
        found = found.model_copy(update={"clips": clips})
    with (
        MediaPipeEstimator(model_files.find(model)) as estimator,
        progress_bar("clips") as progress,
    ):
        scores = list(run(found, labels.parent, exercises, estimator, progress))
    text = to_json(scores) if as_json else to_markdown(scores)
    if out is not None:
        ensure_folder(out.parent)
        for path, content in (
            (out, to_markdown(scores)),
            (out.with_suffix(".json"), to_json(scores)),
        ):
            with atomic_path(path) as temporary:
                temporary.write_text(content, encoding="utf-8")
    if as_json:
        typer.echo(text)
    else:
        console.print(text, markup=False, highlight=False, soft_wrap=True)
