"""What formcheck says of the turns that were kept: the core itself, on the half not fitted to."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.analysis.body import BodyEstimator
from formcheck.analysis.events import Turn as SaidTurn
from formcheck.analysis.movement import Movement
from formcheck.analysis.readings import Reader
from formcheck.analysis.turning import FURTHEST_DEG, PELVIS_WITHIN_DEG, WITHIN_DEG, TurnFollower
from formcheck.evaluation.synthetic.rotation.agreement import Agreement
from formcheck.evaluation.synthetic.rotation.compared import (
    RANGES_DEG,
    Turn,
    chest_of,
    pelvis_of,
    turns_of,
)
from formcheck.evaluation.synthetic.rotation.seen import SeenTurns
from formcheck.evaluation.tables import table
from formcheck.exercises.schema import TURN_READINGS
from formcheck.shares import Share

NOT_FITTED_TO = 1
"""People with such a remainder by 2."""
_NAMES = ("the chair faces the camera", "the chair does not")


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of one turn, and what is true.

    Attributes
    ----------
    said
        By the core, + to the left.
    chest_deg, pelvis_deg
        The truth, + to the side of the turn.
    """

    turn: Turn
    said: SaidTurn
    chest_deg: float
    pelvis_deg: float

    @property
    def read_deg(self) -> float:
        """How far the chest is said to have turned to the side of the turn."""
        return self.turn.sign * self.said.chest_deg

    @property
    def error_deg(self) -> float:
        """By how much that is too far."""
        return self.read_deg - self.chest_deg

    @property
    def pelvis_error_deg(self) -> float:
        """By how much the pelvis is said to have turned too far."""
        return self.turn.sign * self.said.pelvis_deg - self.pelvis_deg


def said_of(clips: Iterable[SeenTurns]) -> list[Said]:
    """Return what the core says of every turn of people whom nothing was fitted to."""
    found = []
    for clip in clips:
        if clip.person % 2 == NOT_FITTED_TO:
            chest, pelvis = turns_of([clip], chest_of), turns_of([clip], pelvis_of)
            for turn, of_pelvis, said in zip(chest, pelvis, _said(clip, chest), strict=True):
                k = turn.furthest
                truth = turn.sign * turn.true_deg[k], turn.sign * of_pelvis.true_deg[k]
                found.append(Said(turn, said, *map(float, truth)))
    return found


def _said(clip: SeenTurns, turns: Sequence[Turn]) -> list[SaidTurn]:
    """Return what is said of each turn, which is told when it begins and ends."""
    follower, body, reader = TurnFollower(), BodyEstimator(), Reader(TURN_READINGS)
    poses = list(clip.poses())
    said, begin = [], 0
    for turn in turns:
        first, last = int(turn.frames[0]), int(turn.frames[-1])
        for k in range(begin, last + 1):
            time_s, pose = poses[k]
            state = body.update(pose)
            readings = reader.read(pose, state)
            follower.update(time_s, state.view, readings, is_at_rest=k < first)
        span_s = poses[first][0], poses[last][0]
        movement = Movement(span_s[0], sum(span_s) / 2, span_s[1], 0, 0, 0, 0, 0, is_full=True)
        said.append(follower.furthest(movement, turn.side))
        begin = last + 1
    return said


def chapter(clips: Iterable[SeenTurns]) -> str:
    """Return what formcheck prints and what that is worth, as Markdown."""
    everything = said_of(clips)
    known = [one for one in everything if not one.said.unknown]
    unknown = Counter(one.said.unknown for one in everything if one.said.unknown)
    why = "; ".join(f"{reason.replace('_', ' ')}: {n}" for reason, n in unknown.most_common())
    rows: list[tuple[object, ...]] = []
    for _, within_deg in WITHIN_DEG:
        own = [one for one in known if one.said.chest_within_deg == within_deg]
        name = _NAMES[len(rows) // (1 + len(RANGES_DEG))]
        rows.append((f"**chest, {name}**", *_agreement(own), f"{within_deg:.0f}"))
        for low, high in RANGES_DEG:
            some = [one for one in own if low < abs(one.read_deg) <= high]
            rows.append((f"read {low:.0f}-{min(high, FURTHEST_DEG):.0f}", *_agreement(some), ""))
    pelvis = _agreement_of([one.pelvis_error_deg for one in known], known)
    rows.append(("**pelvis**", *_cells(pelvis), f"{PELVIS_WITHIN_DEG:.0f}"))
    head = ("what is read [deg]", "n", "people", "bias", "SD", "95 % limits", "printed \u00b1")
    covered = Share.of(abs(one.error_deg) <= one.said.chest_within_deg for one in known)
    return (
        "## What formcheck prints\n\n"
        "`seated_thoracic_rotation` says beside each repetition and each held twist how far the"
        " chest turned at its furthest (in a hold: in the middle of its time), against how the"
        " person sat before, and the pelvis with it, to the same side: `38 deg (\u00b120), pelvis 4"
        " (\u00b19)`. The core itself was run, on the people whom nothing was fitted to. Ranges are"
        " of what is read, since nobody knows what is true. A chair faces the camera where the"
        f" pelvis is read to be turned by {WITHIN_DEG[0][0]:.0f} degrees or less at rest, and does"
        f" not up to {WITHIN_DEG[1][0]:.0f}.\n\n"
        f"{table(head, rows)}\n\n"
        f"The true turn is within the printed \u00b1 in {covered}. Of {len(everything)} turns"
        f" {len(everything) - len(known)} are not assessed ({why or 'none'}): seen"
        " obliquely, sitting turned further than was measured, or read further. Other exercises"
        " that turn the trunk are seen from the side or done standing, where nothing was"
        " measured: they say no degrees.\n"
    )


def _agreement(some: Sequence[Said]) -> tuple[object, ...]:
    return _cells(_agreement_of([one.error_deg for one in some], some))


def _agreement_of(errors_deg: Sequence[float], some: Sequence[Said]) -> Agreement | None:
    people = np.array([one.turn.clip.person for one in some], np.intp)
    return Agreement.of(np.array(errors_deg), people)


def _cells(agreement: Agreement | None) -> tuple[object, ...]:
    if agreement is None:
        return "-", "-", "-", "-", "-"
    low, high = agreement.bias_interval
    limits = " to ".join(f"{limit:+.0f}" for limit in agreement.limits)
    bias = f"{agreement.bias:+.1f} ({low:+.1f} to {high:+.1f})"
    return agreement.n, agreement.n_people, bias, f"{agreement.sd:.1f}", limits
