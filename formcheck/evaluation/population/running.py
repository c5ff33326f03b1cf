"""Run a population's sessions, on as many processors as are given."""

import itertools
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed

from formcheck.analysis.coach import Coach
from formcheck.analysis.events import Event
from formcheck.analysis.snapshot import Snapshot
from formcheck.evaluation.population.cases import Case
from formcheck.evaluation.population.judging import judged, recognised_in
from formcheck.evaluation.population.outcomes import Outcome, ReadingErrors
from formcheck.evaluation.population.reading_errors import reading_errors
from formcheck.evaluation.population.sessions import filmed, performed
from formcheck.exercises.schema import Exercise
from formcheck.simulation.performance import Performance
from formcheck.simulation.seeing import Poses

Progress = Callable[[int, int | None], None]


def run(
    exercises: Mapping[str, Exercise],
    cases: Iterable[Case],
    jobs: int = 1,
    progress: Progress | None = None,
    candidates: Sequence[Exercise] = (),
) -> list[Outcome]:
    """Return the outcome of every case, in their order.

    Parameters
    ----------
    exercises
        Those of the cases, by their ids.
    jobs
        Processes to use; what comes out does not depend on it.
    progress
        Called with the sessions done and the sessions there are.
    candidates
        Among which ``auto`` is to recognise; none where that is not asked.
    """
    groups = [(act, tuple(same)) for act, same in itertools.groupby(cases, lambda case: case.act)]
    n_cases = sum(len(same) for _, same in groups)
    tasks = [(exercises[act.exercise], same, tuple(candidates)) for act, same in groups]
    found: dict[int, list[Outcome]] = {}
    for number, outcomes in _in_parallel(tasks, jobs) if jobs > 1 else _in_turn(tasks):
        found[number] = outcomes
        if progress is not None:
            progress(sum(map(len, found.values())), n_cases)
    return [one for number in sorted(found) for one in found[number]]


Task = tuple[Exercise, tuple[Case, ...], tuple[Exercise, ...]]


def _in_turn(tasks: Sequence[Task]) -> Iterator[tuple[int, list[Outcome]]]:
    for number, task in enumerate(tasks):
        yield number, outcomes_of(*task)


def _in_parallel(tasks: Sequence[Task], jobs: int) -> Iterator[tuple[int, list[Outcome]]]:
    # Spawned, not forked: a progress bar has a thread of its own.
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as pool:
        numbers: dict[Future[list[Outcome]], int] = {
            pool.submit(outcomes_of, *task): number for number, task in enumerate(tasks)
        }
        for future in as_completed(numbers):
            yield numbers[future], future.result()


def outcome(exercise: Exercise, case: Case, candidates: Sequence[Exercise] = ()) -> Outcome:
    """Return the outcome of one case."""
    return outcomes_of(exercise, [case], candidates)[0]


def outcomes_of(
    exercise: Exercise, cases: Sequence[Case], candidates: Sequence[Exercise] = ()
) -> list[Outcome]:
    """Return the outcomes of cases of one act, which is made once."""
    performance = performed(exercise, cases[0].act)
    return [_outcome(exercise, performance, case, candidates) for case in cases]


def _outcome(
    exercise: Exercise, performance: Performance, case: Case, candidates: Sequence[Exercise]
) -> Outcome:
    session = filmed(performance, case.act, case.shot)
    snapshots = _watched(Coach([exercise]), session.poses)
    errors: tuple[ReadingErrors, ...] = ()
    if case.shot.noise:
        errors = reading_errors(exercise, snapshots, (pose for _, pose in session.exact()))
    recognised = None
    if candidates:
        recognised = recognised_in(_events(_watched(Coach(candidates), session.poses)))
    return judged(case, performance, _events(snapshots), errors, recognised)


def _watched(coach: Coach, poses: Poses) -> list[Snapshot]:
    snapshots = [coach.update(time_s, pose) for time_s, pose in poses]
    return [*snapshots, coach.finish()]


def _events(snapshots: Iterable[Snapshot]) -> list[Event]:
    return [event for snapshot in snapshots for event in snapshot.events]
