"""``formcheck incoming``: recordings from anywhere become sessions of a person."""

import time
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli.folders import sessions_folder
from formcheck.cli.output import AUTO, ModelOption, console, errors, progress_bar
from formcheck.errors import FormcheckError, SourceError, StoreError, UsageError
from formcheck.estimators import model_files
from formcheck.estimators.process import MediaPipeEstimator
from formcheck.exercises import library
from formcheck.file_analysis import Progress as Report
from formcheck.file_analysis import no_progress
from formcheck.recordings.incoming_file import Incoming, State
from formcheck.recordings.own_exercises import own_exercises

if TYPE_CHECKING:
    from formcheck.incoming.queue import Queue

app = typer.Typer(
    help="Videos and recordings from anywhere: analysed, and kept as sessions of a person.",
    no_args_is_help=True,
)
StoreOption = Annotated[
    Path | None, typer.Option("--store", help="Folder of the sessions; your own data folder.")
]
KeepOption = Annotated[
    bool,
    typer.Option(
        "--keep-video", help="Keep the pictures with the session; else only what was seen in them."
    ),
]


@app.command("add")
def add(  # noqa: PLR0913 - the options of the command
    files: Annotated[
        list[Path],
        typer.Argument(help="Videos, or *.poses.npz recordings; they stay where they are."),
    ],
    person: Annotated[str, typer.Option(help="The pseudonym of whoever is seen.")],
    exercise: Annotated[
        str, typer.Option(help="Id of the only exercise that is done, or 'auto' to recognise.")
    ] = AUTO,
    recorded: Annotated[
        str | None,
        typer.Option(
            metavar="TIME",
            help="When, as 2026-03-01T08:30; left out, what the camera says, else the file's date.",
        ),
    ] = None,
    *,
    keep_video: KeepOption = False,
    store: StoreOption = None,
    model: ModelOption = None,
) -> None:
    """Take recordings in, and analyse them one after the other.

    A whole session is split into its exercises and sets. The same file is taken once.
    """
    from formcheck.incoming.queue import Queue  # noqa: PLC0415 - slow to load
    from formcheck.incoming.wish import Wish  # noqa: PLC0415 - as the queue

    folder = _made(store)
    named = None if exercise == AUTO else _known(exercise, folder)
    wish = Wish(person, named, keep_video, _time(recorded) if recorded else None)
    queue = Queue(folder)
    failures: list[FormcheckError] = []
    for file in files:
        try:
            taken = queue.take_file(file, wish)
        except FormcheckError as error:
            failures.append(error)
            if len(files) > 1:  # one alone is told at the end
                errors.print(f"{file.name}: {error}", markup=False)
            continue
        if not taken.is_new:
            _say(f"{file.name} was brought before: {_became(taken.facts)}")
        elif taken.facts.recorded is None:
            failures.append(
                UsageError(f"{file.name}: nobody knows when it was recorded: give --recorded TIME")
            )
    failures += _work_off(queue, model)
    if failures:
        raise failures[0]


@app.command("list")
def list_(store: StoreOption = None) -> None:
    """Say what waits, what is being analysed, and what came of those of the last week."""
    from formcheck.incoming.queue import Queue  # noqa: PLC0415 - slow to load

    folder = store or sessions_folder()
    if not folder.is_dir():
        raise StoreError(f"nothing is kept yet: there is no {folder}")
    queue = Queue(folder)
    listed = queue.listed()
    if not listed:
        _say("No recording waits.")
    for facts in listed:
        is_left = facts.state is State.ANALYSING and not queue.is_worked_off
        became = "was left half done, and begins anew" if is_left else _became(facts)
        _say(f"{facts.person}  {facts.name}  {became}")


@app.command("watch")
def watch(  # noqa: PLR0913 - the options of the command
    folder: Annotated[
        Path,
        typer.Argument(help="The name of each sub-folder is the pseudonym of a person."),
    ],
    person: Annotated[
        str | None, typer.Option(help="Whose files those are that lie in the folder itself.")
    ] = None,
    *,
    keep_video: KeepOption = False,
    move_done: Annotated[
        bool,
        typer.Option(
            "--move-done", help="Move what is analysed to a folder 'done' beside it; else nothing."
        ),
    ] = False,
    once: Annotated[
        bool, typer.Option("--once", help="End when everything that is there is analysed.")
    ] = False,
    store: StoreOption = None,
    model: ModelOption = None,
) -> None:
    """Take what is put into a folder, until Ctrl-C.

    It is looked through every five seconds, for folders of a network tell nobody what changes; a
    file is taken when it has stayed as it is for ten. Nothing is moved or deleted unless asked for.
    """
    from formcheck.incoming.queue import Queue  # noqa: PLC0415 - slow to load
    from formcheck.incoming.watching import (  # noqa: PLC0415
        EVERY_S,
        STAYS_FOR_LOOKS,
        Watched,
        Watcher,
    )

    queue = Queue(_made(store))
    watcher = Watcher(queue, Watched(folder, person, keep_video, move_done))
    _say(f"Watching {folder.absolute()}. Ctrl-C ends it.")
    with suppress(KeyboardInterrupt):
        n_looks = 0
        while True:
            for one in watcher.look():
                _say(f"{one.path.name}: {one.says}")
            _work_off(queue, model)
            n_looks += 1
            if once and n_looks > STAYS_FOR_LOOKS:
                watcher.look()  # moves what has just been done, where that is asked for
                return
            time.sleep(EVERY_S)


def _work_off(queue: "Queue", model: Path | None) -> list[FormcheckError]:
    """Analyse what waits, each with a bar; return what was refused."""
    from formcheck.incoming.working import Worker  # noqa: PLC0415 - slow to load

    refused: list[FormcheckError] = []
    if queue.next_waiting() is None:
        return refused
    with ExitStack() as stack:
        bars = _Bars(stack)

        def told(facts: Incoming) -> None:
            bars.show(facts)
            if facts.is_over:
                _say(f"{facts.person}  {facts.name}  {_became(facts)}")
            if facts.state is State.REFUSED:
                refused.append(SourceError(f"{facts.name}: {facts.reason}"))

        worker = Worker(queue, lambda: MediaPipeEstimator(model_files.find(model)), told)
        if not worker.work_off():
            _say("Another formcheck analyses what waits: it will see to these as well.")
    return refused


class _Bars:
    """One bar at a time, for the recording that is analysed."""

    def __init__(self, stack: ExitStack) -> None:
        self._stack = stack
        self._name = ""
        self._report: Report = no_progress

    def show(self, facts: Incoming) -> None:
        """Show how far a recording is."""
        if facts.name != self._name or facts.is_over:
            self._stack.close()
            self._name, self._report = "", no_progress
        if not self._name and not facts.is_over:
            self._name = facts.name
            self._report = self._stack.enter_context(progress_bar(facts.name))
        self._report(round(100 * facts.share), 100)


def _became(facts: Incoming) -> str:
    match facts.state:
        case State.WAITING if facts.recorded is None:
            return "waits until somebody says when it was recorded"
        case State.WAITING:
            return "waits"
        case State.ANALYSING:
            return f"is being analysed, {facts.share:.0%}"
        case State.REFUSED:
            return f"refused: {facts.reason}"
        case State.CANCELLED:
            return "cancelled"
    became = f"session {facts.session}" if facts.session else "no session came of it"
    return "\n".join((became, *(f"    {line}" for line in facts.says)))


def _made(store: Path | None) -> Path:
    folder = store or sessions_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _known(exercise: str, store: Path) -> str:
    """Return the id of an exercise, also of one's own."""
    return exercise if exercise in own_exercises(store) else library.find(exercise).id


def _time(text: str) -> datetime:
    try:
        time_of_day = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--recorded {text}: expected a time as 2026-03-01T08:30") from error
    return time_of_day if time_of_day.tzinfo else time_of_day.astimezone()


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
