"""``formcheck report``: what is kept of a person as a report to read, print and pass on."""

from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from formcheck.cli.days import TodayOption, day
from formcheck.cli.opened_store import opened_store
from formcheck.cli.output import console, progress_bar
from formcheck.errors import UsageError
from formcheck.exercises.library import load_all

app = typer.Typer(
    help="Write a report about a person as a page (.html) or for printing (.pdf); nothing is sent.",
    no_args_is_help=True,
)
PersonArgument = Annotated[str, typer.Argument(help="The pseudonym; `store where` lists them.")]
OutOption = Annotated[
    Path, typer.Option("--out", metavar="FILE", help="What to write: .html, or .pdf (A4).")
]
LanguageOption = Annotated[str, typer.Option(help="Its code: en, de, es, fr.")]
StoreOption = Annotated[
    Path | None, typer.Option("--store", help="Folder of the sessions; your own data folder.")
]


@app.command("session")
def session(
    person: PersonArgument,
    *,
    out: OutOption,
    session: Annotated[
        str | None, typer.Option("--session", metavar="ID", help="Its id; the newest one.")
    ] = None,
    pictures: Annotated[
        bool,
        typer.Option("--pictures", help="Show faults on the kept video: the person is seen."),
    ] = False,
    language: LanguageOption = "en",
    store: StoreOption = None,
) -> None:
    """Report one session: prescribed, done, what was seen and when, and what was not judged."""
    asked = _Asked(person, out, language, store)
    _write("session", asked, session=session, pictures=pictures)


@app.command("progress")
def progress(
    person: PersonArgument,
    *,
    out: OutOption,
    on: TodayOption = None,
    language: LanguageOption = "en",
    store: StoreOption = None,
) -> None:
    """Report the weeks so far: pain and daily life against the start, days done, what changed."""
    _write("progress", _Asked(person, out, language, store), on=on)


@app.command("discharge")
def discharge(
    person: PersonArgument,
    *,
    out: OutOption,
    on: TodayOption = None,
    language: LanguageOption = "en",
    store: StoreOption = None,
) -> None:
    """Report the end of a programme: first against last, what to go on with, when to return."""
    _write("discharge", _Asked(person, out, language, store), on=on)


class _Asked(NamedTuple):
    person: str
    out: Path
    language: str
    folder: Path | None


def _write(
    kind: str,
    asked: _Asked,
    *,
    session: str | None = None,
    on: str | None = None,
    pictures: bool = False,
) -> None:
    # Slow to load, and no other command needs them.
    from formcheck.patient_reports import ReportKind, Request, report, write  # noqa: PLC0415
    from formcheck.patient_reports.making import SUFFIXES  # noqa: PLC0415

    out = asked.out
    if out.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{out}: expected a file that ends in {' or '.join(SUFFIXES)}")
    request = Request(ReportKind(kind), asked.person, asked.language, day(on), session, pictures)
    with opened_store(asked.folder) as opened, progress_bar(out.name) as progress:
        write(report(opened, request, load_all(), progress), out)
    console.print(f"written: {out}", markup=False, highlight=False, soft_wrap=True)
