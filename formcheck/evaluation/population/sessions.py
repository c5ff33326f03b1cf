"""Make an act once, and film it: truth and poses of a session."""

from dataclasses import dataclass, replace

import numpy as np

from formcheck.evaluation.population.cases import Act, Shot
from formcheck.exercises.motion import Motion
from formcheck.exercises.schema import Exercise
from formcheck.landmarks import Side
from formcheck.pose import Pose
from formcheck.simulation.camera import Camera
from formcheck.simulation.manners import manner_of
from formcheck.simulation.performance import Performance
from formcheck.simulation.person import skeleton_of
from formcheck.simulation.plan import Attempt, Plan, planned
from formcheck.simulation.script import motion_of, perform
from formcheck.simulation.seeing import Poses, camera_for, exact_poses, seen_poses
from formcheck.simulation.truth import Truth, truth_of

# Both sides twice, where they take turns.
_N_CLEAN, _N_CLEAN_IN_TURNS = 3, 4
_IDLE_S = 8.0
# Long enough to be timed at both ends.
_HOLD_S = 8.0


@dataclass(frozen=True, slots=True, eq=False)
class Session:
    """What a camera saw of a performance.

    Attributes
    ----------
    truth, camera
        What was there to be seen.
    poses
        What the engine makes of it.
    """

    truth: Truth
    camera: Camera
    poses: Poses

    def exact(self) -> list[tuple[float, Pose]]:
        """Return the true poses."""
        return exact_poses(self.truth, self.camera)


def performed(exercise: Exercise, act: Act, hold_s: float = _HOLD_S) -> Performance:
    """Return somebody doing an act; what is held, for so long [s]."""
    motion = motion_of(exercise, act.variant)
    plan = Plan((Attempt(side=act.side),), quiet_s=_IDLE_S) if act.is_idle else None
    return perform(
        skeleton_of(act.person),
        exercise,
        motion,
        plan or replace(_plan(motion, act, is_hold=is_hold(exercise, act.variant)), hold_s=hold_s),
        manner_of(act.manner),
        act.seed,
    )


def is_hold(exercise: Exercise, variant: str) -> bool:
    """Whether a variant is held."""
    return any(one.hold is not None for one in exercise.variants if one.id == variant)


def _plan(motion: Motion, act: Act, *, is_hold: bool) -> Plan:
    if not act.fault:
        n_clean = _N_CLEAN_IN_TURNS if motion.sides == "turns" else _N_CLEAN
        return planned(motion, 1 if is_hold else n_clean, act.side)
    wrong = Attempt(act.fault, act.way, side=act.side)
    if is_hold:
        return Plan((wrong,))
    before = Attempt(side=_before(motion, act.side))
    if _is_from_the_beginning(motion, act.fault):
        # Whoever misplaces the feet does so before the first repetition, not between two.
        before = replace(wrong, side=before.side)
    return Plan((before, wrong))


def _is_from_the_beginning(motion: Motion, fault: str) -> bool:
    return any(one.fault == fault and one.at == "whole" for one in motion.faults)


def _before(motion: Motion, side: Side) -> Side:
    return side.opposite if motion.sides == "turns" else side


def filmed(performance: Performance, act: Act, shot: Shot) -> Session:
    """Return what a camera sees of it; of an idle act only the rest before it begins."""
    camera = camera_for(performance, shot.viewpoint)
    times_s = shot.timing.times_s(performance.duration_s, shot.seed)
    if act.is_idle:
        times_s = times_s[times_s < _IDLE_S]
    truth = truth_of(performance, camera, times_s)
    poses = seen_poses(truth, camera, np.random.default_rng(shot.seed), shot.noise)
    return Session(truth, camera, poses)
