"""Everybody, with what needs attention first; facts are kept until something new is known."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from formcheck.exercises.schema import Exercise
from formcheck.prescription.adherence import Calendar
from formcheck.reviewing.attention import Need, days_done, needs, order
from formcheck.reviewing.facts import Facts
from formcheck.reviewing.gathering import facts_of
from formcheck.store import Store
from formcheck.store.facts import KeptFacts

FORMAT = 1
"""Of the facts that are kept; those of another one are made anew."""

_FACTS = TypeAdapter(Facts)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person in the list.

    Attributes
    ----------
    needs
        What needs attention, the most urgent first.
    calendar
        The last two weeks of their plan; None without one.
    """

    person: str
    since: date
    facts: Facts
    needs: tuple[Need, ...]
    calendar: Calendar | None


def overview(
    store: Store, exercises: Mapping[str, Exercise], today: date, person: str | None = None
) -> list[PersonLine]:
    """Return everybody, who needs attention most first.

    Parameters
    ----------
    person
        The only one who is asked for; None for everybody.

    Raises
    ------
    StoreError
        If the store cannot be read.
    """

    def name(exercise_id: str) -> str:
        found = exercises.get(exercise_id)
        return found.name if found else exercise_id

    lines = [
        PersonLine(
            kept.person,
            kept.since.astimezone().date(),
            facts,
            needs(facts, today, name),
            days_done(facts, today),
        )
        for kept, facts in current_facts(store, exercises, person)
    ]
    return sorted(lines, key=_most_urgent)


def current_facts(
    store: Store,
    exercises: Mapping[str, Exercise],
    person: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[tuple[KeptFacts, Facts]]:
    """Return what is known of everybody; what has changed is put together anew, and kept.

    Parameters
    ----------
    person
        The only one who is asked for; None for everybody.
    progress
        Is told how many of those that have changed are done.
    """
    everybody = store.kept_facts(person)
    found = {one.person: _read(one.facts) for one in everybody}
    changed = [one for one in everybody if found[one.person] is None]
    fresh: dict[str, Facts] = {}
    for number, one in enumerate(changed, start=1):
        fresh[one.person] = found[one.person] = facts_of(store, one.person, exercises)
        if progress:
            progress(number, len(changed))
    if changed:
        store.keep_facts({one.person: (one.stamp, _written(fresh[one.person])) for one in changed})
    return [(one, facts) for one in everybody if (facts := found[one.person]) is not None]


def mended(store: Store, exercises: Mapping[str, Exercise]) -> list[str]:
    """Make anew what says something else of somebody than what is known, and return of whom.

    What is only outdated is none of these.
    """
    there = [one for one in store.kept_facts() if one.facts is not None]
    known = {one.person: _written(facts_of(store, one.person, exercises)) for one in there}
    wrong = [one for one in there if one.facts != known[one.person]]
    if wrong:
        store.keep_facts({one.person: (one.stamp, known[one.person]) for one in wrong})
    return [one.person for one in wrong]


def _most_urgent(line: PersonLine) -> tuple[Any, ...]:
    """Return by what people are put in order: of two alike, who has waited longer comes first."""
    first = line.needs[0].since if line.needs else None
    return order(line.needs), first or date.max, line.person


def _read(kept: Any) -> Facts | None:
    """Return facts as they were kept; None where they are of another formcheck."""
    if not isinstance(kept, dict) or kept.get("format") != FORMAT:
        return None
    try:
        return _FACTS.validate_python(kept["facts"])
    except (KeyError, ValidationError) as error:
        _log.warning("facts that were kept are made anew: %s", error)
        return None


def _written(facts: Facts) -> dict[str, Any]:
    return {"format": FORMAT, "facts": _FACTS.dump_python(facts, mode="json")}
