"""``formcheck store``: where the data lies, whether it is whole, copies of it, and its end."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli.asking import confirmed
from formcheck.cli.opened_store import opened_store
from formcheck.cli.output import console
from formcheck.errors import StoreError, UsageError
from formcheck.exercises.library import load_all
from formcheck.reports.words import plural

if TYPE_CHECKING:
    from formcheck.store import Store

app = typer.Typer(
    help="What is kept on this computer: where it is, whether it is whole, copies, its erasure.",
    no_args_is_help=True,
)
StoreOption = Annotated[
    Path | None, typer.Option("--store", help="Folder of the sessions; your own data folder.")
]
PersonArgument = Annotated[str, typer.Argument(help="The pseudonym; `where` lists them.")]


@app.command("where")
def where(store: StoreOption = None) -> None:
    """Say where the data lies, and of whom it is."""
    with opened_store(store) as opened:
        size_mb = sum(path.stat().st_size for path in _files(opened)) / 1e6
        _say(f"{opened.folder}: {size_mb:.1f} MB")
        for person in opened.people:
            sessions = opened.sessions(person.pseudonym)
            last = f", the last on {sessions[-1].started:%Y-%m-%d}" if sessions else ""
            _say(f"  {person.pseudonym}: {plural(len(sessions), 'session')}{last}")


@app.command("check")
def check(store: StoreOption = None) -> None:
    """Say whether everything in the store is whole, and what is lost where it is not."""
    with opened_store(store) as opened:
        problems = (*opened.check(), *_wrong_facts(opened))
        if problems:
            lines = "\n".join(f"  {problem}" for problem in problems)
            raise StoreError(f"{opened.path} is not whole:\n{lines}")
        _say(f"{opened.path} is whole")


@app.command("backup")
def backup(
    file: Annotated[Path, typer.Argument(help="The copy; it can be put in the store's place.")],
    store: StoreOption = None,
) -> None:
    """Copy the whole store into one file, also while a session goes on."""
    with opened_store(store) as opened:
        _say(f"written: {opened.backup(file)}")


@app.command("export")
def export(
    person: PersonArgument,
    file: Annotated[Path, typer.Argument(help="The .zip to write.")],
    store: StoreOption = None,
) -> None:
    """Write everything that is kept of a person into a zip that needs no formcheck to be read."""
    with opened_store(store) as opened:
        _say(f"written: {opened.export(person, file)}")


@app.command("erase")
def erase(
    person: PersonArgument,
    store: StoreOption = None,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Remove everything that is kept of a person. It cannot be taken back."""
    with opened_store(store) as opened:
        _known(opened, person)
        sessions = plural(len(opened.sessions(person)), "session")
        question = f"Erase {person} with {sessions}? It cannot be taken back"
        if not yes and not confirmed(question, "say --yes"):
            raise UsageError("nothing was erased")
        done = opened.erase(person)
        _say(
            f"erased: {plural(done.n_sessions, 'session')},"
            f" {plural(done.n_folders, 'session folder')},"
            f" {plural(done.n_calibrations, 'calibration')},"
            f" {plural(done.n_backups, 'backup')} made by formcheck"
        )
        _say("Copies and exports that you have made yourself are still where you put them.")


def _known(store: "Store", person: str) -> None:
    """Refuse a name that nobody has, before anything is asked about it."""
    names = [one.pseudonym for one in store.people]
    if person not in names:
        known = ", ".join(names) or "nobody"
        raise StoreError(f"the store does not know {person!r}; it knows {known}")


def _wrong_facts(store: "Store") -> Iterator[str]:
    """Yield of whom lists say something else than what is known; it is put together anew."""
    from formcheck.reviewing.overview import mended  # noqa: PLC0415 - slow to load

    for person in mended(store, load_all()):
        yield f"the line of {person} in lists did not say what is known; it was made anew"


def _files(store: "Store") -> Iterator[Path]:
    return (path for path in store.folder.rglob("*") if path.is_file())


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
