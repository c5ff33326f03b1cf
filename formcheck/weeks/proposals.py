"""What is proposed next for each exercise of a plan, and the plan with what may be taken of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from formcheck.exercises.schema import Exercise
from formcheck.prescription.adherence import Calendar
from formcheck.prescription.aftermath import next_session
from formcheck.prescription.model import Item, Prescription, Step
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
    today: date,
) -> Prescription:
    """Return the prescription with a step for every change that applies by itself.

    The same where nothing applies. Steps are no part of what is sealed.
    """
    steps = []
    exercises = prescription.known(exercises)
    for one in proposed:
        if one.proposal.applies:
            steps += [_step(item, one, exercises, today) for item in _about(one, prescription)]
    return prescription.model_copy(update={"steps": (*prescription.steps, *steps)})


def _about(proposed: ItemProposal, prescription: Prescription) -> Iterator[Item]:
    """Yield the items as they were prescribed that are done now as this one."""
    found = (item for session in prescription.sessions for item in session.items)
    yield from (one for one in _once(found) if prescription.now(one) == proposed.item)


def _step(
    item: Item, proposed: ItemProposal, exercises: Mapping[str, Exercise], today: date
) -> Step:
    found = proposed.proposal
    does = found.exercise or proposed.item.exercise
    return Step(
        exercise=item.exercise,
        side=item.side,
        does=does,
        dose=found.dose or exercises[does].starting_dose,
        on=today,
        reason=found.says.key,
    )


def _once(items: Iterator[Item]) -> list[Item]:
    found: list[Item] = []
    for item in items:
        if item not in found:
            found.append(item)
    return found
