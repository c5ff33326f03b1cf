"""What is measured on people who do not exist, as it is stored."""

import datetime
import os
import platform
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

import formcheck
from formcheck.errors import LabelsError
from formcheck.files import atomic_path, ensure_folder
from formcheck.shares import Share


class Record(BaseModel):
    """Base of everything that is stored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Tally(Record):
    """So many of so many."""

    n_right: int
    n: int

    @classmethod
    def of(cls, share: Share) -> "Tally":
        """Return a share as it is stored."""
        return cls(n_right=share.n_right, n=share.n)

    @property
    def share(self) -> Share:
        """The share, with its interval."""
        return Share(self.n_right, self.n)


class Level(Record):
    """A fault done so many times the way to its threshold.

    Attributes
    ----------
    n
        How often it was done.
    n_errors, n_tips, n_refused, n_lost
        How often it was raised as an error or a tip, reported as an attempt (or the clock stopped),
        or neither counted nor said.
    """

    way: float
    n: int
    n_errors: int
    n_tips: int
    n_refused: int
    n_lost: int

    @property
    def found(self) -> Share:
        """How often the patient was told in one way or another."""
        return Share(self.n_errors + self.n_tips + self.n_refused, self.n)


class FaultFigures(Record):
    """One fault: how it was found at each level, and raised where it was not done.

    Attributes
    ----------
    clean
        Clean repetitions and holds in which it was raised.
    among_others
        The same of those in which something else was wrong.
    """

    fault: str
    levels: tuple[Level, ...]
    clean: Tally
    among_others: Tally

    def at(self, way: float) -> Level | None:
        """Return what was found at a level, if it was done."""
        return next((level for level in self.levels if level.way == way), None)

    @property
    def precision(self) -> Share:
        """How many of all that were raised were there.

        At half of the way it is not there; at the threshold itself either answer is right, and
        neither counts.
        """
        right = sum(level.n_errors + level.n_tips for level in self.levels if level.way > 1)
        below = sum(level.n_errors + level.n_tips for level in self.levels if level.way < 1)
        wrong = below + self.clean.n_right + self.among_others.n_right
        return Share(right, right + wrong)


class MeasureFigures(Record):
    """Errors of one reading, in its unit."""

    measure: str
    side: str
    n: int
    bias: float
    sd: float

    @property
    def limits(self) -> tuple[float, float]:
        """Between which 95 % of the errors lie, if they are normal."""
        return self.bias - 1.96 * self.sd, self.bias + 1.96 * self.sd


class ViewFigures(Record):
    """What was found in one view, or in all together.

    Attributes
    ----------
    counted, within_one, held, quiet, sides
        See `Findings`.
    start_error_s, end_error_s
        Mean size of the errors of clean holds; None without any that was found.
    """

    view: str
    n_sessions: int
    counted: Tally
    within_one: Tally
    held: Tally
    quiet: Tally
    sides: Tally
    start_error_s: float | None
    end_error_s: float | None
    faults: tuple[FaultFigures, ...]
    measures: tuple[MeasureFigures, ...]


class ExerciseFigures(Record):
    """One exercise: all views together first, then each."""

    exercise: str
    views: tuple[ViewFigures, ...]

    @property
    def all_views(self) -> ViewFigures:
        """All together."""
        return self.views[0]


class MeasuredWith(Record):
    """With what something was measured, and when."""

    formcheck_version: str
    python_version: str
    machine: str
    date: str
    seed: int

    @classmethod
    def now(cls, seed: int) -> "MeasuredWith":
        """Return what this machine measures with, today."""
        return cls(
            formcheck_version=formcheck.__version__,
            python_version=platform.python_version(),
            machine=f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors",
            date=datetime.datetime.now(datetime.UTC).date().isoformat(),
            seed=seed,
        )


class Figures(Record):
    """Every exercise.

    Attributes
    ----------
    found_share
        Mean share of a clip's frames in which the engine found somebody, and that of the worst
        clip; None where there were no pictures.
    """

    measured_with: MeasuredWith
    exercises: tuple[ExerciseFigures, ...]
    found_share: tuple[float, float] | None = None

    @property
    def n_sessions(self) -> int:
        """Sessions in all."""
        return sum(one.all_views.n_sessions for one in self.exercises)

    def of(self, exercise: str) -> ExerciseFigures | None:
        """Return what is known of an exercise."""
        return next((one for one in self.exercises if one.exercise == exercise), None)

    def replaced(self, new: Sequence[ExerciseFigures], order: Sequence[str]) -> "Figures":
        """Return the same with these in place of the old ones, in an order."""
        known = {one.exercise: one for one in (*self.exercises, *new)}
        chosen = tuple(known[name] for name in order if name in known)
        return self.model_copy(update={"exercises": chosen})

    def save(self, path: Path) -> None:
        """Write it, an exercise a line, so that a change shows what changed."""
        ensure_folder(path.parent)
        lines = ",\n".join(one.model_dump_json() for one in self.exercises)
        head = self.model_dump_json(exclude={"exercises"})[:-1]
        with atomic_path(path) as temporary:
            temporary.write_text(f'{head},"exercises":[\n{lines}\n]}}\n', encoding="utf-8")

    @staticmethod
    def load(path: Path) -> "Figures":
        """Read what `save` wrote.

        Raises
        ------
        LabelsError
            If there is nothing, or something else.
        """
        try:
            return Figures.model_validate_json(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise LabelsError(
                f"{path} does not hold the figures of simulated people; measure them first with"
                f" `python -m formcheck.evaluation.synthetic landmarks` ({error})"
            ) from error
