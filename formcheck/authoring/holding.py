"""What holding the posture means: what was read in it, with room on either side."""

from formcheck.authoring.choices import Choices
from formcheck.authoring.choosing import moved_of
from formcheck.authoring.demonstration import Demonstration
from formcheck.authoring.marks import Marks
from formcheck.authoring.numbers import rounded
from formcheck.authoring.postures import posture_of
from formcheck.authoring.ranking import Moved
from formcheck.errors import UsageError
from formcheck.exercises.readings import Condition
from formcheck.exercises.rules import BodyPart, HoldRule
from formcheck.exercises.schema import Variant

# How much of the way from rest a reading may be lost, and how many errors at least.
HELD_WITHIN, HELD_WITHIN_ERRORS = 0.35, 3.0
# Where nothing is chosen, so many others tell the posture as well, if they moved by so many errors.
N_BESIDE, CERTAIN_FROM_ERRORS = 2, 4.0


def held(
    demonstration: Demonstration,
    marks: Marks,
    moved: tuple[Moved, ...],
    best: Moved | None,
    choices: Choices,
) -> Variant:
    """Return how it is held, told by the best of what moved into it; None where nothing did."""
    posture = posture_of(demonstration, marks)
    chosen = () if best is None else (best, *_beside(best, moved, choices))
    conditions = tuple(_held_at(one) for one in chosen)
    # What belongs to the posture is a condition of its own; it cannot be said twice.
    conditions += tuple(one for one in posture if one.measure not in _names(chosen))
    if not conditions:
        raise UsageError("the posture cannot be told by anything: mark where it is not held, too")
    rule = HoldRule(
        conditions=conditions,
        target_s=round(marks.held_s),
        has_sides=False,
    )
    return Variant(
        id="as_shown", name="As shown", orientations=demonstration.orientations, hold=rule
    )


def _beside(best: Moved, moved: tuple[Moved, ...], choices: Choices) -> tuple[Moved, ...]:
    """Return what tells the posture beside the best: what was chosen, or one of each other part.

    Not the head, which people hold as they like, nor what is told by one side, nor lengths, which
    differ with people's proportions.
    """
    if choices.also or choices.counted_by:
        return tuple(moved_of(moved, one) for one in choices.also)
    parts = {best.part}
    others: list[Moved] = []
    for one in moved:
        is_usable = not one.handed and one.part is not BodyPart.HEAD and one.measure.unit == "deg"
        if is_usable and one.part not in parts and one.errors >= CERTAIN_FROM_ERRORS:
            parts.add(one.part)
            others.append(one)
    return tuple(others[:N_BESIDE])


def _names(chosen: tuple[Moved, ...]) -> set[str]:
    return {one.measure.name for one in chosen}


def _held_at(moved: Moved) -> Condition:
    """Return between which bounds a reading belongs to the posture: wide, but for its rest."""
    way, error = HELD_WITHIN * abs(moved.change), moved.measure.expected_error
    toward_rest, beyond = max(way, error), max(way, HELD_WITHIN_ERRORS * error)
    below, above = (toward_rest, beyond) if moved.change > 0 else (beyond, toward_rest)
    return Condition(
        measure=moved.measure.name,
        side=moved.reading.side,
        min=rounded(moved.at_effort - below, moved),
        max=rounded(moved.at_effort + above, moved),
        tolerance=rounded(moved.measure.expected_error / 2, moved),
    )
