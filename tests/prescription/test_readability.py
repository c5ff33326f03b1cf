"""Patients' texts are read at the level of a 12-year-old, and promise nothing."""

import re

import pytest

from formcheck.exercises import library
from formcheck.texts import languages
from formcheck.texts.language_file import read
from tests.prescription.readability import (
    crawford_grade,
    flesch_kincaid_grade,
    kandel_moles_grade,
    n_syllables,
    wiener_sachtextformel,
    words_of,
)
from tests.texts.keys import keys_of

GRADES = {
    "en": flesch_kincaid_grade,
    "de": wiener_sachtextformel,
    "es": crawford_grade,
    "fr": kandel_moles_grade,
}
GROUP_GRADE = 6.5  # the school year of a 12-year-old
TEXT_GRADE = 9.0  # formulas for running text jump about on a single sentence
FEWEST_WORDS = 8
GROUP_WORDS = 20  # a handful of labels is no running text either
GROUPS = (
    "screening",
    "screening_reason",
    "red_flag",
    "red_flag_action",
    "pain_scale",
    "pain_question",
    "pain_quality",
    "stop_rule",
    "progress",
    "progress_asked",
    "outcome",
    "outcome_question",
    "outcome_change",
    "roland_morris",
    "day_status",
    "adherence",
    "review",
    "review_state",
    "expectation",
    "me",
    "exchange",
    "rule_told",
)
# No camera sees a deep muscle work, and no trial promises a cure.
CLAIMS = re.compile(
    r"transvers|multifid|deep (muscle|core|trunk)|deep stabili|activat(e|es|ing|ion) (your|the)"
    r"|\bcure[sd]?\b|\bheal(s|ed)?\b|guarantee|pain[- ]free|always helps|for good"
    r"|tiefe\w* (bauch|rücken|rumpf)?muskel|tiefenmuskul|heil(t|en|ung)\b|geheilt|garantier"
    r"|schmerzfrei|hilft immer|für immer"
    r"|músculos? profundos?|\bcura(n|r|rá|do|da)?\b|\bsana(n|r|rá)?\b"
    r"|garantiz|sin dolor|siempre ayuda|para siempre"
    r"|muscles? profonds?|gu[ée]ri(r|t|s|e|es|ra)?\b|garanti|sans douleur"
    r"|aide toujours|pour toujours",
    re.IGNORECASE,
)
_IS_NAME = re.compile(r"\.synonyms$|\.not_checked\.")
EXERCISES = library.load_all()


def texts_of(language: str, group: str) -> dict[str, str]:
    return {
        f"{key}.{form}" if message.is_plural else key: text
        for key, message in read(language).items()
        for form, text in message.forms.items()
        if key.startswith(f"{group}.")
    }


@pytest.mark.parametrize("language", sorted(GRADES))
@pytest.mark.parametrize("group", GROUPS)
def test_a_12_year_old_can_read_it(language, group):
    """By the formula of each language (`readability`)."""
    grade, texts = GRADES[language], texts_of(language, group)
    assert texts
    together = " ".join(_sentence(text) for text in texts.values())
    assert len(words_of(together)) < GROUP_WORDS or grade(together) <= GROUP_GRADE
    long = {key: text for key, text in texts.items() if len(words_of(text)) >= FEWEST_WORDS}
    assert {key: grade(text) for key, text in long.items() if grade(text) > TEXT_GRADE} == {}


@pytest.mark.parametrize("language", languages())
def test_no_text_claims_what_nobody_can_see_or_promise(language):
    """Neither that deep muscles work nor that anything is cured, in any text of formcheck."""
    texts = {key: " ".join(message.forms.values()) for key, message in read(language).items()}
    if language == "en":
        texts |= {k: text for one in EXERCISES.values() for k, text in keys_of(one).items()}
    # A name is no claim, nor is a list of what is not checked.
    texts = {key: text for key, text in texts.items() if not _IS_NAME.search(key)}
    assert {key: text for key, text in texts.items() if CLAIMS.search(text)} == {}


@pytest.mark.parametrize(
    "claim",
    ["This cures pain.", "It activates the multifidus.", "Sie werden schmerzfrei.", "Esto cura."],
)
def test_a_claim_is_noticed(claim):
    """The search finds what it looks for."""
    assert CLAIMS.search(claim)


def test_hard_texts_are_told_from_easy_ones():
    """A sentence of a law and one of a primer in each language; the formulas are as published."""
    easy, hard = (
        "The cat sat on the mat.",
        (
            "The aforementioned provisions notwithstanding, applicants are obligated to submit "
            "comprehensive documentation regarding their professional qualifications."
        ),
    )
    assert flesch_kincaid_grade(easy) < 1
    assert flesch_kincaid_grade(hard) > 12
    leicht, schwer = (
        "Die Katze sitzt auf dem Bett.",
        (
            "Ungeachtet vorstehender Bestimmungen sind Antragstellende verpflichtet, umfassende "
            "Unterlagen über ihre beruflichen Qualifikationen einzureichen."
        ),
    )
    assert wiener_sachtextformel(leicht) < 3
    assert wiener_sachtextformel(schwer) > 12
    facil, dificil = (
        "El gato está en la cama.",
        (
            "Sin perjuicio de las disposiciones anteriormente mencionadas, los solicitantes están "
            "obligados a presentar documentación acreditativa de sus cualificaciones profesionales."
        ),
    )
    assert crawford_grade(facil) < 1
    assert crawford_grade(dificil) > 9


@pytest.mark.parametrize(
    ("word", "language", "syllables"),
    [
        ("stop", "en", 1),
        ("exercise", "en", 3),
        ("table", "en", 2),
        ("Schmerz", "de", 1),
        ("Übungen", "de", 3),
        ("Rücken", "de", 2),
        ("Brust", "de", 1),
        ("día", "es", 2),
        ("siguiente", "es", 3),
        ("cuidado", "es", 3),
        ("muy", "es", 1),
        ("vaya", "es", 2),
        ("fisioterapeuta", "es", 6),
    ],
)
def test_syllables_are_counted(word, language, syllables):
    """Words whose syllables everybody knows."""
    assert n_syllables(word, language) == syllables


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
