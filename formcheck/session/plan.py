"""What is to be done in a session: exercises, each with its dose."""

from collections.abc import Iterable
from dataclasses import dataclass

from formcheck.exercises.schema import Dose, Exercise
from formcheck.landmarks import Side

__all__ = ["Dose", "Plan", "Step", "plan_of"]


@dataclass(frozen=True, slots=True)
class Step:
    """One exercise of a session and how much of it.

    Attributes
    ----------
    side
        The only side whose repetitions count; both where it is None.
    """

    exercise: Exercise
    dose: Dose
    side: Side | None = None

    @property
    def is_hold(self) -> bool:
        """Whether its time counts, not its repetitions."""
        return self.dose.hold_s is not None


@dataclass(frozen=True, slots=True)
class Plan:
    """The exercises of a session, in order.

    Raises
    ------
    ValueError
        If there is none, or a dose does not fit its exercise (see `Exercise.fits`).
    """

    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        """Refuse what cannot be gone through."""
        if not self.steps:
            raise ValueError("a plan needs at least one exercise")
        for step in self.steps:
            if not step.exercise.fits(step.dose):
                raise ValueError(f"{step.exercise.id} cannot be done as {step.dose}")


def plan_of(exercises: Iterable[Exercise]) -> Plan:
    """Return a plan of exercises with the dose that each of them starts with."""
    return Plan(tuple(Step(exercise, exercise.starting_dose) for exercise in exercises))
