"""What is done in a session of a prescription: exercises with their doses, and on which days."""

import enum
from collections import Counter
from datetime import date
from typing import Annotated, Self

from pydantic import Field, FiniteFloat, PlainSerializer, StringConstraints, field_validator

from formcheck.exercises.dose import Dose
from formcheck.exercises.readings import Record
from formcheck.exercises.rules import Slug
from formcheck.landmarks import Side

Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\n]*$")
]
"""A text of one line."""


class Weekday(enum.StrEnum):
    """A day of the week, as `date.weekday` counts them."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the weekday of a day."""
        return list(cls)[day.weekday()]


EVERY_DAY = frozenset(Weekday)


def _in_week_order(days: frozenset[Weekday]) -> list[str]:
    return [day.value for day in Weekday if day in days]


# Sets are written in one order: the same contents are the same bytes, and the same seal.
_Days = Annotated[
    frozenset[Weekday],
    Field(min_length=1),
    PlainSerializer(_in_week_order, return_type=list[str]),
]


class Item(Record):
    """One exercise of a session, for this patient.

    Attributes
    ----------
    why
        What it is to help this patient with, in a few words.
    side
        The only side that is done; both where it is None.
    on_bed
        Whether it is done lying on a firm bed, by somebody who does not get down to the floor.
    target
        How far to go, in the unit of what is counted; the exercise's own where it is None.
    thresholds
        Numbers of the exercise that the therapist has set for this patient, by their names
        (``formcheck exercises show``).
    tempo_s
        How long going out, staying and coming back should take [s]; told, not judged.
    tested
        Whether the therapist has seen this patient do it safely: then it may be in the first week
        though it is harder than its second level.
    may_progress
        Whether the program may make it a little harder by itself, within the rules.
    """

    exercise: Slug
    dose: Dose
    why: Line
    side: Side | None = None
    on_bed: bool = False
    target: FiniteFloat | None = None
    thresholds: dict[str, FiniteFloat] = Field(default_factory=dict)
    tempo_s: tuple[float, float, float] | None = None
    tested: bool = False
    may_progress: bool = False

    @field_validator("tempo_s")
    @classmethod
    def _tempo_takes_time(
        cls, tempo_s: tuple[float, float, float] | None
    ) -> tuple[float, float, float] | None:
        if tempo_s and (min(tempo_s) < 0 or not 0 < sum(tempo_s) <= 60):
            raise ValueError("expected three times from 0, of at most a minute together")
        return tempo_s


class PlannedSession(Record):
    """The exercises of a day, in order, and on which days they are done.

    Attributes
    ----------
    name
        What it is called; by its days where it is None.
    """

    name: Line | None = None
    days: _Days = EVERY_DAY
    items: Annotated[tuple[Item, ...], Field(min_length=1, max_length=20)]

    @field_validator("items")
    @classmethod
    def _each_once(cls, items: tuple[Item, ...]) -> tuple[Item, ...]:
        counted = Counter((item.exercise, item.side) for item in items)
        twice = [exercise for (exercise, _), n in counted.items() if n > 1]
        if twice:
            raise ValueError(f"{', '.join(twice)} is there twice: expected one dose of each")
        return items

    @property
    def label(self) -> str:
        """What it is called in a finding."""
        if self.name:
            return self.name
        if self.days == EVERY_DAY:
            return "every day"
        return ", ".join(day.capitalize() for day in _in_week_order(self.days))
