"""Where an exercise comes from that somebody has shown instead of written."""

from datetime import date
from typing import Annotated

from pydantic import Field

from formcheck.exercises.readings import Record
from formcheck.measures import View


class Demonstrated(Record):
    """The demonstration that an exercise was made from: one person, one time.

    Attributes
    ----------
    on
        When it was made from it.
    view
        From where the camera saw it.
    repetitions, held_s
        How often it was shown, or for how long it was held [s].
    """

    on: date
    view: View
    repetitions: Annotated[int, Field(ge=1)] | None = None
    held_s: Annotated[float, Field(gt=0)] | None = None
