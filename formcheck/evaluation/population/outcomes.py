"""What formcheck made of one session, beside what was true."""

import math
from dataclasses import dataclass
from typing import Literal

from formcheck.analysis.events import Severity
from formcheck.evaluation.population.cases import Case
from formcheck.evaluation.score import HOLD_EDGE_S

Answer = Literal["counted", "attempted", "missed"]


@dataclass(frozen=True, slots=True)
class Flag:
    """A fault that was raised, and how gravely."""

    name: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class JudgedRepetition:
    """One true repetition and what was said of it.

    Attributes
    ----------
    fault
        What was wrong with it, or empty.
    answer
        Whether it was counted, or reported as an attempt.
    is_side_right
        Whether it was given to the right side; None where it has none, or was not counted.
    flags
        What was raised in its time.
    """

    fault: str
    answer: Answer
    is_side_right: bool | None
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class JudgedHold:
    """One true hold and what was said of it.

    Attributes
    ----------
    fault
        What was wrong in it, or empty.
    start_error_s, end_error_s
        Later (+) or earlier (-) than true; NaN where no hold was found.
    held_error_s
        Time that was credited too much (+) or too little; NaN where none was found.
    flags
        What was raised in the session.
    is_stopped
        Whether the fault ends the hold and the clock stopped where it did.
    """

    fault: str
    start_error_s: float
    end_error_s: float
    held_error_s: float
    flags: tuple[Flag, ...]
    is_stopped: bool = False

    @property
    def is_right(self) -> bool:
        """Whether both ends are near enough."""
        return abs(self.start_error_s) <= HOLD_EDGE_S and abs(self.end_error_s) <= HOLD_EDGE_S


@dataclass(frozen=True, slots=True)
class ReadingErrors:
    """Errors of a measure, read on erring landmarks, against the same on exact ones.

    Sums, so that those of many sessions can be added.

    Attributes
    ----------
    measure, side
        Which reading.
    n, total, total_of_squares
        Of the errors, in the measure's unit.

    Examples
    --------
    >>> errors = ReadingErrors("knee_flexion", "near", 2, 4.0, 10.0)
    >>> errors.bias, round(errors.sd, 2)
    (2.0, 1.41)
    """

    measure: str
    side: str
    n: int
    total: float
    total_of_squares: float

    def __add__(self, other: "ReadingErrors") -> "ReadingErrors":
        """Return the errors of both."""
        if (self.measure, self.side) != (other.measure, other.side):
            raise ValueError(f"errors of {self.measure} and of {other.measure} cannot be added")
        return ReadingErrors(
            self.measure,
            self.side,
            self.n + other.n,
            self.total + other.total,
            self.total_of_squares + other.total_of_squares,
        )

    @property
    def bias(self) -> float:
        """Mean error, NaN of none."""
        return self.total / self.n if self.n else math.nan

    @property
    def sd(self) -> float:
        """Standard deviation of the errors, NaN of fewer than two."""
        if self.n < 2:
            return math.nan
        squares = self.total_of_squares - self.n * self.bias**2
        return math.sqrt(max(squares, 0.0) / (self.n - 1))

    @property
    def limits(self) -> tuple[float, float]:
        """Between which 95 % of the errors lie, if they are normal (Bland and Altman, 1986)."""
        return self.bias - 1.96 * self.sd, self.bias + 1.96 * self.sd


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one session.

    Attributes
    ----------
    n_counted
        Repetitions that were counted, true or not.
    n_holds_found
        Holds that were reported, true or not.
    repetitions, holds
        The true ones, judged.
    flags_elsewhere
        What was raised while nothing was done.
    errors
        Of every reading that the exercise uses; none where the landmarks were exact.
    recognised
        What ``auto`` took it for, empty for nothing; None where that was not asked.
    """

    case: Case
    n_counted: int
    n_holds_found: int
    repetitions: tuple[JudgedRepetition, ...]
    holds: tuple[JudgedHold, ...]
    flags_elsewhere: tuple[Flag, ...]
    errors: tuple[ReadingErrors, ...] = ()
    recognised: str | None = None

    @property
    def n_off(self) -> int:
        """Repetitions too many (+) or too few; one that is wrong may be an attempt instead."""
        attempted = sum(1 for one in self.repetitions if one.fault and one.answer == "attempted")
        return self.n_counted + attempted - len(self.repetitions)

    @property
    def is_right(self) -> bool:
        """Whether everything was counted or timed, and nothing else."""
        is_all_held = all(hold.is_right for hold in self.holds)
        return self.n_off == 0 and is_all_held and self.n_holds_found == len(self.holds)
