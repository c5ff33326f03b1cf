"""Whether the next session has to be smaller (S06)."""

import pytest

from formcheck.prescription.aftermath import DayAfter, next_session

FINE = DayAfter(usual=3, before=3, after=4, next_morning=4, day_later=3)
TOO_MUCH = DayAfter(usual=3, before=3, after=4, next_morning=6, day_later=3)


@pytest.mark.parametrize(("next_morning", "too_much"), [(3, False), (5, False), (6, True)])
def test_more_than_two_above_usual_is_too_much(next_morning, too_much):
    """Two points are within what changes by itself, three are not."""
    assert DayAfter(usual=3, next_morning=next_morning).was_too_much is too_much


@pytest.mark.parametrize(
    ("after", "day_later", "too_much"),
    [(5, 3, False), (5, 4, True), (3, 4, False), (2, 4, False)],
)
def test_what_has_not_settled_in_a_day_is_too_much(after, day_later, too_much):
    """Only what the session has stirred up: pain that came later is not its fault."""
    day = DayAfter(usual=3, before=3, after=after, day_later=day_later)
    assert day.was_too_much is too_much


@pytest.mark.parametrize(
    "day", [DayAfter(usual=3), DayAfter(usual=3, before=3, after=6), DayAfter(3, day_later=9)]
)
def test_what_nobody_asked_decides_nothing(day):
    """Silence is not pain."""
    assert not day.was_too_much


def test_once_is_a_third_less_twice_running_is_half_and_the_therapist_knows():
    """What was fine in between begins anew."""
    once = next_session([FINE, TOO_MUCH])
    assert once
    assert (once.share, once.tells_therapist) == (0.3, False)
    twice = next_session([TOO_MUCH, TOO_MUCH])
    assert twice
    assert (twice.share, twice.tells_therapist) == (0.5, True)
    assert next_session([TOO_MUCH, FINE, TOO_MUCH]) == once
    assert next_session([TOO_MUCH, FINE]) is None
    assert next_session([]) is None
