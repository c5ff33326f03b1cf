"""Days where this computer is, and the moments that the store counts in."""

from datetime import UTC, date, datetime, time


def local_day(moment: datetime) -> date:
    """Return the day of a moment, where this computer is."""
    return moment.astimezone().date()


def begin_of(day: date) -> datetime:
    """Return when a day begins here, in UTC."""
    return datetime.combine(day, time()).astimezone().astimezone(UTC)
