"""The report at the end of a programme: first against last, what to go on with, when to return."""

from collections.abc import Iterator, Sequence

from formcheck.patient_reports.common import limits
from formcheck.patient_reports.document import (
    Block,
    Bullets,
    Column,
    Document,
    Facts,
    Kind,
    Manner,
    Paragraph,
    Section,
    Table,
)
from formcheck.patient_reports.first_and_last import FirstAndLast, Went
from formcheck.patient_reports.home_part import come_back, expected, home_programme
from formcheck.patient_reports.outcome_part import outcome_name, outcomes
from formcheck.patient_reports.programme_part import changed_since
from formcheck.patient_reports.progress_report import (
    comparison,
    document,
    programme_facts,
    safety,
)
from formcheck.patient_reports.weeks_material import WeeksMaterial
from formcheck.patient_reports.words import UNKNOWN, ReportWords
from formcheck.prescription.outcomes import Verdict
from formcheck.texts import Texts
from formcheck.weeks import Course

_SIGNATURE = "_" * 32


def discharge_report(
    material: WeeksMaterial, exercises: Sequence[FirstAndLast], texts: Texts
) -> Document:
    """Return the report of a programme that ends on the day of the material.

    Parameters
    ----------
    exercises
        Each the first time and the last.
    """
    words = ReportWords(texts, material.exercises)
    say = words.say
    blocks: list[Block] = [
        Facts(tuple(programme_facts(material, words))),
        Section(say("in_short"), (Bullets(tuple(comparison(material, words))),)),
        Section(say("reached"), tuple(_reached(material, words))),
        Section(say("outcomes"), tuple(outcomes(material, words))),
        Section(say("days_in_all"), tuple(_days(material, words))),
        Section(say("first_and_last"), tuple(_exercises(exercises, words))),
        changed_since(material, words),
        Section(say("safety"), tuple(safety(material, words))),
        home_programme(material, words),
        come_back(words),
        Section(say("expect"), tuple(expected(material, words))),
        limits(words),
        Facts(tuple(_signature(material, words))),
    ]
    return document("title_discharge", material, words, texts.date(material.today), blocks)


def _reached(material: WeeksMaterial, words: ReportWords) -> Iterator[Block]:
    """Yield what is better by so much that it matters, what is not, and what is not known."""
    courses = material.weeks.courses
    better = [one for one in courses if one.change and one.change.is_progress]
    other = [one for one in courses if one.change and not one.change.is_progress]
    single = [one for one in courses if not one.change]
    for key, some in (("is_reached", better), ("is_not_reached", other), ("is_not_known", single)):
        if some:
            yield Paragraph(words.say(key))
            yield Bullets(tuple(_change(one, words) for one in some))
    if not courses:
        yield Paragraph(words.say("no_outcomes"))


def _change(course: Course, words: ReportWords) -> str:
    name, change, last = outcome_name(course, words), course.change, course.points[-1]
    if change is None:
        value = words.score(course.measure, last.value)
        return words.say("only_value", name=name, value=value, date=words.texts.date(last.day))
    values = {
        "before": words.score(course.measure, change.baseline),
        "now": words.score(course.measure, change.now),
    }
    said = words.say("from_to", name=name, **values)
    if change.verdict is Verdict.IMPROVED:
        return said
    return f"{said} ({words.coded(f'report.worth.{change.verdict}')})"


def _days(material: WeeksMaterial, words: ReportWords) -> Iterator[Block]:
    done = [one for one in material.sets if one.n_repetitions or one.held_s]
    if not done:
        yield Paragraph(words.say("not_begun"))
        return
    n_sessions = len({one.session_id for one in done})
    n_repetitions, held_s = sum(one.n_repetitions for one in done), sum(one.held_s for one in done)
    sums = words.say("sums", n=n_sessions, repetitions=words.number(n_repetitions, 0))
    held = words.say("sums_held", held=words.clock(held_s)) if held_s else ""
    yield Paragraph(f"{sums} {held}".rstrip())


def _exercises(exercises: Sequence[FirstAndLast], words: ReportWords) -> Iterator[Block]:
    if not exercises:
        yield Paragraph(words.say("no_sets_at_all"))
        return
    headings = ("first", "last", "far_first", "far_last", "far_error", "difference")
    columns = (
        Column(words.say("exercise")),
        *(
            Column(
                words.coded(f"report.column.{key}"),
                Kind.NUMBER if key.startswith("far") else Kind.TEXT,
            )
            for key in headings
        ),
    )
    rows = tuple(_row(one, words) for one in exercises)
    yield Table(words.say("first_and_last_caption"), columns, rows)
    yield Paragraph(words.say("first_and_last_explained"), Manner.SOFT)


def _row(one: FirstAndLast, words: ReportWords) -> tuple[str, ...]:
    before, after = one.first.reached, one.last.reached
    difference = UNKNOWN
    if one.further_by is not None and one.first != one.last:
        key = "within_error"
        if one.is_beyond_error:
            key = "further" if one.further_by > 0 else "less_far"
        difference = words.coded(f"report.difference.{key}")
    return (
        words.name(one.exercise),
        _went(one.first, words),
        _went(one.last, words) if one.first != one.last else words.say("only_once"),
        words.amount(before.mean, before.unit) if before else UNKNOWN,
        words.amount(after.mean, after.unit) if after else UNKNOWN,
        f"\u00b1{words.reading(after.expected_error, after.unit)}" if after else UNKNOWN,
        difference,
    )


def _went(one: Went, words: ReportWords) -> str:
    done = words.say("n_counted", n=one.n_repetitions) if one.n_repetitions else ""
    held = words.say("n_held", n=round(one.held_s, 1)) if one.held_s else ""
    clean = words.say("n_clean", share=words.percent(one.clean_share))
    if one.clean_share is None:
        clean = words.say("clean_unknown")
    return "; ".join(part for part in (words.short_day(one.day), done, held, clean) if part)


def _signature(material: WeeksMaterial, words: ReportWords) -> Iterator[tuple[str, str]]:
    if material.prescription.therapist:
        yield words.say("therapist"), material.prescription.therapist.name
    yield words.say("signature"), _SIGNATURE
