"""What the page may ask to be changed of a draft, each with what it does to a prescription."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from formcheck.errors import PrescriptionError
from formcheck.exercises.contraindications import HealthCondition
from formcheck.exercises.equipment import Equipment
from formcheck.landmarks import Side
from formcheck.prescription import editing, editing_items
from formcheck.prescription.made import made, with_facts
from formcheck.prescription.model import Heat, NoHeat, Prescription
from formcheck.prescription.red_flags import RedFlagId
from formcheck.web.review.change_base import Given, Id, Line, Sent
from formcheck.web.review.item_changes import ItemChange
from formcheck.web.review.session_changes import SessionChange


class Facts(Sent):
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


class Taken(Sent):
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


class Aside(Sent):
    """A rule that is set aside, with a reason; without one it is minded again."""

    kind: Literal["rule"]
    rule: Id
    reason: Line

    def on(self, draft: Prescription, given: Given) -> Prescription:
        """Return the draft with it."""
        if not self.reason.strip():
            return editing.minded(draft, self.rule)
        return editing.set_aside(draft, self.rule, given.by, self.reason, given.today)


class Care(Sent):
    """The word that an exercise may be done with a condition that asks for care."""

    kind: Literal["confirm"]
    exercise: Id
    condition: HealthCondition
    reason: Line

    def on(self, draft: Prescription, given: Given) -> Prescription:
        """Return the draft with it."""
        return editing.confirmed(draft, self.exercise, self.condition, given.by, self.reason)


class Asked(Sent):
    """New answers to the questions about warning signs."""

    kind: Literal["screening"]
    positive: Annotated[list[RedFlagId], Field(max_length=len(RedFlagId))]

    def on(self, draft: Prescription, given: Given) -> Prescription:
        """Return the draft with them."""
        return editing.screened(draft, self.positive, given.today)


class LookedInto(Sent):
    """A warning sign that the therapist has looked into."""

    kind: Literal["looked_into"]
    flag: RedFlagId

    def on(self, draft: Prescription, given: Given) -> Prescription:
        """Return the draft with it."""
        if given.answers is None:
            raise PrescriptionError("the questions about warning signs have not been asked")
        return editing.looked_into(draft, given.answers, self.flag, given.by)


AnyChange = Annotated[
    ItemChange | SessionChange | Facts | Taken | Aside | Care | Asked | LookedInto,
    Field(discriminator="kind"),
]


class ChangeSent(Sent):
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
