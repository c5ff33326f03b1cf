"""What is typed into a search, as words."""

from datetime import date

import pytest

from formcheck.exercises.library import load_all
from formcheck.reviewing.searching import LONGEST, MOST_WORDS, words_of
from formcheck.weeks.days import begin_of

EXERCISES = list(load_all().values())


def test_words_are_looked_for_in_small_letters_once():
    """As they stand: nothing in them is a sign."""
    words = words_of("  Heels  100% heels ", EXERCISES)
    assert [word.text for word in words] == ["heels", "100%"]
    assert words_of("", EXERCISES) == ()


def test_an_exercise_is_found_by_what_it_is_called():
    """By its name and its other names, where the id has other letters."""
    (word,) = words_of("curl-up", EXERCISES)
    assert word.exercises == ("curl_up_mcgill",)


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("2026", date(2026, 1, 1), date(2027, 1, 1)),
        ("2026-02", date(2026, 2, 1), date(2026, 3, 1)),
        ("2026-12", date(2026, 12, 1), date(2027, 1, 1)),
        ("2026-02-28", date(2026, 2, 28), date(2026, 3, 1)),
    ],
)
def test_a_date_stands_for_its_time(text, first, after):
    """A year, a month, a day, as they are here."""
    (word,) = words_of(text, EXERCISES)
    assert (word.since, word.until) == (begin_of(first), begin_of(after))


@pytest.mark.parametrize("text", ["2026-13", "2026-02-30", "0000", "9999-12-31", "12-3", "20261"])
def test_what_is_no_date_is_a_word(text):
    """It may stand in a comment."""
    (word,) = words_of(text, EXERCISES)
    assert (word.text, word.since) == (text, None)


def test_a_search_has_an_end():
    """Much is no more work than a little."""
    assert len(words_of(" ".join(map(str, range(100))), EXERCISES)) == MOST_WORDS
    (word,) = words_of("x" * 10_000, EXERCISES)
    assert len(word.text) == LONGEST
