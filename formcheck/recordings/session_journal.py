"""What a session says of itself, wherever it is kept: what was planned, known, and has happened."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    FiniteFloat,
    PositiveInt,
    TypeAdapter,
    ValidationError,
)

import formcheck
from formcheck.analysis.own_numbers import AS_IN_THE_FILE, Calibration, Fit
from formcheck.errors import SourceError
from formcheck.exercises.plain import OwnExercises
from formcheck.exercises.schema import Dose, Exercise
from formcheck.exercises.set_thresholds import SetThreshold
from formcheck.files import atomic_path
from formcheck.recordings.calibration_file import CalibrationFile, Pseudonym, fits_of

SESSION = "session.json"
EVENTS = "events.jsonl"
FORMAT_VERSION = 1
CALIBRATED = "Calibrated"
_ByName = Mapping[str, Mapping[str, Any]]
_CALIBRATIONS = TypeAdapter(Calibration)


class PlannedStep(BaseModel):
    """One exercise of the plan and how much of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    exercise: str
    dose: Dose


class SessionFacts(BaseModel):
    """The contents of ``session.json``.

    Attributes
    ----------
    own_exercises
        Those of the plan that do not come with formcheck, as their files describe them.
    calibrations
        What was known of the person when it began; what was measured in it is among its events.
    thresholds
        What is prescribed for this person instead of the numbers of the files, by exercise and
        name: it wins over everything that is measured.
    person
        A pseudonym; empty where nobody is named.
    prescription_revision
        Of the prescription that it follows; None where it follows none.
    """

    model_config = ConfigDict(frozen=True)

    format: Literal["formcheck session"] = "formcheck session"
    format_version: PositiveInt = FORMAT_VERSION
    formcheck_version: str = formcheck.__version__
    started: str
    language: str
    plan: tuple[PlannedStep, ...]
    own_exercises: OwnExercises = ()
    calibrations: tuple[CalibrationFile, ...] = ()
    thresholds: dict[str, dict[str, FiniteFloat]] = Field(default_factory=dict)
    person: Pseudonym = ""
    prescription_revision: PositiveInt | None = None

    def save(self, path: Path) -> None:
        """Write it, or nothing.

        Raises
        ------
        OutputError
            If it cannot be written.
        """
        with atomic_path(path) as temporary:
            temporary.write_text(self.model_dump_json(indent=1) + "\n", encoding="utf-8")

    def fits(self) -> dict[str, Fit]:
        """Return what was known of the person when it began, by the ids of exercises."""
        fits = fits_of(self.calibrations)
        for exercise, numbers in self.thresholds.items():
            prescribed = Fit(thresholds=tuple(SetThreshold(*one) for one in numbers.items()))
            fits[exercise] = fits.get(exercise, AS_IN_THE_FILE).and_also(prescribed)
        return fits


@dataclass(frozen=True, slots=True)
class ToldSet:
    """What is said of a set beside its poses; see `RecordedSet`."""

    name: str
    exercise: Exercise
    started: Mapping[str, Any]
    ended: Mapping[str, Any] | None
    fit: Fit


def events_in(contents: bytes) -> Iterator[Mapping[str, Any]]:
    """Yield what happened by a log; a line that was cut off is left out."""
    for line in contents.decode("utf-8", errors="replace").splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, dict) and isinstance(event.get("type"), str):
            yield event


class SessionJournal:
    """What the two files of a session say, wherever they are kept.

    Parameters
    ----------
    facts, events
        Contents of ``session.json`` and ``events.jsonl``.
    where
        What to call it in messages.

    Raises
    ------
    SourceError
        If it is no session, or a newer formcheck wrote it.
    """

    def __init__(self, facts: bytes, events: bytes, where: str) -> None:
        self._where, self._events = where, events
        try:
            self.facts = SessionFacts.model_validate_json(facts)
        except ValidationError as error:
            raise SourceError(
                f"expected a session in {where}, found no readable {SESSION}: {error}"
            ) from error
        if self.facts.format_version > FORMAT_VERSION:
            raise SourceError(
                f"{where} was written by a newer formcheck ({self.facts.formcheck_version}):"
                " update formcheck"
            )

    def events(self) -> Iterator[Mapping[str, Any]]:
        """Yield what happened; a line that was cut off is left out."""
        return events_in(self._events)

    def fits(self) -> Mapping[str, Fit]:
        """Return what is known of the person by its end, by the ids of exercises."""
        at_first: Mapping[str, Fit] = self.facts.fits()
        return reduce(lambda _, step: step[1], self._events_and_fits(), at_first)

    def sets(self, names: Sequence[str], known: Mapping[str, Exercise]) -> list[ToldSet]:
        """Return what is said of sets; not of one that a later one of them begins with.

        Parameters
        ----------
        names
            Of their recordings, without the suffix.
        known
            Exercises by id; those of the session's own come before them.

        Raises
        ------
        SourceError
            If the exercise of a set is not known.
        """
        started: dict[str, Mapping[str, Any]] = {}
        ended: dict[str, Mapping[str, Any]] = {}
        fits: dict[str, Fit] = {}
        for event, fitting in self._events_and_fits():
            if event["type"] in {"SetStarted", "SetEnded"} and isinstance(event.get("set"), str):
                (started if event["type"] == "SetStarted" else ended)[event["set"]] = event
                fit = fitting.get(str(event.get("exercise")), AS_IN_THE_FILE)
                fits.setdefault(event["set"], fit)
        return [
            ToldSet(
                name,
                self._exercise(name, known),
                started.get(name, {}),
                ended.get(name),
                fits.get(name, AS_IN_THE_FILE),
            )
            for name in names
            if not _is_gone_on_with(name, names, started, ended)
        ]

    def _events_and_fits(self) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Fit]]]:
        """Yield what happened, with what was known of the person by then."""
        known = self.facts.fits()
        for event in self.events():
            if made := _calibrated(event):
                before = known.get(made.exercise, AS_IN_THE_FILE)
                known = {**known, made.exercise: before.with_calibration(made)}
            yield event, known

    def _exercise(self, name: str, known: Mapping[str, Exercise]) -> Exercise:
        """Return the exercise of a set, from the name of its recording."""
        exercise_id = name.split("-", 2)[-1]
        own = {one.id: one for one in self.facts.own_exercises}
        found = own.get(exercise_id) or known.get(exercise_id)
        if found is None:
            raise SourceError(f"{self._where}, {name}: there is no exercise {exercise_id!r}")
        return found


def _is_gone_on_with(name: str, names: Sequence[str], started: _ByName, ended: _ByName) -> bool:
    """Whether a later recording begins with everything of this one."""

    def which(other: str) -> tuple[Any, ...]:
        event = started.get(other, {})
        return tuple(event.get(key) for key in ("step_index", "set_number", "exercise"))

    later = (other for other in names if other > name)
    return name in started and name not in ended and which(name) in map(which, later)


def _calibrated(event: Mapping[str, Any]) -> Calibration | None:
    """Return what was measured, where the event says that; None for any other."""
    if event["type"] != CALIBRATED:
        return None
    try:
        return _CALIBRATIONS.validate_python(event.get("calibration"))
    except ValidationError:
        return None
