"""``formcheck prescription progress``: what comes next for each exercise, and why."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli.days import TodayOption, day
from formcheck.cli.folders import sessions_folder
from formcheck.cli.output import console
from formcheck.errors import StoreError
from formcheck.exercises.library import load_all
from formcheck.exercises.schema import Exercise
from formcheck.recordings import prescription_file
from formcheck.reports.rule_words import RuleWords
from formcheck.texts import Texts

if TYPE_CHECKING:
    from formcheck.weeks import ItemProposal


def progress(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A prescription (.toml).")],
    *,
    store: Annotated[
        Path | None, typer.Option(help="Folder of the sessions; your own data folder.")
    ] = None,
    person: Annotated[
        str | None, typer.Option(help="Whose sessions; those of the prescription's person.")
    ] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Write what applies by itself into the file.")
    ] = False,
    on: TodayOption = None,
    language: Annotated[str, typer.Option(help="Its code: en, de, es, fr.")] = "en",
) -> None:
    """Propose what comes next for each exercise, from how the last sessions went.

    With --apply what the therapist has allowed (may_progress) is written as steps beside what was
    prescribed: a seal stays whole. Everything else waits for the therapist. A live session takes
    such steps by itself.
    """
    # SQLAlchemy is slow to load, and no other command of prescriptions needs it.
    from formcheck.session_records import take_in_ended  # noqa: PLC0415
    from formcheck.store import Store  # noqa: PLC0415
    from formcheck.weeks import advanced, kept_of, weeks_of  # noqa: PLC0415

    prescription, folder = prescription_file.load(file), store or sessions_folder()
    if not folder.is_dir():
        raise StoreError(f"nothing is kept yet: there is no {folder}")
    with Store.open(folder) as opened:
        take_in_ended(opened)
        kept = kept_of(opened, person or prescription.person, day(on), prescription)
    assert kept is not None
    proposed = weeks_of(kept, load_all(), day(on)).proposals
    for line in _lines(proposed, prescription.known(load_all()), Texts.load(language)):
        _say(line)
    changed = advanced(prescription, proposed, load_all(), day(on)) if apply else prescription
    if not apply:
        return
    if changed == prescription:
        _say("Nothing applies by itself: the file is as it was.")
        return
    prescription_file.save(changed, file)
    n_steps = len(changed.steps) - len(prescription.steps)
    _say(f"Written: {file}, {n_steps} step{'s' if n_steps > 1 else ''}")


def _lines(
    proposed: "tuple[ItemProposal, ...]", exercises: Mapping[str, Exercise], texts: Texts
) -> Iterator[str]:
    words = RuleWords(texts)
    for one in proposed:
        found, name = one.proposal, texts.exercise(exercises[one.item.exercise]).name
        yield f"{name}: {words.dose(one.item.dose)}"
        if found.dose:
            yield f"  > {words.dose(found.dose)}"
        elif found.exercise:
            yield f"  > {texts.exercise(exercises[found.exercise]).name}"
        yield f"  {texts.say(found.says.key, **dict(found.says.arguments))}"
        if found.applies:
            yield f"  {texts.say('me.applies')}"
        elif found.needs_therapist or found.dose or found.exercise:
            yield f"  {texts.say('me.ask_therapist')}"
        if found.tells_therapist:
            yield f"  {texts.say('me.tell_therapist')}"


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
