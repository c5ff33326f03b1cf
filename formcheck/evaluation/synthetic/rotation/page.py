"""The page: how well one camera sees a trunk turn, as tables."""

from collections.abc import Callable, Sequence

from formcheck.evaluation.synthetic.records import MeasuredWith
from formcheck.evaluation.synthetic.rotation import said
from formcheck.evaluation.synthetic.rotation.agreement import Agreement
from formcheck.evaluation.synthetic.rotation.candidates import CHEST, PELVIS, Candidate
from formcheck.evaluation.synthetic.rotation.compared import (
    OBLIQUE_FROM_DEG,
    RANGES_DEG,
    Judged,
    Turn,
    WhatIsTrue,
    agreement_of,
    best,
    chest_of,
    judged,
    pelvis_of,
    turns_of,
)
from formcheck.evaluation.synthetic.rotation.real import RealSigns
from formcheck.evaluation.synthetic.rotation.seen import SeenTurns
from formcheck.evaluation.tables import table
from formcheck.shares import Share
from formcheck.simulation.turners import ARMS

_HEAD = """# Trunk rotation in degrees from one camera

<!-- Written by `python -m formcheck.evaluation.synthetic rotation`: change it there. -->

**The people on this page are rendered or simulated, but for the last section; its figures are
never accuracy on people.** They say how far one camera can be trusted where the truth is known
exactly, and which way to read a turn errs least.

What is read is the turn of the chest against the pelvis, since the person sat still: + to the
patient's left. The turn of the pelvis is read beside it, since the same moment.
"""

_HOW = """## How it was measured

{n_clips} clips of {n_people} rendered people, each of whom sits and turns to both sides through
every range from 10 to 70 degrees: {n_turns} turns with the arms crossed on the chest, held out to
the sides, or on the knee and behind as in a seated twist. Bodies, clothes, rooms and light are
drawn by chance; the camera stands in front or up to 34 degrees beside that and 0.6 to 1.6 m high.
In half of the clips the pelvis goes along, by up to 30 degrees; the head goes further than the
chest or stays behind. Rendered at 480x360 and 12 frames a second
(`python -m formcheck.simulation.samples --turners {n_asked} --out FOLDER`); what MediaPipe found
is kept in `benchmarks/synthetic/rotation/`.

Errors are what is read less what is true, + where a turn is read too far: their mean (bias), their
standard deviation between and within people (SD), and the limits between which 95 % lie (Bland and
Altman, 1986, 2007). In brackets: the 95 % interval of the bias, people drawn anew.
**Weights were fitted to the {n_fitting} people with even numbers and the way to read was chosen on
them; every figure is of the {n_others} others.** "Left out" is the error on the first half, each
person being left out in turn and each range counting the same: what the choice was made by. What
may move by itself (head, knees) was compared, but not chosen: a head that turns alone is no turn
of the trunk. Two things were not kept apart: that depth and width were to be weighted, and depth
stretched by 1.5, was thought of while the first 19 clips of both halves were looked at; and what
is printed was parted by how the person sits after the other half had shown that it matters.

formcheck {version}, Python {python}, {machine}, {date}.
"""

_NOT_SHOWN = """## What this does not show

- Nothing here is accuracy on people: bodies and clothes are rendered, shoulders move with the
  chest alone (nobody rounds or draws back a shoulder), and nobody is scoliotic.
- Only sitting upright was measured, with the whole upper body in the picture and the camera level.
- The turn is that of the chest as a whole: not which part of the spine it comes from.
- Who sat turned when the reading began is read from there, not from the middle.
"""


def page(
    clips: Sequence[SeenTurns],
    simulated: Sequence[SeenTurns],
    real: RealSigns | None,
    measured: MeasuredWith,
) -> str:
    """Return the page as Markdown."""
    chest, pelvis = turns_of(clips, chest_of), turns_of(clips, pelvis_of)
    by_chest = [judged(candidate, chest) for candidate in CHEST]
    by_pelvis = [judged(candidate, pelvis) for candidate in PELVIS]
    parts = [
        _HEAD,
        _how(clips, chest, measured),
        "## Ways to read the turn of the chest\n\n"
        "At the furthest of each turn, all of them and by how far it truly is [deg].\n",
        _candidates_table(by_chest),
        _chosen("chest", best(by_chest), chest),
        "## Ways to read the turn of the pelvis\n\n"
        "When the chest is turned furthest; ranges are those of the chest [deg].\n",
        _candidates_table(by_pelvis),
        _chosen("pelvis", best(by_pelvis), pelvis),
        said.chapter(clips),
        _on_simulated(simulated, (CHEST, chest_of, by_chest), (PELVIS, pelvis_of, by_pelvis)),
        _on_people(real),
        _NOT_SHOWN,
    ]
    return "\n".join(part for part in parts if part)


def _how(clips: Sequence[SeenTurns], turns: Sequence[Turn], measured: MeasuredWith) -> str:
    people = {clip.person for clip in clips}
    n_fitting = len({turn.clip.person for turn in turns if turn.is_fitting})
    return _HOW.format(
        n_clips=len(clips),
        n_people=len(people),
        n_turns=len(turns),
        n_asked=max(people) + 1,
        n_fitting=n_fitting,
        n_others=len(people) - n_fitting,
        version=measured.formcheck_version,
        python=measured.python_version,
        machine=measured.machine,
        date=measured.date,
    )


def _candidates_table(all_judged: Sequence[Judged]) -> str:
    head = (
        "way to read", "weights", "left out", "bias", "SD", "95 % limits",
        *(f"{_range(*between)}: bias, SD" for between in RANGES_DEG),
        "every frame: bias, SD", "right side",
    )  # fmt: skip
    chosen = best(all_judged)
    rows = []
    for one in all_judged:
        name = one.candidate.name
        rows.append(
            (
                f"**{name}**" if one is chosen else name,
                ", ".join(f"{weight:.2f}" for weight in one.weights),
                f"{one.left_out_deg:.1f}",
                *_agreement(one.peaks),
                *(_short(agreement) for agreement in one.by_range),
                _short(one.frames),
                Share(one.n_right_side, one.n_turns),
            )
        )
    return table(head, rows) + "\n"


def _chosen(what: str, chosen: Judged, turns: Sequence[Turn]) -> str:
    """Return how the one that was chosen does, in groups of turns."""
    others = [turn for turn in turns if not turn.is_fitting]
    groups: list[tuple[str, Callable[[Turn], bool]]] = [("all", lambda _: True)]
    for view, is_seen in (("front", _is_front), ("oblique", _is_oblique)):
        groups.append((f"{view}", is_seen))
        groups += [
            (f"{view}, {_range(low, high)} deg", _both(is_seen, _between(low, high)))
            for low, high in RANGES_DEG
        ]
    groups += [(f"arms {arms}", _with_arms(arms)) for arms in ARMS]
    groups += [("camera below 1.1 m", _is_low), ("camera above 1.1 m", lambda t: not _is_low(t))]
    rows = []
    for name, belongs in groups:
        agreement = agreement_of(chosen.candidate, chosen.weights, others, belongs)
        n = (agreement.n, agreement.n_people) if agreement else ("-", "-")
        rows.append((name, *n, *_agreement(agreement)))
    formula = " + ".join(
        f"{weight:.2f} x {name.replace('_', ' ')}"
        for weight, name in zip(chosen.weights, chosen.candidate.features, strict=True)
    )
    head = ("turns", "n", "people", "bias", "SD", "95 % limits")
    return (
        f"Chosen for the {what}: {chosen.candidate.name} ({formula}). Front is a camera less than"
        f" {OBLIQUE_FROM_DEG:.0f} degrees beside the front.\n\n{table(head, rows)}\n"
    )


_Fitted = tuple[Sequence[Candidate], WhatIsTrue, Sequence[Judged]]


def _on_simulated(clips: Sequence[SeenTurns], *parts: _Fitted) -> str:
    """Return what the same ways do on landmarks with fitted noise, beside rendered people."""
    if not clips:
        return ""
    rows = []
    for candidates, truth, on_rendered in parts:
        turns = turns_of(clips, truth)
        for candidate, rendered in zip(candidates, on_rendered, strict=True):
            # As fitted to rendered people: what is asked is whether the noise errs as these do.
            agreement = agreement_of(candidate, rendered.weights, turns, lambda _: True)
            rows.append((candidate.name, *_agreement(agreement), *_agreement(rendered.peaks)))
    head = ("way to read", "simulated: bias", "SD", "95 % limits", "rendered: bias", "SD", "limits")
    people = len({clip.person for clip in clips})
    return (
        "## The same turns on landmarks with fitted noise\n\n"
        f"{people} simulated people; the noise is that of [landmark-noise.md](landmark-noise.md),"
        " the weights are those fitted to rendered people. It was fitted to all exercises together"
        " and knows nothing of what the engine does to a turn: that the pelvis follows the"
        " shoulders, and that shoulders near the front are flattened. Landmarks in space are"
        " therefore too good here, and turns are judged on rendered people alone.\n\n"
        f"{table(head, rows)}\n"
    )


def _on_people(real: RealSigns | None) -> str:
    if real is None:
        return ""
    orders = "; ".join(f"{order}: {n}" for order, n in real.orders.items())
    return (
        "## Signs and order on recordings of people\n\n"
        f"{real.n_takes} takes of KERAAL's seated trunk rotation, one person, arms out to the"
        " sides, one turn to either side each"
        " ([what they are](accuracy.md)); nobody knows the degrees.\n\n"
        + table(
            ("", "share (95 % interval)"),
            (
                ("takes in which a turn to either side is read",
                 Share(real.n_both_sides, real.n_takes)),
                ("turns of which the nose, in the picture alone, says the same side",
                 Share(real.n_nose_agrees, real.n_sides)),
                ("labelled sides that are read right, in their order",
                 Share(real.n_labelled_right, real.n_labelled)),
            ),
        )
        + f"\n\nOrder in the takes without a labelled side: {orders}. The take that is a video is"
        " stored mirrored, and its labels say the sides as they are seen, so its order is the"
        " other way round, as it must be.\n"
    )  # fmt: skip


def _agreement(agreement: Agreement | None) -> tuple[str, str, str]:
    if agreement is None:
        return "-", "-", "-"
    low, high = agreement.bias_interval
    limits = " to ".join(f"{limit:+.0f}" for limit in agreement.limits)
    return f"{agreement.bias:+.1f} ({low:+.1f} to {high:+.1f})", f"{agreement.sd:.1f}", limits


def _short(agreement: Agreement | None) -> str:
    return "-" if agreement is None else f"{agreement.bias:+.1f}, {agreement.sd:.1f}"


def _range(low: float, high: float) -> str:
    return f"{low:.0f}-{high:.0f}" if high <= 90 else f"{low:.0f}+"


def _is_front(turn: Turn) -> bool:
    return abs(turn.clip.azimuth_deg) < OBLIQUE_FROM_DEG


def _is_oblique(turn: Turn) -> bool:
    return not _is_front(turn)


def _is_low(turn: Turn) -> bool:
    return turn.clip.camera_height_m < 1.1


def _between(low: float, high: float) -> Callable[[Turn], bool]:
    return lambda turn: low <= turn.furthest_deg < high


def _with_arms(arms: str) -> Callable[[Turn], bool]:
    return lambda turn: turn.clip.arms == arms


def _both(first: Callable[[Turn], bool], second: Callable[[Turn], bool]) -> Callable[[Turn], bool]:
    return lambda turn: first(turn) and second(turn)
