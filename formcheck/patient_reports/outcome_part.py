"""Pain, daily life and standing up: at the start, now, and what the difference is worth."""

import datetime
from collections.abc import Iterator

from formcheck.patient_reports.course_drawing import course_drawing
from formcheck.patient_reports.document import (
    Block,
    Column,
    Drawing,
    Figures,
    Kind,
    Manner,
    Paragraph,
    Table,
)
from formcheck.patient_reports.weeks_material import WeeksMaterial
from formcheck.patient_reports.words import UNKNOWN, ReportWords
from formcheck.prescription.outcomes import MeasureId
from formcheck.weeks import Course
from formcheck.weeks.charts import chart_of

_COLUMNS = {
    "outcome": Kind.WIDE,
    "start": Kind.NUMBER,
    "now": Kind.NUMBER,
    "now_on": Kind.SHORT,
    "better_by": Kind.NUMBER,
    "important": Kind.NUMBER,
    "chance": Kind.NUMBER,
    "worth": Kind.TEXT,
}
_CHARTS_IN_A_ROW = 2


def outcomes(material: WeeksMaterial, words: ReportWords) -> Iterator[Block]:
    """Yield what every measure came to, as a table and drawn."""
    courses = material.weeks.courses
    if not courses:
        yield Paragraph(words.say("no_outcomes"))
        return
    columns = tuple(Column(words.coded(f"report.column.{key}"), k) for key, k in _COLUMNS.items())
    rows = tuple(_row(course, words) for course in courses)
    yield Table(words.say("outcomes_caption"), columns, rows)
    yield Paragraph(words.say("outcomes_explained"), Manner.SOFT)
    drawn = tuple(_drawings(material, words))
    if drawn:
        yield Figures(drawn, _CHARTS_IN_A_ROW)
        yield Paragraph(words.say("courses_explained"), Manner.SOFT)


def outcome_name(course: Course, words: ReportWords) -> str:
    """Return what a measure is called among professionals, with its scale."""
    return words.coded(f"report.outcome.{course.measure.id}")


def _row(course: Course, words: ReportWords) -> tuple[str, ...]:
    measure, last, change = course.measure, course.points[-1], course.change
    return (
        outcome_name(course, words),
        words.score(measure, course.baseline if change else None),
        words.score(measure, last.value),
        words.short_day(last.day),
        words.number(change.better_by) if change else UNKNOWN,
        words.number(measure.mic),
        words.number(measure.error),
        words.coded(f"report.worth.{change.verdict}") if change else words.say("not_compared"),
    )


def _drawings(material: WeeksMaterial, words: ReportWords) -> Iterator[Drawing]:
    since = material.prescription.starts
    if material.today <= since:
        since = material.today - datetime.timedelta(days=1)
    for course in material.weeks.courses:
        if course.measure.id is MeasureId.GLOBAL_RATING:
            continue  # is itself a change
        chart = chart_of(course, since, material.today)
        name = outcome_name(course, words)
        yield Drawing(course_drawing(chart, words.number, words.short_day), name, name)
