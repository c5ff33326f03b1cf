"""Which postures somebody goes through: the spine bent so and so, the head as chance has it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Angles = dict[str, float]
Named = tuple[str, Angles]
Draw = Callable[[float, float], float]

NEUTRAL = "neutral"
_SAGS_DEG = (0, -8, -14, -20, -26, 8)


@dataclass(frozen=True, slots=True)
class Course:
    """An exercise whose postures are varied.

    Attributes
    ----------
    exercise
        Its id.
    moment
        The moment of its motion that is varied: ``rest`` or ``effort``.
    target
        Parts of the spine whose bend is to be told, together.
    back
        Where the back is: ``up`` or ``down`` in the picture, or away from the ``knee``.
    postures
        Draws the postures; the neutral one comes first.
    slides
        What may move along the floor.
    """

    exercise: str
    moment: str
    target: tuple[str, ...]
    back: str
    postures: Callable[[np.random.Generator], list[Named]]
    slides: tuple[str, ...] = ()


def _bent(lumbar: float, thorax: float, neck: float, **others: float) -> Angles:
    spine = {"lumbar_flexion": lumbar, "thorax_flexion": thorax, "neck_flexion": neck}
    return spine | others


def _drawn(rng: np.random.Generator) -> Draw:
    return lambda least, most: float(rng.uniform(least, most))


def _cat_cow(rng: np.random.Generator) -> list[Named]:
    u = _drawn(rng)
    level = {"pelvis_roll": 0.0, "pelvis_heading": 0.0}
    varied = [
        ("cow", _bent(u(-24, -12), u(-15, -6), u(-32, -15), **level)),
        ("cat", _bent(u(15, 30), u(14, 28), u(20, 38), **level)),
        ("nod_up", _bent(u(-3, 3), u(-3, 3), u(-40, -22), **level)),
        ("nod_down", _bent(u(-3, 3), u(-3, 3), u(22, 40), **level)),
        ("cat_head_up", _bent(u(12, 28), u(12, 26), u(-20, 0), **level)),
        ("cow_head_down", _bent(u(-24, -10), u(-14, -5), u(5, 25), **level)),
        ("random", _bent(u(-24, 30), u(-15, 28), u(-30, 35), **level)),
    ]
    return _shuffled((NEUTRAL, _bent(0, 0, -10, **level)), varied, rng)


def _bird_dog(rng: np.random.Generator) -> list[Named]:
    u = _drawn(rng)
    varied = [
        (
            f"sag_{-sag}",
            _bent(sag + u(-2, 2), u(-4, 4), u(-30, 15), other_hip_flexion=-9 + u(-10, 16)),
        )
        for sag in _SAGS_DEG
    ]
    return _shuffled((NEUTRAL, _bent(0, 0, -10)), varied, rng)


def _front_plank(rng: np.random.Generator) -> list[Named]:
    u = _drawn(rng)
    varied = [
        (
            f"sag_{-sag}",
            _bent(sag + u(-2, 2), u(-4, 4), u(-30, 15), both_hip_flexion=4 + u(-14, 16)),
        )
        for sag in _SAGS_DEG
    ]
    return _shuffled((NEUTRAL, _bent(0, 0, -10, both_hip_flexion=4)), varied, rng)


def _thoracic_extension(rng: np.random.Generator) -> list[Named]:
    u = _drawn(rng)
    varied = [
        (
            f"back_{-way}",
            _bent(u(-12, 8), way + u(-2, 2), u(-15, 15), pelvis_pitch=u(-16, 6)),
        )
        for way in (0, -8, -14, -20, -26, 12)
    ]
    return _shuffled((NEUTRAL, _bent(0, 0, 4, pelvis_pitch=0)), varied, rng)


def _dead_bug(rng: np.random.Generator) -> list[Named]:
    u = _drawn(rng)
    varied = [
        (f"arch_{-arch}", _bent(arch + u(-2, 2), 0, u(-6, 4), both_hip_flexion=88 + u(-20, 12)))
        for arch in (0, -8, -16, -24, 6)
    ]
    return _shuffled((NEUTRAL, _bent(0, 0, 0)), varied, rng)


def _shuffled(first: Named, varied: list[Named], rng: np.random.Generator) -> list[Named]:
    rng.shuffle(varied)
    return [first, *varied]


COURSES: tuple[Course, ...] = (
    Course("cat_cow", "rest", ("lumbar", "thorax"), "up", _cat_cow),
    Course("bird_dog", "effort", ("lumbar",), "up", _bird_dog),
    Course("front_plank", "effort", ("lumbar",), "up", _front_plank, ("both_toes",)),
    Course("thoracic_extension", "rest", ("thorax",), "knee", _thoracic_extension),
    Course("dead_bug", "rest", ("lumbar",), "down", _dead_bug),
)
