"""When the review is due, and what it comes to."""

import datetime
import math

import pytest

from formcheck.prescription.adherence import calendar
from formcheck.prescription.outcomes import MeasureId, OutcomeChange, change
from formcheck.prescription.review import Form, ReviewState, ReviewVerdict, review, review_state
from formcheck.texts import Texts

START = datetime.date(2026, 3, 2)
TEXTS = [Texts.load("en"), Texts.load("de")]


def day(n: int) -> datetime.date:
    return START + datetime.timedelta(days=n)


CALENDAR = calendar(START, day(35), lambda _: True, {day(n) for n in range(28)})
BETTER = change(MeasureId.PAIN_0_100, 60, 35)
SAME = change(MeasureId.PAIN_0_100, 60, 45)
WORSE = change(MeasureId.RMDQ, 10, 16)
STANDS_FASTER = change(MeasureId.SIT_TO_STAND_5, 15.0, 10.0)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (0, ReviewState.NOT_YET),
        (27, ReviewState.NOT_YET),
        (28, ReviewState.DUE),
        (42, ReviewState.DUE),
        (43, ReviewState.OVERDUE),
    ],
)
def test_it_is_due_from_four_to_six_weeks(today, state):
    """Both days belong to it; after that it is overdue."""
    assert review_state(START, day(today)) is state
    assert all(texts.say(state.says.key) for texts in TEXTS)


@pytest.mark.parametrize(("held", "state"), [(27, ReviewState.DUE), (28, ReviewState.DONE)])
def test_one_that_was_held_too_early_does_not_count(held, state):
    """Four weeks are needed to see anything."""
    assert review_state(START, day(35), held_on=day(held)) is state


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ([BETTER], ReviewVerdict.IMPROVED),
        ([BETTER, SAME], ReviewVerdict.IMPROVED),
        ([SAME], ReviewVerdict.NO_CLEAR_CHANGE),
        ([BETTER, WORSE], ReviewVerdict.MIXED),
        ([SAME, WORSE], ReviewVerdict.WORSE),
        ([], ReviewVerdict.NOTHING_TO_COMPARE),
        ([STANDS_FASTER], ReviewVerdict.NOTHING_TO_COMPARE),
        ([SAME, STANDS_FASTER], ReviewVerdict.NO_CLEAR_CHANGE),
    ],
)
def test_pain_and_function_decide_by_what_their_change_is_worth(
    changes: list[OutcomeChange], verdict: ReviewVerdict
):
    """Fifteen points of pain less may be chance; standing up faster is no less pain."""
    assert review(changes, CALENDAR).verdict is verdict


def test_days_and_form_stand_beside_the_verdict():
    """They are told in numbers and decide nothing."""
    found = review([SAME], CALENDAR, Form(0.5, 0.9))
    assert found.verdict is ReviewVerdict.NO_CLEAR_CHANGE
    said = [TEXTS[0].say(one.key, **dict(one.arguments)) for one in found.says]
    assert said[1] == "You did 28 of 35 planned days."
    assert (
        said[2] == "Out of 100 moves, the camera saw no clear fault in 50 at first, and in 90 now."
    )
    assert len(review([SAME], CALENDAR, Form(0.5, math.nan)).says) == 2
