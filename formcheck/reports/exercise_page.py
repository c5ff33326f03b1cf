"""An exercise in words: for whom, how, with what, how it is counted and what is watched.

The same text is a page of the documentation and what ``formcheck exercises show`` prints.
"""

import re
from collections.abc import Iterable, Mapping

import jinja2

from formcheck.exercises.schema import ContraindicationKind, Exercise, Finding, FormRule
from formcheck.measures import MEASURES
from formcheck.reports.rule_words import RuleWords
from formcheck.templating import environment
from formcheck.texts import ExerciseTexts, Texts

SOURCES = "sources.md"  # beside the pages


def kind_of(exercise: Exercise) -> str:
    """Return whether it is held, repeated, or has ways of both; a code."""
    if exercise.is_hold:
        return "held"
    return "repeated_or_held" if any(way.hold for way in exercise.variants) else "repeated"


def sources_of(exercise: Exercise) -> list[str]:
    """Return the keys of every source that a number of the exercise comes from."""
    return sorted({key for one in exercise.findings for key in re.findall(r"\w+", one.source)})


def render_exercise(
    exercise: Exercise,
    known: Mapping[str, Exercise],
    texts: Texts,
    *,
    linked: bool = False,
    strip: str | None = None,
) -> str:
    """Return all that can be said about an exercise, as Markdown.

    Parameters
    ----------
    known
        The exercises that it may name, by id.
    linked
        Whether other exercises and sources are links to the pages beside this one.
    strip
        Where its pictures are, seen from the page; None where there are none.
    """
    own, words = texts.exercise(exercise), RuleWords(texts)
    names = _names(known.values(), texts)
    floor = [way.needs_floor for way in exercise.variants]
    page = _environment(texts).get_template("exercise.md.j2")
    written = page.render(
        exercise=exercise,
        texts=own,
        words=words,
        strip=strip,
        kind=kind_of(exercise),
        aims=[texts.say(f"aim.{one}") for one in exercise.aims],
        contraindications=_contraindications(exercise, texts),
        linked=lambda ids: _pages(ids, names, linked),
        on_floor=any(floor),
        off_floor=[own.variants[w.id] for w in exercise.variants if not w.needs_floor],
        only_for=lambda finding: _only_for(finding, own, texts),
        sources=sources_of(exercise),
        source_link=lambda key: _linked(key, f"{SOURCES}#{key.lower()}", linked),
    )
    return re.sub(r"\n{3,}", "\n\n", written)


def render_index(exercises: Iterable[Exercise], texts: Texts) -> str:
    """Return the page that leads to every exercise and explains every measure."""
    chosen = list(exercises)
    names = _names(chosen, texts)
    return (
        _environment(texts)
        .get_template("exercises.md.j2")
        .render(
            off_floor=[one for one in chosen if not one.needs_floor],
            on_floor=[one for one in chosen if one.needs_floor],
            linked=lambda ids: _pages(ids, names, True),
            kind_of=kind_of,
            measures=[MEASURES[name] for name in sorted(_measures_of(chosen))],
            words=RuleWords(texts),
        )
    )


def _environment(texts: Texts) -> jinja2.Environment:
    # Markdown, of texts that are our own or the user's
    templates = environment("formcheck.reports", autoescape=False, keeps_last_newline=True)
    templates.globals["say"] = texts.say
    templates.globals["number"] = texts.number
    templates.globals["p"] = lambda key, **given: texts.say(f"profile.{key}", **given)
    return templates


def _contraindications(exercise: Exercise, texts: Texts) -> list[tuple[str, list[str]]]:
    """Return the conditions of each kind in plain words; kinds without any are left out."""
    found = []
    for kind in ContraindicationKind:
        conditions = [
            texts.say(f"health_condition.{one.condition}")
            for one in exercise.contraindications
            if one.kind is kind
        ]
        if conditions:
            found.append((kind.value, conditions))
    return found


def _names(exercises: Iterable[Exercise], texts: Texts) -> dict[str, str]:
    return {one.id: texts.exercise(one).name for one in exercises}


def _pages(ids: Iterable[str], names: Mapping[str, str], linked: bool) -> str:
    return ", ".join(_linked(names.get(one, one), f"{one}.md", linked) for one in ids)


def _linked(name: str, target: str, linked: bool) -> str:
    return f"[{name}]({target})" if linked else name


def _only_for(finding: Finding, own: ExerciseTexts, texts: Texts) -> str:
    """Return for which ways alone a fault is watched for; empty where for all."""
    if not isinstance(finding, FormRule) or not finding.variants:
        return ""
    ways = ", ".join(name for way, name in own.variants.items() if way in finding.variants)
    return f"; {texts.say('profile.only_ways', ways=ways)}"


def _measures_of(exercises: Iterable[Exercise]) -> set[str]:
    return {reading.measure for one in exercises for reading in one.readings()}
