"""Rendered people who go through the postures, and what the engine finds in their pictures."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.back_curve.postures import COURSES, Course
from formcheck.estimators.process import MediaPipeEstimator
from formcheck.exercises import library
from formcheck.exercises.joints import INDEX
from formcheck.exercises.motion import Moment
from formcheck.frame import Frame
from formcheck.landmarks import Side
from formcheck.pose import Pose
from formcheck.recordings import Recording, RecordingHeader, RecordingWriter
from formcheck.simulation.camera import Viewpoint
from formcheck.simulation.crowd import drawn_outfit, drawn_room, drawn_shape
from formcheck.simulation.moments import Body, moments_of, moved_on
from formcheck.simulation.performance import Performance
from formcheck.simulation.plan import Attempt, Plan
from formcheck.simulation.postures import UPRIGHT
from formcheck.simulation.rendering.body import BodyMaker, Shape
from formcheck.simulation.rendering.figure import Figure
from formcheck.simulation.rendering.light import LIGHTS
from formcheck.simulation.rendering.outfit import Outfit
from formcheck.simulation.rendering.stage import Stage, staged
from formcheck.simulation.scene import Scene
from formcheck.simulation.script import motion_of
from formcheck.simulation.timing import Timing
from formcheck.simulation.track import Track, Way
from formcheck.simulation.unsteadiness import sway, trembling

LOOSE = 0.8
_FPS = 8
_BEGINS_S, _GOES_S, _STAYS_S = 0.7, 1.2, 0.45
_SETTLES_S = 0.05
_SWAY_DEG = 0.3
_SIZE_PX = 480, 360
_AZIMUTH_ERRS_DEG = 4
_SEEDS = 77, 78
_PARTS = ("lumbar", "thorax", "neck")

Span = tuple[str, float, float]


@dataclass(frozen=True, eq=False)
class Clip:
    """One person in one exercise.

    Attributes
    ----------
    spans
        Each posture's name, and from when to when it was held [s].
    spine_deg
        True flexion of lumbar spine, chest and neck in each frame, shape (n frames, 3).
    poses
        What the engine found in each frame.
    """

    course: Course
    person: int
    is_loose: bool
    spans: tuple[Span, ...]
    spine_deg: NDArray[np.float64]
    poses: tuple[tuple[float, Pose | None], ...]


def clips(n_people: int, cache: Path, body_data: Path, model: Path) -> Iterator[Clip]:
    """Yield everybody in every exercise, drawn and looked at where that has not been done yet."""
    maker: BodyMaker | None = None
    for person in range(n_people):
        for course in COURSES:
            recorded = cache / f"{course.exercise}_{person}.poses.npz"
            facts = recorded.with_name(recorded.name.replace(".poses.npz", ".truth.json"))
            if not facts.exists():
                maker = maker or BodyMaker(body_data)
                _film(course, person, maker, model, recorded, facts)
            yield _loaded(course, person, recorded, facts)


def _film(
    course: Course, person: int, maker: BodyMaker, model: Path, recorded: Path, facts: Path
) -> None:
    recorded.parent.mkdir(parents=True, exist_ok=True)
    stage, spans = staged_clip(course, person, maker)
    frames = (
        Frame(float(time_s), picture)
        for time_s, picture in zip(stage.times_s, stage.frames(), strict=True)
    )
    with MediaPipeEstimator(model) as estimator:
        engine = estimator.identity
        header = RecordingHeader(
            recorded.name, *_SIZE_PX, float(_FPS), engine.engine, engine.engine_version,
            engine.model, engine.model_sha256,
        )  # fmt: skip
        with RecordingWriter(recorded, header) as writer:
            for frame, pose in estimator.estimate(frames, outline=True):
                writer.write(frame.time_s, pose)
    postures = stage.performance.postures(stage.times_s)
    spine = postures[:, [INDEX[f"{part}_flexion"] for part in _PARTS]]
    truth = {
        "is_loose": stage.scene.outfit.looseness > 0,
        "spans": spans,
        "spine_deg": np.round(spine, 2).tolist(),
    }
    facts.write_text(json.dumps(truth), encoding="utf-8")


def _loaded(course: Course, person: int, recorded: Path, facts: Path) -> Clip:
    truth = json.loads(facts.read_text(encoding="utf-8"))
    spans = tuple((str(name), float(begin), float(end)) for name, begin, end in truth["spans"])
    spine = np.array(truth["spine_deg"])
    poses = tuple(Recording(recorded))
    return Clip(course, person, bool(truth["is_loose"]), spans, spine, poses)


def staged_clip(course: Course, person: int, maker: BodyMaker) -> tuple[Stage, list[Span]]:
    """Return somebody ready to be filmed: the same person in every exercise."""
    of_person = np.random.default_rng([_SEEDS[0], person])
    shape, outfit = drawn_shape(of_person), drawn_outfit(of_person)
    # Two of four, in either half: even and odd people are fitted and tested apart.
    outfit = replace(outfit, looseness=LOOSE if person % 4 in (1, 2) else 0.0)
    rng = np.random.default_rng([_SEEDS[1], person, COURSES.index(course)])
    figure = Figure(maker.body(shape), outfit)
    performance, spans = _performed(Body.of(figure.body.skeleton), course, rng)
    scene = _scene(course, shape, outfit, rng)
    return staged(scene, figure, performance), spans


def _performed(
    body: Body, course: Course, rng: np.random.Generator
) -> tuple[Performance, list[Span]]:
    """Go from posture to posture, each solved from the exercise's own moment."""
    motion = motion_of(library.find(course.exercise))
    side = Side.LEFT if rng.random() < 0.5 else Side.RIGHT
    moments = moments_of(body, motion, side)
    base = moments.rest if course.moment == "rest" else moments.effort
    named = course.postures(rng)
    frames = [
        moved_on(body, base, Moment(angles=angles, slides=course.slides), side)
        for _, angles in named
    ]
    track = Track(body, frames[0])
    track.stay(_BEGINS_S)
    spans = [(named[0][0], _BEGINS_S / 2, track.now_s)]
    for (name, _), frame in zip(named[1:], frames[1:], strict=True):
        track.go(Way(track.here, frame), _GOES_S)
        track.here = frame
        begins_s = track.now_s + _SETTLES_S
        track.stay(_STAYS_S)
        spans.append((name, begins_s, track.now_s))
    times = track.times_s
    knots = body.settled(track.demands(sway(times, _SWAY_DEG, rng)))
    still = trembling(dict.fromkeys(Side, (False, False)), 0.0, rng, times, np.ones(len(times)))
    return Performance(course.exercise, motion.variant, body.skeleton, times, knots, still), spans


def _scene(course: Course, shape: Shape, outfit: Outfit, rng: np.random.Generator) -> Scene:
    """Return a room by chance, seen from the left or the right side."""
    exercise = library.find(course.exercise)
    posture = motion_of(exercise).posture
    low_m, high_m = exercise.camera.height_m
    azimuth_deg = 90.0 if rng.random() < 0.5 else 270.0
    azimuth_deg += float(rng.uniform(-_AZIMUTH_ERRS_DEG, _AZIMUTH_ERRS_DEG))
    viewpoint = Viewpoint(
        round(azimuth_deg, 1), round(float(rng.uniform(low_m, high_m)), 2), *_SIZE_PX
    )
    return Scene(
        name=course.exercise,
        exercise=course.exercise,
        plan=Plan((Attempt(),)),
        shape=shape,
        outfit=outfit,
        room=drawn_room(rng, matted=posture not in UPRIGHT),
        view="side",
        orientation=posture,
        viewpoint=viewpoint,
        remarks="",
        mat_half_m=(0.5, 1.3),
        chair=(0.42, 0.36, 0.30) if posture.startswith("seated") else None,
        light=LIGHTS[str(rng.choice(sorted(LIGHTS)))],
        timing=Timing(_FPS),
        seed=int(rng.integers(2**31)),
    )
