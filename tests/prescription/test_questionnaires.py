"""Scores made of several answers."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.errors import UsageError
from formcheck.prescription.outcomes import MeasureId
from formcheck.prescription.questionnaires import (
    Activity,
    activities_score,
    roland_morris,
    roland_morris_score,
)


def test_the_wording_of_roland_and_morris_is_unchanged():
    """Twenty-four sentences, word for word: whoever edits one breaks this."""
    items = "\n".join(roland_morris().items)
    assert hashlib.sha256(items.encode()).hexdigest() == EXPECTED
    assert "Spine 1983; 8: 141-144" in roland_morris().source


EXPECTED = "fc83e9e43c3046c6e6f378b08d2669518809a7f20c725043c21a0bcc34df8db3"


@settings(deadline=None)
@given(st.sets(st.integers(1, 24)))
def test_the_score_is_how_many_are_ticked(ticked):
    """From none to all."""
    assert roland_morris_score(ticked) == len(ticked)


@pytest.mark.parametrize("number", [0, 25])
def test_there_is_no_sentence_beyond_the_last(number):
    """Counted from 1 to 24."""
    with pytest.raises(UsageError, match=f"from 1 to 24, got .{number}"):
        roland_morris_score([1, number])


def test_one_activity_wanders_more_than_the_mean_of_several():
    """And is judged by its own bounds."""
    one, two = Activity("lift", 3), Activity("drive", 6)
    assert activities_score([one]) == (MeasureId.PSFS_SINGLE, 3)
    assert activities_score([one, two]) == (MeasureId.PSFS, 4.5)


@pytest.mark.parametrize("n", [0, 6])
def test_one_to_five_activities_are_named(n):
    """Neither none nor six."""
    with pytest.raises(UsageError, match=f"1 to 5 activities, got {n}"):
        activities_score([Activity(f"activity {i}", 1) for i in range(n)])


@pytest.mark.parametrize(("name", "rating"), [("", 3), (" ", 3), ("lift", 11), ("lift", -1)])
def test_an_activity_has_a_name_and_a_rating(name, rating):
    """Anything else is a clear error."""
    with pytest.raises(UsageError, match=r"needs a name|from 0 to 10"):
        Activity(name, rating)


def test_an_activity_is_named_once():
    """However it is written."""
    with pytest.raises(UsageError, match="twice"):
        activities_score([Activity("drive", 1), Activity("Drive", 2)])
