"""A prescription in words: what is done on which days, how much, what for."""

from collections.abc import Iterator, Mapping
from typing import Any

from formcheck.exercises.group import Component
from formcheck.exercises.schema import Exercise
from formcheck.prescription.model import EVERY_DAY, Item, PlannedSession, Prescription, Weekday
from formcheck.prescription.seal import SealState, fingerprint, state_of
from formcheck.prescription.session_order import component_of
from formcheck.prescription.volume import minutes
from formcheck.reports.rule_words import RuleWords
from formcheck.templating import environment
from formcheck.texts import Texts

_TABLE_BREAKS = str.maketrans({"|": "/", "\n": " "})


def render_prescription(
    prescription: Prescription, exercises: Mapping[str, Exercise], texts: Texts
) -> str:
    """Return a prescription as Markdown, for patient and therapist."""
    known = prescription.known(exercises)
    # Markdown for a terminal; a page has a template of its own
    templates = environment("formcheck.reports", autoescape=False)
    templates.globals["p"] = lambda key, **given: texts.say(f"prescription.{key}", **given)
    return templates.get_template("prescription.md.j2").render(
        prescription=prescription,
        facts=list(_facts(prescription, texts)),
        sessions=[_session(one, prescription, known, texts) for one in prescription.sessions_now],
        closing=list(_closing(prescription, texts)),
    )


def item_words(item: Item, exercise: Exercise, texts: Texts) -> dict[str, Any]:
    """Return what one exercise of a plan is called, how much of it is done, and what for."""
    return {
        "name": texts.exercise(exercise).name,
        "dose": RuleWords(texts).dose(item.dose),
        "why": item.why.translate(_TABLE_BREAKS),
        "notes": list(_notes(item, texts)),
    }


def days_words(session: PlannedSession, texts: Texts) -> str:
    """Return on which days a session is done."""
    if session.days == EVERY_DAY:
        return texts.say("prescription.every_day")
    return ", ".join(texts.say(f"weekday.{day}") for day in Weekday if day in session.days)


def heat_minutes(
    session: PlannedSession, prescription: Prescription, exercises: Mapping[str, Exercise]
) -> int | None:
    """Return for how long the back is warmed before a session: where something is stretched."""
    stretches = any(
        component_of(exercises[item.exercise]) is Component.STRETCH
        for item in session.items
        if item.exercise in exercises
    )
    return prescription.heat.minutes if stretches else None


def _session(
    session: PlannedSession,
    prescription: Prescription,
    exercises: Mapping[str, Exercise],
    texts: Texts,
) -> dict[str, Any]:
    heat = heat_minutes(session, prescription, exercises)
    return {
        "name": session.name or days_words(session, texts),
        "days": f"{days_words(session, texts)}. " if session.name else "",
        "time": texts.say("prescription.takes", n=max(1, round(minutes(session, exercises)))),
        "heat": texts.say("prescription.heat", n=heat) if heat else "",
        "rows": [item_words(item, exercises[item.exercise], texts) for item in session.items],
    }


def _notes(item: Item, texts: Texts) -> Iterator[str]:
    if item.side:
        yield texts.say("prescription.only_side", side=texts.say(f"side.{item.side.value}"))
    if item.on_bed:
        yield texts.say("prescription.on_bed")
    if item.tempo_s:
        out, stay, back = (texts.number(s, 1) for s in item.tempo_s)
        yield texts.say("prescription.tempo", out=out, stay=stay, back=back)


def _facts(prescription: Prescription, texts: Texts) -> Iterator[str]:
    say = texts.say
    yield say("prescription.starts", date=texts.date(prescription.starts))
    if prescription.review:
        yield say("prescription.review", date=texts.date(prescription.review))
    if prescription.next_contact:
        yield say("prescription.contact", date=texts.date(prescription.next_contact))
    yield say("prescription.pain_limit", n=prescription.pain_limit)
    for condition in sorted(prescription.conditions):
        yield say("prescription.minded", what=say(f"health_condition.{condition}"))


def _closing(prescription: Prescription, texts: Texts) -> Iterator[str]:
    state = state_of(prescription)
    signature = prescription.signature
    if signature is None or state is not SealState.SEALED:
        yield texts.say(f"prescription.seal_{state}")
        return
    yield texts.say(
        "prescription.seal_sealed",
        name=signature.name,
        date=texts.date(signature.on),
        short_key=fingerprint(signature.public_key),
    )
