"""What is proposed next for each exercise of a plan, and the plan with what may be taken of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from formcheck.exercises.schema import Exercise
from formcheck.prescription.adherence import Calendar
from formcheck.prescription.aftermath import next_session
from formcheck.prescription.model import Item, Prescription
from formcheck.prescription.progression import (
    Proposal,
    SessionFigures,
    after_gap,
    proposal,
)
from formcheck.prescription.situation import situation_of
from formcheck.weeks.going import Went, item_figures


@dataclass(frozen=True, slots=True)
class ItemProposal:
    """What is proposed for one exercise of a plan.

    Attributes
    ----------
    figures
        How it went in the last weeks, the latest last: what the proposal follows from.
    """

    item: Item
    proposal: Proposal
    figures: tuple[SessionFigures, ...]


def proposals(
    prescription: Prescription,
    exercises: Mapping[str, Exercise],
    today: date,
    went: Went,
    calendar: Calendar,
) -> Iterator[ItemProposal]:
    """Yield what is proposed for each exercise; what is done alike on several days comes once."""
    smaller = next_session([one.day_after(went.usual) for one in went.pain.values()])
    for item in _once(prescription.items):
        figures = item_figures(item, prescription, went)
        situation = situation_of(item, prescription, exercises)
        if calendar.steps_down:
            found = after_gap(situation)
            applies = item.may_progress and not found.needs_therapist
            found = replace(found, applies=applies)
        else:
            found = proposal(situation, figures, today, item.may_progress, smaller)
        yield ItemProposal(item, found, figures)


def advanced(
    prescription: Prescription,
    proposed: Sequence[ItemProposal],
    exercises: Mapping[str, Exercise],
) -> Prescription:
    """Return the plan with every change that applies by itself, as the next revision.

    The same plan where nothing applies. A seal that it had is void then.
    """
    taken = [(one.item, _changed(one, exercises)) for one in proposed if one.proposal.applies]
    if not taken:
        return prescription
    sessions = tuple(
        session.model_copy(
            update={
                "items": tuple(
                    next((new for old, new in taken if old == item), item) for item in session.items
                )
            }
        )
        for session in prescription.sessions
    )
    update = {"sessions": sessions, "revision": prescription.revision + 1}
    return prescription.model_copy(update=update)


def _changed(proposed: ItemProposal, exercises: Mapping[str, Exercise]) -> Item:
    """Return an item with its new dose, or another exercise with the dose that it begins with.

    What was set for the one exercise, its numbers and its tempo, is not right for the other.
    """
    item, found = proposed.item, proposed.proposal
    if found.dose is not None:
        return item.model_copy(update={"dose": found.dose})
    assert found.exercise is not None
    return Item(
        exercise=found.exercise,
        dose=exercises[found.exercise].starting_dose,
        why=item.why,
        side=item.side,
        may_progress=item.may_progress,
    )


def _once(items: Iterator[Item]) -> list[Item]:
    found: list[Item] = []
    for item in items:
        if item not in found:
            found.append(item)
    return found
