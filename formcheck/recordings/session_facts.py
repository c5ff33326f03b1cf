"""What a session's folder says of itself, and what can be read from it again."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, PositiveInt, TypeAdapter, ValidationError

import formcheck
from formcheck.analysis.own_numbers import AS_IN_THE_FILE, Calibration, Fit
from formcheck.errors import SourceError
from formcheck.exercises.library import load_all
from formcheck.exercises.schema import Dose, Exercise
from formcheck.files import atomic_path
from formcheck.recordings.calibration_file import CalibrationFile, Pseudonym, fits_of
from formcheck.recordings.folder_lock import is_locked
from formcheck.recordings.meta import SUFFIX
from formcheck.recordings.set_recording import CUT_OFF, assembled, is_unfinished_set

SESSION = "session.json"
EVENTS = "events.jsonl"
FORMAT_VERSION = 1
_ByName = Mapping[str, Mapping[str, Any]]
CALIBRATED = "Calibrated"
_CALIBRATIONS = TypeAdapter(Calibration)
ENDED = frozenset({"SessionEnded", "SessionKept"})


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
    own_exercises: tuple[Exercise, ...] = ()
    calibrations: tuple[CalibrationFile, ...] = ()
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


@dataclass(frozen=True, slots=True)
class RecordedSet:
    """The recording of one set.

    Attributes
    ----------
    started, ended
        What the events say of its start and end; ``ended`` is None where it was cut off.
    fit
        What was known of the person when it was done.
    """

    path: Path
    exercise: Exercise
    started: Mapping[str, Any]
    ended: Mapping[str, Any] | None
    fit: Fit = AS_IN_THE_FILE


class SessionFolder:
    """Read a session that was written down, also one that was cut off.

    Raises
    ------
    SourceError
        If the folder is no session, or a newer formcheck wrote it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.facts = SessionFacts.model_validate_json((path / SESSION).read_bytes())
        except (OSError, ValidationError) as error:
            raise SourceError(
                f"expected the folder of a session in {path}, found no readable {SESSION}: {error}"
            ) from error
        if self.facts.format_version > FORMAT_VERSION:
            raise SourceError(
                f"{path} was written by a newer formcheck ({self.facts.formcheck_version}):"
                " update formcheck"
            )

    def events(self) -> Iterator[Mapping[str, Any]]:
        """Yield what happened; a line that was cut off is left out."""
        try:
            lines = (self.path / EVENTS).read_text(encoding="utf-8", errors="replace")
        except OSError:
            return
        for line in lines.splitlines():
            try:
                event = json.loads(line)
            except ValueError:
                continue
            if isinstance(event, dict) and isinstance(event.get("type"), str):
                yield event

    @property
    def is_going_on(self) -> bool:
        """Whether a formcheck that runs is writing to it."""
        return is_locked(self.path)

    @property
    def is_ended(self) -> bool:
        """Whether it came to its end, or was kept as it is."""
        return any(event["type"] in ENDED for event in self.events())

    def sets(self) -> list[RecordedSet]:
        """Return every set in order; what was cut off is put together first.

        A set that was cut off and gone on with is there once: its second recording has it all.

        Raises
        ------
        OutputError
            If that cannot be written.
        SourceError
            If the exercise of a set is not known, or the session is still going on.
        """
        if self.is_going_on:
            raise SourceError(f"the session in {self.path} is going on: end it first")
        for folder in sorted(self.path.glob("set-*")):
            if is_unfinished_set(folder):
                assembled(folder, incomplete_reason=CUT_OFF)
        started: dict[str, Mapping[str, Any]] = {}
        ended: dict[str, Mapping[str, Any]] = {}
        fits: dict[str, Fit] = {}
        for event, known in self._events_and_fits():
            if event["type"] in {"SetStarted", "SetEnded"} and isinstance(event.get("set"), str):
                (started if event["type"] == "SetStarted" else ended)[event["set"]] = event
                fits.setdefault(event["set"], known.get(str(event.get("exercise")), AS_IN_THE_FILE))
        names = sorted(path.name.removesuffix(SUFFIX) for path in self.path.glob(f"set-*{SUFFIX}"))
        again = {name for name in names if _is_gone_on_with(name, names, started, ended)}
        return [
            RecordedSet(
                self.path / f"{name}{SUFFIX}",
                self._exercise(name),
                started.get(name, {}),
                ended.get(name),
                fits.get(name, AS_IN_THE_FILE),
            )
            for name in names
            if name not in again
        ]

    def fits(self) -> Mapping[str, Fit]:
        """Return what is known of the person by its end, by the ids of exercises."""
        at_first: Mapping[str, Fit] = fits_of(self.facts.calibrations)
        return reduce(lambda _, step: step[1], self._events_and_fits(), at_first)

    def _events_and_fits(self) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Fit]]]:
        """Yield what happened, with what was known of the person by then."""
        known = fits_of(self.facts.calibrations)
        for event in self.events():
            if made := _calibrated(event):
                before = known.get(made.exercise, AS_IN_THE_FILE)
                known = {**known, made.exercise: before.with_calibration(made)}
            yield event, known

    def _exercise(self, name: str) -> Exercise:
        """Return the exercise of a set, from the name of its recording."""
        exercise_id = name.split("-", 2)[-1]
        known = {**load_all(), **{own.id: own for own in self.facts.own_exercises}}
        if exercise_id not in known:
            raise SourceError(f"{self.path / name}: there is no exercise {exercise_id!r}")
        return known[exercise_id]


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


def is_session(path: Path) -> bool:
    """Whether a folder is that of a session."""
    return (path / SESSION).is_file()
