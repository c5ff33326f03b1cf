"""Whether the same movement is judged the same by another camera: slower, larger, in a mirror."""

import itertools
import multiprocessing
from collections.abc import Callable, Iterable, Sequence
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
from formcheck.evaluation.shares import Share
from formcheck.evaluation.synthetic.records import MeasuredWith, Record, Tally
from formcheck.evaluation.tables import table
from formcheck.exercises import library
from formcheck.exercises.schema import Exercise
from formcheck.files import atomic_path, ensure_folder
from formcheck.pipeline import Observation, Run
from formcheck.simulation.seeing import Poses

Progress = Callable[[int, int | None], None]

CLEAR_WAY = 1.5
# A hold whose clock differs by less is the same.
_HELD_WITHIN_S = 0.5


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
        Exercises in which a count, the exercise or a fault differed, with how often.
    """

    otherwise: str
    counts: Tally
    exercises: Tally
    faults: Tally
    differing: tuple[tuple[str, int], ...]


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


Pair = tuple[str, str, Said, Said]
"""Exercise, way of seeing, what was said of it, and of the stream as it is."""


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
        ways=tuple(_figures(way, [one for one in pairs if one[1] == way]) for way in ways),
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
            poses = filmed(performance, act, replace(case.shot, fps=FULL_RATE_HZ)).poses
            said = {
                way: _said(exercise, case, seen(poses), candidates)
                for way, seen in OTHERWISE.items()
            }
            plain = said.pop(AS_IT_IS)
            pairs += [(exercise.id, way, one, plain) for way, one in said.items()]
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
    clean = [(one, plain) for _, _, one, plain in pairs if one.recognised is not None]
    faulty = [(one, plain) for _, _, one, plain in pairs if one.has_fault is not None]
    names = sorted({name for name, *_ in pairs})
    differing = [(name, sum(_differs(one) for one in pairs if one[0] == name)) for name in names]
    return SameFigures(
        otherwise=way,
        counts=_tally(one.counts_as(plain) for _, _, one, plain in pairs),
        exercises=_tally(one.recognised == plain.recognised for one, plain in clean),
        faults=_tally(one.has_fault == plain.has_fault for one, plain in faulty),
        differing=tuple((name, n) for name, n in differing if n),
    )


def _differs(pair: Pair) -> bool:
    _, _, one, plain = pair
    same = one.recognised == plain.recognised and one.has_fault == plain.has_fault
    return not (same and one.counts_as(plain))


def _tally(right: Iterable[bool]) -> Tally:
    return Tally.of(Share.of(right))


def chapter(figures: SamenessFigures) -> str:
    """Return the page's chapter."""
    made = figures.measured_with
    rows = [
        (
            one.otherwise,
            one.counts.share,
            one.exercises.share,
            one.faults.share,
            ", ".join(f"{name} {n}" for name, n in one.differing) or "-",
        )
        for one in figures.ways
    ]
    head = ("seen otherwise", "same count or time", "same exercise", "same fault", "differing")
    return (
        "## The same movement, seen otherwise\n\n"
        f"{figures.n_sessions} sessions: every exercise done cleanly in every manner, and with each"
        f" fault that is more than a tip at {CLEAR_WAY:g} times the way to its threshold, on"
        f" landmarks with fitted noise at {FULL_RATE_HZ} pictures a second. What is said of other"
        " rates, of a larger picture, of the mirror image and of somebody further to the side is"
        " held against what is said of thirty pictures a second of 480 lines."
        " By `python -m formcheck.evaluation.synthetic sameness`.\n\n"
        f"formcheck {made.formcheck_version}, Python {made.python_version}, {made.machine},"
        f" {made.date}, seed {made.seed}.\n\n"
        f"{table(head, rows)}\n"
    )
