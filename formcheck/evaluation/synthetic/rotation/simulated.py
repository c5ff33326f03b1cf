"""The same turns on landmarks with fitted noise, drawn without a picture."""

from collections.abc import Iterator

import numpy as np

from formcheck.evaluation.synthetic.rotation.seen import SeenTurns, seen_beside
from formcheck.exercises import library
from formcheck.simulation.labels import what_is_true
from formcheck.simulation.person import Person, Sex, skeleton_of
from formcheck.simulation.script import motion_of, perform
from formcheck.simulation.seeing import camera_for, seen_poses
from formcheck.simulation.truth import truth_of
from formcheck.simulation.turners import EXERCISE, Turner, turners

_YOUNGEST_YEARS, _SPAN_YEARS = 25.0, 53.0


def simulated_turns(n_people: int, seed: int = 0) -> Iterator[SeenTurns]:
    """Yield the clips of so many people as landmarks that err as the engine's were fitted to."""
    for turner in turners(library.find(EXERCISE), n_people, seed):
        yield _seen(turner)


def _seen(turner: Turner) -> SeenTurns:
    scene, exercise = turner.scene, turner.exercise
    shape = scene.shape
    sex: Sex = "female" if shape.sex == "female" else "male"
    person = Person(sex, _YOUNGEST_YEARS + _SPAN_YEARS * shape.old, shape.height_m)
    motion = motion_of(exercise, scene.variant)
    skeleton = skeleton_of(person)
    performance = perform(skeleton, exercise, motion, scene.plan, scene.manner, scene.seed)
    camera = camera_for(performance, scene.viewpoint)
    truth = truth_of(performance, camera, scene.timing.times_s(performance.duration_s, scene.seed))
    about = {"name": scene.name, "size_px": (camera.width_px, camera.height_px)}
    facts = about | turner.facts | what_is_true(performance)
    return seen_beside(facts, seen_poses(truth, camera, np.random.default_rng(scene.seed)), truth)
