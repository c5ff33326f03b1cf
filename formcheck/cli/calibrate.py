"""``formcheck calibrate``: measure one person's own range, for everything that comes after."""

import datetime
import math
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from formcheck import measures
from formcheck.analysis.calibrator import LEAST_REPETITIONS, Calibrator
from formcheck.analysis.fitting import can_follow, fitted
from formcheck.analysis.own_numbers import Calibration, Fit, usual_at
from formcheck.analysis.snapshot import Snapshot
from formcheck.cli.output import ModelOption, chosen_exercise, console, progress_bar
from formcheck.errors import SourceError, UsageError
from formcheck.estimators import model_files
from formcheck.estimators.process import MediaPipeEstimator
from formcheck.exercises.schema import Exercise, Signal
from formcheck.file_analysis import Progress
from formcheck.pipeline import Observation, observe, replay
from formcheck.recordings import Recording, is_recording
from formcheck.recordings.calibration_file import SUFFIX, CalibrationFile, checked, save
from formcheck.reports.amounts import amount
from formcheck.sinks.base import Sink
from formcheck.sinks.window import WindowClosed, WindowSink
from formcheck.sources.camera import CameraSource
from formcheck.sources.opening import open_source


def calibrate(  # noqa: PLR0913 - the options of the command
    exercise: Annotated[
        str,
        typer.Argument(
            help="Id of an exercise (`formcheck exercises list`), or a .toml file of your own.",
            show_default=False,
        ),
    ],
    video: Annotated[
        Path | None,
        typer.Argument(
            help="A video, a folder of pictures, or a saved *.poses.npz recording; left out with"
            " --camera.",
            show_default=False,
        ),
    ] = None,
    camera: Annotated[
        int | None, typer.Option(help="Look through a camera, 0 for the first, in a window.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help=f"File to write; EXERCISE.VIEW{SUFFIX} unless given."),
    ] = None,
    *,
    hold: Annotated[
        bool, typer.Option("--hold", help="Measure its posture, where it is repeated or held.")
    ] = False,
    person: Annotated[str, typer.Option(help="A pseudonym for the file; no name.")] = "",
    age_years: Annotated[
        int | None,
        typer.Option("--age", min=0, max=120, help="For what is usual at that age."),
    ] = None,
    model: ModelOption = None,
) -> None:
    """Measure a person's own range in 2 or 3 easy repetitions, or a comfortable posture.

    They do it as far as it is comfortable; nothing is judged. With the file that is written,
    analyze --calibration measures against their own range, within the bounds of the exercise.
    """
    asked = chosen_exercise(exercise)
    is_hold = hold or asked.is_hold
    if not can_follow(asked, is_hold=is_hold):
        raise UsageError(_same_for_all(asked, is_hold=is_hold))
    if (video is None) == (camera is None):
        raise UsageError("expected a video or --camera NUMBER, one of them")
    calibrator = Calibrator(asked, is_hold=is_hold)
    if camera is None:
        assert video is not None
        last = _from_file(calibrator, video, model)
    else:
        last = _from_camera(calibrator, camera, model)
    measured = calibrator.result()
    if measured is None:
        raise SourceError(_not_enough(calibrator, last))
    made = replace(
        measured,
        made=datetime.datetime.now(datetime.UTC).astimezone().date().isoformat(),
        person=person,
        age_years=age_years,
    )
    checked(asked, Fit((made,)), asked.id)
    path = out or Path(f"{asked.id}.{made.view}{SUFFIX}")
    save(CalibrationFile.of(made), path)
    _print(asked, made, path)


def _from_file(calibrator: Calibrator, path: Path, model: Path | None) -> Snapshot | None:
    with progress_bar(path.name) as progress:
        if is_recording(path):
            recording = Recording(path)
            seen = _counted(replay(recording), recording.n_frames, progress)
            return _measure(calibrator, seen)
        with (
            MediaPipeEstimator(model_files.find(model)) as estimator,
            open_source(path) as source,
        ):
            seen = _counted(observe(source, estimator), source.info.n_frames, progress)
            return _measure(calibrator, seen)


def _from_camera(calibrator: Calibrator, camera: int, model: Path | None) -> Snapshot | None:
    window = WindowSink()
    console.print(_what_to_do(calibrator), highlight=False)
    with (
        MediaPipeEstimator(model_files.find(model), restart=True) as estimator,
        CameraSource(camera) as source,
        suppress(WindowClosed, KeyboardInterrupt),
    ):
        return _measure(calibrator, observe(source, estimator, lookahead=0), window)
    return None


def _measure(
    calibrator: Calibrator, observations: Iterable[Observation], window: Sink | None = None
) -> Snapshot | None:
    """Look until all that is needed has been seen; return what was seen last."""
    snapshot = None
    with ExitStack() as stack:
        if window is not None:
            stack.enter_context(window)
        for observation in observations:
            snapshot = calibrator.update(observation.time_s, observation.pose)
            if window is not None:
                window.write(snapshot, observation.frame)
            if calibrator.is_complete:
                break
    return snapshot


def _counted(
    observations: Iterable[Observation], expected: int | None, progress: Progress
) -> Iterator[Observation]:
    for number, observation in enumerate(observations, start=1):
        yield observation
        progress(number, expected)


def _what_to_do(calibrator: Calibrator) -> str:
    if calibrator.is_hold:
        return f"Take up the comfortable posture for {calibrator.due:.0f} seconds."
    return (
        f"Do {calibrator.due:.0f} easy repetitions, as far as it is comfortable: they are not"
        " judged."
    )


def _same_for_all(exercise: Exercise, *, is_hold: bool) -> str:
    if is_hold and not any(variant.hold for variant in exercise.variants):
        return f"{exercise.id} is repeated: leave out --hold"
    return (
        f"{exercise.id} is not calibrated: what counts as its posture is the same for everybody."
        " A therapist may set a number of it with `analyze --threshold`."
    )


def _not_enough(calibrator: Calibrator, last: Snapshot | None) -> str:
    refused = last.not_assessed if last else None
    why = f" What was seen last: {refused.says}." if refused else ""
    if calibrator.is_hold:
        seen = f"held for {calibrator.done:.1f} s; expected {calibrator.due:.0f} s at a stretch"
    else:
        seen = f"{calibrator.done:.0f} easy repetitions seen; expected {LEAST_REPETITIONS} or more"
    return (
        f"{calibrator.exercise.id} could not be calibrated: {seen}, each large enough to be told"
        f" from lying, sitting or standing still.{why}"
    )


def _print(exercise: Exercise, made: Calibration, path: Path) -> None:
    personal = fitted(exercise, Fit((made,)))
    console.rule(f"{exercise.name}, {made.view} view", align="left")
    for own in made.signals:
        (before, after), *_ = _pairs(exercise, personal, own.variant, own.measure, made)
        console.print(_table(before, after, own.rest, own.furthest))
        usual = usual_at(before, made.age_years)
        if not math.isnan(usual):
            console.print(f"  Usual at {made.age_years} years: {amount(usual, _unit(before))}.")
    for posture in made.postures:
        value = amount(posture.value, measures.find(posture.measure).unit)
        console.print(f"  {posture.measure} in the comfortable posture: {value}")
    for reading in made.readings:
        console.print(f"  {reading.rule}: {reading.value:g} is this person's own")
    console.print(f"  {path}", markup=False, highlight=False, soft_wrap=True)
    console.print(
        f"Now: formcheck analyze VIDEO --exercise {exercise.id} --calibration {path}",
        markup=False, highlight=False, soft_wrap=True,
    )  # fmt: skip


def _pairs(
    exercise: Exercise, personal: Exercise, variant: str, measure: str, made: Calibration
) -> list[tuple[Signal, Signal]]:
    """Return the signal that was measured, as in the file and as for this person."""
    pairs = []
    for one, own in zip(exercise.variants, personal.variants, strict=True):
        if one.id == variant and one.repetition and own.repetition:
            found = [
                next(s for s in rule.signals if s.measure == measure and made.view in s.views)
                for rule in (one.repetition, own.repetition)
            ]
            pairs.append((found[0], found[1]))
    return pairs


def _table(before: Signal, after: Signal, rest: float, furthest: float) -> Table:
    unit = _unit(before)
    table = Table(box=None, pad_edge=True)
    for title in ("", "in the file", "for this person"):
        table.add_column(title)
    table.add_row(f"{before.measure} at rest", "", amount(rest, unit))
    table.add_row("at its furthest", "", amount(furthest, unit))
    rows = (("target", "target"), ("smallest that counts", "minimum_excursion"))
    for title, field in rows:
        table.add_row(title, *(amount(getattr(one, field), unit) for one in (before, after)))
    return table


def _unit(signal: Signal) -> str:
    return measures.find(signal.measure).unit
