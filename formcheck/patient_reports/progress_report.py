"""The report of a programme's weeks: what has changed since the start, and what that is worth."""

import math
from collections import Counter
from collections.abc import Iterator

import formcheck
from formcheck.patient_reports.common import limits, sealed_by
from formcheck.patient_reports.days_part import adherence, weeks_table
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
from formcheck.patient_reports.outcome_part import outcomes
from formcheck.patient_reports.programme_part import changed_since, prescribed_now
from formcheck.patient_reports.weeks_material import WeeksMaterial
from formcheck.patient_reports.words import UNKNOWN, ReportWords
from formcheck.prescription.red_flags import RedFlagId, red_flags
from formcheck.prescription.review import ReviewState, review
from formcheck.texts import Texts
from formcheck.weeks import ItemProposal
from formcheck.weeks.courses import compared
from formcheck.weeks.days import begin_of, local_day
from formcheck.weeks.weeks import form_of


def progress_report(material: WeeksMaterial, texts: Texts) -> Document:
    """Return the report of the weeks until the day of the material."""
    words = ReportWords(texts, material.exercises)
    say, when = words.say, texts.date(material.today)
    blocks: list[Block] = [
        Facts(tuple(programme_facts(material, words))),
        Section(say("in_short"), tuple(_in_short(material, words))),
        Section(say("outcomes"), tuple(outcomes(material, words))),
        Section(say("weeks"), tuple(weeks_table(material, words))),
        Section(say("review_ahead"), tuple(_review(material, words))),
        prescribed_now(material, words),
        changed_since(material, words),
        Section(say("next"), tuple(_next(material, words))),
        Section(say("safety"), tuple(safety(material, words))),
        limits(words),
    ]
    return document("title_progress", material, words, when, blocks)


def document(
    title: str, material: WeeksMaterial, words: ReportWords, when: str, blocks: list[Block]
) -> Document:
    """Return blocks as a report of the weeks until today."""
    version = formcheck.__version__
    return Document(
        title=words.say(title),
        subject=words.say("subject", person=material.person, when=when),
        language=words.texts.language,
        made=begin_of(material.today),
        running=words.say("running", person=material.person, when=when, version=version),
        page_of=words.texts.say("report.page_of", n="{n}", total="{total}"),
        blocks=tuple(blocks),
    )


def programme_facts(material: WeeksMaterial, words: ReportWords) -> Iterator[tuple[str, str]]:
    """Yield whose programme it is, since when, and who is responsible for it."""
    say, prescription = words.say, material.prescription
    yield say("person"), material.person
    first, week = words.texts.date(prescription.starts), material.n_weeks
    yield say("period"), say("since_week", first=first, n=week) if week else first
    if prescription.therapist:
        yield say("therapist"), prescription.therapist.name
    newest = material.revisions[-1].saved
    yield say("prescription"), say("revision", n=newest.revision, by=sealed_by(newest, words))
    yield say("goal"), prescription.goal
    yield say("onset"), words.texts.date(prescription.onset)
    for condition in sorted(prescription.conditions):
        yield say("minded"), words.coded(f"health_condition.{condition}")


def _in_short(material: WeeksMaterial, words: ReportWords) -> Iterator[Block]:
    for saying in material.weeks.due.waits_for:
        yield Paragraph(words.told(saying), Manner.WARNING)
    yield Bullets(tuple(comparison(material, words)))


def comparison(material: WeeksMaterial, words: ReportWords) -> Iterator[str]:
    """Yield what pain and function, the days done and the form come to, against the start."""
    changes = list(compared(material.weeks.courses, material.prescription.starts))
    verdict = review(changes, material.weeks.calendar).verdict
    yield words.coded(f"report.verdict.{verdict}")
    if material.weeks.calendar.n_planned:
        yield adherence(material.weeks.calendar, words)
    form = form_of(material.kept)
    if math.isfinite(form.at_first) and math.isfinite(form.now):
        shares = {"before": words.percent(form.at_first), "now": words.percent(form.now)}
        yield words.say("form", **shares)


def _review(material: WeeksMaterial, words: ReportWords) -> Iterator[Block]:
    ahead, texts = material.weeks.review, words.texts
    yield Paragraph(words.coded(f"report.review_state.{ahead.state}"))
    if ahead.state is not ReviewState.DONE:
        days = {"first": texts.date(ahead.earliest), "last": texts.date(ahead.latest)}
        yield Paragraph(words.say("review_between", **days))
    rows = []
    if ahead.on:
        rows.append((words.say("review_on"), texts.date(ahead.on)))
    if material.prescription.last_contact:
        rows.append((words.say("last_contact"), texts.date(material.prescription.last_contact)))
    if ahead.next_contact:
        rows.append((words.say("next_contact"), texts.date(ahead.next_contact)))
    if rows:
        yield Facts(tuple(rows))


def _next(material: WeeksMaterial, words: ReportWords) -> Iterator[Block]:
    columns = (
        Column(words.say("exercise")),
        Column(words.say("told"), Kind.WIDE),
        Column(words.say("next_step")),
        Column(words.say("word_column")),
    )
    rows = tuple(_proposal(one, words) for one in material.weeks.proposals)
    yield Table(words.say("next_caption"), columns, rows)


def _proposal(one: ItemProposal, words: ReportWords) -> tuple[str, ...]:
    found = one.proposal
    after = UNKNOWN
    if found.exercise:
        after = words.name(found.exercise)
    elif found.dose:
        after = words.dose(found.dose)
    asks = found.needs_therapist or found.tells_therapist
    word = "applies" if found.applies else "asks" if asks or after != UNKNOWN else "nothing"
    name = words.sided(one.item.exercise, one.item.side)
    return name, words.told(found.says), after, words.coded(f"report.word.{word}")


def safety(material: WeeksMaterial, words: ReportWords) -> Iterator[Block]:
    """Yield which stop rules applied and how often, and what was said about warning signs."""
    counted = Counter(one.applied.rule.partition("_")[0] for one in material.rules)
    if counted:
        columns = (Column(words.say("rule_column")), Column(words.say("times"), Kind.NUMBER))
        rows = tuple(
            (words.coded(f"report.rule.{rule}"), str(n)) for rule, n in sorted(counted.items())
        )
        yield Table(words.say("rules_since"), columns, rows)
    else:
        yield Paragraph(words.say("no_rules"))
    yield from _screened(material, words)


def _screened(material: WeeksMaterial, words: ReportWords) -> Iterator[Block]:
    given = material.prescription.red_flags
    answers = [(given.on, given.positive)] if given else []
    answers += [(local_day(one.time), frozenset(one.positive)) for one in material.kept.screens]
    if not answers:
        yield Paragraph(words.say("not_screened"))
        return
    on, positive = max(answers, key=lambda one: one[0])
    yield Paragraph(words.say("screened", date=words.texts.date(on), n=len(positive)))
    known = set(RedFlagId)
    flags = [red_flags()[RedFlagId(one)] for one in sorted(positive) if one in known]
    if flags:
        yield Bullets(tuple(f"{words.told(f.question)} {words.told(f.what_to_do)}" for f in flags))
