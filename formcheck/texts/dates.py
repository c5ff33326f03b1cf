"""How days are written for people: in English the day first, elsewhere as is usual there.

What other programs read has them as 2026-03-02.
"""

from datetime import date

from babel import Locale
from babel.dates import format_date, format_skeleton

# The same order on every page and report, whatever a browser or this computer is set to.
_AS_WRITTEN_IN = {"en": "en_GB"}


class Dates:
    """Write days in one language.

    Examples
    --------
    >>> english, german, day = Dates("en"), Dates("de"), date(2026, 3, 2)
    >>> english.whole(day), german.whole(day)
    ('2 March 2026', '2. März 2026')
    >>> english.short(day), english.weekday(day)
    ('2 Mar', 'Mon')
    """

    def __init__(self, language: str) -> None:
        self._locale = Locale.parse(_AS_WRITTEN_IN.get(language, language))

    def whole(self, day: date) -> str:
        """Return a day with its year."""
        return format_date(day, format="long", locale=self._locale)

    def short(self, day: date) -> str:
        """Return a day without its year, where there is little room."""
        return str(format_skeleton("MMMd", day, locale=self._locale))

    def weekday(self, day: date) -> str:
        """Return which day of the week it is, in short."""
        return format_date(day, "EEE", locale=self._locale)
