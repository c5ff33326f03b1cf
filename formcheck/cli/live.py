"""``formcheck live``: a set in front of the camera."""

from contextlib import suppress
from typing import Annotated

import typer

from formcheck.analysis.coach import Coach
from formcheck.cli.output import ModelOption, chosen_exercises, console
from formcheck.errors import UsageError
from formcheck.estimators import model_files
from formcheck.estimators.process import MediaPipeEstimator
from formcheck.pipeline import Run, observe
from formcheck.sinks.window import WindowClosed, WindowSink
from formcheck.sources.camera import CameraSource

# A hung engine is replaced after this time: a longer one would freeze the picture.
ENGINE_TIMEOUT_S = 3.0


def live(
    exercise: Annotated[
        str, typer.Option(help="Id of the exercise (`formcheck exercises list`), or 'auto'.")
    ],
    camera: Annotated[int, typer.Option(help="0 for the first camera.")] = 0,
    *,
    window: Annotated[
        bool, typer.Option("--window", help="Show a window on this computer's screen.")
    ] = False,
    model: ModelOption = None,
) -> None:
    """Coach one exercise in front of the camera: count, clock, skeleton and one cue at a time.

    Esc or q ends the session. Nothing is recorded and nothing leaves this computer.
    """
    if not window:
        raise UsageError("expected --window: it is the only way to see a live session so far")
    run = Run(Coach(chosen_exercises(exercise)), [WindowSink()])
    with (
        MediaPipeEstimator(
            model_files.find(model), restart=True, timeout_s=ENGINE_TIMEOUT_S
        ) as estimator,
        CameraSource(camera) as source,
        suppress(WindowClosed, KeyboardInterrupt),
    ):  # how a live session ends
        run.process(observe(source, estimator, lookahead=0))
    verdict = run.analysis().verdict
    if verdict.exercise is None:
        console.print("No exercise was recognised.")
    elif verdict.exercise.is_hold:
        console.print(f"{verdict.exercise.name}: held for {verdict.held_s:.0f} s")
    else:
        console.print(f"{verdict.exercise.name}: {len(verdict.repetitions)} repetitions")
