"""A calibration as a small file: what was measured of one person, and what a therapist has set.

TOML, for people to read and to change. The file says of whom (a pseudonym), when, of which
exercise, from which view, with which formcheck; the numbers are those of
`formcheck.analysis.own_numbers`. Published as docs/schema/calibration-1.json.
"""

import json
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    FiniteFloat,
    PositiveInt,
    StringConstraints,
    ValidationError,
)

import formcheck
from formcheck.analysis.fitting import fitted
from formcheck.analysis.own_numbers import (
    Calibration,
    Fit,
    OwnPosture,
    OwnReading,
    OwnSignal,
)
from formcheck.errors import SourceError, unread
from formcheck.exercises.schema import Exercise, SideChoice
from formcheck.exercises.set_thresholds import SetThreshold
from formcheck.files import atomic_path, ensure_folder
from formcheck.landmarks import Side
from formcheck.measures import View

SUFFIX = ".calibration.toml"
FORMAT_VERSION = 1
Pseudonym = Annotated[str, StringConstraints(pattern=r"^[\w .-]{0,64}$")]
Date = Annotated[str, StringConstraints(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", from_attributes=True)


class SignalNumbers(_Part):
    """The comfortable range of a signal; see ``OwnSignal``."""

    variant: str
    measure: str
    side: SideChoice = SideChoice.NEAR
    rest: FiniteFloat
    furthest: FiniteFloat
    n_repetitions: PositiveInt
    limited_by: Side | None = None


class PostureNumbers(_Part):
    """What a condition of a hold reads in the comfortable posture; see ``OwnPosture``."""

    variant: str
    measure: str
    side: SideChoice = SideChoice.NEAR
    value: FiniteFloat


class RuleNumbers(_Part):
    """What a form rule reads, done comfortably or at rest; see ``OwnReading``."""

    rule: str
    value: FiniteFloat


class CalibrationFile(_Part):
    """The contents of a calibration file.

    Attributes
    ----------
    person
        A pseudonym, no name.
    made
        The date, as 2026-01-31.
    thresholds
        What a therapist has set, by its name (see ``set_thresholds``): it wins.
    """

    format: Literal["formcheck calibration"] = "formcheck calibration"
    format_version: PositiveInt = FORMAT_VERSION
    formcheck_version: str = formcheck.__version__
    person: Pseudonym = ""
    made: Date = ""
    exercise: str
    view: View
    age_years: Annotated[int, Field(ge=0, le=120)] | None = None
    signals: tuple[SignalNumbers, ...] = ()
    postures: tuple[PostureNumbers, ...] = ()
    readings: tuple[RuleNumbers, ...] = ()
    thresholds: dict[str, FiniteFloat] = Field(default_factory=dict)

    @classmethod
    def of(
        cls, calibration: Calibration, thresholds: Sequence[SetThreshold] = ()
    ) -> "CalibrationFile":
        """Return the file of a calibration."""
        return cls(
            person=calibration.person,
            made=calibration.made,
            exercise=calibration.exercise,
            view=calibration.view,
            age_years=calibration.age_years,
            signals=tuple(map(SignalNumbers.model_validate, calibration.signals)),
            postures=tuple(map(PostureNumbers.model_validate, calibration.postures)),
            readings=tuple(map(RuleNumbers.model_validate, calibration.readings)),
            thresholds={one.name: one.value for one in thresholds},
        )

    def calibration(self) -> Calibration:
        """Return its numbers as the core knows them."""
        return Calibration(
            exercise=self.exercise,
            view=self.view,
            signals=tuple(OwnSignal(**_fields(one)) for one in self.signals),
            postures=tuple(OwnPosture(**_fields(one)) for one in self.postures),
            readings=tuple(OwnReading(**_fields(one)) for one in self.readings),
            made=self.made,
            person=self.person,
            age_years=self.age_years,
        )

    def set_thresholds(self) -> tuple[SetThreshold, ...]:
        """Return what a therapist has set."""
        return tuple(SetThreshold(name, value) for name, value in self.thresholds.items())


def load(path: Path) -> CalibrationFile:
    """Read a calibration.

    Raises
    ------
    SourceError
        If it is none, or a newer formcheck wrote it.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        file = CalibrationFile.model_validate(content)
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path}: {unread(error)}") from error
    except tomllib.TOMLDecodeError as error:
        raise SourceError(
            f"{path} is no calibration: not valid TOML: {error}."
            "\nExpected a file that `formcheck calibrate` wrote."
        ) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise SourceError(f"{path} is no calibration: {where}: {first['msg']}") from error
    if file.format_version > FORMAT_VERSION:
        raise SourceError(
            f"{path} was written by a newer formcheck ({file.formcheck_version}): update formcheck"
        )
    return file


def save(file: CalibrationFile, path: Path) -> None:
    """Write a calibration, or nothing.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    ensure_folder(path.parent)
    with atomic_path(path) as temporary:
        temporary.write_text("\n".join(_lines(file)) + "\n", encoding="utf-8")


def fit_of(files: Iterable[CalibrationFile]) -> Fit:
    """Return what several files of one exercise say of one person; a later one wins."""
    fit = Fit()
    for file in files:
        fit = fit.and_also(Fit((file.calibration(),), file.set_thresholds()))
    return fit


def fits_of(files: Iterable[CalibrationFile]) -> dict[str, Fit]:
    """Return what files of several exercises say of one person, by the ids of the exercises."""
    fits: dict[str, Fit] = {}
    for file in files:
        fits[file.exercise] = fits.get(file.exercise, Fit()).and_also(fit_of([file]))
    return fits


def checked(exercise: Exercise, fit: Fit, where: str) -> Fit:
    """Return the fit, if it fits.

    Raises
    ------
    SourceError
        If it does not; ``where`` says where it came from.
    """
    try:
        fitted(exercise, fit)
    except ValidationError as error:
        message = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise SourceError(f"{where}: {message}") from error
    except ValueError as error:
        raise SourceError(f"{where}: {error}") from error
    return fit


def _fields(part: BaseModel) -> dict[str, Any]:
    return {name: getattr(part, name) for name in type(part).model_fields}


def _lines(file: CalibrationFile) -> Iterator[str]:
    """Yield the lines of the TOML file; what is not there is left out."""
    dumped = file.model_dump(mode="json", exclude_none=True)
    tables = {"signals", "postures", "readings", "thresholds"}
    yield from (_line(name, value) for name, value in dumped.items() if name not in tables)
    for name in ("signals", "postures", "readings"):
        for part in dumped[name]:
            yield from ("", f"[[{name}]]", *(_line(key, value) for key, value in part.items()))
    if dumped["thresholds"]:
        thresholds = dumped["thresholds"].items()
        yield from ("", "[thresholds]", *(_line(json.dumps(key), v) for key, v in thresholds))


def _line(name: str, value: str | float) -> str:
    # A JSON string without control characters, and a JSON number, are also those of TOML.
    return f"{name} = {json.dumps(value, ensure_ascii=False)}"
