"""What a change of a draft is sent as, and what it may need beside the draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from formcheck.errors import PrescriptionError
from formcheck.exercises.schema import Exercise
from formcheck.landmarks import Side
from formcheck.prescription.editing_items import Place
from formcheck.prescription.model import Screening
from formcheck.weeks import ItemProposal

Id = Annotated[str, Field(max_length=64)]
Line = Annotated[str, Field(max_length=200)]


@dataclass(frozen=True, slots=True)
class Given:
    """What a change may need beside the draft.

    Attributes
    ----------
    proposals
        What is proposed for each exercise.
    answers
        The newest answers about warning signs; None where nobody was asked.
    by
        Who makes the change.
    """

    exercises: Mapping[str, Exercise]
    proposals: Sequence[ItemProposal]
    answers: Screening | None
    by: str
    today: date

    def exercise(self, exercise_id: str) -> Exercise:
        """Return an exercise that is known.

        Raises
        ------
        PrescriptionError
            If there is none of this id.
        """
        found = self.exercises.get(exercise_id)
        if found is None:
            raise PrescriptionError(f"there is no exercise {exercise_id!r}")
        return found


class Sent(BaseModel):
    """Anything that is sent: nothing more than is known may be in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class AtPlace(Sent):
    """A change of one exercise of one session."""

    session: int
    exercise: Id
    side: Side | None = None

    @property
    def place(self) -> Place:
        """Which exercise it is about."""
        return Place(self.session, self.exercise, self.side)
