"""How large a step a prescription makes from the one before it."""

from collections.abc import Iterator, Mapping, Sequence

from formcheck.exercises.dose import Dose
from formcheck.exercises.schema import Exercise
from formcheck.prescription.model import Item, Prescription, Step
from formcheck.prescription.volume import volume

MOST_GROWTH = 1.2
"""Volume after a step, at most, against before; convention."""
DAYS_BETWEEN = 7
"""Days from a step up to the next, at least; convention."""
_ROUNDING = 1e-9


def steps_too_large(before: Prescription, now: Prescription) -> Iterator[tuple[str, str]]:
    """Yield ids of exercises that were raised too much at once, and how much."""
    known = {(item.exercise, item.side): item for item in before.items}
    for item in now.items:
        old = known.get((item.exercise, item.side))
        if old is None or old.dose == item.dose:
            continue
        raised = _raised(old, item)
        if len(raised) > 1:
            yield item.exercise, f"{' and '.join(raised)} were raised together"
        growth = _growth(old.dose, item.dose)
        if growth > MOST_GROWTH + _ROUNDING:
            yield item.exercise, f"{growth - 1:.0%} more than before"


def steps_not_allowed(
    prescription: Prescription, exercises: Mapping[str, Exercise]
) -> Iterator[tuple[str, str]]:
    """Yield ids of exercises whose steps go beyond what was allowed, and how."""
    sealed = {
        (item.exercise, item.side): item
        for session in prescription.sessions
        for item in session.items
    }
    for key, item in sealed.items():
        taken = [step for step in prescription.steps if (step.exercise, step.side) == key]
        if taken and not item.may_progress:
            yield item.exercise, "it may not change by itself"
        for what in _too_far(item, taken, exercises):
            yield item.exercise, what
    for step in prescription.steps:
        if (step.exercise, step.side) not in sealed:
            yield step.exercise, "a step is about what is not prescribed"


def _too_far(item: Item, taken: Sequence[Step], exercises: Mapping[str, Exercise]) -> Iterator[str]:
    does, dose, raised_on = item.exercise, item.dose, None
    for step in taken:
        if step.does != does:
            if exercises[step.does].level > exercises[does].level:
                yield f"{step.does} is harder than {does}"
        elif (growth := _growth(dose, step.dose)) > 1.0:
            if growth > MOST_GROWTH + _ROUNDING:
                yield f"a step is {growth - 1:.0%} more than before"
            if raised_on and (step.on - raised_on).days < DAYS_BETWEEN:
                yield "two steps up are less than a week apart"
            raised_on = step.on
        does, dose = step.does, step.dose


def _raised(old: Item, new: Item) -> list[str]:
    numbers = ("sets", "repetitions", "hold_s")
    pairs = [(name, getattr(old.dose, name), getattr(new.dose, name)) for name in numbers]
    return [name for name, was, now in pairs if was is not None and now is not None and now > was]


def _growth(old: Dose, new: Dose) -> float:
    is_alike = (old.repetitions is None) == (new.repetitions is None)
    return volume(new) / volume(old) if is_alike else 1.0
