"""A signal that sweeps from rest and back, and what is counted of it."""

import numpy as np

from formcheck.analysis.movement import Movement
from formcheck.analysis.repetitions import RepetitionCounter
from formcheck.exercises.schema import Signal

KNEE = Signal(measure="knee_flexion", rest=35, effort=60, minimum_excursion=50, target=90)


def sweep(n: int, *, top: float = 100, period_s: float = 3, fps: float = 30) -> np.ndarray:
    """Return ``n`` smooth repetitions from 0 to ``top`` and back, as (time, value) rows.

    Half a second of rest comes first and last.
    """
    time_s = np.arange(0, n * period_s + 1, 1 / fps)
    moving = np.clip(time_s - 0.5, 0, n * period_s)
    return np.column_stack([time_s, top * (1 - np.cos(2 * np.pi * moving / period_s)) / 2])


def movements(samples: np.ndarray, signal: Signal = KNEE) -> list[Movement]:
    """Feed every sample to a fresh counter and return what it reports, its end included."""
    counter = RepetitionCounter(signal, longest_s=10)
    found = [movement for row in samples if (movement := counter.update(*row))]
    last = counter.finish()
    return [*found, last] if last else found


def count(samples: np.ndarray, signal: Signal = KNEE) -> int:
    """Return the number of full repetitions."""
    return sum(movement.is_full for movement in movements(samples, signal))
