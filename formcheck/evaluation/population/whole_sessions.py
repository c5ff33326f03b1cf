"""Whole sessions: somebody comes in, does several exercises with rests and talk, and goes out.

Between two exercises the room is empty for a while, and the camera is moved to where the next one
wants it. What a timeline should say of such a session is known exactly.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from formcheck.analysis.coach import Coach
from formcheck.analysis.timeline import Segment, SegmentKind
from formcheck.analysis.whole import Analysis
from formcheck.evaluation.population.cases import Act, Case, cases
from formcheck.evaluation.population.sessions import is_hold
from formcheck.exercises.schema import Exercise
from formcheck.pipeline import Observation, Run
from formcheck.pose import Pose
from formcheck.simulation.interludes import Idle
from formcheck.simulation.manners import manner_of
from formcheck.simulation.performance import Performance
from formcheck.simulation.person import skeleton_of
from formcheck.simulation.plan import Plan, planned
from formcheck.simulation.script import motion_of, perform
from formcheck.simulation.seeing import Poses, camera_for, seen_poses
from formcheck.simulation.truth import frame_times_s, truth_of

N_EXERCISES = 8
BORDERS_WITHIN_S = 2.0
_N_REPETITIONS = 4
_HELD_S = 12.0
_QUIET_S = 8.0
_AWAY_S = 6.0
_FPS = 20
_IDLES: tuple[Idle, ...] = ("rest", "scratch", "talk")


@dataclass(frozen=True, slots=True)
class DuePart:
    """An exercise that was done, from when to when [s], and how often or in how many holds."""

    exercise: str
    start_s: float
    end_s: float
    n: int


@dataclass(frozen=True, slots=True)
class WholeSession:
    """What the camera saw of it, and what was done."""

    poses: Poses
    parts: tuple[DuePart, ...]


@dataclass(frozen=True, slots=True)
class FoundPart:
    """What a timeline says of an exercise that was done.

    Attributes
    ----------
    start_error_s, end_error_s
        Later (+) or earlier (-) than true; NaN where it was not found.
    n_counted
        Repetitions or holds.
    """

    due: DuePart
    start_error_s: float
    end_error_s: float
    n_counted: int

    @property
    def is_found(self) -> bool:
        """Whether it is there with both borders in the right place."""
        return (
            abs(self.start_error_s) <= BORDERS_WITHIN_S
            and abs(self.end_error_s) <= BORDERS_WITHIN_S
        )


@dataclass(frozen=True, slots=True)
class JudgedSession:
    """One session; ``outside`` names what was counted where it was not done."""

    parts: tuple[FoundPart, ...]
    outside: tuple[str, ...]


def whole_session(exercises: Sequence[Exercise], seed: int) -> WholeSession:
    """Return a session of exercises drawn by chance, none of them twice."""
    rng = np.random.default_rng([seed, 8])
    able = [exercise for exercise in exercises if exercise.motion]
    chosen = rng.permutation(len(able))[:N_EXERCISES]
    person = None
    poses: list[tuple[float, Pose | None]] = []
    parts: list[DuePart] = []
    now_s = 0.0
    for index in chosen:
        exercise = able[index]
        case = next(cases(exercise, 1, int(rng.integers(2**31))))
        person = person or case.act.person
        case = replace(case, act=replace(case.act, person=person))
        n_sets = int(rng.integers(1, 3))
        done_s: list[tuple[float, float]] = []
        for number in range(n_sets):
            plan = _plan(
                exercise, case.act, rng, is_first=number == 0, is_last=number == n_sets - 1
            )
            performance, seen = _filmed(exercise, case, plan, rng)
            poses += _later(seen, now_s)
            spans = [(one.start_s, one.end_s) for one in performance.repetitions]
            spans += list(performance.holds_s)
            done_s += [(now_s + start_s, now_s + end_s) for start_s, end_s in spans]
            now_s = poses[-1][0] + 1 / _FPS
        parts.append(DuePart(exercise.id, done_s[0][0], done_s[-1][1], len(done_s)))
        poses += [(now_s + n / _FPS, None) for n in range(round(_AWAY_S * _FPS))]
        now_s += _AWAY_S
    return WholeSession(poses, tuple(parts))


def _plan(
    exercise: Exercise, act: Act, rng: np.random.Generator, *, is_first: bool, is_last: bool
) -> Plan:
    motion = motion_of(exercise, act.variant)
    n_attempts = 1 if is_hold(exercise, act.variant) else _N_REPETITIONS
    idles = tuple(_IDLES[index] for index in rng.integers(0, len(_IDLES), 1)) if is_last else ()
    plan = planned(motion, n_attempts, act.side, _HELD_S)
    return replace(plan, quiet_s=_QUIET_S, enters=is_first, leaves=is_last, idles=idles)


def _filmed(
    exercise: Exercise, case: Case, plan: Plan, rng: np.random.Generator
) -> tuple[Performance, Poses]:
    act, shot = case.act, case.shot
    motion = motion_of(exercise, act.variant)
    seed = int(rng.integers(2**31))
    performance = perform(
        skeleton_of(act.person), exercise, motion, plan, manner_of(act.manner), seed
    )
    camera = camera_for(performance, shot.viewpoint.by_usual_lens())
    truth = truth_of(performance, camera, frame_times_s(performance, _FPS))
    return performance, seen_poses(truth, camera, rng)


def _later(poses: Poses, by_s: float) -> Iterator[tuple[float, Pose | None]]:
    for time_s, pose in poses:
        yield time_s + by_s, replace(pose, time_s=time_s + by_s) if pose else None


def analysed(session: WholeSession, candidates: Sequence[Exercise]) -> Analysis:
    """Return what formcheck makes of it, told nothing."""
    run = Run(Coach(candidates))
    run.process(Observation(time_s, pose) for time_s, pose in session.poses)
    return run.analysis()


def judged(
    session: WholeSession, analysis: Analysis, exercises: Mapping[str, Exercise]
) -> JudgedSession:
    """Hold a timeline against what was done."""
    found = [part for part in analysis.timeline if part.kind is SegmentKind.EXERCISE]
    parts = tuple(_found(due, found) for due in session.parts)
    outside = tuple(
        part.exercise or ""
        for part in found
        if not any(
            _is_of(part, due) or _is_way_into(part, due, exercises[due.exercise])
            for due in session.parts
        )
    )
    return JudgedSession(parts, outside)


def _is_way_into(part: Segment, due: DuePart, exercise: Exercise) -> bool:
    """Whether it is the posture that the exercise is known to begin from, or to end in."""
    is_near = max(due.start_s - part.end_s, part.start_s - due.end_s) < _QUIET_S
    return is_near and part.exercise in exercise.recognition.outranks


def _is_of(part: Segment, due: DuePart) -> bool:
    common_s = min(part.end_s, due.end_s) - max(part.start_s, due.start_s)
    return part.exercise == due.exercise and common_s > 0


def _found(due: DuePart, found: Sequence[Segment]) -> FoundPart:
    """Return what was found of an exercise; in pieces, it is from the first to the last."""
    own = [part for part in found if _is_of(part, due)]
    if not own:
        return FoundPart(due, math.nan, math.nan, 0)
    n_counted = sum(one.n_repetitions for part in own for one in part.sets)
    n_counted += sum(one.held_s > 0 for part in own for one in part.sets)
    return FoundPart(due, own[0].start_s - due.start_s, own[-1].end_s - due.end_s, n_counted)
