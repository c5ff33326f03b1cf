"""What the words of ``formcheck simulate`` ask for, or what is wrong with them."""

import math
from collections.abc import Sequence
from dataclasses import replace

from formcheck.errors import UsageError
from formcheck.exercises.motion import Motion
from formcheck.exercises.schema import Exercise
from formcheck.landmarks import Side
from formcheck.simulation.faults import doable
from formcheck.simulation.person import Person
from formcheck.simulation.plan import Attempt, Plan, planned
from formcheck.simulation.seeing import AZIMUTHS_DEG

DEFAULT_REPETITIONS = 4
DEFAULT_HOLD_S = 10.0
WAYS = (0.0, 3.0)
_SIZES_PX = (64, 4096)
_CAMERA_HEIGHTS_M = (0.05, 3.0)


def asked_faults(
    exercise: Exercise, motion: Motion, words: Sequence[str]
) -> tuple[tuple[str, float], ...]:
    """Return faults and how far on the way to their thresholds, from ``NAME=WAY``.

    Raises
    ------
    UsageError
        If the motion cannot be done with that fault, or that much of it.
    """
    known = doable(exercise, motion)
    faults = []
    for word in words:
        name, _, way = word.partition("=")
        if name not in known:
            raise UsageError(
                f"the motion of {exercise.id} ({motion.variant}) does not say how {name!r} is"
                f" done; it can be done with {', '.join(known) or 'no fault'}"
            )
        faults.append((name, number(way or "1.5", f"--fault {word}", WAYS)))
    return tuple(faults)


def asked_plan(
    exercise: Exercise,
    motion: Motion,
    repetitions: int | None,
    hold_s: float | None,
    faults: Sequence[tuple[str, float]],
    side: Side | None,
) -> Plan:
    """Return what somebody is to do.

    Raises
    ------
    UsageError
        If that exercise is not repeated, not held, has no sides, or there are more faults than
        repetitions.
    """
    if side is not None and motion.sides == "none":
        raise UsageError(
            f"{exercise.id} ({motion.variant}) is done with both sides at once: leave out --side"
        )
    is_held = any(one.hold for one in exercise.variants if one.id == motion.variant)
    if is_held and repetitions is not None:
        raise UsageError(
            f"{exercise.id} ({motion.variant}) is held: give --hold SECONDS, not --reps"
        )
    if not is_held and hold_s is not None:
        raise UsageError(f"{exercise.id} ({motion.variant}) is repeated: give --reps N, not --hold")
    first = side or Side.LEFT
    if is_held:
        clean = planned(motion, max(1, len(faults)), first, hold_s=hold_s or DEFAULT_HOLD_S)
    else:
        n = max(DEFAULT_REPETITIONS, len(faults) + 1) if repetitions is None else repetitions
        clean = planned(motion, n, first)
    return replace(clean, attempts=_with_faults(clean.attempts, faults))


def _with_faults(
    attempts: Sequence[Attempt], faults: Sequence[tuple[str, float]]
) -> tuple[Attempt, ...]:
    """Return the attempts, the last ones with the faults in their order."""
    n_clean = len(attempts) - len(faults)
    if n_clean < 0:
        raise UsageError(
            f"{len(faults)} faults in {len(attempts)} repetitions: give --reps {len(faults)} or"
            " more"
        )
    wrong = (
        replace(attempt, fault=name, way=way)
        for attempt, (name, way) in zip(attempts[n_clean:], faults, strict=True)
    )
    return (*attempts[:n_clean], *wrong)


def asked_person(words: Sequence[str]) -> Person:
    """Return somebody, from ``sex=``, ``age=`` and ``height=``.

    Raises
    ------
    UsageError
        If it says something else.
    """
    somebody = Person()
    for word in words:
        key, _, value = word.partition("=")
        if word == "sex=female":
            somebody = replace(somebody, sex="female")
        elif word == "sex=male":
            somebody = replace(somebody, sex="male")
        elif key == "age":
            somebody = replace(somebody, age_years=number(value, f"--person {word}"))
        elif key == "height":
            somebody = replace(somebody, height_m=number(value, f"--person {word}"))
        else:
            raise UsageError(
                f"--person {word}: expected sex=female, sex=male, age=YEARS or height=METRES"
            )
    return somebody


def asked_camera(exercise: Exercise, word: str) -> tuple[float, float]:
    """Return azimuth [deg] and height [m] of a camera.

    Raises
    ------
    UsageError
        If it is neither a view nor two numbers.
    """
    height_m = sum(exercise.camera.height_m) / 2
    if not word:
        return AZIMUTHS_DEG[exercise.camera.view], height_m
    if word in AZIMUTHS_DEG:
        return AZIMUTHS_DEG[word], height_m
    azimuth, comma, height = word.partition(",")
    if not comma:
        raise UsageError(
            f"--camera {word}: expected {', '.join(AZIMUTHS_DEG)} or AZIMUTH,HEIGHT, as in 80,0.6"
        )
    where = f"--camera {word}"
    return number(azimuth, where, (-360, 360)), number(height, where, _CAMERA_HEIGHTS_M)


def asked_size(word: str) -> tuple[int, int]:
    """Return width and height [px].

    Raises
    ------
    UsageError
        If it is not two whole numbers.
    """
    width, _, height = word.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise UsageError(f"--size {word}: expected WIDTHxHEIGHT, as in 1280x720")
    sides = [int(number(side, f"--size {word}", _SIZES_PX)) for side in (width, height)]
    return sides[0], sides[1]


def number(
    word: str, where: str, between: tuple[float, float] = (float("-inf"), float("inf"))
) -> float:
    """Return a number.

    Raises
    ------
    UsageError
        If it is none, or not between these.
    """
    least, most = between
    try:
        value = float(word)
    except ValueError as error:
        raise UsageError(f"{where}: expected a number, got {word!r}") from error
    if math.isnan(value):
        raise UsageError(f"{where}: expected a number, got {word!r}")
    if not least <= value <= most:
        raise UsageError(f"{where}: expected {least:g} to {most:g}, got {value:g}")
    return value
