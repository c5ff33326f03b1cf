"""How one text is chosen and filled in."""

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from formcheck.texts.language_file import messages_of
from formcheck.texts.message import Message

ENGLISH, GERMAN, POLISH = Locale("en"), Locale("de"), Locale("pl")
SECONDS = Message({"one": "{n} second", "other": "{n} seconds"}, is_plural=True)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (2, "2 seconds"),
        (1.04, "1 second"),
        (1.06, "1.1 seconds"),
        (0.95, "1 second"),
        (2.25, "2.3 seconds"),
        (-0.04, "0 seconds"),
    ],
)
def test_the_form_goes_with_the_number_that_is_shown(number, text):
    """What is rounded to one is said as one."""
    assert SECONDS.fill(ENGLISH, {"n": number}) == text


def test_a_language_with_more_forms_uses_them():
    """Polish has a form of its own for a few, and falls back to the general one without it."""
    forms = {"one": "{n} sekunda", "few": "{n} sekundy", "many": "{n} sekund", "other": "{n} s"}
    polish = Message(forms, is_plural=True)
    assert [polish.fill(POLISH, {"n": n}) for n in (1, 3, 5)] == [
        "1 sekunda",
        "3 sekundy",
        "5 sekund",
    ]
    assert SECONDS.fill(POLISH, {"n": 3}) == "3 seconds"


def test_numbers_are_written_as_the_language_does():
    """German has a comma; nothing is grouped, for a page must come to the same."""
    text = Message({"other": "{value}"})
    assert text.fill(GERMAN, {"value": 2.5}) == "2,5"
    assert text.fill(ENGLISH, {"value": 12345.0}) == "12345"


def test_what_is_missing_is_named():
    """A gap that nobody fills is a bug, never shown to the patient."""
    with pytest.raises(ValueError, match="needs number, total"):
        Message({"other": "Set {number} of {total}"}).fill(ENGLISH, {"n": 1})


@given(st.text())
def test_what_is_filled_in_is_not_filled_in_again(word):
    """A name with braces in it stays as it is."""
    assert Message({"other": "<{name}>"}).fill(ENGLISH, {"name": word, "n": 1}) == f"<{word}>"


def test_tables_become_keys_and_plurals():
    """Groups become dots; a table with the general form is one text."""
    table = {"rest": {"left": {"one": "one", "other": "{n}"}, "title": "Rest"}}
    messages = dict(messages_of(table))
    assert list(messages) == ["rest.left", "rest.title"]
    assert messages["rest.left"].is_plural
    assert not messages["rest.title"].is_plural


@pytest.mark.parametrize(
    "content", [3, ["a"], {"one": "{n}", "other": 2}, {"other": "x", "b": "y"}]
)
def test_what_is_no_text_is_named_by_its_key(content):
    """A slip in a language file is found at once."""
    with pytest.raises(ValueError, match=r"rest\.left"):
        dict(messages_of({"rest": {"left": content}}))
