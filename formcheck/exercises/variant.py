"""One way of doing an exercise: how the body lies, and what is counted or timed."""

import enum
from typing import Annotated, Self

from pydantic import Field, model_validator

from formcheck.exercises.readings import Condition, Record
from formcheck.exercises.rules import HoldRule, RepetitionRule, Sentence, Slug


class Orientation(enum.StrEnum):
    """How the trunk lies in the room."""

    UPRIGHT = "upright"
    SUPINE = "supine"
    FACE_DOWN = "face_down"
    SIDE_LYING = "side_lying"


class Variant(Record):
    """One way of doing the exercise, with a rule of its own.

    Attributes
    ----------
    posture
        Where the body must be for anything to count.
    on_floor
        Whether one has to get down for it. Where it is left out, it is so unless the trunk stays
        upright: hands on a wall and the trunk level need no floor.
    """

    id: Slug
    name: Sentence
    orientations: Annotated[frozenset[Orientation], Field(min_length=1)]
    on_floor: bool | None = None
    posture: tuple[Condition, ...] = ()
    repetition: RepetitionRule | None = None
    hold: HoldRule | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if (self.repetition is None) == (self.hold is None):
            raise ValueError("expected either a repetition or a hold, not both and not neither")
        return self

    @property
    def needs_floor(self) -> bool:
        """Whether one has to get down to the floor for it, and up again."""
        if self.on_floor is not None:
            return self.on_floor
        return self.orientations != {Orientation.UPRIGHT}
