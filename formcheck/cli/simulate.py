"""``formcheck simulate``: somebody who does not exist does an exercise, and what is true of it."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.progress import Progress
from rich.table import Table

import formcheck
from formcheck.cli.output import chosen_exercise, console
from formcheck.cli.simulated import (
    asked_camera,
    asked_faults,
    asked_person,
    asked_plan,
    asked_size,
)
from formcheck.exercises.schema import Exercise
from formcheck.files import atomic_path, ensure_folder
from formcheck.landmarks import Side
from formcheck.recordings import SUFFIX, RecordingHeader, RecordingWriter
from formcheck.simulation.camera import Viewpoint
from formcheck.simulation.labels import labels_of, what_is_true
from formcheck.simulation.manners import MANNERS, manner_of
from formcheck.simulation.performance import Performance
from formcheck.simulation.person import Person, skeleton_of
from formcheck.simulation.plan import Manner, Plan
from formcheck.simulation.script import motion_of, perform
from formcheck.simulation.seeing import camera_for, seen_poses
from formcheck.simulation.timing import FASTEST_FPS, MOST_DROPPED, MOST_UNEVEN, SLOWEST_FPS, Timing
from formcheck.simulation.truth import truth_of


def simulate(  # noqa: PLR0913, PLR0917 - the options of the command
    exercise: Annotated[
        str,
        typer.Argument(
            help="Id of an exercise (`formcheck exercises list`), or a .toml file of your own.",
            show_default=False,
        ),
    ],
    variant: Annotated[
        str, typer.Option(help="Which way of doing it; the first that has a motion.")
    ] = "",
    repetitions: Annotated[
        int | None, typer.Option("--reps", min=1, help="How many repetitions; 4 unless given.")
    ] = None,
    hold_s: Annotated[
        float | None, typer.Option("--hold", min=1, help="How long it is held [s]; 10.")
    ] = None,
    fault: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME=WAY",
            help="Do the last repetition (or the end of the hold) wrongly, so many times the way"
            " from clean to the fault's threshold: 0.5 slight, 1 just at it, 1.5 clearly wrong."
            " Each further one takes the repetition before.",
        ),
    ] = None,
    side: Annotated[Side | None, typer.Option(help="The side that works, or begins.")] = None,
    camera: Annotated[
        str,
        typer.Option(
            help="front, side, oblique, or AZIMUTH,HEIGHT: degrees from the front to the"
            " person's left, and metres; the exercise's own unless given."
        ),
    ] = "",
    fps: Annotated[
        float, typer.Option(min=SLOWEST_FPS, max=FASTEST_FPS, help="Frames a second.")
    ] = 30,
    uneven: Annotated[
        float,
        typer.Option(
            min=0,
            max=MOST_UNEVEN,
            metavar="SHARE",
            help="How unevenly they come: standard deviation of the time between two as a share"
            " of its mean; 0.1 to 0.3 for a webcam in poor light.",
        ),
    ] = 0.0,
    dropped: Annotated[
        float, typer.Option(min=0, max=MOST_DROPPED, metavar="SHARE", help="How many are lost.")
    ] = 0.0,
    size: Annotated[str, typer.Option(metavar="WxH", help="Size of the picture.")] = "640x480",
    person: Annotated[
        list[str] | None,
        typer.Option(
            metavar="KEY=VALUE", help="sex=female or male, age=YEARS, height=METRES; each once."
        ),
    ] = None,
    manner: Annotated[str, typer.Option(help=f"How: {', '.join(MANNERS)}.")] = "steady",
    reach: Annotated[
        float,
        typer.Option(min=0.1, max=1.5, help="How far, as a share of the motion's own range."),
    ] = 1.0,
    noise: Annotated[
        float,
        typer.Option(min=0, max=5, help="Errors of the landmarks: 0 exact, 1 as the engine's."),
    ] = 0.0,
    seed: Annotated[int, typer.Option(min=0, help="Another one varies what chance does.")] = 0,
    video: Annotated[
        Path | None, typer.Option(help="Write a video of it here, and its labels beside it.")
    ] = None,
    poses: Annotated[
        Path | None,
        typer.Option(
            help="Write its poses here (*.poses.npz), for `formcheck analyze`, and its labels"
            " beside it, for `formcheck evaluate`."
        ),
    ] = None,
) -> None:
    """Have somebody who does not exist do an exercise, rightly or not, and say what is true.

    The exercise's own file says how it is done ([[motion]]). Nothing is downloaded.
    """
    asked = chosen_exercise(exercise)
    motion = motion_of(asked, variant)
    faults = asked_faults(asked, motion, fault or [])
    plan = asked_plan(asked, motion, repetitions, hold_s, faults, side)
    somebody = asked_person(person or [])
    width_px, height_px = asked_size(size)
    azimuth_deg, height_m = asked_camera(asked, camera)
    moves = manner_of(manner)
    moves = replace(moves, reach=reach * moves.reach)
    performance = perform(skeleton_of(somebody), asked, motion, plan, moves, seed)
    filming = Filming(
        asked,
        plan,
        moves,
        _only_wrong(performance, plan),
        somebody,
        Viewpoint(azimuth_deg, height_m, width_px, height_px),
        Timing(fps, uneven, dropped),
        noise,
        seed,
    )
    _print_truth(asked, filming.performance)
    if poses is not None:
        _print_written(_write_poses(filming, poses), asked)
    if video is not None:
        _print_written(_write_video(filming, video), asked)


@dataclass(frozen=True, slots=True)
class Filming:
    """A performance and how it is to be filmed."""

    exercise: Exercise
    plan: Plan
    manner: Manner
    performance: Performance
    person: Person
    viewpoint: Viewpoint
    timing: Timing
    noise: float
    seed: int


def _only_wrong(performance: Performance, plan: Plan) -> Performance:
    """Return the performance without the faults that stay below their thresholds."""
    if performance.holds_s:
        return performance  # there the slight ones are none to begin with
    pairs = list(zip(plan.attempts, performance.repetitions, strict=True))
    slight = {repetition.start_s for attempt, repetition in pairs if attempt.way < 1}
    return replace(
        performance,
        repetitions=tuple(
            replace(one, fault="") if one.start_s in slight else one for _, one in pairs
        ),
        faults=tuple(one for one in performance.faults if one.start_s not in slight),
    )


def _write_poses(filming: Filming, asked_path: Path) -> Path:
    """Write the recording, the truth and the labels; return where the recording is."""
    path = asked_path.with_name(asked_path.name.removesuffix(SUFFIX) + SUFFIX)
    ensure_folder(path.parent)
    performance = filming.performance
    camera = camera_for(performance, filming.viewpoint)
    times_s = filming.timing.times_s(performance.duration_s, filming.seed)
    truth = truth_of(performance, camera, times_s)
    seen = seen_poses(truth, camera, np.random.default_rng(filming.seed), filming.noise)
    header = RecordingHeader(
        source=path.name.removesuffix(SUFFIX),
        width_px=camera.width_px,
        height_px=camera.height_px,
        rate_hz=filming.timing.mean_fps,
        engine="simulation",
        engine_version=formcheck.__version__,
        model="exact landmarks" if filming.noise == 0 else f"errors x {filming.noise:g}",
        model_sha256="",
    )
    with RecordingWriter(path, header) as writer:
        for time_s, pose in seen:
            writer.write(time_s, pose)
    with atomic_path(_beside(path, ".truth.npz")) as temporary:
        truth.save(temporary)
    _write_labels(filming, path)
    return path


def _write_video(filming: Filming, path: Path) -> Path:
    """Write the video, the truth and the labels; return where the video is."""
    # Drawing is slow to load, and seldom asked for.
    from formcheck.simulation.rendering.filming import film, plain_scene  # noqa: PLC0415

    ensure_folder(path.parent)
    scene = plain_scene(
        filming.exercise,
        filming.performance.variant,
        filming.plan,
        filming.manner,
        filming.person,
        filming.viewpoint,
        filming.timing,
        filming.seed,
    )
    with Progress(console=console) as progress:
        task = progress.add_task("drawing", total=None)
        truth = film(
            scene,
            filming.exercise,
            path,
            lambda done, total: progress.update(task, completed=done, total=total),
        )
    with atomic_path(_beside(path, ".truth.npz")) as temporary:
        truth.save(temporary)
    _write_labels(filming, path)
    return path


def _write_labels(filming: Filming, recorded: Path) -> None:
    facts = {
        "file": recorded.name,
        "fps": filming.timing.mean_fps,
        "width": filming.viewpoint.width_px,
        "height": filming.viewpoint.height_px,
        "duration_s": round(filming.performance.duration_s, 3),
        **what_is_true(filming.performance),
        "truth": _beside(recorded, ".truth.npz").name,
    }
    with atomic_path(_beside(recorded, ".labels.json")) as temporary:
        temporary.write_text(labels_of([facts]), encoding="utf-8")


def _beside(recorded: Path, ending: str) -> Path:
    stem = recorded.name.removesuffix(SUFFIX)
    stem = stem if stem != recorded.name else recorded.stem
    return recorded.with_name(stem + ending)


def _print_written(path: Path, exercise: Exercise) -> None:
    for written in (path, _beside(path, ".labels.json"), _beside(path, ".truth.npz")):
        console.print(f"  {written}", markup=False, highlight=False, soft_wrap=True)
    console.print(
        f"Now: formcheck analyze {path} --exercise {exercise.id}",
        markup=False, highlight=False, soft_wrap=True,
    )  # fmt: skip


def _print_truth(exercise: Exercise, performance: Performance) -> None:
    name = next(one.name for one in exercise.variants if one.id == performance.variant)
    console.rule(f"{exercise.name}: {name}", align="left")
    table = Table(box=None, pad_edge=True)
    for title in ("#", "from s", "furthest s", "to s"):
        table.add_column(title, justify="right")
    for title in ("side", "what is wrong"):
        table.add_column(title)
    for number, one in enumerate(performance.repetitions, start=1):
        times = (f"{s:.1f}" for s in (one.start_s, one.peak_s, one.end_s))
        table.add_row(str(number), *times, one.side or "", one.fault)
    for number, (start_s, end_s) in enumerate(performance.holds_s, start=1):
        table.add_row(str(number), f"{start_s:.1f}", "held", f"{end_s:.1f}", "", "")
    for span in performance.faults if performance.holds_s else ():
        times = (f"{s:.1f}" for s in (span.start_s, span.end_s))
        first, last = times
        table.add_row("", first, "", last, "", span.fault)
    console.print(table)
