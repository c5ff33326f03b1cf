"""Simulated people in front of a session: they do what the session waits for, or what a test says.

Their poses are exact and known at sixty pictures a second; slower cameras take every n-th.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from formcheck.exercises import library
from formcheck.exercises.schema import Dose, Exercise
from formcheck.pose import Pose
from formcheck.session.flow import SessionFlow
from formcheck.session.placement import PictureQuality
from formcheck.session.plan import Plan, Step
from formcheck.session.stages import Command, Stage
from formcheck.session.view import SessionView
from formcheck.simulation.camera import Viewpoint
from formcheck.simulation.person import Person, skeleton_of
from formcheck.simulation.plan import Manner, planned
from formcheck.simulation.plan import Plan as Script
from formcheck.simulation.script import motion_of, perform
from formcheck.simulation.seeing import AZIMUTHS_DEG, camera_for, exact_poses
from formcheck.simulation.truth import truth_of

FPS = 60
QUIET_S = 2.0
CLEARLY = 2.0  # times the way to a fault's threshold
BRIGHT = PictureQuality(mean_brightness=0.5, contrast=0.2, rate_hz=30.0)
CATALOGUE = library.load_all()


@dataclass(frozen=True)
class Puppet:
    """Somebody doing an exercise: still for two seconds first and last."""

    poses: tuple[Pose, ...]

    def pose(self, time_s: float, play_s: float) -> Pose:
        """Return the pose some seconds into the performance, taken at a time."""
        index = min(len(self.poses) - 1, max(0, round(play_s * FPS)))
        return replace(self.poses[index], time_s=time_s)

    @property
    def duration_s(self) -> float:
        """How long it lasts [s]."""
        return len(self.poses) / FPS


@cache
def puppet(
    exercise_id: str,
    n: int = 3,
    *,
    azimuth_deg: float | None = None,
    hold_s: float = 8.0,
    enters: bool = False,
    leaves: bool = False,
    fill: float = 0.84,
    reach: float = 1.0,
    fault: str | None = None,
) -> Puppet:
    """Return somebody who does an exercise some times, seen from where its camera should be."""
    exercise = CATALOGUE[exercise_id]
    motion = motion_of(exercise)
    script: Script = replace(
        planned(motion, n, hold_s=hold_s), quiet_s=QUIET_S, enters=enters, leaves=leaves
    )
    if fault:
        wrong = (replace(one, fault=fault, way=CLEARLY) for one in script.attempts)
        script = replace(script, attempts=tuple(wrong))
    performance = perform(
        skeleton_of(Person()), exercise, motion, script, Manner(reach=reach), seed=1
    )
    camera = exercise.camera
    azimuth = AZIMUTHS_DEG[camera.view] if azimuth_deg is None else azimuth_deg
    viewpoint = Viewpoint(azimuth, sum(camera.height_m) / 2, fill=fill)
    times_s = np.arange(round(performance.duration_s * FPS)) / FPS
    seen = camera_for(performance, viewpoint)
    return Puppet(
        tuple(pose for _, pose in exact_poses(truth_of(performance, seen, times_s), seen))
    )


def session(*steps: tuple[str, Dose], **kwargs: object) -> SessionFlow:
    """Return a session of exercises with their doses."""
    plan = Plan(tuple(Step(CATALOGUE[name], dose) for name, dose in steps))
    return SessionFlow(plan, CATALOGUE, **kwargs)


def repeated(sets: int, repetitions: int, rest_s: float = 5.0) -> Dose:
    """Return a dose of repetitions."""
    return Dose(sets=sets, repetitions=repetitions, rest_s=rest_s)


def held(sets: int, hold_s: float, rest_s: float = 5.0) -> Dose:
    """Return a dose of holding."""
    return Dose(sets=sets, hold_s=hold_s, rest_s=rest_s)


Answer = Callable[[SessionView], Command | None]


def on_demonstration(view: SessionView) -> Command | None:
    """Say "I am ready" after each demonstration, and nothing else."""
    return Command.NEXT if view.stage is Stage.DEMONSTRATION else None


class Drive:
    """Go through a session with puppets that wait in the start position until a set begins.

    They also move where the session asks for easy repetitions.

    Attributes
    ----------
    views
        Everything that was shown.
    happened
        Every event, commands' included.
    """

    def __init__(self, flow: SessionFlow, puppets: Mapping[str, Puppet], fps: int = 15) -> None:
        self.flow = flow
        self.puppets = puppets
        self.step_s = 1 / fps
        self.n = 0
        self.play_s = 0.0
        self.views: list[SessionView] = []
        self.happened: list[object] = []

    @property
    def time_s(self) -> float:
        """Now."""
        return self.n * self.step_s

    def command(self, command: Command, exercise_id: str | None = None) -> tuple[object, ...]:
        """Ask for something."""
        events = self.flow.command(self.time_s, command, exercise_id)
        self.happened += events
        return events

    def tick(self, pose: Callable[[float], Pose | None] | None = None) -> SessionView:
        """Take the next picture: the puppet's, or what a test wants to be seen."""
        self.n += 1
        before = self.flow.view
        if before.stage in {Stage.CALIBRATING, Stage.EXERCISING}:
            self.play_s += self.step_s
        elif before.stage is not Stage.PAUSED:
            self.play_s = 0.0
        shown = pose or (lambda time_s: self.puppets[before.exercise.id].pose(time_s, self.play_s))
        view = self.flow.update(self.time_s, shown(self.time_s), BRIGHT)
        self.views.append(view)
        self.happened += view.events
        return view

    def until(
        self,
        stage: Stage,
        within_s: float = 60.0,
        pose: Callable[[float], Pose | None] | None = None,
        answer: Answer = on_demonstration,
    ) -> SessionView:
        """Go on until a stage is reached; fail where it is not within a time."""
        view = self.flow.view
        end_s = self.time_s + within_s
        while view.stage is not stage:
            assert self.time_s < end_s, f"still {view.stage} after {within_s} s, not {stage}"
            command = answer(view)
            if command and view.stage is not stage:
                self.command(command)
                view = self.flow.view
                continue
            view = self.tick(pose)
        return view

    def wait(
        self, duration_s: float, pose: Callable[[float], Pose | None] | None = None
    ) -> SessionView:
        """Let some time pass."""
        end_s = self.time_s + duration_s
        view = self.flow.view
        while self.time_s < end_s - 1e-9:
            view = self.tick(pose)
        return view

    def of_kind(self, *kinds: type) -> list:
        """Return what has happened of some kinds."""
        return [event for event in self.happened if isinstance(event, kinds)]


def nobody(time_s: float) -> None:
    """Nobody in view."""


def exercise(name: str) -> Exercise:
    """Return an exercise of the catalogue."""
    return CATALOGUE[name]
