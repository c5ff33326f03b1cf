"""Days as they are given on the command line."""

from datetime import date
from typing import Annotated

import typer

from formcheck.errors import PrescriptionError

TodayOption = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="As on this day; today.")
]


def day(word: str | None) -> date:
    """Return the day of a word like 2026-01-31, today where there is none.

    Raises
    ------
    PrescriptionError
        If it is no date.
    """
    if word is None:
        return date.today()  # noqa: DTZ011 - the calendar day where the person is
    try:
        return date.fromisoformat(word)
    except ValueError as error:
        raise PrescriptionError(f"{word!r} is no date: expected one like 2026-01-31") from error
