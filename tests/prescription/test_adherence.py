"""Planned and done days, and what is said about the others."""

import datetime
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.prescription.adherence import DayStatus, calendar
from formcheck.texts import Texts

START = datetime.date(2026, 3, 2)  # a Monday
TEXTS = [Texts.load("en"), Texts.load("de")]


def day(n: int) -> datetime.date:
    return START + datetime.timedelta(days=n)


def every_day(_: datetime.date) -> bool:
    return True


def on_weekdays(date: datetime.date) -> bool:
    return date.weekday() < 5


def after(today: int, *done: int, planned=every_day):
    return calendar(START, day(today), planned, {day(n) for n in done})


def test_each_day_is_what_it_was():
    """Done, missed, rest, done on a day of rest, and today while it is open."""
    week = after(7, 0, 2, 6, planned=on_weekdays)
    assert [str(one.status) for one in week.days] == [
        "done",
        "missed",
        "done",
        "missed",
        "missed",
        "rest",
        "extra",
        "open",
    ]
    assert (week.n_done, week.n_planned, week.share) == (2, 5, 0.4)


def test_today_counts_only_once_it_is_done():
    """Nobody has missed a day that is not over."""
    assert after(1, 0).share == 1
    assert after(1, 0, 1).n_planned == 2
    assert math.isnan(after(0).share)
    assert after(-1).days == ()


@pytest.mark.parametrize(("today", "key"), [(5, "on_track"), (6, "on_track"), (7, "on_track")])
def test_days_of_rest_are_no_gap(today, key):
    """A week of five days, all done: nothing is missed on Saturday, Sunday, nor on Monday."""
    found = after(today, 0, 1, 2, 3, 4, planned=on_weekdays)
    assert found.n_missed_in_a_row == 0
    assert found.says.key == f"adherence.{key}"


@pytest.mark.parametrize(
    ("today", "gap", "steps_down", "key"),
    [
        (1, 0, False, "adherence.on_track"),
        (2, 1, False, "adherence.missed"),
        (7, 6, False, "adherence.missed"),
        (8, 7, True, "adherence.long_gap"),
        (30, 29, True, "adherence.long_gap"),
    ],
)
def test_a_gap_of_seven_days_steps_down(today, gap, steps_down, key):
    """Six do not; after the next session that is over."""
    found = after(today, 0)
    assert (found.gap_days, found.steps_down, found.says.key) == (gap, steps_down, key)
    assert not after(today, 0, today).steps_down
    assert after(today, 0, today).says.key == "adherence.done_today"


def test_who_has_not_begun_has_nothing_to_step_down_from():
    """And is welcomed."""
    found = after(10)
    assert (found.gap_days, found.steps_down) == (10, False)
    assert found.says.key == "adherence.not_begun"


def test_what_was_done_on_a_day_of_rest_ends_a_gap():
    """It is a session as well."""
    assert after(8, 0, 6, planned=on_weekdays).gap_days == 1


@settings(deadline=None)
@given(st.integers(-3, 60), st.frozensets(st.integers(-5, 70)), st.booleans())
def test_every_day_has_one_status_and_something_kind_is_said(today, done, weekdays):
    """The calendar has no holes, and its words exist."""
    found = after(today, *done, planned=on_weekdays if weekdays else every_day)
    assert [one.date for one in found.days] == [day(n) for n in range(max(today + 1, 0))]
    assert sum(one.status is DayStatus.OPEN for one in found.days) <= 1
    assert math.isnan(found.share) or 0 <= found.share <= 1
    assert 0 <= found.gap_days <= max(today + 1, 0)
    assert all(texts.say(found.says.key, **dict(found.says.arguments)) for texts in TEXTS)


@pytest.mark.parametrize("texts", TEXTS, ids=["en", "de"])
def test_nobody_is_blamed(texts):
    """No word of fault, failure or duty in what is said about missed days."""
    said = " ".join(
        texts.say(f"adherence.{key}", n=3)
        for key in ("done_today", "on_track", "not_begun", "missed", "long_gap")
    ).lower()
    blame = (
        "must",
        "should",
        "fail",
        "unfortunately",
        "only",
        "müssen",
        "sollten",
        "leider",
        "nur",
    )
    assert [word for word in blame if f" {word} " in said] == []
