"""``formcheck evaluate``: measure the accuracy on labelled clips."""

import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli.output import JsonOption, ModelOption, console, progress_bar
from formcheck.errors import UsageError
from formcheck.estimators import model_files
from formcheck.estimators.base import PoseEstimator
from formcheck.estimators.process import MediaPipeEstimator
from formcheck.evaluation.evaluation import (
    Evaluation,
    MeasuredWith,
    is_evaluation,
    load_evaluation,
)
from formcheck.evaluation.labels import Labels, load_labels
from formcheck.evaluation.landmark_scores import score_landmark_sets
from formcheck.evaluation.notes import Half, Notes, load_notes
from formcheck.evaluation.page import render_page
from formcheck.evaluation.poses import ClipPoses
from formcheck.evaluation.report import to_markdown
from formcheck.evaluation.run import evaluate as run
from formcheck.evaluation.score import Score
from formcheck.evaluation.strips import write_strip
from formcheck.exercises import library
from formcheck.exercises.schema import Exercise
from formcheck.files import atomic_path, ensure_folder, sha256_of


def evaluate(  # noqa: PLR0913, PLR0917 - the options of the command
    labels: Annotated[
        Path,
        typer.Argument(
            help="A labels.json, its clips beside it; or the JSON of an evaluation, to make its"
            " tables again."
        ),
    ],
    exercise: Annotated[
        str | None, typer.Option(help="Only clips of this exercise.", show_default=False)
    ] = None,
    half: Annotated[
        Half | None,
        typer.Option(help="Only clips of this half, as split.json of the notes has it."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Write the tables here, as Markdown, and as JSON beside it."),
    ] = None,
    document: Annotated[
        Path | None,
        typer.Option(help="Write the whole page on accuracy here, and its JSON beside it."),
    ] = None,
    notes: Annotated[
        Path | None,
        typer.Option(help="Folder with split.json, sources.toml and explanations.toml."),
    ] = None,
    landmarks: Annotated[
        Path | None,
        typer.Option(help="Folder with landmark sets of others: reported apart."),
    ] = None,
    recordings: Annotated[
        Path | None,
        typer.Option(help="Keep the poses of the clips here: a second run needs no engine."),
    ] = None,
    strips: Annotated[
        Path | None,
        typer.Option(help="Draw a strip of pictures for each miss into this folder."),
    ] = None,
    *,
    model: ModelOption = None,
    as_json: JsonOption = False,
) -> None:
    """Run labelled clips, each with its exercise given, with what must not be counted, and auto.

    Prints shares with their 95 % intervals, and every miss. An abstention where there is
    something to count or time is a miss.
    """
    written = load_notes(notes) if notes else Notes()
    if is_evaluation(labels):
        evaluation = load_evaluation(labels)
    else:
        chosen = _of_half(_of_exercise(load_labels(labels), exercise), half, written)
        places = _Places(labels, recordings, strips, landmarks)
        evaluation = _measured(chosen, places, MediaPipeEstimator(model_files.find(model)))
    tables = to_markdown(evaluation, written)
    _write(evaluation, out, tables)
    _write(evaluation, document, render_page(evaluation, written))
    if as_json:
        typer.echo(evaluation.to_json())
    else:
        console.print(tables, markup=False, highlight=False, soft_wrap=True)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where everything lies that an evaluation reads and keeps."""

    labels: Path
    recordings: Path | None
    strips: Path | None
    landmarks: Path | None


def _measured(labels: Labels, places: _Places, estimator: PoseEstimator) -> Evaluation:
    exercises = library.load_all()
    with ExitStack() as stack:
        folder = ensure_folder(places.recordings) if places.recordings else _scratch(stack)
        poses = stack.enter_context(ClipPoses(places.labels.parent, folder, estimator))
        scores = _score(labels, poses, exercises, places.strips)
    landmark_scores = None
    if places.landmarks is not None:
        with progress_bar("landmark sets") as progress:
            landmark_scores = score_landmark_sets(places.landmarks, exercises, progress)
    return Evaluation(
        measured_with=MeasuredWith.now(
            estimator.identity, sha256_of(places.labels), tuple(exercises)
        ),
        scores=scores,
        landmark_scores=landmark_scores,
    )


def _score(
    labels: Labels, poses: ClipPoses, exercises: dict[str, Exercise], strips: Path | None
) -> tuple[Score, ...]:
    """Score every clip, and draw a strip for each miss where that was asked for."""
    with progress_bar("clips") as progress:
        scored = list(run(labels, poses, exercises, progress))
    missed = [(clip, score) for clip, score in scored if not score.is_right]
    if strips is not None:
        with progress_bar("strips of misses") as progress:
            for number, (clip, score) in enumerate(missed, start=1):
                write_strip(strips, clip, score, poses, exercises)
                progress(number, len(missed))
    return tuple(score for _, score in scored)


def _of_exercise(labels: Labels, exercise: str | None) -> Labels:
    if exercise is None:
        return labels
    clips = tuple(clip for clip in labels.clips if clip.exercise == exercise)
    if not clips:
        raise UsageError(f"no clip of {exercise!r} is labelled; leave out --exercise for all")
    return labels.model_copy(update={"clips": clips})


def _of_half(labels: Labels, half: Half | None, notes: Notes) -> Labels:
    if half is None:
        return labels
    clips = tuple(clip for clip in labels.clips if notes.split.half_of(clip.source) == half)
    if not clips:
        raise UsageError(f"no clip is of the {half} half: give --notes with a split.json")
    return labels.model_copy(update={"clips": clips})


def _scratch(stack: ExitStack) -> Path:
    return Path(stack.enter_context(tempfile.TemporaryDirectory()))


def _write(evaluation: Evaluation, path: Path | None, markdown: str) -> None:
    if path is None:
        return
    ensure_folder(path.parent)
    for target, content in ((path, markdown), (path.with_suffix(".json"), evaluation.to_json())):
        with atomic_path(target) as temporary:
            temporary.write_text(content, encoding="utf-8")
