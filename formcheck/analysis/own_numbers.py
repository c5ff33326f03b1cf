"""What is known of one person: the numbers that take the place of those in an exercise file.

Measured in easy repetitions or in a comfortable posture (see ``calibrator``), or set by a
therapist; what follows from them, and within which bounds, is decided in ``fitting``.
"""

import enum
import math
from collections.abc import Iterable
from dataclasses import dataclass

from formcheck.exercises.schema import SideChoice, Signal
from formcheck.exercises.set_thresholds import SetThreshold
from formcheck.landmarks import Side
from formcheck.measures import View


class RangeBasis(enum.StrEnum):
    """What the size of the repetitions, or the posture of a hold, was measured against."""

    THERAPIST = "therapist"
    CALIBRATION = "calibration"
    FIRST_REPETITIONS = "first_repetitions"
    EXERCISE_FILE = "exercise_file"


@dataclass(frozen=True, slots=True)
class OwnSignal:
    """The comfortable range of a signal.

    Attributes
    ----------
    rest, furthest
        The reading at this person's own rest and at the furthest point of easy repetitions:
        the median of each. Of a reading that swings to both sides, its size.
    n_repetitions
        From how many.
    limited_by
        The side that goes less far, whose numbers these are; None where there are no sides.
    """

    variant: str
    measure: str
    side: SideChoice
    rest: float
    furthest: float
    n_repetitions: int
    limited_by: Side | None = None

    @property
    def excursion(self) -> float:
        """How far it is from rest to the furthest point."""
        return abs(self.furthest - self.rest)


@dataclass(frozen=True, slots=True)
class OwnPosture:
    """What a condition of a hold reads in this person's comfortable posture."""

    variant: str
    measure: str
    side: SideChoice
    value: float


@dataclass(frozen=True, slots=True)
class OwnReading:
    """What a form rule reads when this person does the exercise comfortably, or rests."""

    rule: str
    value: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was measured of one person, for one exercise, seen from one view.

    Attributes
    ----------
    made
        When, as a date (ISO 8601), where it is known.
    person
        A pseudonym, where there is one.
    age_years
        For what is usual at that age; None where it is not told.
    """

    exercise: str
    view: View
    signals: tuple[OwnSignal, ...] = ()
    postures: tuple[OwnPosture, ...] = ()
    readings: tuple[OwnReading, ...] = ()
    made: str = ""
    person: str = ""
    age_years: int | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """Everything that fits one exercise to one person.

    Attributes
    ----------
    calibrations
        One for each view that was calibrated.
    thresholds
        What a therapist has set: it wins over everything else.
    """

    calibrations: tuple[Calibration, ...] = ()
    thresholds: tuple[SetThreshold, ...] = ()

    def own_signal(self, variant: str, signal: Signal) -> OwnSignal | None:
        """Return the comfortable range of a signal that was fitted (which has one view)."""
        for calibration in self.calibrations:
            for own in calibration.signals:
                is_same = own.variant == variant and _is_of(own, signal)
                if is_same and signal.views == {calibration.view}:
                    return own
        return None

    def is_set(self, measure: str, field: str) -> bool:
        """Whether a therapist has set a number of what is counted, or held."""
        return any(one.name in {field, f"{measure}.{field}"} for one in self.thresholds)

    def basis_of_hold(self, variant: str, measures: Iterable[str]) -> RangeBasis:
        """Return what a hold is measured against, whose conditions read these measures."""
        ends = (self.is_set(measure, end) for measure in measures for end in ("min", "max"))
        if any(ends):
            return RangeBasis.THERAPIST
        measured = (own for one in self.calibrations for own in one.postures)
        is_own = any(own.variant == variant for own in measured)
        return RangeBasis.CALIBRATION if is_own else RangeBasis.EXERCISE_FILE

    @property
    def age_years(self) -> int | None:
        """The age that was told last, if any was."""
        told = [one.age_years for one in self.calibrations if one.age_years is not None]
        return told[-1] if told else None

    def with_calibration(self, made: Calibration) -> "Fit":
        """Return it with a new calibration in the place of an older one of that view."""
        others = (one for one in self.calibrations if one.view is not made.view)
        return Fit((*others, made), self.thresholds)

    def and_also(self, other: "Fit") -> "Fit":
        """Return it with another one, which wins where both say something."""
        both = self
        for made in other.calibrations:
            both = both.with_calibration(made)
        return Fit(both.calibrations, (*both.thresholds, *other.thresholds))


AS_IN_THE_FILE = Fit()


def usual_at(signal: Signal, age_years: int | None) -> float:
    """Return how far people of an age usually come; NaN where that is not known."""
    if age_years is None:
        return math.nan
    known = [norm for norm in signal.norms if norm.from_years <= age_years]
    return max(known, key=lambda norm: norm.from_years).reaches if known else math.nan


def _is_of(own: OwnSignal, signal: Signal) -> bool:
    return own.measure == signal.measure and own.side is signal.side
