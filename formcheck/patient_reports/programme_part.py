"""What is prescribed now, and what has changed of it since the start."""

import datetime
import itertools
from collections.abc import Iterator

from formcheck.landmarks import Side
from formcheck.patient_reports.document import (
    Block,
    Column,
    Kind,
    Manner,
    Paragraph,
    Section,
    Table,
)
from formcheck.patient_reports.weeks_material import WeeksMaterial
from formcheck.patient_reports.words import UNKNOWN, ReportWords
from formcheck.prescription.model import Item, PlannedSession, Prescription, Step
from formcheck.reports.prescription_words import days_words, heat_minutes, item_words
from formcheck.weeks.days import local_day

_Items = dict[tuple[str, Side | None], Item]
_Row = tuple[datetime.date, tuple[str, ...]]


def prescribed_now(material: WeeksMaterial, words: ReportWords) -> Section:
    """Return the sessions as they are done now."""
    return Section(
        words.say("prescribed_now"),
        tuple(
            block
            for session in material.prescription.sessions_now
            for block in planned(session, material.prescription, words)
        ),
    )


def planned(
    session: PlannedSession, prescription: Prescription, words: ReportWords
) -> Iterator[Block]:
    """Yield a session of the plan: its days, the heat before it, its exercises in order."""
    minutes = heat_minutes(session, prescription, words.exercises)
    if minutes:
        yield Paragraph(words.texts.say("prescription.heat", n=minutes))
    days = days_words(session, words.texts)
    columns = (
        Column(words.say("exercise")),
        Column(words.say("how_much")),
        Column(words.say("what_for")),
    )
    rows = tuple(_item(item, words) for item in session.items)
    yield Table(f"{session.name}: {days}" if session.name else days, columns, rows)


def changed_since(material: WeeksMaterial, words: ReportWords) -> Section:
    """Return what has changed, by whom or by itself, the oldest first."""
    heading, rows = words.say("changes"), [*_by_people(material, words), *_steps(material, words)]
    if not rows:
        return Section(heading, (Paragraph(words.say("no_changes")),))
    columns = (
        Column(words.say("on"), Kind.SHORT),
        Column(words.say("exercise")),
        Column(words.say("change")),
        Column(words.say("by_whom")),
    )
    told = tuple(row for _, row in sorted(rows, key=lambda one: one[0]))
    note = Paragraph(words.say("changes_explained"), Manner.SOFT)
    return Section(heading, (Table(words.say("changes_caption"), columns, told), note))


def _item(item: Item, words: ReportWords) -> tuple[str, ...]:
    exercise = words.exercises.get(item.exercise)
    if exercise is None:
        return item.exercise, words.dose(item.dose), item.why
    said = item_words(item, exercise, words.texts)
    return said["name"], "; ".join([said["dose"], *said["notes"]]), item.why


def _by_people(material: WeeksMaterial, words: ReportWords) -> Iterator[_Row]:
    revisions = material.revisions
    for before, after in itertools.pairwise(revisions):
        on = local_day(after.saved.saved_at)
        by = words.say("by_revision", name=after.saved.saved_by, n=after.saved.revision)
        for name, what in _between(before.prescription, after.prescription, words):
            yield on, (words.short_day(on), name, what, by)


def _between(
    before: Prescription, after: Prescription, words: ReportWords
) -> Iterator[tuple[str, str]]:
    """Yield which exercise has changed from one prescription to the next, and how."""
    old, new = _items(before), _items(after)
    for key in [*old, *(key for key in new if key not in old)]:
        was, now = old.get(key), new.get(key)
        name = words.sided(*key)
        if was is None and now is not None:
            yield name, words.say("change_added", dose=words.dose(now.dose))
        elif now is None:
            yield name, words.say("change_removed")
        elif was is not None and was.dose != now.dose:
            both = {"before": words.dose(was.dose), "after": words.dose(now.dose)}
            yield name, words.say("change_dose", **both)
        elif was is not None and (was.target, was.thresholds) != (now.target, now.thresholds):
            yield name, words.say("change_numbers")
    if before.pain_limit != after.pain_limit:
        limits = {"before": before.pain_limit, "after": after.pain_limit}
        yield UNKNOWN, words.say("change_limit", **limits)


def _items(prescription: Prescription) -> _Items:
    found: _Items = {}
    for session in prescription.sessions:
        for item in session.items:
            found.setdefault((item.exercise, item.side), item)
    return found


def _steps(material: WeeksMaterial, words: ReportWords) -> Iterator[_Row]:
    every = (step for one in material.revisions for step in one.prescription.steps)
    taken = [*dict.fromkeys(every), *material.prescription.steps]
    for step in dict.fromkeys(taken):
        yield step.on, _step(step, words)


def _step(step: Step, words: ReportWords) -> tuple[str, ...]:
    what = words.dose(step.dose)
    if step.does != step.exercise:
        what = f"{words.name(step.does)}, {what}"
    name = words.sided(step.exercise, step.side)
    return words.short_day(step.on), name, what, words.say("by_itself")
