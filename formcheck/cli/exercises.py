"""``formcheck exercises``: what is built in, and whether a file of one's own is right."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.markdown import Markdown
from rich.markup import escape
from rich.table import Table

from formcheck.cli.exercise_pages import pages
from formcheck.cli.from_demonstration import from_demonstration
from formcheck.cli.live import sessions_folder
from formcheck.cli.output import JsonOption, chosen_exercise, console, progress_bar
from formcheck.cli.validation import LEGEND, WITHOUT_MOTION, as_plain, print_findings
from formcheck.errors import FormcheckError
from formcheck.evaluation.population import Findings, cases, findings_on, run
from formcheck.evaluation.population.cases import round_size
from formcheck.exercises import library
from formcheck.exercises.schema import Exercise
from formcheck.exercises.set_thresholds import settable
from formcheck.recordings import own_exercises
from formcheck.reports.exercise_page import kind_of, render_exercise
from formcheck.texts import Texts

# Of everything that can happen, how often it does in a validation unless told otherwise.
_ROUNDS = 2

app = typer.Typer(help="List, show and check exercises.", no_args_is_help=True)


app.command("pages")(pages)
app.command("from-demonstration")(from_demonstration)


@app.command("list")
def list_exercises(
    *,
    own: Annotated[
        bool, typer.Option("--own", help="Your own instead of those that are built in.")
    ] = False,
    store: Annotated[
        Path | None, typer.Option(help="With --own: folder of the sessions; your own data folder.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """List the exercises: level, camera view, what they need, and which are unvalidated."""
    known = own_exercises.own_exercises(store or sessions_folder()) if own else library.load_all()
    exercises = known.values()
    if as_json:
        typer.echo(json.dumps([_row(exercise) for exercise in exercises], indent=1))
        return
    table = Table(box=None)
    for title in ("id", "name", "level", "kind", "camera from", "needs", "on a chair or standing"):
        table.add_column(title)
    for one in exercises:
        instead = ", ".join(one.alternatives) if one.needs_floor else "yes"
        name = one.name if one.is_validated else f"{one.name} (unvalidated)"
        cells = (one.id, name, str(one.level), _kind(one), one.camera.view)
        table.add_row(*cells, ", ".join(one.needs), instead)
    console.print(table)


@app.command("show")
def show(
    exercise_id: Annotated[
        str, typer.Argument(metavar="ID or FILE", help="An id, or an exercise file (.toml).")
    ],
    *,
    language: Annotated[str, typer.Option(help="Its code: en, de, es, fr.")] = "en",
    as_json: JsonOption = False,
) -> None:
    """Show one exercise: for whom, how, the camera, how it is counted, what is and is not seen."""
    exercise = chosen_exercise(exercise_id)
    if as_json:
        plain = exercise.model_dump(mode="json") | {"needs_floor": exercise.needs_floor}
        typer.echo(json.dumps(plain, indent=1))
        return
    written = render_exercise(exercise, library.load_all(), Texts.load(language))
    console.print(Markdown(written))
    if not exercise.is_validated:
        console.print(f"[bold]{_unvalidated(exercise)}[/]", highlight=False)
    console.print(
        "[bold]Can be set by a therapist[/] (`analyze --threshold`):"
        f" {escape(', '.join(settable(exercise)))}"
    )


@app.command("check")
def check(
    files: Annotated[list[Path], typer.Argument(help="Exercise files (.toml).")],
) -> None:
    """Check exercise files; every mistake is named with its field."""
    for file in files:
        exercise = library.load(file)
        console.print(f"{file}: {exercise.name} is a valid exercise", highlight=False)


@app.command("validate")
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


@app.command("schema")
def schema() -> None:
    """Print the JSON Schema of exercise files, for editors."""
    typer.echo(json.dumps(Exercise.model_json_schema(), indent=1))


def _row(exercise: Exercise) -> dict[str, object]:
    """Return what helps to choose among exercises, as plain values."""
    return {
        "id": exercise.id,
        "name": exercise.name,
        "level": exercise.level,
        "group": exercise.group,
        "view": exercise.camera.view,
        "kind": _kind(exercise),
        "needs": exercise.needs,
        "needs_floor": exercise.needs_floor,
        "alternatives": exercise.alternatives,
        "is_validated": exercise.is_validated,
        "contraindications": [one.model_dump(mode="json") for one in exercise.contraindications],
    }


def _unvalidated(exercise: Exercise) -> str:
    shown = exercise.demonstrated
    if shown is None:
        return "Unvalidated: it has no motion, by which simulated people could try it."
    much = f"{shown.repetitions} repetitions" if shown.repetitions else f"{shown.held_s:g} s"
    return f"Unvalidated: from a demonstration of {much} by one person on {shown.on}."


def _kind(exercise: Exercise) -> str:
    return kind_of(exercise).replace("_", " ")
