"""The posture in which asked angles are exact and what rests on the floor stays there.

Asked angles are kept as they are. The others, and the place of the pelvis, move as little as
they can until every contact holds: damped least squares over many postures at once, with the
stiffness of each joint as its price.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from formcheck.exercises.joints import LEAST, MOST, PLACES, STIFFNESS, Array
from formcheck.simulation.contacts import guards, touch
from formcheck.simulation.kinematics import placed
from formcheck.simulation.skeleton import Skeleton

GUARD = "guard"
# A contact that is 1 mm off costs as much as a joint of stiffness 1 that is 40 degrees off.
_PER_M = 1000.0
_PER_DEG = 0.025
_PLACE_UNITS_PER_M = 100.0
_STEP_DEG = 1e-4
_LONGEST_STEP_DEG = 25.0
_ROUNDS = 40
_STILL_DEG = 1e-4
_LIMIT_ROUNDS = 6
_AT_LIMIT = 1e-9
# What counts as one unit of each unknown: a degree, or a centimetre.
_SCALE = np.ones(len(STIFFNESS))
_SCALE[PLACES] = 1 / _PLACE_UNITS_PER_M


@dataclass(frozen=True, eq=False)
class Points:
    """The points of several contacts, one after the other.

    Attributes
    ----------
    contacts
        Name of the contact of each point.
    segments, offsets, heights_m
        As in `contacts.Touch`.
    """

    contacts: tuple[str, ...]
    segments: tuple[int, ...]
    offsets: Array
    heights_m: Array

    @staticmethod
    def of(skeleton: Skeleton, contacts: Sequence[str]) -> "Points":
        """Return the points of contacts on somebody's body, and after them its guards."""
        touches = [(name, touch(skeleton, name)) for name in contacts]
        touches.append((GUARD, guards(skeleton)))
        return Points(
            tuple(name for name, one in touches for _ in one.segments),
            tuple(segment for _, one in touches for segment in one.segments),
            np.concatenate([one.offsets for _, one in touches]),
            np.concatenate([one.heights_m for _, one in touches]),
        )

    def at(self, skeleton: Skeleton, postures: Array) -> Array:
        """Return where they are [m], shape (n postures, n points, 3)."""
        return placed(skeleton, postures, self.segments).points(self.segments, self.offsets)

    def some(self, chosen: NDArray[np.intp]) -> "Points":
        """Return some of the points."""
        return Points(
            tuple(self.contacts[index] for index in chosen),
            tuple(self.segments[index] for index in chosen),
            self.offsets[chosen],
            self.heights_m[chosen],
        )

    def which(self, contacts: Set[str]) -> NDArray[np.bool_]:
        """Return which points belong to some contacts."""
        return np.array([name in contacts for name in self.contacts], bool)


@dataclass(frozen=True, eq=False)
class Demands:
    """What is asked of each of several postures.

    Attributes
    ----------
    preferred
        The angles from which they depart as little as they can, shape (n, n angles); asked ones
        are kept.
    asked
        Which angles are asked, shape (n, n angles).
    points
        Everything that may touch something.
    targets
        Where each point shall be [m], shape (n, n points, 3).
    holds
        Which coordinates of it count, shape (n, n points, 3).
    """

    preferred: Array
    asked: NDArray[np.bool_]
    points: Points
    targets: Array
    holds: NDArray[np.bool_]

    def only(self, chosen: NDArray[np.intp]) -> "Demands":
        """Return the demands on some of the postures."""
        return Demands(
            self.preferred[chosen],
            self.asked[chosen],
            self.points,
            self.targets[chosen],
            self.holds[chosen],
        )


def solved(skeleton: Skeleton, demands: Demands, start: Array | None = None) -> Array:
    """Return the angles of postures that meet their demands, shape (n, n angles).

    Parameters
    ----------
    skeleton
        Whose postures.
    demands
        What is asked.
    start
        Where to begin; the preferred angles, unless given.
    """
    postures = (demands.preferred if start is None else start).copy()
    postures[demands.asked] = demands.preferred[demands.asked]
    matters = _moving(skeleton, demands)
    postures[:, ~matters] = demands.preferred[:, ~matters]
    active = np.arange(len(postures))
    for _ in range(_ROUNDS):
        if not len(active):
            break
        moved = _step(skeleton, demands.only(active), postures[active], matters)
        postures[active] += moved
        active = active[np.abs(moved / _SCALE).max(1) > _STILL_DEG]
    return postures


def _moving(skeleton: Skeleton, demands: Demands) -> NDArray[np.bool_]:
    """Return which angles move anything that is held; the others stay as preferred.

    It depends on what hangs on what alone, so any crooked posture shows it.
    """
    angles = np.flatnonzero(~demands.asked.all(0))
    crooked = np.random.default_rng(0).uniform(10.0, 50.0, (1, len(STIFFNESS)))
    one = demands.only(np.zeros(1, np.intp))
    everything = replace(one, holds=np.asarray(demands.holds.any(0))[None])
    slopes, _ = _slopes(skeleton, everything, crooked, angles)
    matters = np.zeros(len(STIFFNESS), bool)
    matters[angles] = (slopes != 0).any((0, 1))
    return matters


def _step(
    skeleton: Skeleton, demands: Demands, postures: Array, matters: NDArray[np.bool_]
) -> Array:
    """Return by how much each angle moves in one round."""
    free = np.flatnonzero(matters & ~demands.asked.all(0))
    slopes, missing = _slopes(skeleton, demands, postures, free)
    away = (postures - demands.preferred)[:, free] / _SCALE[free]
    price = (STIFFNESS[free] * _PER_DEG) ** 2
    may_move = ~demands.asked[:, free]
    lowest = (LEAST[free] - postures[:, free]) / _SCALE[free]
    highest = (MOST[free] - postures[:, free]) / _SCALE[free]
    for _ in range(_LIMIT_ROUNDS):
        open_slopes = slopes * may_move[:, None, :]
        normal = open_slopes.transpose(0, 2, 1) @ open_slopes
        normal[:, np.arange(len(free)), np.arange(len(free))] += price
        towards = np.einsum("nij,ni->nj", open_slopes, missing) - price * away
        step = np.linalg.solve(normal, towards[..., None])[..., 0] * may_move
        longest = np.abs(step).max(1, initial=0.0)
        step *= np.minimum(1.0, _LONGEST_STEP_DEG / np.maximum(longest, 1e-12))[:, None]
        # What is at its limit and would go beyond stays there, and the others make up for it.
        beyond = ((step < lowest) & (lowest > -_AT_LIMIT)) | (
            (step > highest) & (highest < _AT_LIMIT)
        )
        if not (beyond & may_move).any():
            break
        may_move = may_move & ~beyond
    moved = np.zeros(postures.shape)
    moved[:, free] = np.clip(step, np.minimum(lowest, 0), np.maximum(highest, 0)) * _SCALE[free]
    return moved


def _slopes(
    skeleton: Skeleton, demands: Demands, postures: Array, free: NDArray[np.intp]
) -> tuple[Array, Array]:
    """Return how held coordinates change with each free angle, and by how much they miss."""
    wanted = np.flatnonzero(demands.holds.any((0, 2)))
    points = demands.points.some(wanted)
    n_postures, n_points = len(postures), len(wanted)
    shifted = np.repeat(postures[:, None], len(free) + 1, 1)
    columns = np.arange(len(free))
    shifted[:, columns, free] += _STEP_DEG * _SCALE[free]
    places = points.at(skeleton, shifted.reshape(-1, postures.shape[1]))
    places = places.reshape(n_postures, len(free) + 1, n_points * 3)
    now = places[:, -1]
    weight = demands.holds[:, wanted].reshape(n_postures, -1) * _PER_M
    slopes = (places[:, :-1] - now[:, None]) / _STEP_DEG
    slopes = slopes.transpose(0, 2, 1) * weight[..., None]
    missing = (demands.targets[:, wanted].reshape(n_postures, -1) - now) * weight
    return slopes, missing
