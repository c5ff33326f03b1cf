"""What reports say, in one language: numbers, amounts and names as it writes them."""

import math
from collections.abc import Mapping
from datetime import date, datetime
from typing import get_args

from formcheck.analysis.events import NotAssessed
from formcheck.exercises.dose import Dose
from formcheck.exercises.schema import Exercise
from formcheck.landmarks import Side
from formcheck.measures.vocabulary import Unit
from formcheck.prescription.outcomes import Measure
from formcheck.prescription.saying import Saying
from formcheck.reports.rule_words import RuleWords
from formcheck.texts import Texts

UNKNOWN = "\u2013"
# Nothing that is read or held is as much as this: a number beyond it is none.
_BEYOND = 1e12
_WHOLE_UNITS = frozenset({"deg", "px"})
_UNITS = frozenset(get_args(Unit))


class ReportWords:
    """Say what stands in reports.

    Parameters
    ----------
    exercises
        All that are known, by id.

    Examples
    --------
    >>> words = ReportWords(Texts.load("de"), {})
    >>> words.clock(75.2), words.amount(0.256, "trunk lengths"), words.seconds(2.5)
    ('1:15', '0,26 Rumpflängen', '2,5 s')
    """

    def __init__(self, texts: Texts, exercises: Mapping[str, Exercise]) -> None:
        self.texts = texts
        self.exercises = exercises
        self._rules = RuleWords(texts)

    def say(self, key: str, **arguments: str | int | float) -> str:
        """Return a text of reports with its gaps filled."""
        return self.texts.say(f"report.{key}", **arguments)

    def coded(self, key: str) -> str:
        """Return the text of a code; the code itself where a newer formcheck has written it."""
        try:
            return self.texts.say(key)
        except ValueError:
            return key.rpartition(".")[2].replace("_", " ")

    def told(self, saying: Saying) -> str:
        """Return a sentence of the programme."""
        return self.texts.say(saying.key, **dict(saying.arguments))

    def number(self, value: float | None, decimals: int = 1) -> str:
        """Return a number, a dash where it is not known."""
        if value is None or not _is_known(value):
            return UNKNOWN
        return self.texts.number(value, decimals)

    def percent(self, share: float | None) -> str:
        """Return a share in hundredths, a dash where it is not known."""
        if share is None or not math.isfinite(share):
            return UNKNOWN
        return self.say("percent", n=round(100 * share))

    def clock(self, seconds: float) -> str:
        """Return a time or a duration as a clock shows it."""
        if not math.isfinite(seconds):
            return UNKNOWN
        minutes, rest = divmod(round(seconds), 60)
        return f"{minutes}:{rest:02d}"

    def seconds(self, seconds: float | None) -> str:
        """Return seconds, a dash where they are not known."""
        if seconds is None or not _is_known(seconds):
            return UNKNOWN
        return self.texts.say("time.seconds_short", n=round(seconds, 1))

    def reading(self, value: float | None, unit: str) -> str:
        """Return a reading without its unit: whole degrees and pixels, hundredths of the rest."""
        return self.number(value, 0 if unit in _WHOLE_UNITS else 2)

    def amount(self, value: float | None, unit: str) -> str:
        """Return a reading with its unit."""
        written = self.reading(value, unit)
        return written if written == UNKNOWN else self._with_unit(written, unit)

    def unit(self, unit: str) -> str:
        """Return what a unit is called; empty for a ratio."""
        return self._with_unit("", unit).strip()

    def score(self, measure: Measure, value: float | None) -> str:
        """Return a score with its unit, if it has one."""
        if value is None:
            return UNKNOWN
        return self.seconds(value) if measure.unit == "s" else self.number(value)

    def moment(self, time: datetime) -> str:
        """Return a day and the time of day, where this computer is."""
        return self.texts.moment(time)

    def short_day(self, day: date) -> str:
        """Return a day without its year."""
        return self.texts.short_date(day)

    def dose(self, dose: Dose | None) -> str:
        """Return how much was asked for."""
        return UNKNOWN if dose is None else self._rules.dose(dose)

    def name(self, exercise_id: str) -> str:
        """Return what an exercise is called; one that is no longer known by its id."""
        found = self.exercises.get(exercise_id)
        return self.texts.exercise(found).name if found else exercise_id

    def sided(self, exercise_id: str, side: Side | None) -> str:
        """Return what an exercise is called, with the side where it is done on one alone."""
        name = self.name(exercise_id)
        return f"{name} ({self.texts.say(f'side.{side}')})" if side else name

    def finding(self, exercise_id: str, name: str, otherwise: str) -> str:
        """Return what a fault is; in the words that were kept where its rule is gone."""
        found = self.exercises.get(exercise_id)
        findings = self.texts.exercise(found).findings if found else {}
        return findings[name].says if name in findings else otherwise or name

    def why_not(self, refused: NotAssessed | None) -> str:
        """Return why something could not be judged."""
        return self.coded(f"report.why_not.{refused.code if refused else 'nothing_done'}")

    def _with_unit(self, written: str, unit: str) -> str:
        if unit not in _UNITS:
            return f"{written} {unit}"  # seconds, or one of a newer formcheck
        return self.texts.say(f"unit.{unit}", value=written)


def _is_known(value: float) -> bool:
    return math.isfinite(value) and abs(value) < _BEYOND
