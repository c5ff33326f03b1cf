"""How it is, how it was, and whether the difference means anything.

A change smaller than what a score wanders by on its own is never called progress, and one that is
larger but smaller than what matters to people is called just that.
"""

import enum
import math
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from formcheck.errors import UsageError
from formcheck.exercises.readings import Record
from formcheck.prescription.saying import Saying
from formcheck.prescription.tables import Sources, read

_EPSILON = 1e-9  # means of whole numbers are no whole numbers


class MeasureId(enum.StrEnum):
    """What is measured; docs/outcomes.md explains each."""

    PAIN_0_100 = "pain_0_100"
    PAIN_0_10 = "pain_0_10"
    PSFS = "psfs"
    PSFS_SINGLE = "psfs_single"
    RMDQ = "rmdq"
    ODI = "odi"
    GLOBAL_RATING = "global_rating"
    SIT_TO_STAND_5 = "sit_to_stand_5"


PAIN = frozenset({MeasureId.PAIN_0_100, MeasureId.PAIN_0_10})
FUNCTION = frozenset({MeasureId.PSFS, MeasureId.PSFS_SINGLE, MeasureId.RMDQ, MeasureId.ODI})


class Measure(Record):
    """One measure: its range, and what a change of it is worth.

    Attributes
    ----------
    least, most
        The ends of its scale, in ``unit``; empty for points.
    whole
        Whether it has whole numbers only.
    higher_is_better, is_change
        Which way is up; whether it is itself a change and needs no value from before.
    mic
        The least change that is important to people.
    error
        The least change that can be told from chance.
    read
        How far the source of the error was read.
    recovered
        At this or better people call themselves recovered, where that is known (KAMPER2010).
    """

    id: MeasureId
    least: float
    most: float
    whole: bool = True
    unit: Literal["", "s"] = ""
    higher_is_better: bool = False
    is_change: bool = False
    mic: Annotated[float, Field(gt=0)]
    mic_sources: Sources
    error: Annotated[float, Field(gt=0)]
    error_sources: Sources
    read: Literal["seen", "recalled", "convention"]
    recovered: float | None = None
    licence: str
    note: str

    @property
    def name(self) -> Saying:
        """What the patient calls it."""
        return Saying(f"outcome.{self.id}")

    @property
    def question(self) -> Saying:
        """What the patient is asked, or asked to do."""
        return Saying(f"outcome_question.{self.id}")


class SitToStandNorm(Record):
    """Above which time somebody of an age is slower than most: five times sit-to-stand."""

    from_age: int
    to_age: int
    upper_s: float
    sources: Sources

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.from_age > self.to_age:
            raise ValueError("expected from_age before to_age")
        return self


class OutcomeTable(Record):
    """Everything in ``outcomes.toml``."""

    measures: tuple[Measure, ...]
    sit_to_stand_norms: tuple[SitToStandNorm, ...]


@cache
def outcome_table() -> OutcomeTable:
    """Return every measure and norm."""
    return read("outcomes", OutcomeTable)


@cache
def measures() -> dict[MeasureId, Measure]:
    """Return every measure by id."""
    return {one.id: one for one in outcome_table().measures}


def checked(measure: MeasureId, value: float) -> float:
    """Return a score if it is one.

    Raises
    ------
    UsageError
        If it is not on the scale; the message says which there is.

    Examples
    --------
    >>> checked(MeasureId.RMDQ, 11)
    11
    """
    scale = measures()[measure]
    fits = math.isfinite(value) and scale.least <= value <= scale.most
    if not fits or (scale.whole and value != int(value)):
        kind = "a whole number" if scale.whole else "a number"
        ends = f"{scale.least:g} to {scale.most:g} {scale.unit}".rstrip()
        raise UsageError(f"{measure}: expected {kind} from {ends}, got {value!r}")
    return value


class Verdict(enum.StrEnum):
    """What a change comes to."""

    IMPROVED = "improved"
    BETWEEN = "between"
    WITHIN_ERROR = "within_error"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class OutcomeChange:
    """A score against the one from before.

    Attributes
    ----------
    better_by
        By how much it is better, negative where it is worse, whichever way the scale goes.
    share
        That, as a share of the score from before; NaN where that was 0 or there was none. From
        0.3 on it is called important too (OSTELO2008); the verdict is by points alone.
    """

    measure: MeasureId
    baseline: float
    now: float
    better_by: float
    share: float
    verdict: Verdict

    @property
    def says(self) -> Saying:
        """What the patient is told."""
        return Saying(f"outcome_change.{self.verdict}")

    @property
    def is_progress(self) -> bool:
        """Whether it may be called progress: it matters, and is no chance."""
        return self.verdict is Verdict.IMPROVED


def change(measure: MeasureId, baseline: float | None, now: float) -> OutcomeChange:
    """Return what the difference between two scores of a person comes to.

    Parameters
    ----------
    baseline
        From before; None for what is a change itself.

    Raises
    ------
    UsageError
        If one of them is not on the scale, or a score from before is missing or too many.

    Examples
    --------
    >>> str(change(MeasureId.PAIN_0_100, 60, 45).verdict)
    'within_error'
    """
    scale = measures()[measure]
    if (baseline is None) != scale.is_change:
        needs = "no score from before" if scale.is_change else "a score from before"
        raise UsageError(f"{measure}: expected {needs}, got {baseline!r}")
    before = 0.0 if baseline is None else checked(measure, baseline)
    difference = checked(measure, now) - before
    better_by = difference if scale.higher_is_better else -difference
    share = math.nan if before == 0 else better_by / before
    return OutcomeChange(measure, before, now, better_by, share, verdict_of(scale, better_by))


def verdict_of(scale: Measure, better_by: float) -> Verdict:
    """Return what being better by so much comes to; by less than nothing where it is worse."""
    if abs(better_by) + _EPSILON < scale.error:
        return Verdict.WITHIN_ERROR
    if better_by < 0:
        return Verdict.WORSE
    return Verdict.IMPROVED if better_by + _EPSILON >= scale.mic else Verdict.BETWEEN


def sit_to_stand_norm(age_years: int) -> SitToStandNorm | None:
    """Return the norm of an age; None where nobody of that age was measured.

    Examples
    --------
    >>> sit_to_stand_norm(72).upper_s
    12.6
    """
    norms = outcome_table().sit_to_stand_norms
    return next((one for one in norms if one.from_age <= age_years <= one.to_age), None)
