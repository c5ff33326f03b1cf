"""The patient's own page in words: the template, and what it is filled with."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from babel import Locale

from formcheck.exercises.schema import Exercise
from formcheck.prescription.adherence import Day
from formcheck.prescription.outcomes import Measure, MeasureId, measures
from formcheck.prescription.questionnaires import (
    MADE_FOR_LOW_BACK,
    MOST_ACTIVITIES,
    ONLY_IN_ENGLISH,
    roland_morris,
)
from formcheck.prescription.saying import Saying
from formcheck.reports.prescription_words import heat_minutes, item_words
from formcheck.reports.rule_words import RuleWords
from formcheck.store import OutcomeScore
from formcheck.templating import environment
from formcheck.texts import Texts, languages
from formcheck.weeks import Course, Weeks, charts

# Charts and calendar show twelve weeks; the sums and what is compared go back to the start.
SHOWN = datetime.timedelta(days=7 * 12)
_WEEK = 7
_NUMBERS = (
    MeasureId.PAIN_0_100,
    MeasureId.GLOBAL_RATING,
    MeasureId.SIT_TO_STAND_5,
    MeasureId.ODI,
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A course with its chart."""

    course: Course
    chart: charts.Chart
    name: Saying


class MyWords:
    """Say the weeks of a programme in one language.

    Parameters
    ----------
    exercises
        All that are known, by id.
    """

    def __init__(self, texts: Texts, exercises: Mapping[str, Exercise]) -> None:
        self._texts = texts
        self._exercises = exercises
        self._locale = Locale.parse(texts.language)
        templates = environment("formcheck.web", autoescape=True)
        templates.globals |= {
            "say": texts.say,
            "told": self.told,
            "dose": RuleWords(texts).dose,
            "exercise_name": self._name,
            "amount": self._amount,
            "box": charts,
            "language": texts.language,
            "direction": self._locale.text_direction,
            "languages": languages(),
        }
        templates.filters |= {
            "day": texts.date,
            "short_day": texts.short_date,
            "weekday": texts.weekday,
            "number": lambda value: texts.number(value, 1),
            "exercise_name": self._name,
        }
        self._template = templates.get_template("me.html.j2")
        self._trouble = templates.get_template("me_trouble.html.j2")

    def told(self, saying: Saying) -> str:
        """Return a sentence."""
        return self._texts.say(saying.key, **dict(saying.arguments))

    def trouble(self, what: str) -> str:
        """Return the page where what is kept cannot be read, and why."""
        return self._trouble.render(lead=self._texts.say("me.trouble"), what=what, can_open=False)

    @property
    def no_plan(self) -> str:
        """What is said where nothing is prescribed."""
        return self._texts.say("me.no_plan")

    def page(
        self, weeks: Weeks | None, entered: Sequence[OutcomeScore], *, is_saved: bool = False
    ) -> str:
        """Return the page.

        Parameters
        ----------
        weeks
            None where nothing is prescribed.
        entered
            Every score that was entered, by day.
        is_saved
            Whether something was saved just now.
        """
        if weeks is None:
            return self._trouble.render(lead=self.no_plan, what="", can_open=True)
        return self._template.render(
            weeks=weeks,
            is_saved=is_saved,
            today=list(self._today(weeks)),
            heat=self._heat(weeks),
            drawn=drawn(weeks),
            calendar=by_weeks(weeks.calendar.days, weeks.today),
            numbers=[measures()[one] for one in _NUMBERS],
            scales=measures(),
            last={one.measure: one for one in entered},
            activities=_activities(entered),
            n_activities=MOST_ACTIVITIES,
            sentences=roland_morris(),
            notes=(MADE_FOR_LOW_BACK, ONLY_IN_ENGLISH),
        )

    def _amount(self, measure: Measure, value: float) -> str:
        """Return a score with its unit, if it has one."""
        if measure.unit == "s":
            return self._texts.say("time.seconds_short", n=value)
        return self._texts.number(value, 1)

    def _name(self, exercise_id: str) -> str:
        """Return what an exercise is called; one that is no longer there by its id."""
        found = self._exercises.get(exercise_id)
        return self._texts.exercise(found).name if found else exercise_id

    def _today(self, weeks: Weeks) -> Iterator[dict[str, object]]:
        known, session = weeks.prescription.known(self._exercises), weeks.due.session
        for item in session.items if session else ():
            yield item_words(item, known[item.exercise], self._texts)

    def _heat(self, weeks: Weeks) -> str:
        session, prescription = weeks.due.session, weeks.prescription
        known = prescription.known(self._exercises)
        minutes = session and heat_minutes(session, prescription, known)
        return self._texts.say("prescription.heat", n=minutes) if minutes else ""


def drawn(weeks: Weeks) -> list[Drawn]:
    """Return every course with its chart; a rating of the change itself needs none."""
    since = max(weeks.prescription.starts, weeks.today - SHOWN)
    return [
        Drawn(one, charts.chart_of(one, since, weeks.today), _course_name(one.measure))
        for one in weeks.courses
    ]


def _course_name(measure: Measure) -> Saying:
    return Saying("me.pain_before") if measure.id is MeasureId.PAIN_0_10 else measure.name


def by_weeks(days: Sequence[Day], today: datetime.date) -> list[list[Day | None]]:
    """Return the last weeks, from Monday to Sunday; None where a day is not part of the plan."""
    first = today - datetime.timedelta(days=today.weekday()) - SHOWN + datetime.timedelta(_WEEK)
    known = {one.date: one for one in days if one.date >= first}
    if not known:
        return []
    start = min(known) - datetime.timedelta(days=min(known).weekday())
    n_weeks = (today - start).days // _WEEK + 1
    dates = [start + datetime.timedelta(days=n) for n in range(_WEEK * n_weeks)]
    cells = [known.get(one) for one in dates]
    return [cells[n : n + _WEEK] for n in range(0, len(cells), _WEEK)]


def _activities(entered: Sequence[OutcomeScore]) -> list[str]:
    """Return the activities that were rated last: they are asked about again."""
    named = {MeasureId.PSFS, MeasureId.PSFS_SINGLE}
    last = next((one for one in reversed(entered) if one.measure in named and one.answers), None)
    return [str(one["name"]) for one in last.answers] if last else []
