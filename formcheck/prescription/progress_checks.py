"""How large a step a prescription makes from the one before it."""

from collections.abc import Iterator

from formcheck.exercises.dose import Dose
from formcheck.prescription.model import Item, Prescription
from formcheck.prescription.volume import volume

MOST_GROWTH = 1.2
"""Volume after a step, at most, against before; convention."""
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


def _raised(old: Item, new: Item) -> list[str]:
    numbers = ("sets", "repetitions", "hold_s")
    pairs = [(name, getattr(old.dose, name), getattr(new.dose, name)) for name in numbers]
    return [name for name, was, now in pairs if was is not None and now is not None and now > was]


def _growth(old: Dose, new: Dose) -> float:
    is_alike = (old.repetitions is None) == (new.repetitions is None)
    return volume(new) / volume(old) if is_alike else 1.0
