"""``formcheck outcomes``: scores of how somebody is, and five stands timed by the camera."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.analysis.coach import Coach
from formcheck.cli.days import TodayOption, day
from formcheck.cli.folders import sessions_folder
from formcheck.cli.output import ModelOption, console, progress_bar
from formcheck.errors import SourceError
from formcheck.estimators import model_files
from formcheck.estimators.process import MediaPipeEstimator
from formcheck.exercises.library import load_all
from formcheck.pipeline import Run, observe, replay
from formcheck.prescription.outcomes import MeasureId, checked, measures, sit_to_stand_norm
from formcheck.prescription.sit_to_stand_test import EXERCISE, N_STANDS, StandTime, timed
from formcheck.recordings import Recording, is_recording
from formcheck.sources.opening import open_source
from formcheck.texts import Texts

if TYPE_CHECKING:
    from formcheck.store import Store

app = typer.Typer(
    help="Write down and list how somebody is; time five stands from a chair.",
    no_args_is_help=True,
)
PersonArgument = Annotated[str, typer.Argument(help="A pseudonym, no name.")]
StoreOption = Annotated[
    Path | None, typer.Option("--store", help="Folder of the sessions; your own data folder.")
]


@app.command("add")
def add(
    person: PersonArgument,
    measure: Annotated[MeasureId, typer.Argument(help="docs/outcomes.md explains each.")],
    score: Annotated[float, typer.Argument(help="In its own unit.")],
    *,
    on: TodayOption = None,
    store: StoreOption = None,
) -> None:
    """Write down a score, checked against the range of its measure."""
    _keep(store, person, measure, checked(measure, score), day(on))


@app.command("list")
def list_scores(person: PersonArgument, *, store: StoreOption = None) -> None:
    """List the scores of a person by day."""
    with _opened(store) as opened:
        scores = opened.outcomes(person)
        known = ", ".join(one.pseudonym for one in opened.people)
    for one in scores:
        console.print(f"{one.day} {one.measure} {one.score:g}", highlight=False)
    if not scores:
        of_whom = f" The store knows {known}." if known else ""
        console.print(f"Nothing is written down of {person!r}.{of_whom}", highlight=False)


@app.command("sit-to-stand")
def sit_to_stand(
    video: Annotated[Path, typer.Argument(help="A video or pose recording of five stands.")],
    *,
    person: Annotated[
        str | None, typer.Option(help="A pseudonym: the time is written down for them.")
    ] = None,
    age: Annotated[int | None, typer.Option(min=18, max=110, help="Years, for the norm.")] = None,
    on: TodayOption = None,
    store: StoreOption = None,
    model: ModelOption = None,
) -> None:
    """Time five stands from a chair: from the start of the first rise until the fifth stand.

    Sit, arms crossed, and stand up fully five times as fast as is safe. The time lacks how long
    somebody takes to react to a command: compare it with the same person's earlier times.
    """
    time = _timed(video, model)
    if time is None:
        raise SourceError(
            f"{video}: expected {N_STANDS} full stands from a chair, none of them more than a few"
            " seconds after the one before; see docs/outcomes.md"
        )
    error = measures()[MeasureId.SIT_TO_STAND_5].error
    console.print(
        f"{N_STANDS} stands in {time.score_s:.1f} s (a change under {error:g} s may be chance)",
        highlight=False,
    )
    norm = sit_to_stand_norm(age) if age is not None else None
    if norm:
        console.print(
            f"At {norm.from_age} to {norm.to_age} years most need at most {norm.upper_s:g} s",
            highlight=False,
        )
    if person:
        score = checked(MeasureId.SIT_TO_STAND_5, round(time.score_s, 1))
        _keep(store, person, MeasureId.SIT_TO_STAND_5, score, day(on))


def _timed(path: Path, model: Path | None) -> StandTime | None:
    run = Run(Coach([load_all()[EXERCISE]]))
    if is_recording(path):
        run.process(replay(Recording(path)))
    else:
        with (
            progress_bar(path.name),
            MediaPipeEstimator(model_files.find(model)) as estimator,
            open_source(path) as source,
        ):
            run.process(observe(source, estimator))
    return timed(run.analysis().verdict.repetitions)


def _keep(store: Path | None, person: str, measure: MeasureId, score: float, on: date) -> None:
    from formcheck.store import OutcomeScore  # noqa: PLC0415 - SQLAlchemy is slow to load

    with _opened(store) as opened:
        opened.add_outcome(person, OutcomeScore(on, measure, score))
    name = Texts.load("en").say(measures()[measure].name.key)
    console.print(f"Written down for {person}: {name}, {score:g}", highlight=False)


@contextmanager
def _opened(folder: Path | None) -> "Iterator[Store]":
    from formcheck.store import Store  # noqa: PLC0415 - SQLAlchemy is slow to load

    with Store.open(folder or sessions_folder()) as store:
        yield store
