"""Draft a plan for one person from a few answers, for a therapist to look at and to change.

Never a fixed protocol: what is chosen follows from what this person finds hard, must not do, has at
hand and can get down for; how much follows from pain and age. What is left over is not sorted by
taste but by how seldom one has to change position.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from formcheck.errors import PrescriptionError
from formcheck.exercises.aims import Aim
from formcheck.exercises.contraindications import HealthCondition
from formcheck.exercises.dose import Dose
from formcheck.exercises.equipment import Equipment
from formcheck.exercises.group import Component
from formcheck.exercises.schema import Exercise
from formcheck.prescription.model import (
    Baseline,
    Heat,
    Item,
    NoHeat,
    PlannedSession,
    Prescription,
)
from formcheck.prescription.safety_checks import can_be_done_on_bed, conflicts
from formcheck.prescription.session_order import component_of, in_order, position_of

REVIEW_AFTER = timedelta(days=35)
CONTACT_AFTER = timedelta(days=7)
HEAT_MINUTES = 15
HARDEST_LEVEL = 2
# How much of the dose to begin with: less with more pain (0 to 10), and for older people.
# Convention.
MUCH_PAIN, SOME_PAIN, OLDER_YEARS = 5, 3, 70
MUCH_PAIN_SHARE, SOME_PAIN_SHARE, OLDER_SHARE = 0.6, 0.8, 0.8
LEAST_REPETITIONS, LEAST_HOLD_S = 2, 5.0

Words = Callable[[Aim], str]


@dataclass(frozen=True, slots=True)
class Answers:
    """What is known of somebody before there is a plan.

    Attributes
    ----------
    aims
        What they find hard, the hardest first.
    pain_0_10
        Usual pain, now.
    has_bed
        Whether there is a firm bed to lie on, for who does not get down to the floor.
    wants_complement
        Whether they would like some yoga or tai chi with it.
    """

    person: str
    goal: str
    onset: date
    starts: date
    aims: tuple[Aim, ...] = ()
    age_years: int | None = None
    pain_0_10: int | None = None
    conditions: frozenset[HealthCondition] = frozenset()
    equipment: frozenset[Equipment] = frozenset(Equipment)
    gets_down_alone: bool = True
    has_bed: bool = True
    first_stage_passed: bool = False
    no_heat: NoHeat | None = None
    wants_complement: bool = False


def draft(answers: Answers, exercises: Mapping[str, Exercise], say: Words) -> Prescription:
    """Return a plan for one person, neither sealed nor screened for warning signs.

    Parameters
    ----------
    say
        What an aim is called: it becomes the reason of each exercise.

    Raises
    ------
    PrescriptionError
        If nothing is left that this person may do.
    """
    chosen = _chosen(answers, exercises)
    if not chosen:
        raise PrescriptionError(
            "no exercise is left that is right for this person: see them before planning any"
        )
    ordered = in_order([exercise.id for exercise in chosen], exercises)
    items = tuple(_item(exercises[one], answers, say) for one in ordered)
    pain = answers.pain_0_10
    return Prescription(
        person=answers.person,
        goal=answers.goal,
        onset=answers.onset,
        age_years=answers.age_years,
        starts=answers.starts,
        review=answers.starts + REVIEW_AFTER,
        last_contact=answers.starts,
        next_contact=answers.starts + CONTACT_AFTER,
        gets_down_alone=answers.gets_down_alone,
        first_stage_passed=answers.first_stage_passed,
        conditions=answers.conditions,
        aims=answers.aims,
        equipment=answers.equipment,
        heat=Heat(left_out=answers.no_heat) if answers.no_heat else Heat(minutes=HEAT_MINUTES),
        baseline=Baseline(pain_0_100=None if pain is None else 10 * pain),
        sessions=(PlannedSession(items=items),),
    )


def suits(exercise: Exercise, answers: Answers) -> bool:
    """Return whether somebody may do an exercise from the first day on."""
    lies = can_be_done_on_bed(exercise) and answers.has_bed
    needs = {one for one in exercise.needs if one != Equipment.MAT or answers.gets_down_alone}
    return (
        not list(conflicts(exercise, answers.conditions))
        and (answers.gets_down_alone or not exercise.needs_floor or lies)
        and needs <= answers.equipment
        and exercise.level <= HARDEST_LEVEL
    )


def _chosen(answers: Answers, exercises: Mapping[str, Exercise]) -> list[Exercise]:
    """Return what is to be done: of each part of a programme so many, the most fitting first."""
    chosen: list[Exercise] = []
    left = [one for one in exercises.values() if suits(one, answers)]
    for component, n_wanted in _wanted(answers):
        alike = [one for one in left if component_of(one) is component]
        for _ in range(min(n_wanted, len(alike))):
            best = max(alike, key=lambda one: _fit(one, answers, chosen))
            alike.remove(best)
            chosen.append(best)
    return chosen


def _wanted(answers: Answers) -> Iterator[tuple[Component, int]]:
    """Yield how many exercises of each part there are to be: five or six together."""
    yield Component.STRETCH, 2
    yield Component.MOTOR_CONTROL, 1
    yield Component.STRENGTHEN, 2
    if answers.first_stage_passed:
        yield Component.FUNCTIONAL, 1
    if answers.wants_complement:
        yield Component.COMPLEMENT, 1


def _fit(exercise: Exercise, answers: Answers, chosen: list[Exercise]) -> tuple[float, int, int]:
    """Return how well an exercise fits: what it is good for, then its place, then how gentle."""
    covered = {aim for one in chosen for aim in one.aims}
    wanted = list(answers.aims)
    good_for = sum(
        (1.0 - wanted.index(aim) / (2 * len(wanted))) * (0.4 if aim in covered else 1.0)
        for aim in exercise.aims
        if aim in wanted
    )
    positions = {position_of(one) for one in chosen}
    return good_for, position_of(exercise) in positions, -exercise.level


def _item(exercise: Exercise, answers: Answers, say: Words) -> Item:
    aims = [aim for aim in answers.aims if aim in exercise.aims]
    why = "; ".join(say(aim) for aim in aims) or exercise.purpose
    lies = not answers.gets_down_alone and exercise.needs_floor
    return Item(exercise=exercise.id, dose=_dose(exercise, answers), why=why, on_bed=lies)


def _dose(exercise: Exercise, answers: Answers) -> Dose:
    """Return the dose to begin with, less of it with more pain and for older people."""
    start = exercise.starting_dose
    share = _share(answers)
    if start.repetitions is None:
        hold_s = max(LEAST_HOLD_S, round(share * start.due))
        return start.model_copy(update={"hold_s": min(hold_s, start.due)})
    repetitions = max(LEAST_REPETITIONS, round(share * start.repetitions))
    return start.model_copy(update={"repetitions": min(repetitions, start.repetitions)})


def _share(answers: Answers) -> float:
    pain = answers.pain_0_10 or 0
    by_pain = 1.0
    if pain >= MUCH_PAIN:
        by_pain = MUCH_PAIN_SHARE
    elif pain >= SOME_PAIN:
        by_pain = SOME_PAIN_SHARE
    is_older = answers.age_years is not None and answers.age_years >= OLDER_YEARS
    return by_pain * (OLDER_SHARE if is_older else 1.0)
