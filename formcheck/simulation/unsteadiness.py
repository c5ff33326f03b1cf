"""Small movements that nobody means to make: sway of the trunk, and trembling limbs."""

from dataclasses import dataclass

import numpy as np

from formcheck.exercises.joints import ANGLES, INDEX, Array
from formcheck.landmarks import Side

# Quiet standing sways mostly below 0.5 Hz (Winter, Gait and Posture 3, 1995); physiological
# tremor of outstretched limbs at 6 to 12 Hz (Elble, Neurology 36, 1986).
_SWAY_HZ = (0.12, 0.5)
_TREMOR_HZ = (6.0, 10.0)
_TRUNK = tuple(
    f"{part}_{way}" for part in ("lumbar", "thorax", "neck") for way in ("flexion", "bend", "turn")
)
_ARM = ("shoulder_flexion", "shoulder_abduction", "elbow_flexion")
_LEG = ("hip_flexion", "knee_flexion")


def sway(times_s: Array, size_deg: float, rng: np.random.Generator) -> Array:
    """Return what the trunk's sway adds to each angle [deg], shape (n times, n angles).

    Parameters
    ----------
    times_s
        When [s].
    size_deg
        Amplitude of each angle of the spine.
    rng
        Chooses frequencies and phases.
    """
    moved = np.zeros((len(times_s), len(ANGLES)))
    for name in _TRUNK:
        frequency, phase = rng.uniform(*_SWAY_HZ), rng.uniform(0, 2 * np.pi)
        moved[:, INDEX[name]] = size_deg * np.sin(2 * np.pi * frequency * times_s + phase)
    return moved


@dataclass(frozen=True, eq=False)
class Tremor:
    """Limbs that tremble while nothing holds them.

    Attributes
    ----------
    sizes_deg
        Amplitude of each angle at its worst, shape (n angles,).
    frequencies_hz, phases
        Of each angle, shape (n angles,).
    knots_s, strength
        How much of it there is over time, 0 to 1.
    """

    sizes_deg: Array
    frequencies_hz: Array
    phases: Array
    knots_s: Array
    strength: Array

    def at(self, times_s: Array) -> Array:
        """Return what it adds to each angle [deg], shape (n times, n angles)."""
        strength = np.interp(times_s, self.knots_s, self.strength)[:, None]
        waves = np.sin(2 * np.pi * self.frequencies_hz * times_s[:, None] + self.phases)
        return np.asarray(strength * self.sizes_deg * waves)


def trembling(
    free: dict[Side, tuple[bool, bool]],
    size_deg: float,
    rng: np.random.Generator,
    knots_s: Array,
    strength: Array,
) -> Tremor:
    """Return the tremor of the arms and legs that touch nothing.

    Parameters
    ----------
    free
        By side: whether the arm and whether the leg is free all the time.
    size_deg
        Amplitude at the worst.
    rng
        Chooses frequencies and phases.
    knots_s, strength
        How much of it there is over time, 0 to 1.
    """
    sizes = np.zeros(len(ANGLES))
    for side, limbs in free.items():
        for is_free, names in zip(limbs, (_ARM, _LEG), strict=True):
            for name in names if is_free else ():
                sizes[INDEX[f"{side}_{name}"]] = size_deg
    frequencies = rng.uniform(*_TREMOR_HZ, len(ANGLES))
    phases = rng.uniform(0, 2 * np.pi, len(ANGLES))
    return Tremor(sizes, frequencies, phases, knots_s, strength)
