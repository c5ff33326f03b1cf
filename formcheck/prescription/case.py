"""What a clinical rule looks at, and what it says of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from formcheck.exercises.group import Component
from formcheck.exercises.schema import Exercise
from formcheck.prescription.model import Item, PlannedSession, Prescription, Screening
from formcheck.prescription.seal import SealState
from formcheck.prescription.session_order import component_of


@dataclass(frozen=True, slots=True)
class Breach:
    """Something that does not keep a rule.

    Attributes
    ----------
    fix
        What to do about just this; empty where the rule's own words will do.
    where
        The session or exercise; empty for the whole programme.
    """

    what: str
    fix: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A prescription on a day, as the rules look at it.

    Attributes
    ----------
    exercises
        All that are known, by id.
    before
        The prescription that it takes the place of; None where there is none.
    screened
        Answers about warning signs that were given since; None where none were.
    """

    prescription: Prescription
    exercises: Mapping[str, Exercise]
    today: date
    seal: SealState
    before: Prescription | None = None
    screened: Screening | None = None

    @property
    def screening(self) -> Screening | None:
        """The newest answers about warning signs."""
        return newest(self.prescription.red_flags, self.screened)

    def exercise(self, item: Item) -> Exercise:
        """Return the exercise of an item."""
        return self.exercises[item.exercise]

    def items(self) -> Iterator[tuple[Item, Exercise]]:
        """Yield every exercise that is prescribed, once however many sessions have it."""
        seen = set()
        for item in self.prescription.items:
            if item.exercise not in seen:
                seen.add(item.exercise)
                yield item, self.exercise(item)

    def components(self, session: PlannedSession) -> list[Component | None]:
        """Return which part of a programme each exercise of a session is, in order."""
        return [component_of(self.exercise(item)) for item in session.items]

    def all_components(self) -> set[Component | None]:
        """Return the parts of a programme that there is anything of."""
        return {component_of(exercise) for _, exercise in self.items()}


def newest(first: Screening | None, second: Screening | None) -> Screening | None:
    """Return the later of two screenings; of two on one day the second."""
    there = [one for one in (first, second) if one is not None]
    return max(reversed(there), key=lambda one: one.on) if there else None
