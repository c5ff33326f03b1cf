"""What is typed into a search, as the words that the store looks for."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from formcheck.exercises.schema import Exercise
from formcheck.store.listing import Word
from formcheck.weeks.days import begin_of

MOST_WORDS = 8
LONGEST = 200
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_MONTHS = 12


def words_of(text: str, exercises: Iterable[Exercise]) -> tuple[Word, ...]:
    """Return the words of a search, each with the exercises that are called so.

    A year, a month (``2026-03``) or a day (``2026-03-01``) stands for that time, too.
    """
    known = [(one.id, _names(one)) for one in exercises]
    said = dict.fromkeys(text[:LONGEST].casefold().split())
    return tuple(_word(one, known) for one in list(said)[:MOST_WORDS])


def _names(exercise: Exercise) -> str:
    return "\n".join((exercise.name, *exercise.synonyms)).casefold()


def _word(text: str, known: list[tuple[str, str]]) -> Word:
    called = tuple(exercise_id for exercise_id, names in known if text in names)
    return Word(text, called, *_stretch(text))


def _stretch(text: str) -> tuple[datetime | None, datetime | None]:
    """Return from when to when a day, month or year goes; nothing where it is none."""
    found = _DAY.fullmatch(text)
    if not found:
        return None, None
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    try:
        first = date(year, month or 1, day or 1)
        return begin_of(first), begin_of(_next(first, month, day))
    except (ValueError, OverflowError):
        return None, None


def _next(first: date, month: int | None, day: int | None) -> date:
    if month is None:
        return first.replace(year=first.year + 1)
    if day is None:
        year, month_before = divmod(first.year * _MONTHS + first.month, _MONTHS)
        return first.replace(year=year, month=month_before + 1)
    return date.fromordinal(first.toordinal() + 1)
