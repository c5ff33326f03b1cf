"""Thousands of sessions on landmarks that err as the engine's do."""

from collections.abc import Callable, Iterator

from formcheck.evaluation.population import Case, cases, clear_cases, run
from formcheck.evaluation.population.cases import round_size
from formcheck.evaluation.synthetic.figures import figures_of
from formcheck.evaluation.synthetic.records import ExerciseFigures
from formcheck.exercises.schema import Exercise

# With as many, each act is filmed four times: see ``cases``.
_N_ROUNDS = 10
# With these, three times as many do each fault where it is clear, which is where it is judged: 95 %
# cannot be told from 85 by a dozen.
_N_CLEAR_ROUNDS = 6


def population(exercise: Exercise, seed: int) -> Iterator[Case]:
    """Yield sessions that have everything often enough to be measured."""
    yield from cases(exercise, _N_ROUNDS * round_size(exercise), seed)
    yield from clear_cases(exercise, _N_CLEAR_ROUNDS, seed)


def measured(
    exercise: Exercise,
    n_sessions: int | None,
    seed: int,
    jobs: int,
    progress: Callable[[int, int | None], None],
) -> ExerciseFigures:
    """Run an exercise on its population, or on so many sessions."""
    drawn = cases(exercise, n_sessions, seed) if n_sessions else population(exercise, seed)
    return figures_of(exercise, run({exercise.id: exercise}, drawn, jobs, progress))
