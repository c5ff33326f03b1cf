"""What an exercise says to the patient, with a key for each sentence.

The English sentences stand in the exercise file, beside the rules they belong to. A translation
names them by key: ``exercise.glute_bridge.findings.drops.cue``.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from formcheck.exercises.schema import Exercise

GROUP = "exercise"
SEPARATOR = ", "  # between synonyms, which are one text: another language may have more or fewer

Translate = Callable[[str, str], str]
"""Takes a key and the English; gives the sentence, the English where there is no other."""


@dataclass(frozen=True, slots=True)
class FindingTexts:
    """What may be wrong, what to do instead, and why it matters."""

    says: str
    cue: str
    why: str


@dataclass(frozen=True, slots=True)
class UnseenTexts:
    """What is not checked, and why it cannot be."""

    says: str
    why: str


@dataclass(frozen=True, slots=True)
class ExerciseTexts:
    """Every sentence of one exercise, in one language.

    Attributes
    ----------
    synonyms
        What else it is called; a language may have more names or fewer than English.
    place, must_be_in_frame
        Where the camera goes, and what it must see.
    no_easier, no_harder, no_alternative
        Why nothing is easier, harder, or done on a chair or standing; None where something is.
    variants
        Names of the ways of doing it, by id.
    findings, not_checked
        By name.
    """

    name: str
    synonyms: tuple[str, ...]
    purpose: str
    instructions: str
    place: str
    must_be_in_frame: str
    no_easier: str | None
    no_harder: str | None
    no_alternative: str | None
    variants: Mapping[str, str]
    findings: Mapping[str, FindingTexts]
    not_checked: Mapping[str, UnseenTexts]


def translated(exercise: Exercise, translate: Translate) -> ExerciseTexts:
    """Return the sentences of an exercise as ``translate`` gives them."""
    key = f"{GROUP}.{exercise.id}"
    camera = exercise.camera

    def if_said(name: str, english: str | None) -> str | None:
        return translate(f"{key}.{name}", english) if english else None

    return ExerciseTexts(
        name=translate(f"{key}.name", exercise.name),
        synonyms=_synonyms(exercise, translate),
        purpose=translate(f"{key}.purpose", exercise.purpose),
        instructions=translate(f"{key}.instructions", exercise.instructions),
        place=translate(f"{key}.place", camera.place),
        must_be_in_frame=translate(f"{key}.must_be_in_frame", camera.must_be_in_frame),
        no_easier=if_said("no_easier", exercise.no_easier),
        no_harder=if_said("no_harder", exercise.no_harder),
        no_alternative=if_said("no_alternative", exercise.no_alternative),
        variants={
            variant.id: translate(f"{key}.variants.{variant.id}", variant.name)
            for variant in exercise.variants
        },
        findings=dict(_findings(exercise, translate)),
        not_checked=dict(_not_checked(exercise, translate)),
    )


def _synonyms(exercise: Exercise, translate: Translate) -> tuple[str, ...]:
    if not exercise.synonyms:
        return ()
    key = f"{GROUP}.{exercise.id}.synonyms"
    return tuple(translate(key, SEPARATOR.join(exercise.synonyms)).split(SEPARATOR))


def _findings(exercise: Exercise, translate: Translate) -> Iterator[tuple[str, FindingTexts]]:
    for finding in exercise.findings:
        key = f"{GROUP}.{exercise.id}.findings.{finding.name}"
        yield (
            finding.name,
            FindingTexts(
                says=translate(f"{key}.says", finding.says),
                cue=translate(f"{key}.cue", finding.cue),
                why=translate(f"{key}.why", finding.why),
            ),
        )


def _not_checked(exercise: Exercise, translate: Translate) -> Iterator[tuple[str, UnseenTexts]]:
    for unseen in exercise.not_checked:
        key = f"{GROUP}.{exercise.id}.not_checked.{unseen.name}"
        says, why = translate(f"{key}.says", unseen.says), translate(f"{key}.why", unseen.why)
        yield unseen.name, UnseenTexts(says, why)
