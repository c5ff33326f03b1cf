"""What may be asked to be changed of one exercise of a draft."""

from typing import Annotated, Literal

from pydantic import Field, FiniteFloat

from formcheck.exercises.dose import Dose
from formcheck.landmarks import Side
from formcheck.prescription import editing_items
from formcheck.prescription.made import made
from formcheck.prescription.model import Prescription
from formcheck.web.review.change_base import AtPlace, Given, Id, Line, Sent

Number = Annotated[str, Field(max_length=64)]


class Amount(AtPlace):
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


class Manner(AtPlace):
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


class OnSide(AtPlace):
    """An exercise that is done to one side alone, or to both (None)."""

    kind: Literal["side"]
    to: Side | None

    def on(self, draft: Prescription, given: Given) -> Prescription:  # noqa: ARG002
        """Return the draft with it."""
        return editing_items.with_item(draft, self.place, side=self.to)


class Tempo(AtPlace):
    """How long going out, staying and coming back should take [s]; None leaves it open."""

    kind: Literal["tempo"]
    tempo_s: tuple[FiniteFloat, FiniteFloat, FiniteFloat] | None

    def on(self, draft: Prescription, given: Given) -> Prescription:  # noqa: ARG002
        """Return the draft with it."""
        return editing_items.with_item(draft, self.place, tempo_s=self.tempo_s)


class Numbers(Sent):
    """Numbers of an exercise for this patient; None takes one back."""

    kind: Literal["numbers"]
    exercise: Id
    numbers: Annotated[dict[Number, FiniteFloat | None], Field(max_length=60)]

    def on(self, draft: Prescription, given: Given) -> Prescription:
        """Return the draft with them."""
        return editing_items.with_numbers(draft, self.exercise, self.numbers, given.exercises)


class More(Sent):
    """One more exercise."""

    kind: Literal["add"]
    session: int
    exercise: Id

    def on(self, draft: Prescription, given: Given) -> Prescription:
        """Return the draft with it."""
        exercise = given.exercise(self.exercise)
        return editing_items.added(draft, self.session, exercise, exercise.purpose)


class Without(AtPlace):
    """An exercise that is left out."""

    kind: Literal["remove"]

    def on(self, draft: Prescription, given: Given) -> Prescription:  # noqa: ARG002
        """Return the draft without it."""
        return editing_items.removed(draft, self.place)


class Instead(AtPlace):
    """Another exercise in the place of one."""

    kind: Literal["replace"]
    by: Id

    def on(self, draft: Prescription, given: Given) -> Prescription:
        """Return the draft with it."""
        return editing_items.replaced(draft, self.place, given.exercise(self.by))


class Move(AtPlace):
    """An exercise that comes earlier or later."""

    kind: Literal["move"]
    by: Literal[-1, 1]

    def on(self, draft: Prescription, given: Given) -> Prescription:  # noqa: ARG002
        """Return the draft in that order."""
        return editing_items.moved(draft, self.place, self.by)


ItemChange = Amount | Manner | OnSide | Tempo | Numbers | More | Without | Instead | Move
