"""Every way to read a turn against the truth: fitted and chosen on one half, judged on the other.

People with even numbers are the half that weights are fitted on; there too each way is tried on
the person that was left out, and the best one is chosen. What is published is of the other half.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from formcheck.evaluation.synthetic.rotation.agreement import Agreement
from formcheck.evaluation.synthetic.rotation.candidates import (
    REST_S,
    Candidate,
    Features,
    features_of,
    fitted,
)
from formcheck.evaluation.synthetic.rotation.seen import SeenTurns
from formcheck.landmarks import Side

Array = NDArray[np.float64]

RANGES_DEG: tuple[tuple[float, float], ...] = ((0, 20), (20, 40), (40, 180))
OBLIQUE_FROM_DEG = 20.0
"""From so far beside the front the camera stands oblique here; nearer is front."""
_EVERY = 3  # neighbouring frames err alike: of so many one is compared


@dataclass(frozen=True, eq=False)
class Turn:
    """One turn of one person.

    Attributes
    ----------
    clip
        Where it is.
    side
        To which it goes.
    frames
        Which frames of the clip it takes.
    features
        Of all frames of the clip.
    true_deg
        What is to be read, in all frames of the clip: a change from the beginning.
    """

    clip: SeenTurns
    side: Side
    frames: NDArray[np.intp]
    features: Features
    true_deg: Array

    @property
    def sign(self) -> int:
        """1 to the left, -1 to the right."""
        return 1 if self.side is Side.LEFT else -1

    @cached_property
    def furthest(self) -> int:
        """The frame in which the chest has truly turned furthest."""
        return int(self.frames[np.argmax(self.sign * self.clip.chest_deg[self.frames])])

    @property
    def furthest_deg(self) -> float:
        """How far that is, whichever way."""
        return float(self.sign * self.clip.chest_deg[self.furthest])

    @property
    def is_fitting(self) -> bool:
        """Whether the person belongs to the half that weights are fitted on."""
        return self.clip.person % 2 == 0

    def at_furthest(self) -> Features:
        """Return the features when the turn is at its furthest, each shape (1,)."""
        return {name: values[[self.furthest]] for name, values in self.features.items()}


WhatIsTrue = Callable[[SeenTurns], Array]


def chest_of(seen: SeenTurns) -> Array:
    """Return the turn of the chest against the pelvis since the beginning [deg]."""
    return _changed(seen, seen.chest_deg)


def pelvis_of(seen: SeenTurns) -> Array:
    """Return the turn of the pelvis since the beginning [deg]."""
    return _changed(seen, seen.pelvis_deg)


def _changed(seen: SeenTurns, values: Array) -> Array:
    rest = seen.time_s < seen.time_s[0] + REST_S
    return np.asarray(values - np.median(values[rest]))


def turns_of(clips: Iterable[SeenTurns], truth: WhatIsTrue) -> list[Turn]:
    """Return every turn of some clips, with what is to be read in it."""
    turns = []
    for clip in clips:
        features, true_deg = features_of(clip), truth(clip)
        for side, span_s in zip(clip.sides, clip.spans_s, strict=True):
            frames = clip.during(span_s)
            if len(frames):
                turns.append(Turn(clip, side, frames, features, true_deg))
    return turns


@dataclass(frozen=True, slots=True)
class Judged:
    """One way to read a turn, and how well it does.

    Attributes
    ----------
    weights
        Fitted on one half, or given.
    left_out_deg
        Root mean square error there, each person being left out of the fit in turn, and each
        range counting the same [deg].
    peaks, frames
        Agreement on the other half: at the furthest of each turn, and in every third frame.
    by_range
        At the furthest, by how far that truly is, in the order of ``RANGES_DEG``.
    n_right_side, n_turns
        Of how many turns it says the right side.
    """

    candidate: Candidate
    weights: tuple[float, ...]
    left_out_deg: float
    peaks: Agreement | None
    frames: Agreement | None
    by_range: tuple[Agreement | None, ...]
    n_right_side: int
    n_turns: int


def judged(candidate: Candidate, turns: Sequence[Turn]) -> Judged:
    """Fit one way on one half and judge it on the other."""
    fitting = [turn for turn in turns if turn.is_fitting]
    others = [turn for turn in turns if not turn.is_fitting]
    weights = _weights(candidate, fitting)
    errors = errors_at_furthest(candidate, weights, others)
    people = _people(others)
    in_range = [_is_in_range(others, *between) for between in RANGES_DEG]
    frame_errors = [_frame_errors(candidate, weights, turn) for turn in others]
    said = [read_at(candidate, weights, turn) for turn in others]
    return Judged(
        candidate,
        weights,
        _left_out_deg(candidate, fitting),
        Agreement.of(errors, people),
        Agreement.of(np.concatenate(frame_errors), np.repeat(people, [*map(len, frame_errors)])),
        tuple(Agreement.of(errors[some], people[some]) for some in in_range),
        sum(value > 0 for value in said),
        len(said),
    )


def read_at(candidate: Candidate, weights: Sequence[float], turn: Turn) -> float:
    """Return what is read at the furthest [deg], + to the side of the turn."""
    return float(turn.sign * candidate.turn_deg(turn.at_furthest(), weights)[0])


def errors_at_furthest(
    candidate: Candidate, weights: Sequence[float], turns: Sequence[Turn]
) -> Array:
    """Return by how much each turn is read too far where it is furthest [deg]."""
    return np.array(
        [
            read_at(candidate, weights, turn) - turn.sign * turn.true_deg[turn.furthest]
            for turn in turns
        ]
    )


def agreement_of(
    candidate: Candidate,
    weights: Sequence[float],
    turns: Sequence[Turn],
    belongs: Callable[[Turn], bool],
) -> Agreement | None:
    """Return how the turns agree that belong to a group."""
    some = [turn for turn in turns if belongs(turn)]
    if not some:
        return None
    return Agreement.of(errors_at_furthest(candidate, weights, some), _people(some))


def best(all_judged: Sequence[Judged]) -> Judged:
    """Return the one that errs least on who was left out, in the half that is fitted on.

    What may move by itself is not chosen, however well it goes with the trunk here: who turns the
    head alone does not turn the trunk.
    """
    of_trunk = [one for one in all_judged if one.candidate.is_of_the_trunk]
    return min(of_trunk, key=lambda one: one.left_out_deg)


def _weights(candidate: Candidate, turns: Sequence[Turn]) -> tuple[float, ...]:
    true_deg = np.array([turn.true_deg[turn.furthest] for turn in turns])
    return fitted(candidate, [turn.at_furthest() for turn in turns], true_deg)


def _left_out_deg(candidate: Candidate, turns: Sequence[Turn]) -> float:
    people, squares = _people(turns), np.empty(len(turns))
    for person in np.unique(people).tolist():
        others = [turn for turn in turns if turn.clip.person != person]
        own = [turn for turn in turns if turn.clip.person == person]
        errors = errors_at_furthest(candidate, _weights(candidate, others), own)
        squares[people == person] = errors**2
    in_range = [_is_in_range(turns, *between) for between in RANGES_DEG]
    return float(np.sqrt(np.mean([squares[some].mean() for some in in_range if some.any()])))


def _frame_errors(candidate: Candidate, weights: Sequence[float], turn: Turn) -> Array:
    frames = turn.frames[::_EVERY]
    read_deg = candidate.turn_deg(turn.features, weights)[frames]
    return np.asarray(turn.sign * (read_deg - turn.true_deg[frames]))


def _people(turns: Sequence[Turn]) -> NDArray[np.intp]:
    return np.array([turn.clip.person for turn in turns], np.intp)


def _is_in_range(turns: Sequence[Turn], low: float, high: float) -> NDArray[np.bool_]:
    return np.array([low <= turn.furthest_deg < high for turn in turns])
