"""How much of an exercise: sets, and in each of them repetitions or a time to hold."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from formcheck.exercises.readings import Record


class Dose(Record):
    """How much of an exercise is to be done.

    Attributes
    ----------
    sets
        How often, with a rest between.
    repetitions
        Full repetitions in a set, both sides together where they take turns.
    hold_s
        Time inside the posture in a set [s], for what is held; breaks do not take it away.
    rest_s
        Rest after a set [s].
    """

    sets: Annotated[int, Field(ge=1, le=20)] = 1
    repetitions: Annotated[int, Field(ge=1, le=200)] | None = None
    hold_s: Annotated[float, Field(ge=1, le=600)] | None = None
    rest_s: Annotated[float, Field(ge=0, le=600)] = 30.0

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if (self.repetitions is None) == (self.hold_s is None):
            raise ValueError("expected either repetitions or hold_s, not both and not neither")
        return self

    @property
    def due(self) -> float:
        """Repetitions, or seconds of holding, that make a set."""
        return float(self.hold_s if self.repetitions is None else self.repetitions)  # type: ignore[arg-type]
