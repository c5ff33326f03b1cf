"""What an exercise file may read: a measure, on a side, between bounds."""

import enum
import math
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from formcheck import measures


class SideChoice(enum.StrEnum):
    """Which side of the body a measure is read on.

    ``larger`` and ``smaller`` read both sides and keep the larger or the smaller reading with
    the side that it belongs to: of two limbs, the one that moves. ``working`` and ``other`` are
    that side and the opposite one while a movement is under way.
    """

    NEAR = "near"
    FAR = "far"
    LEFT = "left"
    RIGHT = "right"
    MEAN = "mean"
    LARGER = "larger"
    SMALLER = "smaller"
    WORKING = "working"
    OTHER = "other"


_KNOWN_IN_MOVEMENT = frozenset({SideChoice.WORKING, SideChoice.OTHER})


class Record(BaseModel):
    """Base of everything read from an exercise file: immutable, no stray keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Reading(Record):
    """A measure and the side that it is read on."""

    measure: str
    side: SideChoice = SideChoice.NEAR

    @model_validator(mode="after")
    def _measure_exists(self) -> Self:
        measures.find(self.measure)
        return self


class Bounds(Record):
    """A closed interval, open-ended where an end is left out."""

    min: float = -math.inf
    max: float = math.inf

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min >= self.max:
            raise ValueError(f"min {self.min} is not below max {self.max}")
        return self

    def excess(self, value: float) -> float:
        """Return how far a value lies outside, 0 inside, in its unit."""
        low, high = self.min, self.max
        return 0.0 if low <= value <= high else max(low - value, value - high)

    def nearest(self, value: float) -> float:
        """Return the bound that a value outside has passed."""
        return self.min if value < self.min else self.max


class Criterion(Reading):
    """A reading that decides what is done, and so cannot ask which side does it."""

    @model_validator(mode="after")
    def _side_is_known(self) -> Self:
        if self.side in _KNOWN_IN_MOVEMENT:
            raise ValueError(
                f"side {self.side} is known only within a movement; use larger or smaller"
            )
        return self


class Condition(Criterion, Bounds):
    """A reading that must lie between two bounds.

    Attributes
    ----------
    tolerance
        How far outside it may go before a posture that was reached counts as left.
    optional
        Whether it is passed over where its landmarks cannot be seen.
    lasting
        Whether the last answer stands for as long as its landmarks are hidden, not for half a
        second only: legs that lay flat still do when the camera moves to the head end.
    steady_within
        In a hold: how far the reading may wander while the posture is kept, because getting
        into a stretch and out of it is not holding it. None where the bounds say it all.
    arises_by
        In a hold that nobody asked for: how far the reading must have come before the posture, or
        go back after it, for it to be this exercise: who sits turned to the camera has not turned.
        None where the posture says it all.
    gives
        In a hold: how far a bound may be moved at most toward the comfortable posture of one
        person. 0 where the bounds are the same for everybody.
    """

    tolerance: Annotated[float, Field(ge=0)] = 0.0
    gives: Annotated[float, Field(ge=0)] = 0.0
    optional: bool = False
    lasting: bool = False
    steady_within: Annotated[float, Field(gt=0)] | None = None
    arises_by: Annotated[float, Field(gt=0)] | None = None
