"""What every language file must satisfy; a new file is tested by existing."""

import re
from pathlib import Path

import pytest
from babel import Locale

from formcheck import cli
from formcheck.exercises import library
from formcheck.measures.vocabulary import MEASURES
from formcheck.texts import Texts, languages
from formcheck.texts.language_file import read
from formcheck.texts.message import CHOOSES, OTHER
from tests.texts.keys import keys_of

EXERCISES = library.load_all()
OF_EXERCISES = {key: text for one in EXERCISES.values() for key, text in keys_of(one).items()}
ENGLISH = read("en")
LANGUAGES = languages()
TRANSLATIONS = [code for code in LANGUAGES if code != "en"]

CUE_LETTERS = 60  # what is read at two metres, and said in three seconds
BUTTON_LETTERS = 32
CHECK_LETTERS = 40
NAME_LETTERS = 40
SENTENCE_LETTERS = 160  # as in exercise files
_GAPS = re.compile(r"\{([a-z_]+)\}")
PARTS = sorted({name for measure in MEASURES.values() for name in measure.landmarks})


def test_english_leaves_exercises_to_their_files():
    """One place for each sentence."""
    assert not [key for key in ENGLISH if key.startswith("exercise.")]


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_is_complete(language):
    """Every text of the page and of every built-in exercise is there."""
    assert sorted({*ENGLISH, *OF_EXERCISES} - read(language).keys()) == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_has_nothing_that_nobody_says(language):
    """What English no longer says is gone from the others."""
    assert sorted(read(language).keys() - {*ENGLISH, *OF_EXERCISES}) == []


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_fills_in_the_same(language):
    """The same gaps, and a plural where English has one."""
    own = read(language)
    shared = [key for key in ENGLISH if key in own]
    assert [key for key in shared if own[key].gaps != ENGLISH[key].gaps] == []
    assert [key for key in shared if own[key].is_plural != ENGLISH[key].is_plural] == []
    assert [key for key in OF_EXERCISES if key in own and own[key].gaps] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_every_form_of_the_language(language):
    """CLDR says which; nothing but the number itself may be left out of a form."""
    expected = {*Locale(language).plural_form.tags, OTHER}
    for key, message in read(language).items():
        if message.is_plural:
            assert message.forms.keys() == expected, key
            gaps = {form: _gaps(text) - {CHOOSES} for form, text in message.forms.items()}
            assert len(set(map(frozenset, gaps.values()))) == 1, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_frayed(language):
    """No blank text, no blank at either end, no brace that is no gap."""
    for key, message in read(language).items():
        for text in message.forms.values():
            assert text.strip(), key
            assert key.endswith(".instructions") or text == text.strip(), key
            assert text.count("{") == text.count("}") == len(_GAPS.findall(text)), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_cues_can_be_read_and_said(language):
    """What is said while moving has at most 60 letters, with everything filled in."""
    texts = Texts.load(language)
    cues = {
        f"{one.id}.{name}": finding.cue
        for one in EXERCISES.values()
        for name, finding in texts.exercise(one).findings.items()
    }
    parts = [texts.say(f"part.{part}") for part in PARTS]
    longest_name = max((texts.exercise(one).name for one in EXERCISES.values()), key=len)
    for key, message in read(language).items():
        if key.startswith(("cue.", "refusal.", "placement.advice.")):
            longest = max(message.forms.values(), key=len)
            longest = longest.replace("{n}", "100").replace("{due}", longest_name)
            cues |= {f"{key} {part}": longest.replace("{part}", part) for part in parts}
    assert {key: text for key, text in cues.items() if len(text) > CUE_LETTERS} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_on_buttons_and_lists_fit(language):
    """Buttons, checks and names keep to one line."""
    texts = Texts.load(language)
    names = {one.id: texts.exercise(one).name for one in EXERCISES.values()}
    long = {key: name for key, name in names.items() if len(name) > NAME_LETTERS}
    for key, message in read(language).items():
        limits = {"button.": BUTTON_LETTERS, "placement.check.": CHECK_LETTERS}
        for start, limit in limits.items():
            if key.startswith(start) and len(message.forms[OTHER]) > limit:
                long[key] = message.forms[OTHER]
    assert long == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_sentences_of_exercises_keep_to_the_files_length(language, exercise):
    """A translation may say no more than an exercise file may."""
    said: dict[str, str] = {}
    own = read(language)
    for key, english in keys_of(exercise).items():
        text = own[key].forms[OTHER] if key in own else english
        if not key.endswith(".instructions") and len(text) > SENTENCE_LETTERS:
            said[key] = text
    assert said == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_instructions_have_the_same_steps(language, exercise):
    """A line is a step: none is lost or added in translation."""
    translated = Texts.load(language).exercise(exercise).instructions
    assert len(translated.splitlines()) == len(exercise.instructions.splitlines())


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_sentences_end_as_in_english(language):
    """A full stop, question mark or dots where English has one: nothing is cut off."""
    own = read(language)
    english = {key: message.forms[OTHER] for key, message in ENGLISH.items()} | OF_EXERCISES
    differ = [
        key
        for key, text in english.items()
        if key in own and _ends(own[key].forms[OTHER]) != _ends(text)
    ]
    assert differ == []


def _gaps(text: str) -> set[str]:
    return set(_GAPS.findall(text))


def _ends(text: str) -> bool:
    return text.rstrip().endswith((".", "?"))


def test_every_landmark_of_every_measure_is_a_known_part():
    """What is hidden or outside of the picture can be named."""
    assert [part for part in PARTS if f"part.{part}" not in ENGLISH] == []


def test_the_commands_name_every_language():
    """Where one may be chosen, the help says which there are."""
    commands = Path(cli.__file__).parent
    named = [
        set(re.findall(r"\b[a-z]{2}\b", line.split('help="')[1].split(";")[0].split('"')[0]))
        for file in commands.glob("*.py")
        for line in file.read_text(encoding="utf-8").splitlines()
        if 'help="Its code: ' in line or 'help="en, ' in line
    ]
    assert len(named) >= 5
    assert all(set(languages()) <= one for one in named)
