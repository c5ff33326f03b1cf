"""Which parts of the body an exercise needs to see: those that its rules read."""

from dataclasses import dataclass
from functools import cache

from formcheck import measures
from formcheck.exercises.schema import Condition, Criterion, Exercise, Reading
from formcheck.landmarks import INDEX, Side
from formcheck.measures import View

_SIDES = ("left_", "right_", "other_")


@dataclass(frozen=True, slots=True)
class Needed:
    """What the rules of an exercise read in one view.

    Attributes
    ----------
    decisive
        Parts without which nothing can be counted or timed, as landmarks without their side.
    all
        These, and what form is judged by.
    """

    decisive: frozenset[str]
    all: frozenset[str]


def needed(exercise: Exercise, view: View) -> Needed:
    """Return what an exercise needs to see in a view."""
    decisive: set[str] = set()
    everything: set[str] = set()
    for reading in exercise.readings():
        measure = measures.find(reading.measure)
        if view not in measure.views or view not in getattr(reading, "views", measure.views):
            continue
        parts = {_without_side(name) for name in measure.landmarks}
        everything |= parts
        if _is_decisive(reading):
            decisive |= parts
    return Needed(frozenset(decisive), frozenset(everything))


@cache
def indices(part: str) -> tuple[int, ...]:
    """Return where a part is found among the landmarks: on both sides, or once."""
    sided = tuple(INDEX[name] for side in Side if (name := f"{side}_{part}") in INDEX)
    return sided or (INDEX[part],)


def _is_decisive(reading: Reading) -> bool:
    is_optional = isinstance(reading, Condition) and reading.optional
    return isinstance(reading, Criterion) and not is_optional


def _without_side(name: str) -> str:
    for prefix in _SIDES:
        if name.startswith(prefix):
            return name.removeprefix(prefix)
    return name
