"""``formcheck prescription new``: a plan for one person from a few questions."""

import sys
from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from pydantic import ValidationError
from rich.markdown import Markdown

from formcheck.cli.output import console
from formcheck.errors import UsageError
from formcheck.exercises.aims import Aim
from formcheck.exercises.contraindications import HealthCondition
from formcheck.exercises.equipment import Equipment
from formcheck.exercises.library import load_all
from formcheck.prescription.drafting import Answers, draft
from formcheck.prescription.model import NoHeat
from formcheck.recordings import prescription_file
from formcheck.reports.prescription_words import render_prescription
from formcheck.texts import Texts

_Choice = TypeVar("_Choice", bound=StrEnum)


def new(  # noqa: PLR0913 - what is asked
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to write it (.toml).")],
    *,
    person: Annotated[str | None, typer.Option(help="A pseudonym, no name.")] = None,
    goal: Annotated[str | None, typer.Option(help="What the patient wants to do again.")] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="When the pain began, as 2026-01-31.")
    ] = None,
    starts: Annotated[str | None, typer.Option(metavar="DATE", help="First day; today.")] = None,
    hard: Annotated[
        list[Aim] | None,
        typer.Option(help="What is hard for the patient, the hardest first; give it again."),
    ] = None,
    age: Annotated[int | None, typer.Option(min=10, max=110, help="Years.")] = None,
    pain: Annotated[int | None, typer.Option(min=0, max=10, help="Usual pain, 0 to 10.")] = None,
    condition: Annotated[
        list[HealthCondition] | None,
        typer.Option(help="What rules exercises out; give it again."),
    ] = None,
    equipment: Annotated[
        list[Equipment] | None, typer.Option(help="What is at hand; give it again. Everything.")
    ] = None,
    no_floor: Annotated[
        bool,
        typer.Option("--no-floor", help="Does not get down to the floor and up again alone."),
    ] = False,
    first_stage_passed: Annotated[
        bool,
        typer.Option("--first-stage-passed", help="Masters the gentle contraction alone."),
    ] = False,
    no_heat: Annotated[
        NoHeat | None, typer.Option(help="Why there is no heat before stretching.")
    ] = None,
    complement: Annotated[
        bool, typer.Option("--complement", help="With some yoga or tai chi.")
    ] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Take the place of FILE.")] = False,
    language: Annotated[str, typer.Option(help="Its code: en, de, es, fr.")] = "en",
) -> None:
    """Draft an individual plan from a few answers; what is not given is asked for.

    It is a draft: a therapist looks at it, changes it, asks about warning signs and seals it.
    """
    if file.exists() and not overwrite:
        raise UsageError(f"{file} exists: choose another name, or give --overwrite")
    texts = Texts.load(language)
    answers = Answers(
        person=_given(person, "person", "Pseudonym of the patient (no name)"),
        goal=_given(goal, "goal", "What does the patient want to be able to do again?"),
        onset=_date(_given(since, "since", "When did the pain begin? (2026-01-31)")),
        starts=_date(starts) if starts else date.today(),  # noqa: DTZ011 - the day where they are
        aims=tuple(hard if hard is not None else _chosen(Aim, "What is hard?", texts, "aim")),
        age_years=age,
        pain_0_10=pain,
        conditions=frozenset(condition or ()),
        equipment=frozenset(Equipment if equipment is None else equipment),
        gets_down_alone=not no_floor,
        first_stage_passed=first_stage_passed,
        no_heat=no_heat,
        wants_complement=complement,
    )
    exercises = load_all()
    try:
        prescription = draft(answers, exercises, lambda aim: texts.say(f"aim.{aim}"))
    except ValidationError as error:
        mistake = error.errors()[0]
        where = ".".join(map(str, mistake["loc"])) or "the answers"
        raise UsageError(f"{where}: {mistake['msg']}") from error
    prescription_file.save(prescription, file)
    console.print(Markdown(render_prescription(prescription, exercises, texts)))
    console.print(f"Written: {file}", highlight=False, markup=False, soft_wrap=True)
    console.print("Next: look at it and change it, then `formcheck prescription screen`, `check`")
    console.print("and `sign`. It is a draft: the therapist decides.")


def _given(value: str | None, option: str, question: str) -> str:
    if value is not None:
        return value
    if not sys.stdin.isatty():
        raise UsageError(f"--{option} is missing: {question}")
    return str(typer.prompt(question))


def _date(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError as error:
        raise UsageError(f"{word!r} is no date: expected one like 2026-01-31") from error


def _chosen(kind: type[_Choice], question: str, texts: Texts, group: str) -> Sequence[_Choice]:
    """Ask for any of several by their numbers; none where nobody can answer."""
    if not sys.stdin.isatty():
        return ()
    console.print(question)
    for number, one in enumerate(kind, 1):
        console.print(f"  {number:2} {texts.say(f'{group}.{one}')}", highlight=False)
    return asked_numbers(
        list(kind), lambda: str(typer.prompt("Numbers, hardest first", default=""))
    )


def asked_numbers(choices: Sequence[_Choice], ask: Callable[[], str]) -> Sequence[_Choice]:
    """Return what numbers like "3, 1" choose, asked again until all of them are some.

    Examples
    --------
    >>> [aim.value for aim in asked_numbers(list(Aim), lambda: "2, 1")]
    ['bending', 'turning']
    """
    while True:
        words = ask().replace(",", " ").split()
        if all(word.isdecimal() and 1 <= int(word) <= len(choices) for word in words):
            return [choices[int(word) - 1] for word in dict.fromkeys(words)]
        console.print(f"Expected numbers from 1 to {len(choices)}.")
