"""What is different in a prescription against the one before it, in plain English words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from formcheck.exercises.contraindications import HealthCondition
from formcheck.exercises.dose import Dose
from formcheck.exercises.schema import Exercise
from formcheck.prescription.condition_names import CLINICAL_NAMES
from formcheck.prescription.day_words import in_words
from formcheck.prescription.model import (
    EVERY_DAY,
    Heat,
    Item,
    PlannedSession,
    Prescription,
    Weekday,
)
from formcheck.prescription.resolving import TARGET
from formcheck.reports.number_words import own_number_labels
from formcheck.texts import Texts
from formcheck.texts.texts import ENGLISH

NOTHING = "none"
_Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Words:
    """What exercises and their numbers are called."""

    known: Mapping[str, Exercise]
    texts: Texts

    def name(self, exercise_id: str) -> str:
        found = self.known.get(exercise_id)
        return found.name if found else exercise_id

    def numbers(self, exercise_id: str) -> _Labels:
        found = self.known.get(exercise_id)
        return own_number_labels(found, self.texts) if found else {}


@dataclass(frozen=True, slots=True)
class Changed:
    """One difference.

    Attributes
    ----------
    what
        What is another one, as in ``Glute bridge``.
    before, after
        What it was and is; empty where there was or is nothing to say.

    Examples
    --------
    >>> str(Changed("Glute bridge", "2 x 8", "2 x 10"))
    'Glute bridge: 2 x 8 -> 2 x 10'
    """

    what: str
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        """Return it as one line."""
        both = " -> ".join(one for one in (self.before, self.after) if one)
        return f"{self.what}: {both}" if both else self.what


def changes(
    before: Prescription | None, after: Prescription, exercises: Mapping[str, Exercise]
) -> tuple[Changed, ...]:
    """Return every difference that somebody has to know; nothing where there was none before.

    Both are compared as they are done now. What is done when comes first, then all else.
    """
    if before is None:
        return ()

    words = _Words(before.known(after.known(exercises)), Texts.load(ENGLISH))
    return (
        *_sessions(before, after, words),
        *_own(before, after),
        *_facts(before, after, words),
    )


def _own(before: Prescription, after: Prescription) -> Iterator[Changed]:
    """Yield the own exercises that are counted or judged otherwise than before."""
    old = {one.id: one for one in before.own_exercises}
    for one in after.own_exercises:
        if one.id in old and one != old[one.id]:
            yield Changed(f"{one.name}, how it is counted and judged", "as before", "made anew")


def short_dose(dose: Dose) -> str:
    """Return a dose in few letters.

    Examples
    --------
    >>> short_dose(Dose(sets=2, repetitions=8)), short_dose(Dose(sets=3, hold_s=20))
    ('2 x 8', '3 x 20 s')
    """
    return f"{dose.sets} x {dose.due:g}" + (" s" if dose.hold_s is not None else "")


def _sessions(before: Prescription, after: Prescription, words: _Words) -> Iterator[Changed]:
    old, new = before.sessions_now, after.sessions_now
    for n, session in enumerate(new):
        where = f"{session.label}, " if len(new) > 1 else ""
        if n >= len(old):
            yield Changed(f"Another session: {session.label}")
            yield from _items((), session.items, words, where)
            continue
        if old[n].days != session.days:
            yield Changed("Days", _days(old[n]), _days(session))
        yield from _items(old[n].items, session.items, words, where)
    for gone in old[len(new) :]:
        yield Changed(f"No longer a session: {gone.label}")


def _items(
    old: tuple[Item, ...], new: tuple[Item, ...], words: _Words, where: str
) -> Iterator[Changed]:
    was = {(item.exercise, item.side): item for item in old}
    there = {(item.exercise, item.side): item for item in new}
    for key, item in there.items():
        called = where + _called(item, words)
        if key in was:
            yield from _item(called, was[key], item, words.numbers(item.exercise))
        else:
            yield Changed(f"Added: {called}", "", short_dose(item.dose))
    for key, item in was.items():
        if key not in there:
            yield Changed(f"Left out: {where}{_called(item, words)}", short_dose(item.dose))
    if [key for key in was if key in there] != [key for key in there if key in was]:
        yield Changed(f"{where}Another order", "", ", ".join(_called(one, words) for one in new))


def _called(item: Item, words: _Words) -> str:
    name = words.name(item.exercise)
    return f"{name} ({item.side.value})" if item.side else name


def _item(called: str, old: Item, new: Item, labels: _Labels) -> Iterator[Changed]:
    pairs = (
        ("", short_dose(old.dose), short_dose(new.dose)),
        (", rest", f"{old.dose.rest_s:g} s", f"{new.dose.rest_s:g} s"),
        (", what for", old.why, new.why),
        (", tempo", _tempo(old), _tempo(new)),
        (", may change by itself", _fact(old.may_progress), _fact(new.may_progress)),
        (", on a firm bed", _fact(old.on_bed), _fact(new.on_bed)),
        (", seen to be done safely", _fact(old.tested), _fact(new.tested)),
        *_own_numbers(_numbers(old), _numbers(new), labels),
    )
    for what, was, now in pairs:
        if was != now:
            yield Changed(called + what, was, now)


def _own_numbers(
    old: Mapping[str, float], new: Mapping[str, float], labels: _Labels
) -> Iterator[tuple[str, str, str]]:
    for name in sorted(old.keys() | new.keys()):
        yield f", {labels.get(name, name)}", _number(old, name), _number(new, name)


def _numbers(item: Item) -> dict[str, float]:
    own = dict(item.thresholds)
    return own if item.target is None else {**own, TARGET: item.target}


def _number(numbers: Mapping[str, float], name: str) -> str:
    return f"{numbers[name]:g}" if name in numbers else "that of the exercise"


def _tempo(item: Item) -> str:
    return "-".join(f"{one:g}" for one in item.tempo_s) + " s" if item.tempo_s else NOTHING


def _days(session: PlannedSession) -> str:
    if session.days == EVERY_DAY:
        return "every day"
    return ", ".join(day.value.capitalize() for day in Weekday if day in session.days)


_FACTS = {
    "goal": "Goal",
    "starts": "First day",
    "review": "Review",
    "last_contact": "Last contact",
    "next_contact": "Next contact",
    "pain_limit": "A session ends with more pain than",
    "gets_down_alone": "Gets down to the floor and up again alone",
    "first_stage_passed": "The first stage was seen to be mastered",
    "mobility_on_bad_days": "Gentle stretching on bad days",
    "notes": "Notes",
    "conditions": "To be minded",
    "equipment": "At hand",
    "heat": "Warmth before stretching",
}


def _facts(before: Prescription, after: Prescription, words: _Words) -> Iterator[Changed]:
    for field, what in _FACTS.items():
        old, new = _fact(getattr(before, field)), _fact(getattr(after, field))
        if old != new:
            yield Changed(what, old, new)
    yield from _said(before, after, words)


def _fact(value: object) -> str:
    match value:
        case None | "":
            return NOTHING
        case bool():
            return "yes" if value else "no"
        case date():
            return in_words(value)
        case frozenset():
            return "; ".join(sorted(_name(one) for one in value)) or NOTHING
        case Heat():
            left_out = _plain(value.left_out) if value.left_out else NOTHING
            return left_out if value.minutes is None else f"{value.minutes} minutes"
        case _:
            return str(value)


def _name(one: object) -> str:
    return CLINICAL_NAMES[one] if isinstance(one, HealthCondition) else _plain(str(one))


def _plain(word: str) -> str:
    return word.replace("_", " ")


def _said(before: Prescription, after: Prescription, words: _Words) -> Iterator[Changed]:
    """Yield what was asked, looked into, confirmed and set aside."""
    yield from _warning_signs(before, after)
    for one in after.confirmed:
        if one not in before.confirmed:
            with_what = f"{words.name(one.exercise)} with {CLINICAL_NAMES[one.condition]}"
            yield Changed(f"Confirmed: {with_what}", "", f"{one.by}: {one.reason}")
    for aside in after.overrides:
        if aside not in before.overrides:
            yield Changed(f"Set aside: {_plain(aside.rule)}", "", f"{aside.by}: {aside.reason}")
    kept = {one.rule for one in after.overrides}
    for aside in before.overrides:
        if aside.rule not in kept:
            yield Changed(f"Minded again: {_plain(aside.rule)}")


def _warning_signs(before: Prescription, after: Prescription) -> Iterator[Changed]:
    old, new = before.red_flags, after.red_flags
    if new is None or new == old:
        return
    if old is None or (old.on, old.positive) != (new.on, new.positive):
        yes = ", ".join(sorted(new.positive)) or "all answered with no"
        yield Changed("Warning signs asked", "", f"{_fact(new.on)}: {yes}")
    looked_into_before = old.cleared if old else {}
    for flag, who in new.cleared.items():
        if looked_into_before.get(flag) != who:
            yield Changed(f"Warning sign {flag} looked into", "", who)
