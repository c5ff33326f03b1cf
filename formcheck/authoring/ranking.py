"""How far every measure moved between rest and effort, against what it errs: the best first.

Of each part of the body the best comes first; what moves just as that one does is shown as its
like. A measure that cannot be told in this view, or moves by less than it errs, is left out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from formcheck.authoring.demonstration import Demonstration, read_measures
from formcheck.authoring.marks import Mark, Marks
from formcheck.authoring.parts import part_of
from formcheck.authoring.sides import Followed, followed, is_handed
from formcheck.exercises.readings import Reading
from formcheck.exercises.rules import BodyPart
from formcheck.measures import Measure

# What moves by less than so many times its error between rest and effort is not offered.
LEAST_ERRORS = 1.0
# Two curves that go together by more than this are near duplicates.
ALIKE_FROM = 0.97


@dataclass(frozen=True, slots=True)
class Moved:
    """How far a reading moved between rest and effort.

    Attributes
    ----------
    at_rest, at_effort
        What was read there, in the middle of all marks; of a reading that swings to either side,
        the size of it.
    varies
        Standard deviation of what was read at the marks of one kind, the larger of both.
    noise
        Standard deviation within a moment.
    known_share
        For how much of the time it could be read.
    swings
        Whether it goes to either side of 0, each of them a repetition.
    part
        Of the body.
    like
        The measure that it goes along with, and that comes before it; empty where there is none.
    handed
        Whether left and right are told by its sign, and it was shown to one of them only.
    """

    measure: Measure
    reading: Reading
    at_rest: float
    at_effort: float
    varies: float
    noise: float
    known_share: float
    swings: bool
    part: BodyPart
    like: str = ""
    handed: bool = False

    @property
    def change(self) -> float:
        """From rest to effort, with its sign."""
        return self.at_effort - self.at_rest

    @property
    def errors(self) -> float:
        """How far it moved, in times what the measure errs, or wanders here if that is more."""
        return abs(self.change) / max(self.measure.expected_error, self.varies, self.noise)


def ranked(demonstration: Demonstration, marks: Marks) -> tuple[Moved, ...]:
    """Return what moved between rest and effort, the best of each part of the body first."""
    found: list[tuple[Moved, Followed]] = []
    for measure in read_measures():
        one = followed(demonstration, measure)
        moved = one and _moved(demonstration, marks, one)
        if one and moved and moved.errors >= LEAST_ERRORS:
            found.append((moved, one))
    found.sort(key=lambda pair: (-pair[0].errors, pair[0].measure.name))
    return tuple(_in_order(found))


def _in_order(found: list[tuple[Moved, Followed]]) -> Iterator[Moved]:
    """Yield the first of each part, then the others, each with what it goes along with."""
    firsts: dict[BodyPart, Moved] = {}
    for moved, _ in found:
        firsts.setdefault(moved.part, moved)
    leading = [pair for pair in found if pair[0] is firsts[pair[0].part]]
    others = [pair for pair in found if pair[0] is not firsts[pair[0].part]]
    before: list[Followed] = []
    for moved, course in (*leading, *others):
        like = next((one.measure.name for one in before if _alike(one, course)), "")
        before.append(course)
        yield replace(moved, like=like)


def _alike(one: Followed, other: Followed) -> bool:
    first, second = one.course.values, other.course.values
    return part_of(one.measure) is part_of(other.measure) and bool(
        abs(np.corrcoef(first, second)[0, 1]) > ALIKE_FROM
    )


def _moved(demonstration: Demonstration, marks: Marks, one: Followed) -> Moved | None:
    values = demonstration.curve(one.reading)
    swings = one.course.toward == 0
    efforts = _levels(demonstration.time_s, np.abs(values) if swings else values, marks.efforts)
    rests = _levels(demonstration.time_s, np.abs(values) if swings else values, marks.rests)
    if not len(efforts) or not len(rests):
        return None
    return Moved(
        measure=one.measure,
        reading=one.reading,
        at_rest=float(np.median(rests)),
        at_effort=float(np.median(efforts)),
        varies=max(_spread(rests), _spread(efforts)),
        noise=one.course.noise,
        known_share=float(1 - np.isnan(values).mean()),
        swings=swings,
        part=part_of(one.measure),
        handed=not swings and is_handed(one.measure, demonstration),
    )


def _levels(
    time_s: NDArray[np.float64], values: NDArray[np.float64], marks: Iterable[Mark]
) -> NDArray[np.float64]:
    """Return what was read at each mark, as far as anything was."""
    levels = []
    for mark in marks:
        within = values[mark.covers(time_s)]
        within = within[~np.isnan(within)]
        if len(within):
            levels.append(float(np.median(within)))
    return np.array(levels, np.float64)


def _spread(levels: NDArray[np.float64]) -> float:
    return float(np.std(levels)) if len(levels) > 1 else 0.0
