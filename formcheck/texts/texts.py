"""The texts of one language, and what programs' codes are called in it."""

import datetime
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Self

from babel import Locale
from babel.numbers import format_decimal

from formcheck.analysis.cues import Cue
from formcheck.analysis.events import NotAssessed
from formcheck.exercises.schema import Exercise
from formcheck.measures import View
from formcheck.session.placement import PlacementCheck
from formcheck.texts.dates import Dates
from formcheck.texts.exercise_texts import GROUP, ExerciseTexts, translated
from formcheck.texts.language_file import Messages, read
from formcheck.texts.message import OTHER, Argument, Message

ENGLISH = "en"
ADVICE = "placement.advice"


class Texts:
    """Say everything in one language, and in English what it has no words for.

    Parameters
    ----------
    language
        Its code: it decides how numbers are written, and which plural goes with which.
    messages
        Its texts by key.
    english
        What to say where ``messages`` has nothing.

    Examples
    --------
    >>> texts = Texts.load("de")
    >>> texts.say("rest.seconds_left", n=1), texts.say("rest.seconds_left", n=12)
    ('Noch 1 Sekunde', 'Noch 12 Sekunden')
    """

    def __init__(self, language: str, messages: Messages, english: Messages) -> None:
        self.language = language
        self._locale = Locale.parse(language)
        self._dates = Dates(language)
        self._messages = {**english, **messages}

    @classmethod
    def load(cls, language: str) -> Self:
        """Read the texts of a language that formcheck has.

        Raises
        ------
        UsageError
            If there are none; the message says which languages there are.
        """
        return cls(language, read(language), read(ENGLISH))

    def say(self, key: str, **arguments: Argument) -> str:
        """Return a text with its gaps filled; ``n`` chooses the plural.

        Raises
        ------
        ValueError
            If there is no such text, or something to fill in is missing.
        """
        if key not in self._messages:
            raise ValueError(f"there is no text {key!r}")
        return self._messages[key].fill(self._locale, arguments)

    def date(self, day: datetime.date) -> str:
        """Return a day as the language writes it."""
        return self._dates.whole(day)

    def short_date(self, day: datetime.date) -> str:
        """Return a day without its year, where there is little room."""
        return self._dates.short(day)

    def weekday(self, day: datetime.date) -> str:
        """Return which day of the week it is, in short."""
        return self._dates.weekday(day)

    def moment(self, time: datetime.datetime) -> str:
        """Return a day and the time of day, on the clock here."""
        here = time.astimezone()
        return self.say("report.moment", date=self.date(here.date()), time=f"{here:%H:%M}")

    def number(self, value: float, decimals: int) -> str:
        """Return a number as the language writes it, with no more decimals than it needs.

        Examples
        --------
        >>> Texts.load("de").number(0.126, 2), Texts.load("en").number(-20.0, 2)
        ('0,13', '-20')
        """
        pattern = f"0.{'#' * decimals}" if decimals else "0"
        return format_decimal(round(value, decimals), format=pattern, locale=self._locale)

    def exercise(self, exercise: Exercise) -> ExerciseTexts:
        """Return every sentence of an exercise; those of own exercises stay as they are."""
        return translated(exercise, self._or_english)

    def cue(self, cue: Cue, exercise: Exercise) -> str:
        """Return what is to be said; in its own English where its code is not known here.

        Parameters
        ----------
        exercise
            What is being done: corrections are its own.
        """
        arguments = dict(cue.arguments)
        key = f"cue.{cue.code}"
        if cue.refused:
            return self.refusal(cue.refused)
        if cue.code == "saying":
            return self.say(str(arguments.pop("key")), **arguments)
        if cue.code == "placement":
            return self._about_part(f"{ADVICE}.{arguments['advice']}", str(arguments["part"]))
        if cue.code == "fault":
            findings, name = self.exercise(exercise).findings, str(arguments["name"])
            return findings[name].cue if name in findings else cue.text
        if cue.code == "another_exercise":
            return self.say(key, due=self.exercise(exercise).name)
        return self.say(key, **arguments) if key in self._messages else cue.text

    def refusal(self, refused: NotAssessed) -> str:
        """Return why something cannot be judged, and what to do about it."""
        if refused.code != "wrong_view":
            return self._about_part(f"refusal.{refused.code}", refused.part)
        if not refused.views:
            return self.say("refusal.wrong_view_lengthwise")
        for view in (View.FRONT, View.SIDE):  # in between is hard to turn to by word alone
            if view in refused.views:
                return self.say(f"refusal.wrong_view_{view}")
        return self.say("refusal.wrong_view")

    def advice(self, check: PlacementCheck) -> str:
        """Return what to do so that a check becomes good; empty where nothing is."""
        if check.advice is None:
            return ""
        return self._about_part(f"{ADVICE}.{check.advice}", check.part)

    def table(self, exercises: Iterable[Exercise]) -> dict[str, Any]:
        """Return everything as plain tables, for the page to choose from and fill in itself."""
        texts: dict[str, Any] = {}
        for key, message in self._messages.items():
            *groups, name = key.split(".")
            if groups[:1] != [GROUP]:
                inner = texts
                for group in groups:
                    inner = inner.setdefault(group, {})
                inner[name] = _plain(message)
        return {
            "language": self.language,
            "name": self._locale.get_language_name(),
            "direction": self._locale.text_direction,
            "texts": texts,
            "exercises": {one.id: asdict(self.exercise(one)) for one in exercises},
        }

    def _about_part(self, key: str, part: str) -> str:
        """Return a text that names a part of the body, or the one that does not."""
        named, name = f"{key}_part", f"part.{part}"
        if named in self._messages and name in self._messages:
            return self.say(named, part=self.say(name))
        return self.say(key)

    def _or_english(self, key: str, english: str) -> str:
        message = self._messages.get(key)
        return message.forms[OTHER] if message else english


def _plain(message: Message) -> str | dict[str, str]:
    return dict(message.forms) if message.is_plural else message.forms[OTHER]
