"""Ways to read the turn of the chest against the pelvis from landmarks, frame by frame.

Each way is a weighted sum of features, all of them changes from how this person sat at first, so
that a chair that does not face the camera matters less. Weights that are not given by geometry
are fitted on one half of the people, and everything is judged on the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.evaluation.synthetic.rotation.seen import SeenTurns
from formcheck.measures.turns import STRETCH, TrunkSeen, fused_turn_deg

Array = NDArray[np.float64]
Features = Mapping[str, Array]

REST_S = 0.7
"""So long everybody sits still at first [s]."""
_MOVES_BY_ITSELF = frozenset({"nose", "ears", "knees"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to read a turn.

    Attributes
    ----------
    name
        In words, for the page.
    features
        What it is made of.
    weights
        Of each feature; empty where they are fitted.
    """

    name: str
    features: tuple[str, ...]
    weights: tuple[float, ...] = ()

    @property
    def is_of_the_trunk(self) -> bool:
        """Whether nothing is in it that may move by itself: a head that turns, or knees."""
        return not _MOVES_BY_ITSELF & set(self.features)

    def turn_deg(self, features: Features, weights: Sequence[float] = ()) -> Array:
        """Return the turn [deg], + to the left, with these weights or its own."""
        used = self.weights or tuple(weights)
        parts = (w * features[name] for w, name in zip(used, self.features, strict=True))
        return np.asarray(sum(parts), np.float64)


CHEST: tuple[Candidate, ...] = (
    Candidate("shoulders in space", ("shoulders",), (1.0,)),
    Candidate("shoulders less pelvis in space", ("shoulders", "pelvis"), (1.0, -1.0)),
    Candidate("shoulders less half of the pelvis in space", ("shoulders", "pelvis"), (1.0, -0.5)),
    Candidate("width of the shoulders by the trunk", ("width_by_trunk",), (1.0,)),
    Candidate("width of the shoulders by the hips", ("width_by_hips",), (1.0,)),
    Candidate("ears in space, fitted", ("ears",)),
    Candidate("nose beside the shoulders, fitted", ("nose",)),
    Candidate("shoulders and pelvis in space, fitted", ("shoulders", "pelvis")),
    Candidate("shoulders, depth stretched, and pelvis, fitted", ("stretched", "pelvis")),
    Candidate("width by the trunk, fitted", ("width_by_trunk",)),
    Candidate("width and pelvis, fitted", ("width_by_trunk", "pelvis")),
    Candidate("width, shoulders and pelvis, fitted", ("width_by_trunk", "shoulders", "pelvis")),
    Candidate("depth and width weighted by which can know", ("fused",), (1.0,)),
    Candidate("the same and pelvis, fitted", ("fused", "pelvis")),
    Candidate(
        "width, shoulders, pelvis and nose, fitted",
        ("width_by_trunk", "shoulders", "pelvis", "nose"),
    ),
    Candidate(
        "all of them, fitted",
        ("fused", "width_by_trunk", "shoulders", "pelvis", "knees", "nose", "ears"),
    ),
)
"""Ways to read the turn of the chest against the pelvis."""

PELVIS: tuple[Candidate, ...] = (
    Candidate("pelvis in space", ("pelvis",), (1.0,)),
    Candidate("pelvis in space, fitted", ("pelvis",)),
    Candidate("knees in space, fitted", ("knees",)),
    Candidate("pelvis and knees, fitted", ("pelvis", "knees")),
    Candidate("pelvis, knees and shoulders, fitted", ("pelvis", "knees", "shoulders")),
)
"""Ways to read how far the pelvis has turned."""


def features_of(seen: SeenTurns) -> dict[str, Array]:
    """Return every feature of a clip in each frame, shape (n,): degrees, or trunk lengths."""
    rest = seen.time_s < seen.time_s[0] + REST_S

    def change(values: Array) -> Array:
        return np.asarray(values - np.median(values[rest]))

    headings = {
        "shoulders": _heading_deg(seen, "shoulder"),
        "stretched": _heading_deg(seen, "shoulder", STRETCH),
        "pelvis": _heading_deg(seen, "hip"),
        "knees": _heading_deg(seen, "knee"),
        "ears": _heading_deg(seen, "ear"),
    }
    features = {name: _wrapped(change(heading)) for name, heading in headings.items()}
    shoulders, hips = _middle(seen, "shoulder"), _middle(seen, "hip")
    trunk_px = np.hypot(*(shoulders - hips).T)
    features["nose"] = change((seen.picture("nose")[:, 0] - shoulders[:, 0]) / trunk_px)
    for name, length_px in (("trunk", trunk_px), ("hips", _across_px(seen, "hip"))):
        width = _across_px(seen, "shoulder") / length_px
        ratio = width / np.median(width[rest])
        features[f"width_by_{name}"] = _by_width(headings["shoulders"], ratio, rest)
    breadth = _across_px(seen, "shoulder") / trunk_px
    features["fused"] = _fused(headings["shoulders"], breadth, rest)
    return features


def _fused(heading_deg: Array, breadth: Array, rest: NDArray[np.bool_]) -> Array:
    """Return what the core makes of depth and width, frame by frame."""
    at_rest = TrunkSeen(float(np.median(heading_deg[rest])), 0.0, float(np.median(breadth[rest])))
    return np.array(
        [
            fused_turn_deg(at_rest, TrunkSeen(chest_deg, 0.0, wide))
            for chest_deg, wide in zip(heading_deg.tolist(), breadth.tolist(), strict=True)
        ]
    )


def _by_width(heading_deg: Array, ratio: Array, rest: NDArray[np.bool_]) -> Array:
    """Return the turn that makes shoulders so much narrower than at rest.

    To which side is known from the depth alone, and how far somebody was turned at rest as well.
    """
    rest_deg = float(np.median(heading_deg[rest]))
    size = np.degrees(np.arccos(np.clip(ratio * np.cos(np.radians(rest_deg)), -1, 1)))
    return np.asarray(np.where(heading_deg < 0, -size, size) - rest_deg)


def _heading_deg(seen: SeenTurns, part: str, stretch: float = 1.0) -> Array:
    """Return how far a left-right line in space is turned, + to the patient's left."""
    across = seen.space(f"left_{part}") - seen.space(f"right_{part}")
    return np.asarray(np.degrees(np.arctan2(stretch * across[:, 2], across[:, 0])))


def _middle(seen: SeenTurns, part: str) -> Array:
    return np.asarray((seen.picture(f"left_{part}") + seen.picture(f"right_{part}")) / 2)


def _across_px(seen: SeenTurns, part: str) -> Array:
    return np.asarray(seen.picture(f"left_{part}")[:, 0] - seen.picture(f"right_{part}")[:, 0])


def _wrapped(angle_deg: Array) -> Array:
    return np.asarray((angle_deg + 180) % 360 - 180)


def fitted(candidate: Candidate, rows: Sequence[Features], true_deg: Array) -> tuple[float, ...]:
    """Return the weights with the least squared error, or its own.

    Parameters
    ----------
    rows
        The features of each turn at its furthest, each shape (1,).
    true_deg
        How far it truly went, shape (n turns,).
    """
    if candidate.weights:
        return candidate.weights
    columns = np.array([[float(row[name][0]) for name in candidate.features] for row in rows])
    weights = np.linalg.lstsq(columns, true_deg, rcond=None)[0]
    return tuple(round(float(weight), 3) for weight in weights)
