"""Thousands of sessions on landmarks that err as the engine's do."""

from collections.abc import Callable

from formcheck.evaluation.population import cases, run
from formcheck.evaluation.population.cases import round_size
from formcheck.evaluation.synthetic.figures import figures_of
from formcheck.evaluation.synthetic.records import ExerciseFigures
from formcheck.exercises.schema import Exercise

# With as many, each act is filmed four times: see ``cases``.
_N_ROUNDS = 10


def sessions_of(exercise: Exercise) -> int:
    """Return how many sessions have everything often enough to be measured."""
    return _N_ROUNDS * round_size(exercise)


def measured(
    exercise: Exercise,
    n_sessions: int,
    seed: int,
    jobs: int,
    progress: Callable[[int, int | None], None],
) -> ExerciseFigures:
    """Run an exercise on its population."""
    drawn = cases(exercise, n_sessions, seed)
    return figures_of(exercise, run({exercise.id: exercise}, drawn, jobs, progress))
