"""What can be said about pain."""

import pytest

from formcheck.errors import UsageError
from formcheck.prescription.pain import OF_HEART_AND_HEAD, OF_NERVES, Moment, PainSaid, Quality


@pytest.mark.parametrize("rating", [0, 1, 9, 10])
def test_pain_is_a_whole_number_from_0_to_10(rating):
    """Both ends belong to it."""
    assert PainSaid(Moment.BEFORE, rating).rating == rating


@pytest.mark.parametrize("rating", [-1, 11, 3.5, True, "3"])
def test_everything_else_is_a_clear_error(rating):
    """It says what was expected and what the ends mean."""
    with pytest.raises(UsageError, match=r"from 0 to 10, got .*\n0 is no pain"):
        PainSaid(Moment.BEFORE, rating)


def test_a_feeling_may_be_told_without_a_number_but_not_nothing():
    """Who is dizzy does not look for a number."""
    assert PainSaid(Moment.HURTS, qualities=frozenset({Quality.DIZZY})).rating is None
    with pytest.raises(UsageError, match="got neither"):
        PainSaid(Moment.HURTS)


def test_every_quality_belongs_to_one_kind_of_warning():
    """Nerves, or heart and head: none is without consequence."""
    assert set(Quality) == OF_NERVES | OF_HEART_AND_HEAD
    assert not OF_NERVES & OF_HEART_AND_HEAD
