"""The clinical rules that a programme is checked against: what each says, why, and on what basis.

Data in ``programme_rules.toml``; what a rule looks at is the check of its id in
`formcheck.prescription.checks`.
"""

import enum
import functools
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Annotated

from pydantic import Field

from formcheck.exercises.readings import Record

FILE, SOURCES = "programme_rules.toml", "sources.toml"


class Severity(enum.StrEnum):
    """What a rule that is not kept means.

    ``block``: it is not safe, and no session begins. ``warn``: the therapist should look, and may
    set it aside with a reason. ``inform``: something to know.
    """

    BLOCK = "block"
    WARN = "warn"
    INFORM = "inform"


class ProgrammeRule(Record):
    """One clinical rule.

    Attributes
    ----------
    number
        Its number in the clinical catalogue; those from 24 on are our own.
    document
        What the clinical document says; None where it says nothing of it.
    later
        Where other evidence disagrees or says less; None where none was found.
    source
        Keys of docs/programme-rules.md.
    """

    id: str
    number: int
    severity: Severity
    title: str
    reason: str
    document: str | None = None
    later: str | None = None
    fix: str
    source: Annotated[tuple[str, ...], Field(min_length=1)]


@functools.cache
def programme_rules() -> Mapping[str, ProgrammeRule]:
    """Return every rule by its id, in order of their numbers."""
    text = (resources.files("formcheck.prescription") / FILE).read_text(encoding="utf-8")
    found = [
        ProgrammeRule.model_validate({"id": name, **content})
        for name, content in tomllib.loads(text)["rules"].items()
    ]
    return {rule.id: rule for rule in sorted(found, key=lambda one: one.number)}


@functools.cache
def sources() -> Mapping[str, str]:
    """Return what the rules rest on, in words, by its key."""
    text = (resources.files("formcheck.prescription") / SOURCES).read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["sources"])
