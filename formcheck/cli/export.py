"""``formcheck export``: what other software reads."""

import enum
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli.days import day
from formcheck.cli.opened_store import opened_store
from formcheck.cli.output import console, progress_bar
from formcheck.errors import StoreError, UsageError
from formcheck.exchange.layouts import page
from formcheck.exchange.span import Span
from formcheck.reports.words import plural

if TYPE_CHECKING:
    from formcheck.exchange.set_poses import SetPoses
    from formcheck.store import Store

app = typer.Typer(
    help="Write what other software reads: tables, FHIR, OpenSim markers, poses as netCDF.",
    no_args_is_help=True,
)
PeopleArgument = Annotated[
    list[str] | None, typer.Argument(help="Pseudonyms; `formcheck store where` lists them.")
]
PersonArgument = Annotated[
    str, typer.Argument(help="The pseudonym; `formcheck store where` lists them.")
]
OutOption = Annotated[Path, typer.Option(help="The folder for the files, one for each set.")]
SessionOption = Annotated[str | None, typer.Option(help="Only this session, by its id.")]
SetOption = Annotated[str | None, typer.Option("--set", help="Only sets of this name.")]
SinceOption = Annotated[
    str | None, typer.Option("--since", metavar="DATE", help="Only from this day on.")
]
UntilOption = Annotated[
    str | None, typer.Option("--until", metavar="DATE", help="Only to this day, which is included.")
]
StoreOption = Annotated[
    Path | None, typer.Option("--store", help="Folder of the sessions; your own data folder.")
]


class SpaceChoice(enum.StrEnum):
    """Where the landmarks are written."""

    IMAGE = "image"
    WORLD = "world"


@app.command("tables")
def tables(  # noqa: PLR0913 - each is an option
    people: PeopleArgument = None,
    *,
    out: Annotated[Path, typer.Option(help="The folder for the tables.")],
    everybody: Annotated[bool, typer.Option("--all", help="Of everybody.")] = False,
    parquet: Annotated[bool, typer.Option("--parquet", help="Parquet instead of CSV.")] = False,
    since: SinceOption = None,
    until: UntilOption = None,
    store: StoreOption = None,
) -> None:
    """Write sessions, sets, repetitions, holds, faults, pain and outcomes as tables.

    Each says what the machine found and what is true after corrections; `columns.csv` beside them
    says what every column means.
    """
    from formcheck.exchange.tables import write_tables  # noqa: PLC0415 - slow to load

    with opened_store(store) as opened, progress_bar("sessions") as progress:
        chosen = _chosen(opened, people or [], everybody=everybody)
        span = _span(since, until)
        counts = write_tables(opened, chosen, out, parquet=parquet, span=span, progress=progress)
        for person in chosen:
            opened.note_exported(person, "tables")
    _say(f"written: {out}, {_people(len(chosen))}")
    for table, n_rows in counts.items():
        _say(f"  {table}: {plural(n_rows, 'row')}")


@app.command("fhir")
def fhir(
    person: PersonArgument,
    *,
    out: Annotated[Path, typer.Option(help="The .json to write.")],
    since: SinceOption = None,
    until: UntilOption = None,
    store: StoreOption = None,
) -> None:
    """Write prescription, sets, pain and scores of a person as a FHIR bundle (R4B, fits R4).

    The patient is a pseudonym in it. It is checked against the definition of FHIR first.
    """
    from formcheck.exchange.fhir import bundle_of, write_bundle  # noqa: PLC0415 - slow to load

    with opened_store(store) as opened, progress_bar("sessions") as progress:
        _chosen(opened, [person], everybody=False)
        bundle = bundle_of(opened, person, _span(since, until), progress)
        write_bundle(bundle, out)
        opened.note_exported(person, "FHIR bundle")
    _say(f"written: {out}, {len(bundle['entry'])} resources")


@app.command("trc")
def trc(  # noqa: PLR0913 - each is an option
    person: PersonArgument,
    *,
    out: OutOption,
    session: SessionOption = None,
    set_name: SetOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    store: StoreOption = None,
) -> None:
    """Write the landmarks of each set in space as markers for OpenSim, at an even rate."""
    from formcheck.exchange.trc import SUFFIX, write_trc  # noqa: PLC0415 - slow to load

    wanted = person, session, set_name, _span(since, until)
    _write_poses(wanted, out, SUFFIX, write_trc, store)


@app.command("netcdf")
def netcdf(  # noqa: PLR0913 - each is an option
    person: PersonArgument,
    *,
    out: OutOption,
    space: Annotated[
        SpaceChoice, typer.Option(help="image: pixels of the picture; world: metres in space.")
    ] = SpaceChoice.IMAGE,
    session: SessionOption = None,
    set_name: SetOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    store: StoreOption = None,
) -> None:
    """Write the landmarks of each set as netCDF, as the package `movement` lays out poses."""
    from formcheck.exchange.netcdf import SUFFIX, write_netcdf  # noqa: PLC0415 - slow to load

    wanted = person, session, set_name, _span(since, until)
    _write_poses(wanted, out, SUFFIX, partial(write_netcdf, space=space.value), store)


@app.command("columns")
def columns() -> None:
    """Print what every column of every table means, as Markdown."""
    typer.echo(page())


def _write_poses(
    wanted: tuple[str, str | None, str | None, Span],
    out: Path,
    suffix: str,
    write: "Callable[[SetPoses, Path], None]",
    store: Path | None,
) -> None:
    from formcheck.exchange.pose_files import Wanted, write_pose_files  # noqa: PLC0415

    person, session, set_name, span = wanted
    with opened_store(store) as opened, progress_bar("sets") as progress:
        _chosen(opened, [person], everybody=False)
        which = Wanted(person, span, session, set_name)
        written = write_pose_files(opened, which, out, suffix, write, progress)
        opened.note_exported(person, f"{len(written)} {suffix}")
    _say(f"written: {out}, {plural(len(written), 'set')}")


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"


def _chosen(store: "Store", people: Sequence[str], *, everybody: bool) -> list[str]:
    known = [person.pseudonym for person in store.people]
    if everybody == bool(people):
        raise UsageError("expected pseudonyms or --all, one of them; `formcheck store where` lists")
    for person in people:
        if person not in known:
            names = ", ".join(known) or "nobody"
            raise StoreError(f"the store does not know {person!r}; it knows {names}")
    return list(dict.fromkeys(people)) if people else known


def _span(since: str | None, until: str | None) -> Span:
    """Return the days that are asked for, as they are where this computer is."""
    if since and until and day(until) < day(since):
        raise UsageError(f"--until {until} is before --since {since}")
    first = None if since is None else _begin(day(since))
    return Span(first, None if until is None else _begin(day(until) + timedelta(days=1)))


def _begin(of: date) -> datetime:
    return datetime.combine(of, time.min).astimezone()


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
