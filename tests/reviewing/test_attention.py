"""What needs attention on a day follows from the facts, just below and just above each bound."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from formcheck.prescription.model import Weekday
from formcheck.prescription.outcomes import MeasureId
from formcheck.prescription.progression import Change
from formcheck.prescription.red_flags import RedFlagId
from formcheck.prescription.seal import SealState
from formcheck.reviewing.attention import days_done, needs, order
from formcheck.reviewing.attention_rules import RULES, NeedKind
from formcheck.reviewing.facts import (
    Facts,
    Mark,
    NewFault,
    NotQuiet,
    PainChange,
    Programme,
    Told,
    Waiting,
)

TODAY = date(2026, 4, 20)  # a Monday
NEWEST = Mark("newest", datetime(2026, 4, 19, 12, tzinfo=UTC))
EARLIER = Mark("earlier", datetime(2026, 4, 17, 12, tzinfo=UTC))
EVERY_DAY = tuple(Weekday)


def programme(**changed):
    """Return a programme of every day that began a week ago and of which nothing is to be said."""
    days_ago = changed.pop("day", 7)
    starts = TODAY - timedelta(days=days_ago)
    values = {"revision": 3, "saved": starts, "starts": starts, "days": EVERY_DAY}
    return Programme(**{**values, **changed})


def done(*days_ago):
    """Return days on which something was done."""
    return tuple(sorted(TODAY - timedelta(days=n) for n in days_ago))


def told(**facts):
    """Return what needs attention, by kind."""
    listed = needs(Facts(**facts), TODAY, str.title)
    found = {one.kind: one for one in listed}
    assert len(found) == len(listed)
    assert [one.rank for one in listed] == sorted(one.rank for one in listed)
    return found


def kinds(**facts):
    """Return the kinds of what needs attention, in order."""
    return list(told(**facts))


def test_of_whom_nothing_is_known_nothing_needs_attention():
    """There is no list without a reason."""
    assert kinds() == []
    assert kinds(programme=programme(), done=done(*range(8)), newest=NEWEST) == []


def test_a_warning_sign_says_what_to_think_of_and_since_when():
    """The most urgent thing of all; to a therapist the cause is named."""
    since = date(2026, 4, 2)
    found = told(red_flags=(RedFlagId.RF03,), red_flags_since=since)
    need = found[NeedKind.RED_FLAG]
    assert (need.rank, need.since, need.session_id) == (1, since, None)
    assert "(emergency)" in need.says


def test_stop_rules_are_told_with_the_newest_session_and_how_many_more():
    """Each rule once, in plain words; the link leads to the newest session."""
    one, two = Told(NEWEST, ("s01", "s01_again", "s04")), Told(EARLIER, ("s01",))
    need = told(to_tell=(one, two))[NeedKind.STOP_RULE]
    assert need.says == (
        "Pain rose and stayed up (S01); A new kind of pain, or newly numb or weak (S04);"
        " also in 1 earlier session"
    )
    assert (need.session_id, need.since) == ("newest", date(2026, 4, 19))


@pytest.mark.parametrize(
    ("again", "kind"),
    [(False, NeedKind.PAIN_NOT_QUIET), (True, NeedKind.PAIN_DOES_NOT_SETTLE)],
)
def test_pain_that_is_not_quiet_is_listed_once(again, kind):
    """Twice running is more urgent, and takes its place."""
    pain = NotQuiet(NEWEST, 2, 5, 5, did_not_settle=again, again=again)
    assert kinds(not_quiet=pain) == [kind]


def test_why_pain_is_not_quiet_is_said():
    """Over the limit, not settled, or just more than it was."""

    def says(highest, *, did_not_settle=False):
        pain = NotQuiet(NEWEST, 2, highest, 5, did_not_settle=did_not_settle, again=False)
        return told(not_quiet=pain)[NeedKind.PAIN_NOT_QUIET].says

    assert says(5) == "Pain went from 2 to 5"
    assert says(6) == "Pain went from 2 to 6, over the limit of 5"
    assert says(3, did_not_settle=True) == "Pain went from 2 to 3, and had not settled a day later"


@pytest.mark.parametrize(
    ("days_ago", "is_worse", "is_listed"), [(14, True, True), (15, True, False), (3, False, False)]
)
def test_worse_pain_is_listed_while_it_is_fresh(days_ago, is_worse, is_listed):
    """What was measured more than two weeks ago says nothing of now."""
    day = TODAY - timedelta(days=days_ago)
    pain = (PainChange(MeasureId.PAIN_0_100, 30, 60, day, is_worse=is_worse),)
    found = told(programme=programme(pain=pain), done=done(*range(8)))
    assert (NeedKind.PAIN_WORSE in found) == is_listed
    if is_listed:
        assert found[NeedKind.PAIN_WORSE].says == "Pain 60 of 100, 30 at the start"


def test_pain_of_the_last_week_counts_more_than_pain_before_a_session():
    """Where both are fresh, what was asked about the week decides; else the other one."""
    day, old = TODAY - timedelta(days=2), TODAY - timedelta(days=20)
    before = PainChange(MeasureId.PAIN_0_10, 2, 6, day, is_worse=True)
    for asked_on, is_listed in ((day, False), (old, True)):
        week = PainChange(MeasureId.PAIN_0_100, 50, 40, asked_on, is_worse=False)
        found = told(programme=programme(pain=(before, week)), done=done(*range(8)))
        assert (NeedKind.PAIN_WORSE in found) == is_listed


# Of the 14 days to today, 13 can have been missed: today is still open. Before it were 14 of 14.
WHOLE = tuple(range(14, 28))


@pytest.mark.parametrize(("n_missed", "is_listed"), [(0, False), (1, False), (2, True), (5, True)])
def test_days_that_grow_fewer_are_listed_from_two_on(n_missed, is_listed):
    """One day fewer in two weeks is no fall; two are."""
    now = range(1 + n_missed, 14) if n_missed < 6 else ()
    facts = {"programme": programme(day=27), "done": done(*now, *WHOLE), "newest": NEWEST}
    found = told(**facts)
    assert (NeedKind.ADHERENCE_FALLS in found) == is_listed
    if is_listed:
        says = found[NeedKind.ADHERENCE_FALLS].says
        assert says == f"{13 - n_missed} of 13 days in two weeks, 14 of 14 in the two before"


def test_who_always_did_half_does_not_fall():
    """It is compared with what this person did before, not with the plan."""
    half = done(*range(1, 28, 2))
    assert kinds(programme=programme(day=27), done=half, newest=NEWEST) == []


@pytest.mark.parametrize(("last", "is_listed"), [(7, False), (8, True)])
def test_a_week_without_anything_is_listed(last, is_listed):
    """Seven whole days between the last one and today, as the plan itself counts a long gap."""
    facts = {"programme": programme(day=20), "done": done(*range(last, 20)), "newest": NEWEST}
    found = told(**facts).get(NeedKind.ADHERENCE_FALLS)
    assert bool(found and found.says == "Nothing done since then") == is_listed


@pytest.mark.parametrize(("day", "is_listed"), [(6, False), (7, True)])
def test_who_has_not_begun_is_listed_after_a_week(day, is_listed):
    """Since the day on which it was to begin."""
    found = told(programme=programme(day=day)).get(NeedKind.ADHERENCE_FALLS)
    assert bool(found and found.says == "Not begun yet") == is_listed


def test_a_gap_that_is_planned_is_none():
    """On Sundays alone: a week between two of them is no gap."""
    facts = programme(day=27, days=(Weekday.SUNDAY,))
    assert kinds(programme=facts, done=done(1, 8, 15, 22), newest=NEWEST) == []


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (27, None), (28, NeedKind.REVIEW_DUE), (42, NeedKind.REVIEW_DUE),
        (43, NeedKind.REVIEW_OVERDUE),
    ],
)  # fmt: skip
def test_the_review_is_due_from_day_28_and_overdue_after_day_42(day, kind):
    """Until patient and therapist have met since day 28."""
    facts = {"done": done(*range(28)), "newest": NEWEST}
    assert kinds(programme=programme(day=day), **facts) == ([kind] if kind else [])
    met = TODAY - timedelta(days=day - 28) if day >= 28 else None
    assert kinds(programme=programme(day=day, last_contact=met), **facts) == []


def test_new_faults_and_steps_name_the_exercise():
    """What is wrong in its own words; the change in plain ones."""
    wrong = (NewFault("plank", "sags", "The hips sag."),)
    waiting = (Waiting("bridge", Change.MORE_SETS), Waiting("plank", Change.EASIER, "wall plank"))
    found = told(
        newest=NEWEST,
        new_faults=wrong,
        programme=programme(waiting=waiting),
        done=done(*range(8)),
    )
    assert found[NeedKind.NEW_FAULT].says == "Plank: The hips sag."
    assert found[NeedKind.NEW_FAULT].session_id == "newest"
    steps = "Bridge: more sets; Plank: an easier exercise, Wall Plank"
    assert found[NeedKind.STEP_WAITS].says == steps


@pytest.mark.parametrize(("share", "is_listed"), [(None, False), (0.49, True), (0.5, False)])
def test_a_session_that_could_hardly_be_judged_is_listed(share, is_listed):
    """Below the share from which a verdict counts as one."""
    found = told(newest=NEWEST, assessed_share=share)
    assert (NeedKind.HARDLY_ASSESSED in found) == is_listed


def test_sessions_to_review_are_counted_from_the_oldest():
    """It leads to the one that waits longest."""
    need = told(n_not_reviewed=1, oldest_not_reviewed=EARLIER, newest=NEWEST)[NeedKind.NOT_REVIEWED]
    assert (need.says, need.session_id) == ("1 session not signed off", "earlier")
    more = told(n_not_reviewed=7, oldest_not_reviewed=EARLIER)[NeedKind.NOT_REVIEWED]
    assert more.says == "7 sessions not signed off"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"seal": SealState.BROKEN}, "Revision 3 was changed after it was sealed"),
        ({"trouble": "no TOML"}, "Revision 3 cannot be read: no TOML"),
    ],
)
def test_a_prescription_that_is_not_what_was_signed_is_listed(changed, says):
    """A seal that is there and whole, or not there, is no reason."""
    facts = {"done": done(*range(8)), "newest": NEWEST}
    assert told(programme=programme(**changed), **facts)[NeedKind.SEAL_BROKEN].says == says
    for state in (SealState.SEALED, SealState.NONE):
        assert kinds(programme=programme(seal=state), **facts) == []


def test_people_are_in_order_of_the_most_urgent_thing_then_of_the_next():
    """Who needs nothing comes last."""
    both = needs(Facts(red_flags=(RedFlagId.RF01,), to_tell=(Told(NEWEST, ("s04",)),)), TODAY, str)
    flag = needs(Facts(red_flags=(RedFlagId.RF01,)), TODAY, str)
    rule = needs(Facts(to_tell=(Told(NEWEST, ("s04",)),)), TODAY, str)
    assert sorted([(), rule, flag, both], key=order) == [both, flag, rule, ()]


def test_the_last_two_weeks_are_counted():
    """Planned days and those done of them; none without a plan."""
    facts = Facts(programme=programme(day=40), done=done(1, 2, 3, 20))
    days = days_done(facts, TODAY)
    assert (days.n_done, days.n_planned) == (3, 13)
    assert days_done(Facts(), TODAY) is None


def test_every_kind_has_a_rule():
    """A therapist can see why anything is listed, and why there."""
    assert list(RULES) == list(NeedKind)
    assert len({rule.name for rule in RULES.values()}) == len(RULES)


def test_the_table_of_the_docs_is_that_of_the_code():
    """Rank, name, how soon, when and why, word for word."""
    text = (Path(__file__).parents[2] / "docs" / "review.md").read_text(encoding="utf-8")
    for rank, rule in enumerate(RULES.values(), start=1):
        row = f"| {rank} | {rule.name} | {rule.urgency} | {rule.when} | {rule.why} |"
        assert row in text
