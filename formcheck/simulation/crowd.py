"""Many people doing the exercises before many cameras: scenes by chance, to measure with.

Unlike the cast of the sample clips nobody is chosen: bodies, clothes, rooms, light, place of the
camera, tempo and faults are drawn, the same for the same seed. The clips are small and are not
kept; what the engine finds in them is.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np

from formcheck.exercises.motion import Motion
from formcheck.exercises.schema import Exercise
from formcheck.landmarks import Side
from formcheck.simulation.camera import Viewpoint
from formcheck.simulation.manners import MANNERS
from formcheck.simulation.plan import Attempt, Plan
from formcheck.simulation.postures import UPRIGHT
from formcheck.simulation.rendering.body import Shape
from formcheck.simulation.rendering.light import LIGHTS
from formcheck.simulation.rendering.outfit import HairStyle, Outfit
from formcheck.simulation.rendering.room import ROOMS, Room
from formcheck.simulation.rendering.solids import Colour
from formcheck.simulation.scene import Scene
from formcheck.simulation.seeing import AZIMUTHS_DEG
from formcheck.simulation.timing import Timing

_SIZE_PX = (480, 360)
_FPS = 15
_FAULTY_SHARE = 0.4
FAULT_WAY = 1.5
"""How many times the way to its threshold each fault is done."""
_HOLD_S = 6.0
_N_REPETITIONS, _N_IN_TURNS = 3, 4
_SPREAD_DEG = 10.0
_SKINS: tuple[Colour, ...] = (
    (0.88, 0.70, 0.60),
    (0.80, 0.60, 0.46),
    (0.62, 0.43, 0.32),
    (0.46, 0.31, 0.23),
    (0.32, 0.21, 0.16),
)
_HAIRS: tuple[Colour, ...] = (
    (0.06, 0.05, 0.05),
    (0.24, 0.16, 0.10),
    (0.58, 0.44, 0.26),
    (0.68, 0.67, 0.66),
)


def crowd(exercises: Mapping[str, Exercise], n: int, seed: int = 0) -> Iterator[Scene]:
    """Yield so many scenes; every motion comes before any of them comes again."""
    motions = [(one, motion) for one in exercises.values() for motion in one.motion]
    for number in range(n):
        exercise, motion = motions[number % len(motions)]
        # A generator a scene: what another exercise gains or loses changes nothing here.
        yield _scene(exercise, motion, number, np.random.default_rng([seed, number]))


def _scene(exercise: Exercise, motion: Motion, number: int, rng: np.random.Generator) -> Scene:
    views = sorted(exercise.camera.views, key=lambda view: view != exercise.camera.view)
    # The best view twice as often as any other.
    view = views[max(0, int(rng.integers(len(views) + 1)) - 1)]
    is_upright = motion.posture in UPRIGHT
    azimuth_deg = AZIMUTHS_DEG[view] + float(rng.uniform(-_SPREAD_DEG, _SPREAD_DEG))
    low_m, high_m = exercise.camera.height_m
    viewpoint = Viewpoint(
        round(azimuth_deg, 1), round(float(rng.uniform(low_m, high_m)), 2), *_SIZE_PX
    )
    is_seated = motion.posture.startswith("seated")
    return Scene(
        name=f"{number:03d}_{exercise.id}_{motion.variant}",
        exercise=exercise.id,
        variant=motion.variant,
        plan=_plan(exercise, motion, rng),
        manner=MANNERS[str(rng.choice(["steady", "brisk", "hesitant", "uneven"]))],
        shape=drawn_shape(rng),
        outfit=drawn_outfit(rng),
        room=drawn_room(rng, matted=not is_upright),
        light=LIGHTS[str(rng.choice(sorted(LIGHTS)))],
        view=str(view),
        orientation=motion.posture,
        viewpoint=viewpoint,
        remarks="drawn by chance",
        mat_half_m=(1.3, 0.5) if motion.posture == "on_side_forearm" else (0.5, 1.3),
        chair=(0.42, 0.36, 0.30) if is_seated else None,
        passes_by_s=3.0 if rng.random() < 0.15 else None,
        timing=Timing(_FPS),
        seed=int(rng.integers(2**31)),
    )


def _plan(exercise: Exercise, motion: Motion, rng: np.random.Generator) -> Plan:
    is_held = any(one.hold for one in exercise.variants if one.id == motion.variant)
    fault = ""
    if motion.faults and rng.random() < _FAULTY_SHARE:
        fault = motion.faults[int(rng.integers(len(motion.faults)))].fault
    if is_held:
        return Plan((Attempt(fault, FAULT_WAY),), hold_s=_HOLD_S)
    n = _N_IN_TURNS if motion.sides == "turns" else _N_REPETITIONS
    sides = [Side.LEFT if motion.sides != "turns" or k % 2 == 0 else Side.RIGHT for k in range(n)]
    attempts = [Attempt(side=side) for side in sides]
    if fault:
        attempts[-1] = replace(attempts[-1], fault=fault, way=FAULT_WAY)
    return Plan(tuple(attempts))


def drawn_shape(rng: np.random.Generator) -> Shape:
    """Return a body by chance."""
    sex = str(rng.choice(["female", "male"]))
    height_m = float(rng.normal(1.65 if sex == "female" else 1.77, 0.06))
    origins = rng.dirichlet((0.5, 0.5, 0.5))
    african, asian, caucasian = (float(share) for share in origins)
    return Shape(
        sex,
        old=round(float(rng.uniform(0, 1)), 2),
        heavy=round(float(rng.uniform(-0.4, 1)), 2),
        muscular=round(float(rng.uniform(-0.5, 0.6)), 2),
        height_m=round(float(np.clip(height_m, 1.5, 1.95)), 2),
        origins=(african, asian, caucasian),
    )


def drawn_outfit(rng: np.random.Generator) -> Outfit:
    """Return clothes, skin and hair by chance."""
    return Outfit(
        _SKINS[int(rng.integers(len(_SKINS)))],
        _colour(rng, 0.15, 0.85),
        _colour(rng, 0.12, 0.45),
        _HAIRS[int(rng.integers(len(_HAIRS)))],
        shoes=None if rng.random() < 0.6 else _colour(rng, 0.15, 0.85),
        sleeve=round(float(rng.choice([0.3, 0.55, 1.2, 1.85])), 2),
        leg=round(float(rng.choice([0.2, 0.5, 0.82])), 2),
        looseness=round(float(rng.choice([0.0, 0.0, 0.4, 0.8])), 1),
        hair_style=HairStyle(str(rng.choice([style.value for style in HairStyle]))),
    )


def _colour(rng: np.random.Generator, least: float, most: float) -> Colour:
    red, green, blue = (round(float(value), 2) for value in rng.uniform(least, most, 3))
    return red, green, blue


def drawn_room(rng: np.random.Generator, *, matted: bool) -> Room:
    """Return a room by chance, with a mat of some colour or without."""
    room = ROOMS[str(rng.choice(sorted(ROOMS)))]
    return room.with_mat(_colour(rng, 0.25, 0.65)) if matted else room
