"""Where in the plan a session is: the step and the set at hand, and what comes next."""

from collections.abc import Mapping
from dataclasses import replace

from formcheck.exercises.library import searched
from formcheck.exercises.schema import Exercise
from formcheck.prescription.dose_steps import step_down
from formcheck.session.plan import Plan, Step


class Course:
    """Go through a plan step by step and set by set; an easier exercise may take a step's place.

    Parameters
    ----------
    may_take
        Ids of the easier exercises that may; all of the catalogue where it is None.

    Attributes
    ----------
    step_index, set_number
        The step from 0, and the set of it from 1.
    """

    def __init__(
        self,
        plan: Plan,
        catalogue: Mapping[str, Exercise],
        at: tuple[int, int] = (0, 1),
        may_take: frozenset[str] | None = None,
    ) -> None:
        self._steps = list(plan.steps)
        self._catalogue = catalogue
        self._may_take = catalogue.keys() if may_take is None else may_take
        self.step_index, self.set_number = at
        self._only = frozenset(step.exercise.id for step in plan.steps) | catalogue.keys()

    @property
    def n_steps(self) -> int:
        """How many exercises there are."""
        return len(self._steps)

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do."""
        return self.step_index >= len(self._steps)

    @property
    def step(self) -> Step:
        """The step at hand; the last one once all is over."""
        return self._steps[min(self.step_index, len(self._steps) - 1)]

    @property
    def at(self) -> tuple[int, int, str]:
        """Step, set and exercise at hand."""
        return self.step_index, self.set_number, self.step.exercise.id

    @property
    def is_last_set(self) -> bool:
        """Whether no other set of this exercise follows."""
        return self.set_number >= self.step.dose.sets

    @property
    def easier(self) -> tuple[Exercise, ...]:
        """Exercises that may take the place of this one."""
        named = [name for name in self.step.exercise.easier if name in self._catalogue]
        return tuple(self._catalogue[name] for name in named if name in self._may_take)

    @property
    def candidates(self) -> tuple[Exercise, ...]:
        """What may be done instead of this one."""
        return searched(self._catalogue.values())

    def next_set(self) -> None:
        """Go on to the next set of this exercise."""
        self.set_number += 1

    def next_step(self) -> None:
        """Go on to the next exercise, or to the end."""
        self.step_index += 1
        self.set_number = 1
        self._leave_out()

    def keep_only(self, exercise_ids: frozenset[str]) -> bool:
        """Do these alone from here on; False, and nothing changes, where none of them is left."""
        if not any(step.exercise.id in exercise_ids for step in self._steps[self.step_index :]):
            return False
        self._only = exercise_ids
        self._leave_out()
        return True

    def _leave_out(self) -> None:
        """Go on past what is not to be done."""
        while not self.is_over and self.step.exercise.id not in self._only:
            self.step_index += 1

    def lessen(self, share: float) -> None:
        """Leave out a share of what is still to be done of each exercise, as far as it goes."""
        for index in range(self.step_index, len(self._steps)):
            step = self._steps[index]
            smaller = step_down(step.dose, share)
            if smaller:
                self._steps[index] = replace(step, dose=smaller.dose)

    def take(self, easier: Exercise) -> None:
        """Put an easier exercise in the place of this one, with the dose one begins it with."""
        self._steps[self.step_index] = Step(easier, easier.starting_dose, self.step.side)
        self.set_number = 1
