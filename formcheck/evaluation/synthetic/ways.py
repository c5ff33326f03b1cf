"""How far the faults of kept clips were done, by the thresholds as they are now.

A clip is rendered once, but thresholds change, and with them what half again the way to one is.
Who is in a clip and what chance did is known, so it can be done again without a picture, so many
times the way: the way at which it is done as the kept truth has it is that of the clip. What is
compared are joint angles, which do not depend on the camera; no rule and no measure is asked.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from formcheck.evaluation.noise_fit.command import TRUTH_SUFFIX
from formcheck.evaluation.synthetic.rendered import LABELS, RenderedClip, kept_clips
from formcheck.exercises.schema import Exercise
from formcheck.files import atomic_path
from formcheck.simulation.crowd import crowd
from formcheck.simulation.labels import what_is_true
from formcheck.simulation.performance import Performance
from formcheck.simulation.rendering.figure import Figure
from formcheck.simulation.rendering.stage import Bodies
from formcheck.simulation.scene import Scene
from formcheck.simulation.script import motion_of, perform
from formcheck.simulation.truth import Truth, true_angles_deg

Perform = Callable[[Scene], Performance]

_WAYS = (0.5, 1.0, 1.5, 2.0, 2.5)
_N_HALVINGS = 6
# Largest difference of any angle at any time: what is rounded in the truth is far below.
ALIKE_DEG = 1.0


def done_by(scene: Scene, fault: str, way: float) -> Scene:
    """Return a scene of which the last attempt has a fault, so many times the way."""
    *clean, last = scene.plan.attempts
    attempts = (*clean, replace(last, fault=fault, way=way))
    return replace(scene, plan=replace(scene.plan, attempts=attempts))


def way_of(
    scene: Scene, fault: str, truth: Truth, perform: Perform
) -> tuple[float, Performance] | None:
    """Return how many times the way a fault was done, and that performance; None if none fits.

    Parameters
    ----------
    scene
        Whose clip it is; what was rendered may have been done further or less far.
    fault
        The fault.
    truth
        Of the clip as it was rendered.
    perform
        Does a scene.
    """
    tried: dict[float, tuple[float, Performance]] = {}

    def off_deg(way: float) -> float:
        if way not in tried:
            performance = perform(done_by(scene, fault, way))
            tried[way] = difference_deg(performance, truth), performance
        return tried[way][0]

    own = scene.plan.attempts[-1].way
    best = own if off_deg(own) < ALIKE_DEG / 4 else _nearest(off_deg)
    return (best, tried[best][1]) if off_deg(best) < ALIKE_DEG else None


def _nearest(off_deg: Callable[[float], float]) -> float:
    """Return the way with the least difference, to a hundredth: it grows to either side of it."""
    best = min(_WAYS, key=off_deg)
    step = (_WAYS[1] - _WAYS[0]) / 2
    for _ in range(_N_HALVINGS):
        best = min((best - step, best, best + step), key=off_deg)
        step /= 2
    return best


def difference_deg(performance: Performance, truth: Truth) -> float:
    """Return by how much a performance differs from a truth where it does most [deg]."""
    lasts_s = float(truth.time_s[-1])
    if abs(performance.duration_s - lasts_s) > 2 * float(truth.time_s[1]):
        return float("inf")
    angles = true_angles_deg(performance.bodies(truth.time_s))
    return float(np.abs(angles - truth.angles_deg).max())


def label_ways(
    folder: Path,
    exercises: Mapping[str, Exercise],
    bodies: Bodies,
    progress: Callable[[int, int | None], None],
) -> None:
    """Write into the labels of kept clips how far their faults were done, as things are now.

    What follows from it is written as well: when a fault passes its threshold, and when it ends
    a hold. Where nothing fits, since the motion itself has changed, the way is not known.

    Parameters
    ----------
    bodies
        Where the people of the crowd come from.
    """
    clips = kept_clips(folder)
    scenes = {scene.name: scene for scene in crowd(exercises, len(clips))}
    content = json.loads((folder / LABELS).read_text(encoding="utf-8"))
    labels = {label["file"]: label for label in content["clips"]}
    for number, clip in enumerate(clips, start=1):
        if clip.fault and clip.name in scenes:
            truth = Truth.load(folder / f"{clip.name}{TRUTH_SUFFIX}")
            scene, exercise = scenes[clip.name], exercises[clip.exercise]
            performing = performer(scene, exercise, bodies)
            labels[clip.file] |= _done(clip, way_of(scene, clip.fault, truth, performing))
        progress(number, len(clips))
    with atomic_path(folder / LABELS) as temporary:
        temporary.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _done(clip: RenderedClip, found: tuple[float, Performance] | None) -> dict[str, Any]:
    if found is None:
        return {"done": {"fault": clip.fault, "way": None}}
    way, performance = found
    return what_is_true(performance) | {"done": {"fault": clip.fault, "way": round(way, 2)}}


def performer(scene: Scene, exercise: Exercise, bodies: Bodies) -> Perform:
    """Return what lets the person of a scene do variations of it."""
    skeleton = Figure(bodies.body(scene.shape), scene.outfit).body.skeleton
    motion = motion_of(exercise, scene.variant)

    def done(varied: Scene) -> Performance:
        return perform(skeleton, exercise, motion, varied.plan, varied.manner, varied.seed)

    return done
