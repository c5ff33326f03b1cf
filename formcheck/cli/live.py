"""``formcheck live``: a session in front of the camera, in the browser or in a window."""

import webbrowser
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.analysis.coach import Coach
from formcheck.cli.folders import sessions_folder
from formcheck.cli.output import ModelOption, chosen_exercise, chosen_exercises, console
from formcheck.cli.prescribed import programme_of, say_day_of_rest
from formcheck.errors import UsageError
from formcheck.estimators import model_files
from formcheck.estimators.process import MediaPipeEstimator
from formcheck.exercises.library import load_all
from formcheck.exercises.schema import Dose, Exercise
from formcheck.pipeline import Run, observe
from formcheck.session.plan import Plan, Step
from formcheck.sinks.window import WindowClosed, WindowSink
from formcheck.sources.camera import CameraSource
from formcheck.texts import languages

if TYPE_CHECKING:
    from formcheck.store import Store
    from formcheck.web.setting import Setting

# A hung engine is replaced after this time: a longer one would freeze the picture.
ENGINE_TIMEOUT_S = 3.0


def live(  # noqa: PLR0913, PLR0917 - the options of the command
    exercise: Annotated[
        list[str] | None,
        typer.Option(
            help="Id of an exercise (`formcheck exercises list`) or a .toml file of your own; give"
            " it again for each further one. Left out, you choose on the page."
        ),
    ] = None,
    sets: Annotated[int | None, typer.Option(min=1, max=20, help="Sets of each exercise.")] = None,
    repetitions: Annotated[
        int | None, typer.Option("--reps", min=1, max=200, help="Repetitions in a set.")
    ] = None,
    hold_s: Annotated[
        float | None, typer.Option("--hold", min=1, max=600, help="Seconds to hold in a set.")
    ] = None,
    prescription: Annotated[
        Path | None,
        typer.Option(
            help="Follow this prescription from now on (`formcheck prescription new`); without it,"
            " and without --exercise, the one that was followed before."
        ),
    ] = None,
    person: Annotated[
        str | None, typer.Option(help="Whose prescription, where there are several.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="en, de, es or fr; left out, that of the browser.")
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free one.")] = 0,
    *,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Only print the address; do not open it.")
    ] = False,
    store: Annotated[
        Path | None, typer.Option(help="Folder for the sessions; your own data folder.")
    ] = None,
    no_calibration: Annotated[
        bool,
        typer.Option(
            "--no-calibration",
            help="Neither measure the own range the first time nor use what was measured.",
        ),
    ] = False,
    window: Annotated[
        bool, typer.Option("--window", help="A plain window instead of a page; one exercise.")
    ] = False,
    camera: Annotated[int, typer.Option(help="With --window: 0 for the first camera.")] = 0,
    model: ModelOption = None,
) -> None:
    """Exercise in front of the camera: guided, counted and timed, with one cue at a time.

    Opens a page in your browser. No picture is kept unless you tick it on the page, and nothing
    leaves this computer.
    """
    if language is not None and language not in languages():
        known = ", ".join(languages())
        raise UsageError(f"--language {language}: expected one of {known}")
    chosen = [chosen_exercise(word) for word in exercise or () if not window]
    if window:
        _in_window(exercise or [], camera, model)
        return
    if chosen and (prescription or person):
        raise UsageError("expected --exercise or a prescription, got both")
    plan = asked_plan(chosen, sets, repetitions, hold_s)
    own = tuple(one for one in chosen if one != load_all().get(one.id))
    _in_browser(
        Wished(plan, own, prescription, person),
        language,
        store or sessions_folder(),
        port,
        model,
        opens=not no_browser,
        calibrates=not no_calibration,
    )


@dataclass(frozen=True, slots=True)
class Wished:
    """What was asked for on the command line: a plan, or whose prescription is followed."""

    plan: Plan | None
    own: tuple[Exercise, ...]
    prescription: Path | None
    person: str | None


def asked_plan(
    exercises: list[Exercise], sets: int | None, repetitions: int | None, hold_s: float | None
) -> Plan | None:
    """Return what is to be done; None where it is chosen on the page.

    Raises
    ------
    UsageError
        If an exercise cannot be done like that.
    """
    if repetitions is not None and hold_s is not None:
        raise UsageError("expected --reps or --hold, got both")
    if not exercises:
        return None
    steps = []
    for exercise in exercises:
        usual = exercise.starting_dose
        is_usual = repetitions is None and hold_s is None
        dose = Dose(
            sets=sets or usual.sets,
            repetitions=usual.repetitions if is_usual else repetitions,
            hold_s=usual.hold_s if is_usual else hold_s,
            rest_s=usual.rest_s,
        )
        if not exercise.fits(dose):
            way = "held: give --hold SECONDS" if repetitions else "repeated: give --reps N"
            raise UsageError(f"{exercise.id} is {way}")
        steps.append(Step(exercise, dose))
    return Plan(tuple(steps))


def _in_browser(  # noqa: PLR0913
    wished: Wished,
    language: str | None,
    folder: Path,
    port: int,
    model: Path | None,
    *,
    opens: bool,
    calibrates: bool,
) -> None:
    # The libraries of web and store are slow to load, and few other commands need them.
    from formcheck.session_records import take_in_ended  # noqa: PLC0415
    from formcheck.store import Store  # noqa: PLC0415
    from formcheck.web.app import make_app  # noqa: PLC0415
    from formcheck.web.server import listening, serve  # noqa: PLC0415
    from formcheck.web.setting import Setting  # noqa: PLC0415
    from formcheck.web.unfinished import is_in_use  # noqa: PLC0415

    estimator = MediaPipeEstimator(
        model_files.find(model), restart=True, timeout_s=ENGINE_TIMEOUT_S
    )
    store = Store.open(folder)
    for problem in store.problems:
        console.print(f"{store.path}: {problem}", markup=False, highlight=False, soft_wrap=True)
    take_in_ended(store, tidies=True)
    setting = Setting(
        exercises={**load_all(), **{one.id: one for one in wished.own}},
        store=folder,
        identity=estimator.identity,
        plan=wished.plan,
        chosen_language=language,
        own_exercises=wished.own,
        calibrates=calibrates,
        opened=store,
    )
    if wished.plan is None:
        setting = _prescribed(setting, store, wished)

    def ready(address: str) -> None:
        if is_in_use(setting.store):
            console.print("Another formcheck is in the middle of a session: this one begins anew.")
        console.print("Your session is ready. It opens in your browser; if not, open this:")
        console.print(f"  {address}", markup=False, highlight=False, soft_wrap=True)
        console.print("The address works once. End formcheck with Ctrl-C.")
        if opens:
            webbrowser.open(address)

    with store, suppress(KeyboardInterrupt):
        serve(partial(make_app, setting, estimator), listening(port), ready)


def _prescribed(setting: "Setting", store: "Store", wished: Wished) -> "Setting":
    """Return the setting with what is prescribed for today, if anything is."""
    today = setting.today()
    programme = programme_of(store, wished.prescription, wished.person, today)
    person = programme.person if programme else wished.person
    # What is opened on My page later, or is due on another day, is found in the store.
    setting = replace(setting, prescribed=partial(programme_of, store, None, person))
    if programme is None:
        return setting
    setting = setting.following(programme)
    console.print(
        f"Following the prescription of {programme.person}, revision {programme.revision}.",
        highlight=False,
    )
    if setting.plan is None:
        say_day_of_rest(programme, today)
    return setting


def _in_window(exercises: list[str], camera: int, model: Path | None) -> None:
    if len(exercises) != 1:
        raise UsageError("expected one --exercise with --window, or 'auto' to recognise it")
    candidates = chosen_exercises(exercises[0])
    outline = all(one.needs_outline for one in candidates)
    run = Run(Coach(candidates), [WindowSink()])
    with (
        MediaPipeEstimator(
            model_files.find(model), restart=True, timeout_s=ENGINE_TIMEOUT_S
        ) as estimator,
        CameraSource(camera) as source,
        suppress(WindowClosed, KeyboardInterrupt),
    ):  # how a live session ends
        run.process(observe(source, estimator, lookahead=0, outline=outline))
    verdict = run.analysis().verdict
    if verdict.exercise is None:
        console.print("No exercise was recognised.")
    elif verdict.exercise.is_hold:
        console.print(f"{verdict.exercise.name}: held for {verdict.held_s:.0f} s")
    else:
        console.print(f"{verdict.exercise.name}: {len(verdict.repetitions)} repetitions")
