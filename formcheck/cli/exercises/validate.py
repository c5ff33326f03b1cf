"""``formcheck exercises validate``: an exercise against people who do not exist."""

import json
import os
from dataclasses import dataclass
from typing import Annotated

import typer

from formcheck.cli.exercises.findings_shown import (
    LEGEND,
    WITHOUT_MOTION,
    as_plain,
    print_findings,
)
from formcheck.cli.output import JsonOption, chosen_exercise, console, progress_bar
from formcheck.errors import FormcheckError
from formcheck.evaluation.population import Findings, cases, findings_on, run
from formcheck.evaluation.population.cases import round_size
from formcheck.exercises import library
from formcheck.exercises.schema import Exercise

# Of everything that can happen, how often it does in a validation unless told otherwise.
_ROUNDS = 2


def validate(  # noqa: PLR0913 - the options of the command
    chosen: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID or FILE]...", help="Ids, or exercise files (.toml); all that are built in."
        ),
    ] = None,
    *,
    sessions: Annotated[
        int | None,
        typer.Option(min=1, help="Sessions of each; enough for everything to occur twice."),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Processes; as many as there are processors.")
    ] = None,
    noise: Annotated[
        float,
        typer.Option(min=0, max=5, help="Errors of the landmarks: 0 exact, 1 as the engine's."),
    ] = 1.0,
    auto: Annotated[
        bool, typer.Option("--auto", help="Also say how often it is recognised by itself.")
    ] = False,
    seed: Annotated[int, typer.Option(min=0, help="Another one draws other people.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """Try exercises on people who do not exist: what is counted, and which faults are found.

    They do it rightly and with each fault, from every view. It fails where fewer than 99 % of
    the clean sessions are counted, fewer than 95 % of the clear faults found, or a fault raised
    in more than 1 of 50 clean repetitions; faults that are seen poorly are not held to it.
    """
    asked = [chosen_exercise(word) for word in chosen or ()]
    exercises = asked or list(library.load_all().values())
    trial = _Trial(sessions, jobs or os.cpu_count() or 1, noise, seed, auto=auto)
    short: list[str] = []
    plain = []
    for exercise in exercises:
        findings = trial.of(exercise) if exercise.motion else None
        plain.append(as_plain(exercise, findings))
        short += [exercise.id] if findings and findings.shortfalls(exercise) else []
        if not as_json:
            _print_trial(exercise, findings)
    if as_json:
        typer.echo(json.dumps(plain, indent=1))
    elif any(exercise.motion for exercise in exercises):
        console.print(LEGEND, style="dim", highlight=False)
    if short:
        raise FormcheckError(f"below what an exercise must reach: {', '.join(short)}")


@dataclass(frozen=True, slots=True)
class _Trial:
    """How exercises are to be validated."""

    sessions: int | None
    jobs: int
    noise: float
    seed: int
    auto: bool

    def of(self, exercise: Exercise) -> Findings:
        """Run an exercise on its population."""
        n = self.sessions or _ROUNDS * round_size(exercise)
        candidates: tuple[Exercise, ...] = ()
        if self.auto:
            among = library.load_all() | {exercise.id: exercise}
            candidates = library.searched(among.values())
        drawn = cases(exercise, n, self.seed, self.noise)
        with progress_bar(exercise.id) as progress:
            outcomes = run({exercise.id: exercise}, drawn, self.jobs, progress, candidates)
        return findings_on(exercise, outcomes)


def _print_trial(exercise: Exercise, findings: Findings | None) -> None:
    if findings is None:
        console.rule(f"{exercise.name} ({exercise.id})", align="left")
        console.print(f"  {WITHOUT_MOTION}", markup=False, highlight=False)
    else:
        print_findings(console, exercise, findings)
