"""Week by week: what was planned and done, how clean it was, and how much it hurt."""

import datetime
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from formcheck.patient_reports.document import Block, Column, Kind, Manner, Paragraph, Table
from formcheck.patient_reports.weeks_material import WeeksMaterial
from formcheck.patient_reports.words import ReportWords
from formcheck.prescription.adherence import Calendar, Day, DayStatus
from formcheck.store.figures import SetFigures
from formcheck.weeks.days import local_day
from formcheck.weeks.going import clean_share
from formcheck.weeks.pain_around import PainAround

MOST_WEEKS = 12
_Told = TypeVar("_Told", Day, SetFigures, PainAround)
_WEEK = datetime.timedelta(days=7)
_COLUMNS = (
    "week",
    "planned",
    "days_done",
    "repetitions",
    "held",
    "clean",
    "pain_before",
    "highest",
)


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a programme, from the weekday on which it began."""

    begins: datetime.date
    days: tuple[Day, ...]
    sets: tuple[SetFigures, ...]
    pain: tuple[PainAround, ...]

    def n(self, *statuses: DayStatus) -> int:
        """Return how many days were one of these."""
        return sum(day.status in statuses for day in self.days)


def weeks_table(material: WeeksMaterial, words: ReportWords) -> Iterator[Block]:
    """Yield the last weeks as a table; the sums before it go back to the start."""
    weeks = list(weeks_of_programme(material))
    if not weeks:
        yield Paragraph(words.say("not_begun"))
        return
    columns = tuple(
        Column(words.coded(f"report.column.{key}"), Kind.NUMBER if place else Kind.SHORT)
        for place, key in enumerate(_COLUMNS)
    )
    shown = weeks[-MOST_WEEKS:]
    yield Table(words.say("weeks_caption"), columns, tuple(_row(one, words) for one in shown))
    if len(shown) < len(weeks):
        yield Paragraph(words.say("weeks_left_out", n=len(weeks) - len(shown)), Manner.SOFT)
    yield Paragraph(words.say("weeks_explained"), Manner.SOFT)


def weeks_of_programme(material: WeeksMaterial) -> Iterator[Week]:
    """Yield the weeks from the start to today."""
    starts = material.prescription.starts

    def by_week(
        told: Iterable[_Told], day_of: Callable[[_Told], datetime.date]
    ) -> Mapping[int, list[_Told]]:
        found = defaultdict(list)
        for one in told:
            found[(day_of(one) - starts) // _WEEK].append(one)
        return found

    days = by_week(material.weeks.calendar.days, lambda day: day.date)
    sets = by_week(material.sets, lambda one: local_day(one.session_started))
    pain = by_week(material.pain, lambda one: one.day)
    for number in range(material.n_weeks):
        yield Week(
            starts + number * _WEEK,
            tuple(days.get(number, ())),
            tuple(sets.get(number, ())),
            tuple(pain.get(number, ())),
        )


def adherence(calendar: Calendar, words: ReportWords) -> str:
    """Return how many of the planned days were done."""
    done, planned = calendar.n_done, calendar.n_planned
    return words.say("adherence", done=done, n=planned, share=words.percent(calendar.share))


def _row(week: Week, words: ReportWords) -> tuple[str, ...]:
    planned, done = week.n(DayStatus.DONE, DayStatus.MISSED, DayStatus.OPEN), DayStatus.DONE
    highest = [value for one in week.pain for _, value in one.said]
    return (
        words.short_day(week.begins),
        str(planned),
        str(week.n(done, DayStatus.EXTRA)),
        str(sum(one.n_repetitions for one in week.sets)),
        words.seconds(sum(one.held_s for one in week.sets)),
        words.percent(clean_share(week.sets)),
        words.number(_median([one.before for one in week.pain if one.before is not None])),
        words.number(max(highest, default=None)),
    )


def _median(values: Sequence[int]) -> float | None:
    return statistics.median(values) if values else None
