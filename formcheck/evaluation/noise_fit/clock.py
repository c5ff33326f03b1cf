"""How fast errors change by how fast somebody moves."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.evaluation.noise_fit.tracks import CORE, Array
from formcheck.simulation.landmark_noise.numbers import Clock
from formcheck.simulation.landmark_noise.processes import erring_s, speeds_per_s

_APART_S = 0.4
# Speeds that are taken together [trunk lengths/s], and how often one must have been seen.
_EDGES = np.geomspace(0.001, 2.0, 12)
_FEWEST = 10
_FULL_SPEEDS = np.geomspace(0.02, 2.0, 81)
_LEAST_RATES = np.geomspace(0.005, 1.0, 81)
_N_ROUNDS = 4
_LONGEST_S = 3.0


@dataclass(frozen=True, slots=True, eq=False)
class Erring:
    """Errors of one clip beside the movement.

    Attributes
    ----------
    time_s
        Shape (n,).
    errors
        In trunk lengths, shape (n, 33, n axes).
    image_px
        True landmarks, shape (n, 33, 2).
    trunk_px
        Shape (n,).
    """

    time_s: Array
    errors: Array
    image_px: Array
    trunk_px: Array

    def changes(self) -> Array:
        """Return speeds, and by how much the middle joint's error changed meanwhile, as rows."""
        moved = speeds_per_s(self.time_s, self.image_px, self.trunk_px) * np.diff(self.time_s)
        way = np.concatenate([[0.0], np.cumsum(moved)])
        firsts = np.searchsorted(
            self.time_s, np.arange(self.time_s[0], self.time_s[-1] - _APART_S, _APART_S)
        )
        lasts = np.searchsorted(self.time_s, self.time_s[firsts] + _APART_S - 1e-6)
        firsts, lasts = firsts[lasts < len(way)], lasts[lasts < len(way)]
        elapsed_s = self.time_s[lasts] - self.time_s[firsts]
        is_whole = elapsed_s < 1.5 * _APART_S
        changed = np.linalg.norm(self.errors[lasts] - self.errors[firsts], axis=-1)[:, CORE]
        rows = np.stack([(way[lasts] - way[firsts]) / elapsed_s, np.median(changed, 1)], -1)
        return np.asarray(rows[is_whole])


def fitted(clips: Sequence[Erring]) -> Clock:
    """Return the clock after which errors of people who move and who do not change as they did.

    The time constant depends on the clock and the clock on it, so they are found in turn.
    """
    speeds, changes = _by_speed(np.concatenate([clip.changes() for clip in clips]))
    clock = Clock(full_speed_per_s=float(_FULL_SPEEDS[0]), least_rate=1.0)
    for _ in range(_N_ROUNDS):
        clock = _clock(speeds, changes, wander_time_s(clips, clock))
    return clock


def wander_time_s(clips: Sequence[Erring], clock: Clock) -> float:
    """Return the time constant from when the correlation with oneself has fallen to a half.

    In the clock's time, not in the camera's.
    """
    dt_s = float(np.median(np.diff(clips[0].time_s)))
    longest = round(_LONGEST_S / dt_s)
    correlation = np.zeros(longest)
    for clip in clips:
        ticks_s = erring_s(clip.time_s, clip.image_px, clip.trunk_px, clock)
        even_s = np.arange(ticks_s[0], ticks_s[-1], dt_s)
        columns = (clip.errors - clip.errors.mean(0)).reshape(len(ticks_s), -1).T
        changing = np.stack([np.interp(even_s, ticks_s, column) for column in columns], -1)
        n, n_all = min(longest, len(changing) // 2), len(changing)
        correlation[:n] += [
            (changing[k:] * changing[: n_all - k]).sum() * n_all / (n_all - k) for k in range(n)
        ]
    fallen = correlation < correlation[0] / 2
    # (1 + x) exp(-x) is a half at x = 1.678: see landmark_noise.processes.wander.
    return float(fallen.argmax() * dt_s / 1.678) if fallen.any() else _LONGEST_S


def _by_speed(rows: Array) -> tuple[Array, Array]:
    """Return the middle speed and change of each range of speeds: few wrong poses do not count."""
    places = np.digitize(rows[:, 0], _EDGES)
    chosen = [rows[places == k] for k in range(len(_EDGES) + 1)]
    middles = np.array([np.median(one, 0) for one in chosen if len(one) >= _FEWEST])
    return middles[:, 0], middles[:, 1]


def _clock(speeds: Array, changes: Array, time_constant_s: float) -> Clock:
    """Return the clock that explains the changes best, whatever the errors' size."""
    full, least = np.meshgrid(_FULL_SPEEDS, _LEAST_RATES, indexing="ij")
    rates = (speeds / full[..., None]).clip(least[..., None], 1)
    elapsed = rates * _APART_S / time_constant_s
    expected = np.log(1 - (1 + elapsed) * np.exp(-elapsed)) / 2
    misses = (np.log(changes) - expected).var(-1)
    best = np.unravel_index(misses.argmin(), misses.shape)
    return Clock(
        full_speed_per_s=round(float(full[best]), 2), least_rate=round(float(least[best]), 3)
    )
