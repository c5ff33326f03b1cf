"""What a prescription may say.

It is about one person under a pseudonym: why, since when, what must be minded, and on which days
which exercises are done how much. Therapists read and edit it as a TOML file; it is parsed once,
here, into frozen values.
"""

import enum
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import (
    Field,
    FiniteFloat,
    PlainSerializer,
    PositiveInt,
    StringConstraints,
    model_validator,
)

from formcheck.exercises.aims import Aim
from formcheck.exercises.contraindications import HealthCondition
from formcheck.exercises.dose import Dose
from formcheck.exercises.equipment import Equipment
from formcheck.exercises.plain import OWN_PREFIX, OwnExercises
from formcheck.exercises.readings import Record
from formcheck.exercises.rules import Slug
from formcheck.exercises.schema import Exercise
from formcheck.landmarks import Side
from formcheck.prescription.planned import EVERY_DAY, Item, Line, PlannedSession, Weekday
from formcheck.prescription.vouching import Confirmed, Override, Signature, Therapist

__all__ = [
    "EVERY_DAY",
    "FORMAT_VERSION",
    "LONG_LASTING_WEEKS",
    "Baseline",
    "Confirmed",
    "Heat",
    "Item",
    "NoHeat",
    "Override",
    "PlannedSession",
    "Prescription",
    "Screening",
    "Signature",
    "Step",
    "Therapist",
    "Weekday",
]

FORMAT_VERSION = 1
LONG_LASTING_WEEKS = 12
"""From when pain is called long-lasting: 12 weeks, in the clinical document."""

Pseudonym = Annotated[str, StringConstraints(pattern=r"^[\w][\w .-]{0,63}$")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]


# Sets are written in one order: the same contents are the same bytes, and the same seal.
_Sorted = PlainSerializer(sorted, return_type=list[str])


class NoHeat(enum.StrEnum):
    """Why heat is left out: reasons for which the clinical rules need no heat before stretching."""

    SENSORY_LOSS = "sensory_loss"
    ACUTE_INFLAMMATION = "acute_inflammation"
    SKIN_LESION = "skin_lesion"
    MALIGNANCY_AREA = "malignancy_area"
    VASCULAR = "vascular"
    PATIENT_DECLINES = "patient_declines"


class Heat(Record):
    """Warmth before stretching: for how long, or why not."""

    minutes: Annotated[int, Field(ge=5, le=30)] | None = None
    left_out: NoHeat | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if self.minutes is not None and self.left_out is not None:
            raise ValueError("expected minutes or a reason why it is left out, got both")
        return self


class Screening(Record):
    """The answers to the questions about warning signs.

    Attributes
    ----------
    on
        When they were asked.
    positive
        Ids of the questions that were answered with yes.
    cleared
        Of those, the ones that a clinician has looked into, by id: the name of who.
    """

    on: date
    positive: Annotated[frozenset[str], _Sorted] = frozenset()
    cleared: dict[str, Line] = Field(default_factory=dict)

    @property
    def open(self) -> frozenset[str]:
        """What nobody has looked into yet."""
        return self.positive - set(self.cleared)


class Baseline(Record):
    """How it was before: pain from 0 to 100, and one score of function by its measure's id."""

    pain_0_100: Annotated[int, Field(ge=0, le=100)] | None = None
    function: dict[str, FiniteFloat] = Field(default_factory=dict)


class Step(Record):
    """What changed for one exercise by itself, within what the therapist has allowed.

    A layer over the prescription: it is not part of what is sealed, and stands beside it.

    Attributes
    ----------
    exercise, side
        The item of the prescription that it is about.
    does
        The exercise that is done since, an easier one or the same.
    dose
        How much of it.
    reason
        Why, as a key of the texts.
    """

    exercise: Slug
    side: Side | None = None
    does: Slug
    dose: Dose
    on: date
    reason: Line


class Prescription(Record):
    """An individual programme for one patient.

    Attributes
    ----------
    person
        A pseudonym, no name.
    revision
        1 for the first; each change counts on.
    goal
        What the patient wants to be able to do again, in their words.
    onset
        When the pain began: short or long-lasting pain is told something else.
    starts, review
        The first day, and the day on which the result is looked at.
    last_contact, next_contact
        When the therapist last saw the patient, and when they meet next, in the room or by video.
    conditions
        What the patient has that rules exercises out.
    confirmed
        Cautions that the therapist has looked at.
    aims
        What the patient finds hard (see ``Aim``).
    gets_down_alone
        Whether the patient can get down to the floor and up again alone.
    first_stage_passed
        Whether the therapist has seen that the gentle contraction of the deep muscles, alone, is
        mastered: no camera can.
    pain_limit
        From more than this on the scale of 0 to 10 a session ends.
    steps
        What has changed by itself since, the latest last; only where an item may.
    mobility_on_bad_days
        Whether gentle stretching is allowed on days that begin with much pain.
    own_exercises
        Those of its exercises that do not come with formcheck, whole: nobody else has their files.
    """

    format: Literal["formcheck prescription"] = "formcheck prescription"
    format_version: PositiveInt = FORMAT_VERSION
    person: Pseudonym
    revision: PositiveInt = 1
    therapist: Therapist | None = None
    goal: Line
    onset: date
    age_years: Annotated[int, Field(ge=10, le=110)] | None = None
    starts: date
    review: date | None = None
    last_contact: date | None = None
    next_contact: date | None = None
    gets_down_alone: bool = True
    first_stage_passed: bool = False
    stay_active: bool = True
    pain_limit: Annotated[int, Field(ge=3, le=6)] = 5
    mobility_on_bad_days: bool = False
    notes: Text = ""
    conditions: Annotated[frozenset[HealthCondition], _Sorted] = frozenset()
    aims: tuple[Aim, ...] = ()
    equipment: Annotated[frozenset[Equipment], _Sorted] = frozenset(Equipment)
    heat: Heat = Heat()
    baseline: Baseline = Baseline()
    red_flags: Screening | None = None
    confirmed: tuple[Confirmed, ...] = ()
    overrides: tuple[Override, ...] = ()
    sessions: Annotated[tuple[PlannedSession, ...], Field(min_length=1, max_length=7)]
    own_exercises: Annotated[OwnExercises, Field(max_length=40)] = ()
    signature: Signature | None = None
    steps: tuple[Step, ...] = ()

    @model_validator(mode="after")
    def _dates_follow(self) -> Self:
        if self.onset > self.starts:
            raise ValueError(f"the pain begins on {self.onset}, after the start on {self.starts}")
        if self.review and self.review <= self.starts:
            raise ValueError(f"the review on {self.review} is not after the start on {self.starts}")
        return self

    @model_validator(mode="after")
    def _one_session_a_day(self) -> Self:
        days = Counter(day for session in self.sessions for day in session.days)
        twice = [day.value for day in Weekday if days[day] > 1]
        if twice:
            raise ValueError(f"two sessions are on {', '.join(twice)}, expected one a day")
        return self

    @model_validator(mode="after")
    def _own_ones_are_told_apart(self) -> Self:
        ids = [one.id for one in self.own_exercises]
        built_in = [one for one in ids if not one.startswith(OWN_PREFIX)]
        if built_in:
            raise ValueError(
                f"the id of an own exercise begins with {OWN_PREFIX}, got {', '.join(built_in)}"
            )
        if len(set(ids)) != len(ids):
            raise ValueError("an own exercise is there twice")
        return self

    def known(self, exercises: Mapping[str, Exercise]) -> dict[str, Exercise]:
        """Return these exercises by id, and those that the prescription brings along."""
        return {**exercises, **{one.id: one for one in self.own_exercises}}

    @property
    def items(self) -> Iterator[Item]:
        """Every exercise of every session, as it is done now."""
        return (item for session in self.sessions_now for item in session.items)

    @property
    def sessions_now(self) -> tuple[PlannedSession, ...]:
        """The sessions with what has changed by itself since."""
        return tuple(
            session.model_copy(update={"items": tuple(map(self.now, session.items))})
            for session in self.sessions
        )

    def now(self, item: Item) -> Item:
        """Return an item as it is done now: with its last step, if it may take any."""
        about = [
            one for one in self.steps if (one.exercise, one.side) == (item.exercise, item.side)
        ]
        if not (about and item.may_progress):
            return item
        last, changes = about[-1], {"dose": about[-1].dose}
        if last.does == item.exercise:
            return item.model_copy(update=changes)
        # Numbers and tempo were set for the other exercise.
        bare = Item(exercise=last.does, dose=last.dose, why=item.why, side=item.side)
        return bare.model_copy(update={"may_progress": True})

    @property
    def n_days_a_week(self) -> int:
        """On how many days something is done."""
        return len({day for session in self.sessions for day in session.days})

    def session_on(self, day: date) -> PlannedSession | None:
        """Return what is due on a day; None on a day of rest and outside of the programme."""
        if day < self.starts:
            return None
        weekday = Weekday.of(day)
        return next((one for one in self.sessions_now if weekday in one.days), None)

    def weeks_of_pain(self, on: date) -> int:
        """Return for how many whole weeks there has been pain."""
        return (on - self.onset).days // 7
