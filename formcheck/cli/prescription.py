"""``formcheck prescription``: draft, show, check, screen and seal what a patient is to do."""

import json
from pathlib import Path
from typing import Annotated

import platformdirs
import typer
from rich.markdown import Markdown
from rich.markup import escape

from formcheck.cli.asking import confirmed
from formcheck.cli.days import TodayOption, day
from formcheck.cli.drafting import new
from formcheck.cli.folders import sessions_folder
from formcheck.cli.output import JsonOption, console
from formcheck.cli.progressing import progress
from formcheck.errors import PrescriptionError, UsageError
from formcheck.exercises.library import SUFFIX, load, load_all
from formcheck.exercises.schema import Exercise
from formcheck.files import atomic_path
from formcheck.prescription.checks import Finding, blocks, check
from formcheck.prescription.including import including
from formcheck.prescription.model import Prescription, Screening, Therapist
from formcheck.prescription.programme_rules import Severity, programme_rules
from formcheck.prescription.red_flags import INTRODUCTION, recorded_outcome, red_flags
from formcheck.prescription.seal import fingerprint, sealed
from formcheck.recordings import own_exercises, prescription_file, therapist_key
from formcheck.reports.prescription_words import render_prescription
from formcheck.reports.programme_rules_page import render_programme_rules
from formcheck.texts import Texts

FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="A prescription (.toml).")]
LanguageOption = Annotated[str, typer.Option(help="Its code: en, de, es, fr.")]
_COLOURS = {Severity.BLOCK: "bold red", Severity.WARN: "yellow", Severity.INFORM: "dim"}
_TITLES = {Severity.BLOCK: "blocks", Severity.WARN: "look at", Severity.INFORM: "to know"}

app = typer.Typer(help="Draft, check, show and seal what a patient is to do.", no_args_is_help=True)
app.command("new")(new)
app.command("progress")(progress)


@app.command("show")
def show(file: FileArgument, *, language: LanguageOption = "en") -> None:
    """Show a prescription in plain words: which days, which exercises, how much, what for."""
    words = render_prescription(prescription_file.load(file), load_all(), Texts.load(language))
    console.print(Markdown(words))


@app.command("check")
def check_file(
    file: FileArgument,
    *,
    before: Annotated[
        Path | None, typer.Option(help="The prescription that this one takes the place of.")
    ] = None,
    on: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check a prescription against the clinical rules: what, why, and what to do about it.

    Ends with 10 where something blocks: then no session begins with it.
    """
    earlier = prescription_file.load(before) if before else None
    prescription = prescription_file.load(file)
    findings = check(prescription, load_all(), day(on), earlier)
    if as_json:
        typer.echo(json.dumps([_plain(one) for one in findings], indent=1))
    else:
        _print(findings)
    if blocks(findings):
        raise typer.Exit(PrescriptionError.exit_code)


@app.command("include")
def include(
    file: FileArgument,
    exercise: Annotated[
        str, typer.Argument(metavar="EXERCISE", help="An own exercise: its .toml file, or its id.")
    ],
    *,
    why: Annotated[
        str | None,
        typer.Option(
            help="Prescribe it in every session too: what it is to help this patient with."
        ),
    ] = None,
    store: Annotated[
        Path | None, typer.Option(help="Folder of the sessions; your own data folder.")
    ] = None,
) -> None:
    """Take an own exercise into a prescription, for the patient has no file of it.

    It goes wherever the prescription goes, and is sealed with it; a seal from before is void.
    """
    own = _own(exercise, store or sessions_folder())
    changed = including(prescription_file.load(file), own, why)
    _save(changed, file)
    if not own.is_validated:
        console.print(f"{own.name} is unvalidated: watch its first sessions.", highlight=False)


@app.command("screen")
def screen(
    file: FileArgument,
    *,
    positive: Annotated[
        list[str] | None,
        typer.Option(
            "--yes", metavar="ID", help="Answered with yes; give it again. Instead of asking."
        ),
    ] = None,
    none: Annotated[
        bool, typer.Option("--none", help="All were answered with no. Instead of asking.")
    ] = False,
    on: TodayOption = None,
    language: LanguageOption = "en",
) -> None:
    """Ask about warning signs, and write the answers into the prescription."""
    prescription, texts = prescription_file.load(file), Texts.load(language)
    answers = frozenset(positive or ()) if positive or none else _asked(texts)
    screening = Screening(on=day(on), positive=answers)
    outcome = recorded_outcome(screening)
    _save(prescription.model_copy(update={"red_flags": screening}), file)
    for saying in outcome.says:
        console.print(texts.say(saying.key, **dict(saying.arguments)), highlight=False)


@app.command("sign")
def sign(
    file: FileArgument,
    *,
    name: Annotated[str, typer.Option(help="Who answers for it.")],
    licence: Annotated[str, typer.Option(help="How the register knows them.")],
    key: Annotated[
        Path | None, typer.Option(help="The key; left out, the one on this computer.")
    ] = None,
    passphrase: Annotated[
        str | None, typer.Option(help="Of the key, if it has one.", envvar="FORMCHECK_PASSPHRASE")
    ] = None,
    on: TodayOption = None,
) -> None:
    """Seal a prescription: it shows that nothing was changed since, and by whose key.

    No signature in the sense of the law. The key is made at the first time; a change of the
    prescription voids the seal. What blocks has to be put right first.
    """
    therapist = Therapist(name=name, licence=licence)
    prescription = prescription_file.load(file).model_copy(update={"therapist": therapist})
    path = key or keys_folder() / therapist_key.NAME
    if path.exists():
        private_key = therapist_key.load(path, passphrase)
    else:
        private_key = therapist_key.make(path, passphrase)
        console.print(f"A new key was made: {path}", highlight=False, markup=False, soft_wrap=True)
    result = sealed(prescription, name, private_key, day(on))
    if blocking := blocks(check(result, load_all(), day(on))):
        _print(blocking)
        raise PrescriptionError(f"{file} was not sealed: put right what blocks first")
    _save(result, file)
    assert result.signature is not None
    console.print(f"Sealed by {name}, key {fingerprint(result.signature.public_key)}.")


@app.command("rules")
def rules(
    rule: Annotated[str | None, typer.Argument(metavar="ID", help="One rule; all of them.")] = None,
    *,
    page: Annotated[
        Path | None, typer.Option(help="Write the documentation's page of them instead.")
    ] = None,
) -> None:
    """List the clinical rules, or explain one: what it asks, why, and what it rests on."""
    if page:
        with atomic_path(page) as temporary:
            temporary.write_text(render_programme_rules(), encoding="utf-8")
        return
    known = programme_rules()
    if rule is None:
        for one in known.values():
            console.print(f"{one.id} [dim]({one.severity})[/] {escape(one.title)}")
        return
    if rule not in known:
        raise PrescriptionError(f"there is no rule {rule!r}; known: {', '.join(known)}")
    one = known[rule]
    lines = [one.title, one.reason, one.document and f"The document: {one.document}"]
    lines += [one.later and f"Later evidence: {one.later}", f"What to do: {one.fix}"]
    for line in filter(None, lines):
        console.print(line, markup=False, highlight=False)


@app.command("schema")
def schema() -> None:
    """Print the JSON Schema of prescriptions, for editors."""
    typer.echo(json.dumps(Prescription.model_json_schema(), indent=1))


def keys_folder() -> Path:
    """Return where a therapist's key lies on this computer."""
    return platformdirs.user_data_path("formcheck", appauthor=False) / "keys"


def _own(word: str, store: Path) -> Exercise:
    if word.endswith(SUFFIX):
        return load(Path(word))
    own = own_exercises.own_exercises(store)
    if word not in own:
        known = ", ".join(own) or "none"
        raise UsageError(f"there is no own exercise {word!r} in {store} (known: {known})")
    return own[word]


def _asked(texts: Texts) -> frozenset[str]:
    for saying in INTRODUCTION:
        console.print(texts.say(saying.key), highlight=False)
    return frozenset(
        flag.id.value
        for flag in red_flags().values()
        if confirmed(texts.say(flag.question.key), "answer with --none, or with --yes ID")
    )


def _save(prescription: Prescription, path: Path) -> None:
    prescription_file.save(prescription, path)
    console.print(f"Written: {path}", highlight=False, markup=False, soft_wrap=True)


def _print(findings: tuple[Finding, ...]) -> None:
    for severity in Severity:
        chosen = [one for one in findings if one.severity is severity]
        if not chosen:
            continue
        console.print(f"[{_COLOURS[severity]}]{_TITLES[severity]}[/]")
        for finding in chosen:
            where = f"{finding.where}: " if finding.where else ""
            console.print(f"- {escape(where + finding.what)} [dim]({finding.rule.id})[/]")
            console.print(f"  {finding.rule.reason}", markup=False, highlight=False)
            if finding.override:
                aside = f"Set aside by {finding.override.by}: {finding.override.reason}"
                console.print(f"  {aside}", markup=False, highlight=False)
            else:
                console.print(f"  > {finding.fix}", markup=False, highlight=False)
    if not blocks(findings):
        console.print("[green]Nothing blocks.[/]")


def _plain(finding: Finding) -> dict[str, object]:
    override = finding.override
    return {
        "rule": finding.rule.id,
        "severity": finding.severity.value,
        "where": finding.where,
        "what": finding.what,
        "reason": finding.rule.reason,
        "fix": finding.fix,
        "set_aside": override and override.model_dump(mode="json"),
    }
