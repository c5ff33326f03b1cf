"""By what an exercise is counted: what was chosen, or else what moved best."""

from formcheck.authoring.choices import Choices
from formcheck.authoring.ranking import Moved
from formcheck.errors import UsageError
from formcheck.exercises.readings import Reading

# A movement that moves its measure by less says nothing.
FEWEST_ERRORS = 2.0
# So many are tried before it is given up.
_MOST_TRIED = 5


def candidates(
    moved: tuple[Moved, ...], choices: Choices, *, is_hold: bool = False
) -> tuple[Moved, ...]:
    """Return what it may be counted by, the best first; what was chosen alone, if anything was.

    What was shown to one side only, and tells it by its sign, comes last: it could not be done to
    the other one.

    Raises
    ------
    UsageError
        If nothing moved by more than it errs, or what was chosen did not.
    """
    if choices.counted_by is not None:
        best: tuple[Moved, ...] = (moved_of(moved, choices.counted_by),)
    else:
        best = tuple(sorted(moved, key=lambda one: _rank(one, is_hold)))
    if not best:
        raise UsageError(
            "nothing moved between rest and effort by more than it errs: look at the marks"
        )
    enough = tuple(one for one in best if one.errors >= FEWEST_ERRORS)
    if not enough:
        raise UsageError(
            f"{best[0].measure.name} moved by {best[0].errors:.1f} times its error only, expected"
            f" {FEWEST_ERRORS:g} or more: choose another measure, show it larger, or from"
            " another side"
        )
    return enough[:_MOST_TRIED]


def _rank(one: Moved, is_hold: bool) -> tuple[bool, bool, float]:
    # What is held is told by where a reading is, and lengths differ with people's proportions.
    return one.handed, is_hold and one.measure.unit != "deg", -one.errors


def moved_of(moved: tuple[Moved, ...], reading: Reading) -> Moved:
    """Return how a reading moved.

    Raises
    ------
    UsageError
        If it did not.
    """
    for one in moved:
        if (one.measure.name, one.reading.side) == (reading.measure, reading.side):
            return one
    known = ", ".join(one.measure.name for one in moved)
    raise UsageError(
        f"{reading.measure} ({reading.side}) did not move between rest and effort by more than it"
        f" errs; what did: {known}"
    )
