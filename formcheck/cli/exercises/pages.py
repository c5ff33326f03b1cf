"""``formcheck exercises pages``: the documentation's page of each exercise, from its file."""

import math
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli.output import console
from formcheck.evaluation.labels import Clip, load_labels
from formcheck.exercises import library
from formcheck.files import atomic_path, ensure_folder
from formcheck.reports.exercise_page import render_exercise, render_index
from formcheck.simulation.rendering.strip import strip_of
from formcheck.texts import Texts

LABELS = "labels.json"
# Of a hold: how long before it, and how far from its ends a picture is taken [s].
_BEFORE_S, _WITHIN_S = 0.5, 0.3


def pages(
    *,
    out: Annotated[Path, typer.Option(help="Folder of the pages.")] = Path("docs/exercises"),
    pictures: Annotated[Path, typer.Option(help="Folder of the picture strips.")] = Path(
        "docs/images/exercises"
    ),
    clips: Annotated[
        Path, typer.Option(help=f"Folder of the clips that strips are made of, with {LABELS}.")
    ] = Path("sample_videos"),
    redraw: Annotated[
        bool, typer.Option("--redraw", help="Also make strips anew that are there.")
    ] = False,
) -> None:
    """Write a page for each built-in exercise, a strip of its sample clip, and an index."""
    exercises, texts = library.load_all(), Texts.load("en")
    ensure_folder(out)
    drawn = _draw(exercises, clips, ensure_folder(pictures), redraw=redraw)
    for exercise in exercises.values():
        picture = pictures / f"{exercise.id}.jpg"
        strip = Path(os.path.relpath(picture, out)).as_posix() if picture.is_file() else None
        written = render_exercise(exercise, exercises, texts, linked=True, strip=strip)
        _write(out / f"{exercise.id}.md", written.encode())
    _write(out / "README.md", render_index(exercises.values(), texts).encode())
    console.print(f"{len(exercises)} pages in {out}, {drawn} strips drawn", highlight=False)


def _draw(exercises: Iterable[str], clips: Path, pictures: Path, *, redraw: bool) -> int:
    """Make the strips that are missing, and return how many were made."""
    labelled = {Path(clip.file).stem: clip for clip in load_labels(clips / LABELS).clips}
    drawn = 0
    for name in exercises:
        picture = pictures / f"{name}.jpg"
        if name in labelled and (redraw or not picture.is_file()):
            video = clips / labelled[name].file
            truth = video.with_suffix(".truth.npz")
            _write(picture, strip_of(video, truth, moments_s(labelled[name])))
            drawn += 1
    return drawn


def moments_s(clip: Clip) -> list[float]:
    """Return six moments that show what is done in a clip [s].

    Of a hold: the clip's beginning, getting into it, its start, middle and end, and the clip's
    end. Of a repetition: from rest to its furthest point and back; where the sides take turns, to
    the furthest point of each.
    """
    if clip.holds_s:
        start_s, end_s = clip.holds_s[0]
        within = [start_s + _WITHIN_S, (start_s + end_s) / 2, end_s - _WITHIN_S]
        return [0.0, max(start_s - _BEFORE_S, 0.0), *within, math.inf]
    peaks = [t if isinstance(t, float) else sum(t) / 2 for t in clip.repetition_times_s]
    (start_s, end_s), *later = clip.repetition_spans_s
    if clip.sides and len(set(clip.sides[:2])) > 1:
        starts = (start_s, later[0][0])
        return [
            s + share * (p - s)
            for s, p in zip(starts, peaks, strict=False)
            for share in (0, 0.5, 1)
        ]
    out = [start_s + share * (peaks[0] - start_s) for share in (0, 0.4, 0.7, 1)]
    return [*out, (peaks[0] + end_s) / 2, end_s]


def _write(path: Path, content: bytes) -> None:
    with atomic_path(path) as temporary:
        temporary.write_bytes(content)
