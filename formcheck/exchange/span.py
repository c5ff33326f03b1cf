"""From when to when something is exported."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Span:
    """From ``since`` to before ``until``, both with a zone; None where there is no end to it.

    Examples
    --------
    >>> EVER.has_day(date(2026, 3, 1))
    True
    """

    since: datetime | None = None
    until: datetime | None = None

    def has(self, time: datetime) -> bool:
        """Whether a moment is in it."""
        return (self.since is None or time >= self.since) and (
            self.until is None or time < self.until
        )

    def has_day(self, day: date) -> bool:
        """Whether a day is in it, where the span begins and ends with days."""
        return (self.since is None or day >= self.since.date()) and (
            self.until is None or day < self.until.date()
        )


EVER = Span()
