"""``formcheck exercises from-demonstration``: an exercise of one's own by showing it."""

import datetime
import re
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from formcheck.authoring import (
    Choices,
    Demonstration,
    FaultChoice,
    Marks,
    Moved,
    Trial,
    drafted,
    exercise_text,
    proposed_marks,
    ranked,
    tried,
)
from formcheck.authoring.saying import says_moved
from formcheck.authoring.seeing import seen
from formcheck.cli.exercises.findings_shown import WITHOUT_MOTION
from formcheck.cli.folders import sessions_folder
from formcheck.cli.output import ModelOption, console, progress_bar
from formcheck.errors import FormcheckError, UsageError
from formcheck.estimators import model_files
from formcheck.estimators.process import MediaPipeEstimator
from formcheck.exercises.readings import Bounds, Reading, SideChoice
from formcheck.exercises.schema import Exercise
from formcheck.files import atomic_path, ensure_folder
from formcheck.recordings import is_recording, own_exercises
from formcheck.texts import Texts

_READING = re.compile(r"(?P<measure>[a-z_]+)(@(?P<side>[a-z]+))?")
_FAULT = re.compile(
    r"(?P<reading>[a-z_@]+)\s*(?P<sign>[<>])=?\s*(?P<bound>-?[0-9.]+)"
    r"\s*:\s*(?P<says>[^|]+)\|\s*(?P<cue>[^|]+)"
)
_MOST_SHOWN = 12


def from_demonstration(  # noqa: PLR0913 - the options of the command
    demonstration: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A video, or saved poses (*.poses.npz), of somebody who shows it."
        ),
    ],
    *,
    name: Annotated[str, typer.Option(help="What it is called.")],
    count: Annotated[
        int | None, typer.Option(min=1, max=100, help="How many repetitions are shown.")
    ] = None,
    hold: Annotated[
        bool, typer.Option("--hold", help="One posture is held, instead of a movement repeated.")
    ] = False,
    measure: Annotated[
        str | None,
        typer.Option(
            metavar="MEASURE[@SIDE]", help="What it is counted by; the one that moves best."
        ),
    ] = None,
    also: Annotated[
        list[str] | None,
        typer.Option(metavar="MEASURE[@SIDE]", help="What must go with it; give it again."),
    ] = None,
    fault: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULE",
            help="What is wrong, as in 'trunk_inclination > 30: The trunk leans. | Stay tall.'"
            " (measure, bound, what is wrong, what is said); give it again.",
        ),
    ] = None,
    with_fault: Annotated[
        list[Path] | None,
        typer.Option(help="A demonstration with a fault, which must be raised; give it again."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Write the exercise here (.toml); else it is kept beside the sessions."),
    ] = None,
    store: Annotated[
        Path | None, typer.Option(help="Folder of the sessions; your own data folder.")
    ] = None,
    model: ModelOption = None,
) -> None:
    """Make an exercise from somebody who shows it: several repetitions, or one held posture.

    Finds rest and effort, ranks what moved against what it errs, and counts the demonstration with
    what comes of it. The exercise is unvalidated: its numbers come from one person.
    """
    choices = _choices(name, measure, also or [], fault or [])
    seer = _Seer(model, [demonstration, *(with_fault or [])])
    shown, *faulty = seer.all_seen()
    marks = proposed_marks(shown, count, is_hold=hold or None)
    moved = ranked(shown, marks)
    _print_moved(moved)
    exercise = drafted(shown, marks, choices, datetime.datetime.now().astimezone().date())
    trial = tried(exercise, shown, marks)
    _print_trial(exercise, trial)
    for path, wrong in zip(with_fault or [], faulty, strict=True):
        _print_faulty(exercise, path, wrong)
    if not trial.is_right:
        raise FormcheckError(
            "the exercise does not count its own demonstration: nothing was written. Say how many"
            " repetitions are shown (--count), or choose another measure (--measure)"
        )
    text = exercise_text(exercise, moved)
    _print_written(_written(text, exercise, out, store))


def _choices(name: str, measure: str | None, also: list[str], faults: list[str]) -> Choices:
    try:
        return Choices(
            name=name,
            counted_by=_reading(measure) if measure else None,
            also=tuple(map(_reading, also)),
            faults=tuple(map(_fault, faults)),
        )
    except ValidationError as error:
        mistake = error.errors()[0]
        place = ".".join(map(str, mistake["loc"]))
        raise UsageError(f"{place}: {mistake['msg'].removeprefix('Value error, ')}") from error


def _reading(word: str) -> Reading:
    found = _READING.fullmatch(word)
    if found is None:
        raise UsageError(f"{word!r}: expected MEASURE or MEASURE@SIDE, as in knee_flexion@near")
    return Reading(measure=found["measure"], side=_side(found["side"]))


def _side(word: str | None) -> SideChoice:
    try:
        return SideChoice(word) if word else SideChoice.NEAR
    except ValueError as error:
        raise UsageError(f"{word!r}: expected one of {', '.join(SideChoice)}") from error


def _fault(word: str) -> FaultChoice:
    found = _FAULT.fullmatch(word)
    if found is None:
        raise UsageError(
            f"{word!r}: expected a measure, a bound, what is wrong and what is said, as in"
            " 'trunk_inclination > 30: The trunk leans. | Stay tall.'"
        )
    reading, bound = _reading(found["reading"]), float(found["bound"])
    return FaultChoice(
        measure=reading.measure,
        side=reading.side,
        bounds=Bounds(max=bound) if found["sign"] == ">" else Bounds(min=bound),
        says=found["says"].strip(),
        cue=found["cue"].strip(),
    )


@dataclass(frozen=True, slots=True)
class _Seer:
    """Reads demonstrations; the engine is started where one of them is a video."""

    model: Path | None
    paths: list[Path]

    def all_seen(self) -> list[Demonstration]:
        """Return what each shows."""
        needs_engine = not all(map(is_recording, self.paths))
        engine = MediaPipeEstimator(model_files.find(self.model)) if needs_engine else nullcontext()
        with engine as estimator:
            return [self._seen(path, estimator) for path in self.paths]

    def _seen(self, path: Path, estimator: MediaPipeEstimator | None) -> Demonstration:
        with progress_bar(path.name) as progress:
            return seen(path, estimator, progress)


def _print_moved(moved: tuple[Moved, ...]) -> None:
    texts = Texts.load("en")
    console.print("What moved between rest and effort, the best of each part of the body first:")
    for one in moved[:_MOST_SHOWN]:
        which = f"{one.measure.name}@{one.reading.side}" if one.measure.sided else one.measure.name
        like = f"; goes along with {one.like}" if one.like else ""
        said = f"  {which}: {says_moved(one, texts)}{like}"
        console.print(said, markup=False, highlight=False, soft_wrap=True)


def _print_trial(exercise: Exercise, trial: Trial) -> None:
    colour = "green" if trial.is_right else "red"
    console.print(f"On its own demonstration: [{colour}]{trial.says()}[/].", highlight=False)
    for finding in exercise.findings:
        if finding.name in trial.fault_names:
            console.print(
                f"  [yellow]raised on the demonstration:[/] {finding.says}", highlight=False
            )


def _print_faulty(exercise: Exercise, path: Path, wrong: Demonstration) -> None:
    names = tried(exercise, wrong, Marks(())).fault_names
    raised = [finding.says for finding in exercise.findings if finding.name in names]
    said = " ".join(raised) or "nothing, although it shows a fault"
    console.print(f"On {path.name}: {said}", markup=False, highlight=False)


def _written(text: str, exercise: Exercise, out: Path | None, store: Path | None) -> Path:
    if out is None:
        return own_exercises.save(store or sessions_folder(), exercise.id, text)
    ensure_folder(out.parent)
    with atomic_path(out) as temporary:
        temporary.write_text(text, encoding="utf-8")
    return out


def _print_written(path: Path) -> None:
    console.print(f"Written: {path}", markup=False, highlight=False, soft_wrap=True)
    said = WITHOUT_MOTION[0].upper() + WITHOUT_MOTION[1:]
    console.print(said, markup=False, highlight=False)
