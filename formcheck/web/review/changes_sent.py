"""What the page may ask to be changed of a draft, each with what it does to a prescription."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat

from formcheck.errors import PrescriptionError
from formcheck.exercises.contraindications import HealthCondition
from formcheck.exercises.dose import Dose
from formcheck.exercises.equipment import Equipment
from formcheck.exercises.schema import Exercise
from formcheck.landmarks import Side
from formcheck.prescription import editing, editing_items
from formcheck.prescription.editing_items import Place
from formcheck.prescription.made import made, with_facts
from formcheck.prescription.model import Heat, NoHeat, Prescription, Screening, Weekday
from formcheck.prescription.red_flags import RedFlagId
from formcheck.weeks import ItemProposal

Id = Annotated[str, Field(max_length=64)]
Line = Annotated[str, Field(max_length=200)]
Number = Annotated[str, Field(max_length=64)]


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


class _Sent(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _AtPlace(_Sent):
    session: int
    exercise: Id
    side: Side | None = None

    @property
    def place(self) -> Place:
        return Place(self.session, self.exercise, self.side)


class Amount(_AtPlace):
    """How much of an exercise."""

    kind: Literal["dose"]
    sets: int
    repetitions: int | None = None
    hold_s: FiniteFloat | None = None
    rest_s: FiniteFloat

    def on(self, draft: Prescription, given: Given) -> Prescription:
        """Return the draft with it."""
        dose = made(Dose, self.model_dump(include={"sets", "repetitions", "hold_s", "rest_s"}))
        return editing_items.with_dose(draft, self.place, dose, given.exercises)


class Manner(_AtPlace):
    """How an exercise is done: what for, whether by itself more or less of it."""

    kind: Literal["item"]
    why: Line | None = None
    may_progress: bool | None = None
    on_bed: bool | None = None
    tested: bool | None = None

    def on(self, draft: Prescription, given: Given) -> Prescription:  # noqa: ARG002
        """Return the draft with it."""
        fields = self.model_dump(include={"why", "may_progress", "on_bed", "tested"})
        changes = {name: value for name, value in fields.items() if value is not None}
        return editing_items.with_item(draft, self.place, **changes)


class Numbers(_Sent):
    """Numbers of an exercise for this patient; None takes one back."""

    kind: Literal["numbers"]
    exercise: Id
    numbers: Annotated[dict[Number, FiniteFloat | None], Field(max_length=60)]

    def on(self, draft: Prescription, given: Given) -> Prescription:
        """Return the draft with them."""
        return editing_items.with_numbers(draft, self.exercise, self.numbers, given.exercises)


class More(_Sent):
    """One more exercise."""

    kind: Literal["add"]
    session: int
    exercise: Id

    def on(self, draft: Prescription, given: Given) -> Prescription:
        """Return the draft with it."""
        exercise = given.exercise(self.exercise)
        return editing_items.added(draft, self.session, exercise, exercise.purpose)


class Without(_AtPlace):
    """An exercise that is left out."""

    kind: Literal["remove"]

    def on(self, draft: Prescription, given: Given) -> Prescription:  # noqa: ARG002
        """Return the draft without it."""
        return editing_items.removed(draft, self.place)


class Instead(_AtPlace):
    """Another exercise in the place of one."""

    kind: Literal["replace"]
    by: Id

    def on(self, draft: Prescription, given: Given) -> Prescription:
        """Return the draft with it."""
        return editing_items.replaced(draft, self.place, given.exercise(self.by))


class Move(_AtPlace):
    """An exercise that comes earlier or later."""

    kind: Literal["move"]
    by: Literal[-1, 1]

    def on(self, draft: Prescription, given: Given) -> Prescription:  # noqa: ARG002
        """Return the draft in that order."""
        return editing_items.moved(draft, self.place, self.by)


class Order(_Sent):
    """The clinical order."""

    kind: Literal["order"]

    def on(self, draft: Prescription, given: Given) -> Prescription:
        """Return the draft in that order."""
        return editing_items.put_in_order(draft, given.exercises)


class Days(_Sent):
    """The days of a session."""

    kind: Literal["days"]
    session: int
    days: Annotated[list[Weekday], Field(max_length=7)]

    def on(self, draft: Prescription, given: Given) -> Prescription:  # noqa: ARG002
        """Return the draft with them."""
        return editing_items.with_days(draft, self.session, self.days)


class Facts(_Sent):
    """What is known of the person, and when one meets."""

    kind: Literal["facts"]
    goal: Line | None = None
    review: date | None = None
    last_contact: date | None = None
    next_contact: date | None = None
    pain_limit: int | None = None
    heat_minutes: int | None = None
    heat_left_out: NoHeat | None = None
    mobility_on_bad_days: bool | None = None
    gets_down_alone: bool | None = None
    first_stage_passed: bool | None = None
    conditions: list[HealthCondition] | None = None
    equipment: list[Equipment] | None = None
    notes: Annotated[str, Field(max_length=2000)] | None = None

    def on(self, draft: Prescription, given: Given) -> Prescription:  # noqa: ARG002
        """Return the draft with what was sent of them; a date that was sent empty is none."""
        sent = {name: getattr(self, name) for name in self.model_fields_set - {"kind"}}
        if {"heat_minutes", "heat_left_out"} & sent.keys():
            left_out = sent.pop("heat_left_out", None)
            minutes = sent.pop("heat_minutes", None)
            sent["heat"] = made(Heat, {"minutes": minutes, "left_out": left_out})
        for name in ("conditions", "equipment"):
            if name in sent:
                sent[name] = frozenset(sent[name] or ())
        return with_facts(draft, **sent)


class Taken(_Sent):
    """What is proposed for an exercise."""

    kind: Literal["proposal"]
    exercise: Id
    side: Side | None = None

    def on(self, draft: Prescription, given: Given) -> Prescription:
        """Return the draft with it."""
        wanted = self.exercise, self.side
        for one in given.proposals:
            if (one.item.exercise, one.item.side) == wanted:
                return editing_items.accepted(draft, one.item, one.proposal, given.exercises)
        raise PrescriptionError(f"nothing is proposed for {self.exercise}")


class Aside(_Sent):
    """A rule that is set aside, with a reason; without one it is minded again."""

    kind: Literal["rule"]
    rule: Id
    reason: Line

    def on(self, draft: Prescription, given: Given) -> Prescription:
        """Return the draft with it."""
        if not self.reason.strip():
            return editing.minded(draft, self.rule)
        return editing.set_aside(draft, self.rule, given.by, self.reason, given.today)


class Care(_Sent):
    """The word that an exercise may be done with a condition that asks for care."""

    kind: Literal["confirm"]
    exercise: Id
    condition: HealthCondition
    reason: Line

    def on(self, draft: Prescription, given: Given) -> Prescription:
        """Return the draft with it."""
        return editing.confirmed(draft, self.exercise, self.condition, given.by, self.reason)


class Asked(_Sent):
    """New answers to the questions about warning signs."""

    kind: Literal["screening"]
    positive: Annotated[list[RedFlagId], Field(max_length=len(RedFlagId))]

    def on(self, draft: Prescription, given: Given) -> Prescription:
        """Return the draft with them."""
        return editing.screened(draft, self.positive, given.today)


class LookedInto(_Sent):
    """A warning sign that the therapist has looked into."""

    kind: Literal["looked_into"]
    flag: RedFlagId

    def on(self, draft: Prescription, given: Given) -> Prescription:
        """Return the draft with it."""
        if given.answers is None:
            raise PrescriptionError("the questions about warning signs have not been asked")
        return editing.looked_into(draft, given.answers, self.flag, given.by)


AnyChange = Annotated[
    Amount
    | Manner
    | Numbers
    | More
    | Without
    | Instead
    | Move
    | Order
    | Days
    | Facts
    | Taken
    | Aside
    | Care
    | Asked
    | LookedInto,
    Field(discriminator="kind"),
]


class ChangeSent(_Sent):
    """One change of a draft."""

    change: AnyChange


def changed(sent: ChangeSent, draft: Prescription, given: Given) -> Prescription:
    """Return the draft with the change.

    Raises
    ------
    FormcheckError
        If it cannot be made; the draft is as it was.
    """
    change: Any = sent.change
    found: Prescription = change.on(draft, given)
    return found
