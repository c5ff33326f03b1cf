"""Simulated people who do an exercise as far as a test says, seen exactly."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from formcheck.analysis.coach import Coach
from formcheck.analysis.own_numbers import Fit
from formcheck.analysis.verdict import Verdict
from formcheck.exercises import library
from formcheck.pipeline import Observation, Run
from formcheck.pose import Pose
from formcheck.simulation.camera import Viewpoint
from formcheck.simulation.person import Person, skeleton_of
from formcheck.simulation.plan import Manner, planned
from formcheck.simulation.script import motion_of, perform
from formcheck.simulation.seeing import AZIMUTHS_DEG, camera_for, exact_poses
from formcheck.simulation.truth import truth_of

FPS = 15
CATALOGUE = library.load_all()
Seen = tuple[tuple[float, Pose], ...]


@cache
def moving(
    exercise_id: str,
    n: int = 4,
    *,
    reaches: tuple[float, ...] = (1.0,),
    variant: str = "",
    hold_s: float = 8.0,
    azimuth_deg: float | None = None,
) -> Seen:
    """Return somebody who does an exercise, each repetition to a share of the motion's range.

    Parameters
    ----------
    reaches
        Of the repetitions, in turn.
    azimuth_deg
        Where the camera stands; where the exercise wants it unless given.
    """
    exercise = CATALOGUE[exercise_id]
    motion = motion_of(exercise, variant)
    plan = planned(motion, n, hold_s=hold_s)
    attempts = tuple(
        replace(one, reach=reaches[k % len(reaches)]) for k, one in enumerate(plan.attempts)
    )
    plan = replace(plan, attempts=attempts, quiet_s=2.0)
    manner = Manner(varies=0.0, sway_deg=0.0)
    performance = perform(skeleton_of(Person()), exercise, motion, plan, manner, seed=1)
    azimuth = AZIMUTHS_DEG[exercise.camera.view] if azimuth_deg is None else azimuth_deg
    camera = camera_for(performance, Viewpoint(azimuth, sum(exercise.camera.height_m) / 2))
    times_s = np.arange(round(performance.duration_s * FPS)) / FPS
    return tuple(exact_poses(truth_of(performance, camera, times_s), camera))


def judged(exercise_id: str, seen: Sequence[tuple[float, Pose]], fit: Fit | None = None) -> Verdict:
    """Return what the core makes of it, fitted to a person or not."""
    fits = {exercise_id: fit} if fit else {}
    run = Run(Coach([CATALOGUE[exercise_id]], fits))
    run.process(Observation(time_s, pose) for time_s, pose in seen)
    return run.analysis().verdict
