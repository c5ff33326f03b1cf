"""``formcheck review``: the therapist's pages, in the browser."""

import getpass
import webbrowser
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli.folders import sessions_folder
from formcheck.cli.output import console
from formcheck.cli.prescription import keys_folder
from formcheck.recordings import therapist_key


def review(
    *,
    name: Annotated[
        str | None,
        typer.Option(help="Who reviews: goes with every correction; your name on this computer."),
    ] = None,
    store: Annotated[
        Path | None, typer.Option(help="Folder of the sessions; your own data folder.")
    ] = None,
    key: Annotated[
        Path | None, typer.Option(help="The key that seals prescriptions; that of this computer.")
    ] = None,
    watch: Annotated[
        Path | None,
        typer.Option(
            help="A folder to take recordings from; the names of its sub-folders are the people."
        ),
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free one.")] = 0,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Only print the address; do not open it.")
    ] = False,
) -> None:
    """Look through sessions, correct what the machine says, and change what is prescribed.

    Opens the therapist's pages in your browser. Nothing leaves this computer.
    """
    # The libraries of web and store are slow to load, and few other commands need them.
    from formcheck.exchange.known import known_exercises  # noqa: PLC0415
    from formcheck.incoming.queue import Queue  # noqa: PLC0415
    from formcheck.incoming.watching import Watched, Watcher, Watching  # noqa: PLC0415
    from formcheck.reviewing.overview import current_facts  # noqa: PLC0415
    from formcheck.session_records import take_in_ended  # noqa: PLC0415
    from formcheck.store import Store  # noqa: PLC0415
    from formcheck.web.review.app import make_review_app  # noqa: PLC0415
    from formcheck.web.review.setting import ReviewSetting  # noqa: PLC0415
    from formcheck.web.server import listening, serve  # noqa: PLC0415

    def ready(address: str) -> None:
        console.print("The review is ready. It opens in your browser; if not, open this:")
        console.print(f"  {address}", markup=False, highlight=False, soft_wrap=True)
        console.print("The address works once. End formcheck with Ctrl-C.")
        if not no_browser:
            webbrowser.open(address)

    with Store.open(store or sessions_folder()) as opened, suppress(KeyboardInterrupt):
        for problem in opened.problems:
            console.print(f"{opened.path}: {problem}", markup=False, highlight=False)
        take_in_ended(opened)
        known = known_exercises(opened, [one.pseudonym for one in opened.people])
        with console.status("Looking at what is new of everybody"):
            current_facts(opened, known)  # a list of people then opens at once
        setting = ReviewSetting(
            store=opened,
            exercises=known,
            name=name or getpass.getuser(),
            key=key or keys_folder() / therapist_key.NAME,
        )
        with ExitStack() as stack:
            if watch is not None:
                watching = Watching(Watcher(Queue(opened.folder), Watched(watch)))
                stack.enter_context(watching)
            with_pages = partial(make_review_app, setting, asks_first=True)
            serve(with_pages, listening(port), ready)
