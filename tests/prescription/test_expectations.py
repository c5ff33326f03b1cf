"""What is told to expect."""

import datetime
import re

import pytest

from formcheck.prescription.expectations import Duration, duration_of, expectations
from formcheck.texts import Texts

ONSET = datetime.date(2026, 1, 5)
TEXTS = [Texts.load("en"), Texts.load("de")]


def said(texts: Texts, days: int) -> str:
    today = ONSET + datetime.timedelta(days=days)
    return " ".join(texts.say(one.key, **dict(one.arguments)) for one in expectations(ONSET, today))


@pytest.mark.parametrize(
    ("days", "duration"), [(0, Duration.SHORT), (83, Duration.SHORT), (84, Duration.LONG)]
)
def test_twelve_weeks_divide_short_from_long(days, duration):
    """On the day itself it is long."""
    assert duration_of(ONSET, ONSET + datetime.timedelta(days=days)) is duration


@pytest.mark.parametrize("texts", TEXTS, ids=["en", "de"])
def test_no_number_is_told_but_the_documents(texts):
    """Ten and three of a hundred for long-lasting pain, none for short."""
    assert set(re.findall(r"\d+", said(texts, 200))) == {"10", "3", "100"}
    assert re.findall(r"\d+", said(texts, 10)) == []


def test_it_says_where_it_comes_from_and_to_stay_active():
    """Averages, mainly of the low back, whatever the duration."""
    for days in (10, 200):
        text = said(TEXTS[0], days)
        assert "averages of many people" in text
        assert "low back" in text
        assert "Stay active" in text
    assert "effect gets smaller" in said(TEXTS[0], 200)
    assert "exercises are safe" in said(TEXTS[0], 10)
