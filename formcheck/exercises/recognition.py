"""What an exercise file says of being recognised where nobody has named the exercise."""

from typing import Annotated

from pydantic import Field

from formcheck.exercises.readings import Record
from formcheck.exercises.rules import Slug


class Recognition(Record):
    """How the exercise is told from others, beyond its own rules.

    Attributes
    ----------
    outranks
        Ids of exercises that seem to be done along with this one, and are not: whoever lifts
        chest and legs does not press up.
    held_for_s
        How long a posture is held before it is taken for this exercise [s].
    """

    outranks: frozenset[Slug] = frozenset()
    held_for_s: Annotated[float, Field(gt=0)] = 2.0
