"""Outline against landmarks, exercise by exercise."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.back_curve.clips import Clip
from benchmarks.back_curve.fitting import foretold, interval, root_mean_square, told_apart
from benchmarks.back_curve.postures import NEUTRAL
from benchmarks.back_curve.signs import back_of, landmark_signs, outline_signs

Values = NDArray[np.float64]

_PARTS = ("lumbar", "thorax", "neck")
_BENT_FROM_DEG, _STILL_UP_TO_DEG = 12.0, 6.0


@dataclass(frozen=True, eq=False)
class Rows:
    """Postures of several people, each less the person's own neutral posture.

    Attributes
    ----------
    names, people, is_loose
        Which posture, whose, in which clothes.
    truth
        True bend of the spine [deg].
    signs
        What each way of looking says, by its name.
    n_unseen
        Postures of which the outline was not known.
    """

    names: tuple[str, ...]
    people: NDArray[np.int64]
    is_loose: NDArray[np.bool_]
    truth: Values
    signs: dict[str, Values]
    n_unseen: int


def rows_of(clips: Sequence[Clip]) -> Rows:
    """Return the postures of one exercise."""
    names, people, loose, truth, outlines, landmarks = [], [], [], [], [], []
    neutral_outlines = []
    for clip in clips:
        of_frame = back_of(clip), landmark_signs(clip), _bend(clip)[:, None]
        times = np.array([time_s for time_s, _ in clip.poses])
        held = [(n, (times >= begin) & (times <= end)) for n, begin, end in clip.spans]
        middles = {n: [np.nanmedian(part[is_in], 0) for part in of_frame] for n, is_in in held}
        outline, landmark, bend = middles.pop(NEUTRAL)
        for name, (its_outline, its_landmarks, its_bend) in middles.items():
            names.append(name)
            people.append(clip.person)
            loose.append(clip.is_loose)
            truth.append(float(its_bend[0] - bend[0]))
            outlines.append(its_outline)
            neutral_outlines.append(outline)
            landmarks.append(its_landmarks - landmark)
    held_outlines, neutral = np.array(outlines), np.array(neutral_outlines)
    seen = np.isfinite(held_outlines).all(1) & np.isfinite(neutral).all(1)
    now, before = outline_signs(held_outlines[seen]), outline_signs(neutral[seen])
    signs = {name: now[name] - before[name] for name in now}
    bodies = np.array(landmarks)[seen]
    signs |= {"head": bodies[:, :1], "landmarks": bodies}
    signs["both"] = np.concatenate([signs["angle"], bodies], 1)
    kept = np.flatnonzero(seen)
    return Rows(
        tuple(names[k] for k in kept),
        np.array(people)[seen],
        np.array(loose)[seen],
        np.array(truth)[seen],
        signs,
        int((~seen).sum()),
    )


def _bend(clip: Clip) -> Values:
    columns = [_PARTS.index(part) for part in clip.course.target]
    bend: Values = clip.spine_deg[:, columns].sum(1)
    return bend


def compared(rows: Rows) -> dict[str, object]:
    """Return how far each way of looking is from the truth, on people it was not fitted on."""
    found: dict[str, object] = {
        "people": len(np.unique(rows.people)),
        "postures": len(rows.names),
        "outline_unknown": rows.n_unseen,
        "spread_deg": round(float(rows.truth.std()), 1),
    }
    errors = {
        name: foretold(signs, rows.truth, rows.people) - rows.truth
        for name, signs in rows.signs.items()
    }
    found |= {name: _figures(rows, some) for name, some in errors.items()}
    found["landmarks_err_more_deg"] = _more(errors["landmarks"], errors["angle"], rows.people)
    slope, level = np.polyfit(rows.truth, rows.signs["angle"][:, 0], 1)
    left = rows.signs["angle"][:, 0] - slope * rows.truth - level
    found["outline_deg_per_deg"] = round(float(slope), 2)
    found["outline_residual_deg"] = round(float(left.std()), 1)
    nods = np.array(["nod" in name for name in rows.names])
    if nods.any():
        sizes = np.abs(rows.signs["angle"][nods, 0])
        found["nods"] = {"n": int(nods.sum()), "largest_outline_deg": round(float(sizes.max()), 1)}
    return found


def _more(errors: Values, others: Values, people: NDArray[np.int64]) -> list[float]:
    """Return by how much some errors are larger than others, and the 95 % interval of that."""

    def gap(some: NDArray[np.int64]) -> float:
        return root_mean_square(errors[some]) - root_mean_square(others[some])

    everything = np.arange(len(people))
    return [round(value, 1) for value in (gap(everything), *interval(gap, people))]


def _figures(rows: Rows, errors: Values) -> dict[str, object]:
    predicted, people = rows.truth + errors, rows.people
    low, high = interval(lambda some: root_mean_square(errors[some]), people)
    is_bent = np.abs(rows.truth) >= _BENT_FROM_DEG
    clear = is_bent | (np.abs(rows.truth) < _STILL_UP_TO_DEG)
    return {
        "error_deg": round(root_mean_square(errors), 1),
        "error_95": [round(low, 1), round(high, 1)],
        "error_tight_deg": round(root_mean_square(errors[~rows.is_loose]), 1),
        "error_loose_deg": round(root_mean_square(errors[rows.is_loose]), 1),
        "correlation": round(float(np.corrcoef(predicted, rows.truth)[0, 1]), 2),
        "bent_told_from_still": round(told_apart(np.abs(predicted[clear]), is_bent[clear]), 2),
        "right_way": f"{int((predicted * rows.truth > 0)[is_bent].sum())}/{int(is_bent.sum())}",
    }
