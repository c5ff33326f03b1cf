"""Which days were planned, which were done, and a kind word about the others.

Days of rest are no missed days, and nobody is blamed. After a week or more without exercises it
goes on one step lower.
"""

import datetime
import enum
import math
from collections.abc import Callable, Collection
from dataclasses import dataclass

from formcheck.prescription.saying import Saying

LONG_GAP_DAYS = 7  # convention
_ONE_DAY = datetime.timedelta(days=1)

IsPlanned = Callable[[datetime.date], bool]
"""Whether something is to be done on a day; of a prescription: ``session_on(day) is not None``."""


class DayStatus(enum.StrEnum):
    """What a day of the plan was.

    ``extra`` is a day of rest on which something was done all the same; ``open`` is today, while
    it can still be done.
    """

    DONE = "done"
    EXTRA = "extra"
    REST = "rest"
    MISSED = "missed"
    OPEN = "open"

    @property
    def name_said(self) -> Saying:
        """What the calendar calls it."""
        return Saying(f"day_status.{self}")


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar."""

    date: datetime.date
    status: DayStatus


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days from the start of a plan to today.

    Attributes
    ----------
    gap_days
        How many days lie between the last one that was done, or the start, and today.
    """

    days: tuple[Day, ...]
    gap_days: int

    @property
    def n_done(self) -> int:
        """How many planned days were done."""
        return self._n(DayStatus.DONE)

    @property
    def n_planned(self) -> int:
        """How many days were planned; today only once it is done."""
        return self._n(DayStatus.DONE, DayStatus.MISSED)

    @property
    def share(self) -> float:
        """Share of the planned days that were done; NaN before the first."""
        return self.n_done / self.n_planned if self.n_planned else math.nan

    @property
    def n_missed_in_a_row(self) -> int:
        """How many planned days were missed since the last one that was done."""
        since = 0
        for day in self.days:
            if day.status in {DayStatus.DONE, DayStatus.EXTRA}:
                since = 0
            since += day.status is DayStatus.MISSED
        return since

    @property
    def has_begun(self) -> bool:
        """Whether anything was done at all."""
        return self._n(DayStatus.DONE, DayStatus.EXTRA) > 0

    @property
    def steps_down(self) -> bool:
        """Whether the next session is to be one step lower (`progression.after_gap`)."""
        return self.has_begun and self.gap_days >= LONG_GAP_DAYS and self.n_missed_in_a_row > 0

    @property
    def says(self) -> Saying:
        """What the patient hears about it: never blame."""
        if self.days and self.days[-1].status in {DayStatus.DONE, DayStatus.EXTRA}:
            return Saying("adherence.done_today")
        if self.steps_down:
            return Saying("adherence.long_gap")
        if not self.n_missed_in_a_row:
            return Saying("adherence.on_track")
        if not self.has_begun:
            return Saying("adherence.not_begun")
        return Saying.of("adherence.missed", n=self.n_missed_in_a_row)

    def _n(self, *statuses: DayStatus) -> int:
        return sum(day.status in statuses for day in self.days)


def calendar(
    starts: datetime.date,
    today: datetime.date,
    is_planned: IsPlanned,
    done: Collection[datetime.date],
) -> Calendar:
    """Return every day from the start to today; empty before the start.

    Parameters
    ----------
    done
        Days on which a session was done; what lies outside of the plan's days is passed over.

    Examples
    --------
    >>> start = datetime.date(2026, 3, 2)
    >>> week = calendar(start, start + 3 * _ONE_DAY, lambda day: day.weekday() < 5, [start])
    >>> [str(day.status) for day in week.days], week.n_missed_in_a_row
    (['done', 'missed', 'missed', 'open'], 2)
    """
    n_days = max((today - starts).days + 1, 0)
    days = tuple(
        Day(date, _status(date, today, is_planned(date), date in done))
        for date in (starts + number * _ONE_DAY for number in range(n_days))
    )
    last = max((day for day in done if starts <= day <= today), default=starts - _ONE_DAY)
    return Calendar(days, max((today - last).days - 1, 0))


def _status(
    date: datetime.date, today: datetime.date, is_planned: bool, is_done: bool
) -> DayStatus:
    if is_done:
        return DayStatus.DONE if is_planned else DayStatus.EXTRA
    if not is_planned:
        return DayStatus.REST
    return DayStatus.OPEN if date == today else DayStatus.MISSED
