"""Whether the same movement is judged the same by another camera: slower, larger, in a mirror."""

import itertools
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path

from formcheck.analysis.coach import Coach
from formcheck.analysis.events import FaultEnded
from formcheck.analysis.whole import Analysis
from formcheck.errors import LabelsError
from formcheck.evaluation.population.cases import Case, cases, round_size
from formcheck.evaluation.population.judging import recognised_in
from formcheck.evaluation.population.otherwise import AS_IT_IS, FULL_RATE_HZ, OTHERWISE
from formcheck.evaluation.population.sessions import filmed, performed
from formcheck.evaluation.synthetic.records import MeasuredWith, Record, Tally
from formcheck.evaluation.tables import table
from formcheck.exercises import library
from formcheck.exercises.schema import Exercise
from formcheck.files import atomic_path, ensure_folder
from formcheck.pipeline import Observation, Run
from formcheck.shares import Share
from formcheck.simulation.seeing import Poses
from formcheck.simulation.timing import Timing

Progress = Callable[[int, int | None], None]

CLEAR_WAY = 1.5
COUNT, RECOGNISED = "count or time", "exercise"
# A hold whose clock differs by less is the same.
_HELD_WITHIN_S = 0.5


class Difference(Record):
    """What came out otherwise in some sessions of an exercise.

    Attributes
    ----------
    what
        The name of a fault, or one of ``COUNT`` and ``RECOGNISED``.
    n, of
        In how many sessions, of all in which it could.
    """

    exercise: str
    what: str
    n: int
    of: int


class SameFigures(Record):
    """How often one other way of seeing gave the same.

    Attributes
    ----------
    counts
        Sessions with the same repetitions, or the same time held, the exercise named.
    exercises
        Clean sessions in which the same exercise was recognised, none named.
    faults
        Sessions of a fault at 1.5 times the way to its threshold in which it was found in both,
        or in neither.
    differing
        What differed, by exercise.
    """

    otherwise: str
    counts: Tally
    exercises: Tally
    faults: Tally
    differing: tuple[Difference, ...]


class SamenessFigures(Record):
    """Every way of seeing against thirty pictures a second of 480 lines."""

    measured_with: MeasuredWith
    n_sessions: int
    ways: tuple[SameFigures, ...]

    def save(self, path: Path) -> None:
        """Write it."""
        ensure_folder(path.parent)
        with atomic_path(path) as temporary:
            temporary.write_text(self.model_dump_json(indent=1) + "\n", encoding="utf-8")

    @staticmethod
    def load(path: Path) -> "SamenessFigures":
        """Read what `save` wrote.

        Raises
        ------
        LabelsError
            If it is something else.
        """
        try:
            return SamenessFigures.model_validate_json(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise LabelsError(
                f"{path} does not hold what was judged the same; measure it with"
                f" `python -m formcheck.evaluation.synthetic sameness` ({error})"
            ) from error


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one stream.

    Attributes
    ----------
    n, held_s
        Repetitions that counted, and the time held [s].
    recognised
        The exercise, empty for none; None where it was not asked.
    has_fault
        Whether the fault that was done was raised; None where none was done.
    """

    n: int
    held_s: float
    recognised: str | None
    has_fault: bool | None

    def counts_as(self, other: "Said") -> bool:
        """Whether both counted and timed the same."""
        return self.n == other.n and abs(self.held_s - other.held_s) <= _HELD_WITHIN_S


@dataclass(frozen=True, slots=True)
class Pair:
    """What is said of a session seen in one way, beside what is said of it as it is.

    Attributes
    ----------
    fault
        What is done wrong; empty for nothing.
    """

    exercise: str
    fault: str
    way: str
    one: Said
    plain: Said

    @property
    def is_same_count(self) -> bool:
        """Whether both counted and timed the same."""
        return self.one.counts_as(self.plain)

    @property
    def is_same_exercise(self) -> bool:
        """Whether the same was recognised; also where it was not asked."""
        return self.one.recognised == self.plain.recognised

    @property
    def is_same_fault(self) -> bool:
        """Whether the fault was raised in both, or in neither."""
        return self.one.has_fault == self.plain.has_fault


def measured(names: Sequence[str], seed: int, jobs: int, progress: Progress) -> SamenessFigures:
    """Have everything clean and every clear fault seen in every way."""
    pairs: list[Pair] = []
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as pool:
        running = [pool.submit(_single, name, seed) for name in names]
        for number, future in enumerate(as_completed(running), start=1):
            pairs += future.result()
            progress(number, len(running))
    return figures_of(pairs, seed)


def figures_of(pairs: Sequence[Pair], seed: int) -> SamenessFigures:
    """Return how often each way gave the same."""
    ways = [name for name in OTHERWISE if name != AS_IT_IS]
    return SamenessFigures(
        measured_with=MeasuredWith.now(seed),
        n_sessions=len(pairs) // len(ways),
        ways=tuple(_figures(way, [one for one in pairs if one.way == way]) for way in ways),
    )


def _single(name: str, seed: int) -> list[Pair]:
    exercise = library.load_all()[name]
    tips = {one.name for one in exercise.findings if one.observability == "poor"}
    drawn = [
        case
        for case in cases(exercise, round_size(exercise), seed)
        if not case.act.is_idle and case.act.way in (0.0, CLEAR_WAY) and case.act.fault not in tips
    ]
    return pairs_of(exercise, drawn)


def pairs_of(exercise: Exercise, drawn: Iterable[Case]) -> list[Pair]:
    """Return what is said of sessions in every way, beside what is said of the plain one."""
    candidates = library.searched(library.load_all().values())
    pairs: list[Pair] = []
    for act, same in itertools.groupby(drawn, key=lambda case: case.act):
        performance = performed(exercise, act)
        for case in same:
            viewpoint = case.shot.viewpoint.by_usual_lens()
            shot = replace(case.shot, viewpoint=viewpoint, timing=Timing(FULL_RATE_HZ))
            poses = filmed(performance, act, shot).poses
            said = {
                way: _said(exercise, case, seen(poses), candidates)
                for way, seen in OTHERWISE.items()
            }
            plain = said.pop(AS_IT_IS)
            pairs += [Pair(exercise.id, act.fault, way, one, plain) for way, one in said.items()]
    return pairs


def _said(exercise: Exercise, case: Case, poses: Poses, candidates: Sequence[Exercise]) -> Said:
    asked = _analysed(poses, [exercise])
    fault = case.act.fault
    raised = {event.fault.name for event in asked.events if isinstance(event, FaultEnded)}
    recognised = None if fault else recognised_in(_analysed(poses, candidates).events)
    return Said(
        len(asked.verdict.repetitions),
        asked.verdict.held_s,
        recognised,
        fault in raised if fault else None,
    )


def _analysed(poses: Poses, exercises: Sequence[Exercise]) -> Analysis:
    run = Run(Coach(exercises))
    run.process(Observation(time_s, pose) for time_s, pose in poses)
    return run.analysis()


def _figures(way: str, pairs: Sequence[Pair]) -> SameFigures:
    clean, faulty = [one for one in pairs if not one.fault], [one for one in pairs if one.fault]
    return SameFigures(
        otherwise=way,
        counts=_tally(one.is_same_count for one in pairs),
        exercises=_tally(one.is_same_exercise for one in clean),
        faults=_tally(one.is_same_fault for one in faulty),
        differing=tuple(_differing(pairs)),
    )


def _differing(pairs: Sequence[Pair]) -> Iterator[Difference]:
    """Yield what differs in each exercise, the exercises by name."""
    is_same: dict[tuple[str, str], list[bool]] = {}
    for one in sorted(pairs, key=lambda pair: (pair.exercise, pair.fault)):
        is_same.setdefault((one.exercise, COUNT), []).append(one.is_same_count)
        what = (one.fault, one.is_same_fault) if one.fault else (RECOGNISED, one.is_same_exercise)
        is_same.setdefault((one.exercise, what[0]), []).append(what[1])
    for (exercise, name), same in is_same.items():
        if not all(same):
            yield Difference(exercise=exercise, what=name, n=same.count(False), of=len(same))


def _tally(right: Iterable[bool]) -> Tally:
    return Tally.of(Share.of(right))


def chapter(figures: SamenessFigures) -> str:
    """Return the page's chapter."""
    made = figures.measured_with
    rows = [
        (one.otherwise, one.counts.share, one.exercises.share, one.faults.share)
        for one in figures.ways
    ]
    head = ("seen otherwise", "same count or time", "same exercise", "same fault")
    return (
        "## The same movement, seen otherwise\n\n"
        f"{figures.n_sessions} sessions: every exercise done cleanly in every manner, and with each"
        f" fault that is more than a tip at {CLEAR_WAY:g} times the way to its threshold, on"
        f" landmarks with fitted noise at {FULL_RATE_HZ} pictures a second. What is said of other"
        " rates, of the pictures between, of a larger picture, of the mirror image and of somebody"
        " further to the side is held against what is said of thirty pictures a second of 480"
        " lines: the landmarks and their noise are the same. By"
        " `python -m formcheck.evaluation.synthetic sameness`.\n\n"
        f"formcheck {made.formcheck_version}, Python {made.python_version}, {made.machine},"
        f" {made.date}, seed {made.seed}.\n\n"
        f"{table(head, rows)}\n\n"
        f"### What differs\n\n{_differences(figures)}\n"
    )


def _differences(figures: SamenessFigures) -> str:
    rows = [
        (way.otherwise, one.exercise, one.what, f"{one.n} of {one.of}")
        for way in figures.ways
        for one in way.differing
    ]
    return table(("seen otherwise", "exercise", "what", "sessions"), rows) if rows else "Nothing."
