"""How a measure has gone over the weeks, and what the way so far is worth."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from formcheck.prescription.model import Baseline
from formcheck.prescription.outcomes import (
    FUNCTION,
    PAIN,
    Measure,
    MeasureId,
    OutcomeChange,
    change,
    measures,
)
from formcheck.store import OutcomeScore
from formcheck.weeks.pain_around import PainAround

# In the order in which they are shown.
_ORDER = (
    MeasureId.PAIN_0_10,
    MeasureId.PAIN_0_100,
    MeasureId.PSFS,
    MeasureId.PSFS_SINGLE,
    MeasureId.RMDQ,
    MeasureId.ODI,
    MeasureId.SIT_TO_STAND_5,
    MeasureId.GLOBAL_RATING,
)


class Point(NamedTuple):
    """What a measure came to on a day."""

    day: date
    value: float


@dataclass(frozen=True, slots=True)
class Course:
    """One measure over the weeks.

    Attributes
    ----------
    points
        By day, one a day.
    baseline
        What the newest is compared with; None where there is nothing, or the measure is itself a
        change.
    change
        What the way from there to the newest is worth; None where nothing can be compared.
    """

    measure: Measure
    points: tuple[Point, ...]
    baseline: float | None
    change: OutcomeChange | None

    @property
    def important(self) -> float | None:
        """Where the least change begins that is important to people; None without a start."""
        return None if self.baseline is None else self._better_by(self.measure.mic)

    @property
    def within_error(self) -> tuple[float, float] | None:
        """Between which values a change cannot be told from chance."""
        if self.baseline is None:
            return None
        low, high = sorted(
            (self._better_by(self.measure.error), self._better_by(-self.measure.error))
        )
        return max(low, self.measure.least), min(high, self.measure.most)

    def _better_by(self, points: float) -> float:
        assert self.baseline is not None
        sign = 1 if self.measure.higher_is_better else -1
        value = self.baseline + sign * points
        return min(max(value, self.measure.least), self.measure.most)


def courses(
    outcomes: Sequence[OutcomeScore], around: Sequence[PainAround], baseline: Baseline
) -> tuple[Course, ...]:
    """Return every measure of which there is anything, in the order in which they are shown."""
    found = {id_: [one for one in outcomes if one.measure == id_] for id_ in _ORDER}
    made = (
        _of_pain_before(around) if id_ is MeasureId.PAIN_0_10 else _of_scores(id_, scores, baseline)
        for id_, scores in found.items()
    )
    return tuple(course for course in made if course.points)


def compared(shown: Iterable[Course], since: date) -> Iterator[OutcomeChange]:
    """Yield what the changes of pain and function are worth that were measured from a day on.

    Pain before each session stands in only where nobody was asked about the last week.
    """
    fresh = {one.measure.id: one for one in shown if one.change and one.points[-1].day >= since}
    if MeasureId.PAIN_0_100 in fresh:
        fresh.pop(MeasureId.PAIN_0_10, None)
    for id_, course in fresh.items():
        if id_ in PAIN | FUNCTION and course.change:
            yield course.change


def _of_pain_before(around: Sequence[PainAround]) -> Course:
    """Return pain before each session; the first one is what it is compared with."""
    points = _one_a_day((one.day, one.before) for one in around if one.before is not None)
    return _course(MeasureId.PAIN_0_10, points, points[0].value if points else None, points[1:])


def _of_scores(id_: MeasureId, scores: Sequence[OutcomeScore], baseline: Baseline) -> Course:
    points = _one_a_day((one.day, one.score) for one in scores)
    if measures()[id_].is_change:
        return _course(id_, points, None, points)
    before = _baseline_of(id_, baseline)
    if before is not None:
        return _course(id_, points, before, points)
    alike = [one for one in scores if _asked_of(one) == _asked_of(scores[-1])]
    first = alike[0].score if alike else None
    newer = [one for one in points if alike and one.day > alike[0].day]
    return _course(id_, points, first, newer)


def _course(
    id_: MeasureId, points: Sequence[Point], baseline: float | None, newer: Sequence[Point]
) -> Course:
    """Return a course whose newest point is compared, if it is one of those that are newer."""
    worth = change(id_, baseline, newer[-1].value) if newer else None
    return Course(measures()[id_], tuple(points), baseline, worth)


def _one_a_day(points: Iterable[tuple[date, float]]) -> list[Point]:
    """Return the points by day; of several on one day, the last that was entered."""
    return [Point(*one) for one in sorted(dict(points).items())]


def _baseline_of(id_: MeasureId, baseline: Baseline) -> float | None:
    if id_ is MeasureId.PAIN_0_100:
        return baseline.pain_0_100
    return baseline.function.get(id_)


def _asked_of(score: OutcomeScore) -> Any:
    """Return what was asked about, where that may differ from time to time: activities."""
    if not isinstance(score.answers, list):
        return None
    names = (one.get("name") for one in score.answers if isinstance(one, dict))
    return frozenset(str(name).strip().casefold() for name in names)
