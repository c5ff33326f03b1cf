"""What a therapist chooses of a demonstration; checked where it comes in."""

import re
import unicodedata
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from formcheck.exercises.equipment import Equipment
from formcheck.exercises.plain import OWN_PREFIX
from formcheck.exercises.readings import Bounds, Reading, Record, SideChoice
from formcheck.exercises.rules import BodyPart, Phase, Sentence
from formcheck.measures import MEASURES

_MOVING = frozenset({Phase.OUTBOUND, Phase.EFFORT, Phase.RETURN})
Instructions = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]


class FaultChoice(Record):
    """Something that can be done wrong: a measure with a bound on it, and what to say.

    Attributes
    ----------
    bounds
        What is allowed: at least, at most, or both.
    says, cue
        What is wrong, and what is said to the patient.
    part
        Where it shows; that of the measure where it is left out.
    """

    measure: str
    side: SideChoice = SideChoice.NEAR
    bounds: Bounds
    says: Sentence
    cue: Sentence
    why: Sentence = "The therapist who made this exercise watches for it."
    phases: Annotated[frozenset[Phase], Field(min_length=1)] = _MOVING
    part: BodyPart | None = None

    @model_validator(mode="after")
    def _has_a_bound(self) -> Self:
        if self.bounds == Bounds():
            raise ValueError("expected a bound: at least, at most, or both")
        if self.measure not in MEASURES:
            raise ValueError(f"there is no measure {self.measure!r}")
        return self


class Choices(Record):
    """What an exercise is to be called, counted by, and watched for.

    Attributes
    ----------
    counted_by
        The reading that a repetition is counted by, or a hold is told by; None takes the best.
    also
        What must go with the movement, or belong to the posture, beside it.
    """

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    purpose: Sentence = "Chosen for you by your therapist."
    instructions: Instructions = "Do it as your therapist has shown you."
    level: Annotated[int, Field(ge=1, le=4)] = 2
    needs: tuple[Equipment, ...] = ()
    counted_by: Reading | None = None
    also: tuple[Reading, ...] = ()
    faults: Annotated[tuple[FaultChoice, ...], Field(max_length=12)] = ()

    @property
    def exercise_id(self) -> str:
        """The id that the name gives: plain letters, and what tells it from what is built in."""
        return OWN_PREFIX + (slug(self.name) or "exercise")


def slug(text: str) -> str:
    """Return a text as part of an id: lower case letters, digits and lines between words."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore")
    return re.sub(r"[^a-z0-9]+", "_", plain.decode().lower()).strip("_")[:60].strip("_")
