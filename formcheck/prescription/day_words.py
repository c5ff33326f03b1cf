"""A day in English words, for sentences that are said in English alone."""

from datetime import date


def in_words(day: date) -> str:
    """Return a day as the pages write it.

    Examples
    --------
    >>> in_words(date(2026, 3, 2))
    '2 March 2026'
    """
    return f"{day.day} {day:%B %Y}"
