"""How an exercise is done, as a figure that the page animates: made from its own motion.

The same simulation that tests the rules shows the patient what they ask for: an average person
without noise, from where the camera should be.
"""

from dataclasses import dataclass

import numpy as np

from formcheck.exercises.schema import Exercise
from formcheck.simulation.camera import Viewpoint
from formcheck.simulation.person import Person, skeleton_of
from formcheck.simulation.plan import planned
from formcheck.simulation.script import motion_of, perform
from formcheck.simulation.seeing import AZIMUTHS_DEG, camera_for
from formcheck.simulation.truth import frame_times_s, truth_of

FPS = 15
N_REPETITIONS = 2
HOLD_S = 4.0
WIDTH_PX, HEIGHT_PX = 640, 480

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Demonstration:
    """The landmarks of somebody who does an exercise cleanly.

    Attributes
    ----------
    frames
        Landmarks in shares of the picture, 0 to 1, frame by frame.
    loop
        Whether the end leads back to the beginning.
    """

    view: str
    fps: int
    width: int
    height: int
    frames: tuple[Points, ...]
    loop: bool


def demonstration(exercise: Exercise) -> Demonstration | None:
    """Return how an exercise is done; None where its file has no motion."""
    if not exercise.motion:
        return None
    motion = motion_of(exercise)
    n_attempts = N_REPETITIONS if motion.sides == "turns" else 1
    plan = planned(motion, n_attempts, hold_s=HOLD_S)
    performance = perform(skeleton_of(Person()), exercise, motion, plan)
    height_m = sum(exercise.camera.height_m) / 2
    azimuth_deg = AZIMUTHS_DEG[exercise.camera.view]
    viewpoint = Viewpoint(azimuth_deg, height_m, WIDTH_PX, HEIGHT_PX)
    camera = camera_for(performance, viewpoint)
    truth = truth_of(performance, camera, frame_times_s(performance, FPS))
    shares = np.round(truth.image_px / (WIDTH_PX, HEIGHT_PX), 4).tolist()
    frames = tuple(tuple((x, y) for x, y in points) for points in shares)
    is_held = any(one.hold for one in exercise.variants if one.id == motion.variant)
    view = exercise.camera.view.value
    return Demonstration(view, FPS, WIDTH_PX, HEIGHT_PX, frames, loop=not is_held)
