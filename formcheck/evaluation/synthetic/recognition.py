"""How well exercises are told apart where none is named: single ones, and whole sessions."""

import itertools
import multiprocessing
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass

import numpy as np

from formcheck.analysis.coach import Coach
from formcheck.analysis.events import Event, ExerciseLikely, ExerciseRecognised
from formcheck.analysis.whole import Analysis
from formcheck.evaluation.population import whole_sessions
from formcheck.evaluation.population.cases import Case, cases
from formcheck.evaluation.population.other_movements import (
    as_exercise,
    other_cases,
    other_movements,
)
from formcheck.evaluation.population.sessions import filmed, is_hold, performed
from formcheck.evaluation.synthetic.recognition_figures import (
    HOLD_S,
    NONE,
    Confusion,
    RecognitionFigures,
)
from formcheck.evaluation.synthetic.records import MeasuredWith, Tally
from formcheck.exercises import library
from formcheck.exercises.joints import ANGLES
from formcheck.exercises.schema import Exercise
from formcheck.pipeline import Observation, Run
from formcheck.shares import Share
from formcheck.simulation.manners import MANNERS
from formcheck.simulation.performance import Performance
from formcheck.simulation.seeing import Poses

SOON_S = 2.0
# A movement begins slowly: what has moved by less than this nobody can see.
SEEN_FROM_DEG = 2.0
# How finely the moment is looked for [s].
_LOOKED_EVERY_S = 0.02
_PLACES = frozenset({"pelvis_x", "pelvis_y", "pelvis_z"})
_TURNING = [index for index, name in enumerate(ANGLES) if name not in _PLACES]

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class _Heard:
    """What was said of one session of one exercise."""

    due: str
    said: str
    is_soon: bool
    is_soon_moving: bool
    is_held: bool


def measured(n_whole: int, seed: int, jobs: int, progress: Progress) -> RecognitionFigures:
    """Let every exercise be done, and whole sessions, and see what is recognised."""
    known = library.load_all()
    tasks = [(name, seed) for name, one in known.items() if one.motion and not one.only_when_named]
    heard: list[_Heard] = []
    wholes: list[whole_sessions.JudgedSession] = []
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn")) as pool:
        whole = [pool.submit(_whole, seed * 1000 + number) for number in range(n_whole)]
        single = [pool.submit(_single, *task) for task in tasks]
        foreign = [pool.submit(_other, name, seed) for name in other_movements()]
        n_all = len(whole) + len(single) + len(foreign)
        done = itertools.count(1)
        for future in as_completed(whole):
            wholes.append(future.result())
            progress(next(done), n_all)
        for listened in as_completed(single):
            heard += listened.result()
            progress(next(done), n_all)
        others: Counter[tuple[str, str]] = Counter()
        for overheard in as_completed(foreign):
            others.update(overheard.result())
            progress(next(done), n_all)
    pairs = Counter((one.due, one.said) for one in heard)
    moved = [one for one in heard if one.due != NONE]
    parts = [part for one in wholes for part in one.parts]
    return RecognitionFigures(
        measured_with=MeasuredWith.now(seed),
        said=_confused(pairs),
        soon=Tally.of(Share.of(one.is_soon for one in moved if not one.is_held)),
        soon_moving=Tally.of(Share.of(one.is_soon_moving for one in moved if not one.is_held)),
        soon_held=Tally.of(Share.of(one.is_soon for one in moved if one.is_held)),
        n_whole=n_whole,
        parts=Tally.of(Share.of(part.is_found for part in parts)),
        counts=Tally.of(Share.of(part.n_counted == part.due.n for part in parts)),
        outside=tuple(sorted(name for one in wholes for name in one.outside)),
        others=_confused(others),
    )


def _confused(pairs: Mapping[tuple[str, str], int]) -> tuple[Confusion, ...]:
    return tuple(Confusion(due=due, said=said, n=n) for (due, said), n in sorted(pairs.items()))


def _single(name: str, seed: int) -> list[_Heard]:
    """Return what is said of somebody who does one exercise in every manner, or only rests."""
    known = library.load_all()
    exercise, candidates = known[name], library.searched(known.values())
    n_clean = len(exercise.motion) * (len(MANNERS) + 1)
    heard = []
    drawn = cases(exercise, n_clean, seed)
    for act, same in itertools.groupby(drawn, key=lambda case: case.act):
        performance = performed(exercise, act, HOLD_S)
        spans = [(one.start_s, one.end_s) for one in performance.repetitions]
        begins_s = min(start_s for start_s, _ in (*spans, *performance.holds_s))
        since = _Since(begins_s, moves_from_s(performance, begins_s))
        for case in same:
            poses = filmed(performance, act, case.shot).poses
            is_held = is_hold(exercise, act.variant)
            heard.append(_heard(case, poses, since, candidates, is_held=is_held))
    return heard


@dataclass(frozen=True, slots=True)
class _Since:
    """When something begins, and when a joint has moved by what can be seen [s]."""

    begins_s: float
    moves_s: float


def moves_from_s(performance: Performance, begins_s: float) -> float:
    """Return when a joint is first as far from the posture at a beginning as can be seen [s].

    The beginning itself where none ever is: who waits in a posture.
    """
    times_s = np.arange(begins_s, performance.duration_s, _LOOKED_EVERY_S)
    postures = performance.postures(times_s)[:, _TURNING]
    has_moved = (np.abs(postures - postures[0]) >= SEEN_FROM_DEG).any(axis=1)
    return float(times_s[int(np.argmax(has_moved))])


def _heard(
    case: Case, poses: Poses, since: _Since, candidates: Sequence[Exercise], *, is_held: bool
) -> _Heard:
    analysis = _analysed(poses, candidates)
    said = analysis.verdict.exercise.id if analysis.verdict.exercise else NONE
    if case.act.is_idle:  # whoever waits in a posture has reached it when the recording begins
        since, is_held = _Since(poses[0][0], poses[0][0]), True
    known = {one.id: one for one in candidates}
    due = due_of(known[case.act.exercise], said) if case.act.is_idle else case.act.exercise
    held = due if is_held else NONE
    is_soon, is_soon_moving = (
        is_named_alone(
            due, said_early(analysis.events, since.begins_s, held, until_s + SOON_S), known
        )
        for until_s in (since.begins_s, since.moves_s)
    )
    return _Heard(due, said, is_soon, is_soon_moving, is_held)


def due_of(exercise: Exercise, said: str) -> str:
    """Return what somebody does who only rests in the posture that an exercise starts from.

    Nothing; but where the file says that another one seems to be done along with it, and that one
    is held, whoever waits holds it: the top of a push-up is a plank.
    """
    return said if said in exercise.recognition.outranks else NONE


def said_early(events: Sequence[Event], begins_s: float, held: str, until_s: float) -> set[str]:
    """Return what is said soon after a beginning.

    Parameters
    ----------
    held
        A posture that is reached at the beginning: what was said of it last, on the way into it,
        still stands. Empty for a movement.
    until_s
        What is said later is not early [s].
    """
    said = [
        (event.time_s, event.exercise)
        for event in events
        if isinstance(event, ExerciseLikely | ExerciseRecognised)
    ]
    before = [name for time_s, name in said if time_s < begins_s]
    early = {name for time_s, name in said if begins_s <= time_s <= until_s}
    return early | {name for name in before[-1:] if name == held}


def is_named_alone(due: str, early: AbstractSet[str], known: Mapping[str, Exercise]) -> bool:
    """Whether an exercise is among what was said, and no other one that does not look like it."""
    return due in early and all(_look_alike(due, name, known) for name in early - {due})


def _look_alike(one: str, other: str, known: Mapping[str, Exercise]) -> bool:
    return other in known[one].recognition.outranks or one in known[other].recognition.outranks


def _other(name: str, seed: int) -> list[tuple[str, str]]:
    """Return what is said of people who do another movement, each time with its name."""
    movement, candidates = other_movements()[name], library.searched(library.load_all().values())
    heard = []
    for act, same in itertools.groupby(other_cases(movement, seed), key=lambda case: case.act):
        performance = performed(as_exercise(movement), act)
        for case in same:
            verdict = _analysed(filmed(performance, act, case.shot).poses, candidates).verdict
            heard.append((name, verdict.exercise.id if verdict.exercise else NONE))
    return heard


def _analysed(poses: Poses, candidates: Sequence[Exercise]) -> Analysis:
    run = Run(Coach(candidates))
    run.process(Observation(time_s, pose) for time_s, pose in poses)
    return run.analysis()


def _whole(seed: int) -> whole_sessions.JudgedSession:
    known = library.load_all()
    candidates = library.searched(known.values())
    session = whole_sessions.whole_session(candidates, seed)
    return whole_sessions.judged(session, whole_sessions.analysed(session, candidates), known)
