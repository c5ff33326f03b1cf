"""``formcheck handover``: what is kept of a person as one file, to be given to somebody else."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli import asking
from formcheck.cli.days import day
from formcheck.cli.opened_store import opened_store
from formcheck.cli.output import console
from formcheck.errors import HandoverError, UsageError
from formcheck.prescription.seal import SealState
from formcheck.recordings import prescription_file
from formcheck.reports.words import plural

if TYPE_CHECKING:
    from formcheck.handover import Opened
    from formcheck.store import Store

app = typer.Typer(
    help="Save what is kept of a person as one file for their therapist, or open such a file.",
    no_args_is_help=True,
)
StoreOption = Annotated[
    Path | None, typer.Option("--store", help="Folder of the sessions; your own data folder.")
]
PassphraseOption = Annotated[
    str | None,
    typer.Option(
        help="Of the file; others on this computer may see it. Left out, it is asked for.",
        envvar="FORMCHECK_HANDOVER_PASSPHRASE",
        show_envvar=True,
    ),
]
_SEALS = {
    SealState.SEALED: "its seal is whole",
    SealState.BROKEN: "ITS SEAL IS BROKEN: it was changed after it was sealed",
    SealState.NONE: "it bears no seal",
}


@app.command("save")
def save(  # noqa: PLR0913 - each is an option
    person: Annotated[str, typer.Argument(help="The pseudonym; `store where` lists them.")],
    file: Annotated[Path, typer.Argument(help="The .formcheck to write.")],
    *,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only from this day on; everything.")
    ] = None,
    with_video: Annotated[
        bool, typer.Option("--with-video", help="With the videos of the sessions, if there are.")
    ] = False,
    prescription: Annotated[
        Path | None,
        typer.Option(help="A prescription (.toml) to keep as the next revision, and to send."),
    ] = None,
    encrypt: Annotated[
        bool, typer.Option("--encrypt", help="Ask for a passphrase that opens it.")
    ] = False,
    passphrase: PassphraseOption = None,
    store: StoreOption = None,
) -> None:
    """Write sessions, pain, outcomes, prescriptions and corrections of a person into one file.

    Without a passphrase whoever has the file can read it. Videos stay here unless you say so.
    """
    # Slow to load, and no other command needs them.
    from formcheck.handover import Choice  # noqa: PLC0415
    from formcheck.handover import save as save_file  # noqa: PLC0415

    if encrypt and passphrase is None:
        passphrase = asking.passphrase(twice=True)
    start = None if since is None else datetime.combine(day(since), datetime.min.time())
    choice = Choice(start.astimezone() if start else None, with_video)
    with opened_store(store) as opened:
        if prescription is not None:
            _refuse_anothers(opened, prescription, person)
            _say_opened(_kept(opened, prescription, person))
        held = save_file(opened, person, file, choice, passphrase)
    n_videos = len(held.videos())
    held_here = f"{plural(len(held.session_ids), 'session')}, {plural(n_videos, 'video')}"
    _say(f"written: {file}, {held_here}")
    if passphrase is None:
        _say("It is not encrypted: whoever has it can read it (--encrypt asks for a passphrase).")


@app.command("open")
def open_(
    file: Annotated[Path, typer.Argument(help="A .formcheck, or a prescription (.toml).")],
    *,
    person: Annotated[
        str | None, typer.Option(help="What its person is called here; as in the file.")
    ] = None,
    prescription_next: Annotated[
        bool,
        typer.Option(
            "--prescription-next",
            help="Its prescription comes next, also where another was saved here meanwhile.",
        ),
    ] = False,
    passphrase: PassphraseOption = None,
    store: StoreOption = None,
) -> None:
    """Take what is new of a file into the store; nothing here is overwritten.

    Opening it again changes nothing. What is here with other contents is told and left as it is;
    then it ends with 12.
    """
    from formcheck.handover import needs_passphrase, open_file  # noqa: PLC0415

    is_prescription = file.suffix == ".toml"
    if not is_prescription and needs_passphrase(file) and passphrase is None:
        passphrase = asking.passphrase()
    with opened_store(store, makes=True) as opened:
        done = (
            _kept(opened, file, person)
            if is_prescription
            else open_file(
                opened,
                file,
                passphrase,
                person=person,
                prescription_comes_next=prescription_next,
            )
        )
    _say_opened(done)
    if done.merged.conflicts:
        raise HandoverError(_left_out(done.merged.conflicts))


def _kept(store: "Store", file: Path, person: str | None) -> "Opened":
    from formcheck.handover import open_prescription  # noqa: PLC0415

    return open_prescription(store, file, day(None), person=person)


def _refuse_anothers(store: "Store", file: Path, person: str) -> None:
    from formcheck.handover import is_for  # noqa: PLC0415

    prescription = prescription_file.load(file)
    if not is_for(store, prescription, person):
        raise UsageError(f"{file} is for {prescription.person!r}, and not for {person!r}")


def _left_out(conflicts: list[str]) -> str:
    lines = "\n".join(f"  {one}" for one in conflicts)
    return (
        f"what is here with other contents was left as it is, everything else was taken:\n{lines}\n"
        "Of two sessions keep the one of the computer it was done on. Of two prescriptions the"
        " one in the file counts from here on if you open it with --prescription-next"
    )


def _say_opened(done: "Opened") -> None:
    new = done.merged
    if new.is_nothing_new and not done.videos:
        _say(f"{done.person}: nothing new")
    counts = {
        "sessions": len(new.sessions),
        "videos": len(done.videos),
        "pain ratings": new.n_pain,
        "answers about warning signs": new.n_screens,
        "outcomes": new.n_outcomes,
        "rules set aside": new.n_overrides,
        "corrections": new.n_corrections,
    }
    for what, count in counts.items():
        if count:
            _say(f"{done.person}: {count} new {what}")
    if new.revisions and done.seal is not None:
        seal = _SEALS[done.seal]
        _say(f"{done.person}: the prescription is now revision {new.revisions[-1]}, {seal}")


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
