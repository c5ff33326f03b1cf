"""``formcheck analyze``: recordings in, verdicts out."""

import json
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import typer

from formcheck.analysis.own_numbers import AS_IN_THE_FILE
from formcheck.cli.fits import CalibrationOption, ThresholdOption, asked_fits
from formcheck.cli.output import (
    AUTO,
    JsonOption,
    ModelOption,
    chosen_exercises,
    console,
    errors,
    progress_bar,
)
from formcheck.cli.summary import print_files, print_summary
from formcheck.errors import FormcheckError, SourceError, UsageError
from formcheck.estimators import model_files
from formcheck.estimators.process import MediaPipeEstimator
from formcheck.exercises import library
from formcheck.file_analysis import (
    Asked,
    Outputs,
    UserInterruptError,
    Written,
    analyse_file,
    output_stem,
)
from formcheck.recordings import is_recording
from formcheck.recordings.session_facts import SessionFolder, is_session
from formcheck.reports.result import Result

DEFAULT_FOLDER = Path("formcheck-results")


def analyze(  # noqa: PLR0913 - the options of the command
    videos: Annotated[
        list[Path],
        typer.Argument(
            help="Videos, folders of pictures, saved *.poses.npz recordings, or folders of live"
            " sessions.",
            show_default=False,
        ),
    ],
    exercise: Annotated[
        str,
        typer.Option(
            help="Id of the exercise that is done (`formcheck exercises list`), a .toml file of"
            " your own, or 'auto' to recognise it or none.",
        ),
    ] = AUTO,
    out: Annotated[Path, typer.Option(help="Folder for the results.")] = DEFAULT_FOLDER,
    *,
    no_video: Annotated[
        bool, typer.Option("--no-video", help="Write no annotated video: faster.")
    ] = False,
    parquet: Annotated[
        bool, typer.Option("--parquet", help="Write the readings as Parquet instead of CSV.")
    ] = False,
    outline: Annotated[
        bool,
        typer.Option(
            "--outline",
            help="Look for the outline of the trunk also where the exercise is not named or does"
            " not need it: 2.4 ms more for a picture of 640x480 pixels, 9 for 1920x1080.",
        ),
    ] = False,
    calibration: CalibrationOption = None,
    threshold: ThresholdOption = None,
    model: ModelOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what was done in recordings: how often, how long, what was wrong and what was not seen.

    Writes for each: the result (JSON), the readings (CSV), the pose stream, an annotated video
    and a page that shows it all. Nothing leaves this computer.
    """
    exercises = chosen_exercises(exercise)
    fits = asked_fits(exercises, calibration or (), threshold or ())
    _check_names(videos)
    outputs = Outputs(out, video=not no_video, parquet=parquet)
    asked = Asked(exercises, fits, library.searched(library.load_all().values()), outline)
    analyse_all(videos, asked, outputs, model, as_json=as_json)


def analyse_all(
    videos: list[Path],
    asked: Asked,
    outputs: Outputs,
    model: Path | None,
    *,
    as_json: bool = False,
) -> list[Written]:
    """Analyse one file after the other; one that fails does not stop the others.

    Parameters
    ----------
    model
        Of the pose engine, which is started where a file needs it; None for the one that is found.

    Raises
    ------
    FormcheckError
        In the end, the first failure, where there was one.
    """
    done: list[Written] = []
    failures: list[FormcheckError] = []
    jobs = [job for video in videos for job in _jobs(video, asked, outputs)]
    needs_engine = any(not is_recording(job.path) for job in jobs)
    with ExitStack() as stack:
        estimator = (
            stack.enter_context(MediaPipeEstimator(model_files.find(model)))
            if needs_engine
            else None
        )
        for job in jobs:
            video = job.path
            try:
                with progress_bar(video.name) as progress:
                    written = analyse_file(video, job.asked, job.outputs, estimator, progress)
                done.append(written)
                _report(written, as_json=as_json)
                if written.failure:
                    raise _incomplete(video, written.result, written.failure)
            except UserInterruptError as interrupt:
                done.append(interrupt.written)
                _report(interrupt.written, as_json=as_json)
                _print_json(done, as_json=as_json)
                raise
            except FormcheckError as error:
                failures.append(error)
                if len(jobs) > 1:
                    name = "" if video.name in str(error) else f"{video.name}: "
                    errors.print(f"{name}{error}", markup=False)
    _print_json(done, as_json=as_json)
    if failures:
        raise failures[0]
    return done


@dataclass(frozen=True, slots=True)
class _Job:
    """One file to analyse, with what it may show, and where its results go."""

    path: Path
    asked: Asked
    outputs: Outputs


def _jobs(path: Path, asked: Asked, outputs: Outputs) -> list[_Job]:
    """Return a file as it is, or every set of a session, with the exercise that was due."""
    if not is_session(path):
        return [_Job(path, asked, outputs)]
    sets = SessionFolder(path).sets()
    if not sets:
        raise SourceError(f"{path}: no set was begun in this session")
    own = replace(outputs, folder=outputs.folder / path.resolve().name)
    return [
        _Job(
            one.path,
            replace(
                asked,
                exercises=asked.exercises if len(asked.exercises) == 1 else (one.exercise,),
                fits={
                    one.exercise.id: one.fit.and_also(
                        asked.fits.get(one.exercise.id, AS_IN_THE_FILE)
                    )
                },
            ),
            own,
        )
        for one in sets
    ]


def _incomplete(video: Path, result: Result, failure: FormcheckError) -> FormcheckError:
    """Return a failure of the same kind, and so the same exit code."""
    if result.partial:  # the why has been printed with the result
        return type(failure)(f"{video.name} was analysed only in part")
    return type(failure)(f"{video.name} was analysed, but not all could be written:\n{failure}")


def _report(written: Written, *, as_json: bool) -> None:
    if as_json:
        return
    print_summary(console, written.result)
    print_files(console, written.files)


def _print_json(done: Sequence[Written], *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps([json.loads(w.result.model_dump_json()) for w in done], indent=1))


def _check_names(videos: list[Path]) -> None:
    stems = [output_stem(video) for video in videos]
    twice = sorted({stem for stem in stems if stems.count(stem) > 1})
    if twice:
        raise UsageError(
            f"two recordings are called {', '.join(twice)}: their results would overwrite each"
            " other. Analyse them one at a time with different --out folders."
        )
