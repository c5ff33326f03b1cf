"""What is proposed after which sessions."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.exercises.dose import Dose
from formcheck.prescription.aftermath import DayAfter, next_session
from formcheck.prescription.progression import (
    Change,
    SessionFigures,
    Situation,
    after_gap,
    is_quiet,
    proposal,
)
from formcheck.prescription.stop_rules import StopRuleId
from formcheck.texts import Texts

DAY = datetime.date(2026, 3, 2)
TEN, TWELVE = Dose(sets=2, repetitions=10), Dose(sets=2, repetitions=12)
BRIDGE = Situation(TEN, Dose(sets=3, repetitions=12), easier="adim_hooklying", harder="bird_dog")
GOOD = SessionFigures(DAY, TEN, 1.0, 1.0, True)


def day(n: int) -> datetime.date:
    return DAY + datetime.timedelta(days=n)


def sessions(*kinds: SessionFigures) -> list[SessionFigures]:
    return [replace(one, date=day(n)) for n, one in enumerate(kinds)]


def proposed(*kinds: SessionFigures, situation: Situation = BRIDGE, on: int = 20):
    return proposal(situation, sessions(*kinds), day(on))


def test_three_good_sessions_earn_a_little_more():
    """Two do not; the reason is said, and it stays a proposal."""
    assert proposed(GOOD, GOOD).says.key == "progress.too_early"
    found = proposed(GOOD, GOOD, GOOD)
    assert (found.change, found.dose) == (Change.MORE_REPETITIONS, TWELVE)
    assert found.growth == pytest.approx(0.2)
    assert not found.applies
    assert not found.needs_therapist


def test_nothing_is_proposed_before_the_first_session():
    """It begins as it was prescribed."""
    assert proposed().change is Change.STAY


@pytest.mark.parametrize(("clean", "change"), [(0.79, Change.STAY), (0.8, Change.MORE_REPETITIONS)])
def test_four_of_five_repetitions_have_to_be_clean(clean, change):
    """In each of the last three."""
    assert proposed(GOOD, GOOD, replace(GOOD, clean_share=clean)).change is change
    assert proposed(replace(GOOD, clean_share=clean), GOOD, GOOD).change is change


@pytest.mark.parametrize(
    ("session", "key"),
    [
        (replace(GOOD, share_done=0.99), "progress.dose_first"),
        (replace(GOOD, pain_quiet=False), "progress.pain_first"),
        (replace(GOOD, clean_share=0.7), "progress.form_first"),
        (replace(GOOD, clean_share=None), "progress.not_judged"),
        (replace(GOOD, stopped_by=StopRuleId.S09), "progress.dose_first"),
        (replace(GOOD, dose=Dose(repetitions=3)), "progress.too_early"),
    ],
)
def test_one_session_that_was_not_good_holds_it_back(session, key):
    """And says which of them it was; one that is older than three does not."""
    found = proposed(GOOD, session, GOOD)
    assert (found.change, found.says.key) == (Change.STAY, key)
    assert proposed(session, GOOD, GOOD, GOOD).change is not Change.STAY


@pytest.mark.parametrize(("today", "change"), [(7, Change.STAY), (8, Change.MORE_SETS)])
def test_there_is_one_step_a_week(today, change):
    """Seven days after the first session with the new dose, not six."""
    now = replace(BRIDGE, dose=TWELVE)
    done = [GOOD] + [replace(GOOD, dose=TWELVE)] * 3
    found = proposed(*done, situation=now, on=today)
    assert found.change is change
    if change is Change.STAY:
        assert (found.says.key, found.says.arguments) == ("progress.wait", (("n", 1),))


def test_a_set_more_is_a_large_step_and_waits_for_the_therapist():
    """Also where the program may change the dose by itself."""
    figures = sessions(*[replace(GOOD, dose=TWELVE)] * 3)
    found = proposal(replace(BRIDGE, dose=TWELVE), figures, day(20), allowed=True)
    assert (found.change, found.needs_therapist, found.applies) == (Change.MORE_SETS, True, False)
    assert found.growth == pytest.approx(0.5)


def test_at_the_ceiling_comes_the_harder_neighbour():
    """Never by itself; where there is none, it stays."""
    full = replace(BRIDGE, dose=BRIDGE.ceiling)
    figures = sessions(*[replace(GOOD, dose=BRIDGE.ceiling)] * 3)
    found = proposal(full, figures, day(20), allowed=True)
    assert (found.change, found.exercise, found.applies) == (Change.HARDER, "bird_dog", False)
    alone = proposal(replace(full, harder=None), figures, day(20), allowed=True)
    assert (alone.change, alone.says.key) == (Change.STAY, "progress.all_reached")


@pytest.mark.parametrize("allowed", [False, True])
def test_it_applies_by_itself_only_where_that_was_allowed(allowed):
    """A small step up, and one down alike."""
    up = proposal(BRIDGE, sessions(GOOD, GOOD, GOOD), day(20), allowed=allowed)
    hurt = replace(GOOD, pain_quiet=False, stopped_by=StopRuleId.S02)
    down = proposal(BRIDGE, sessions(GOOD, GOOD, hurt), day(20), allowed=allowed)
    assert (up.applies, down.applies) == (allowed, allowed)


@pytest.mark.parametrize("rule", [StopRuleId.S01, StopRuleId.S02, StopRuleId.S03])
def test_a_session_stopped_for_pain_makes_the_next_one_smaller(rule):
    """By about a third."""
    found = proposed(GOOD, GOOD, replace(GOOD, pain_quiet=False, stopped_by=rule))
    assert (found.change, found.dose) == (Change.LESS, Dose(sets=2, repetitions=7))


def test_pain_in_two_of_three_sessions_asks_for_an_easier_exercise():
    """Once it stays as it is; where nothing is easier, it becomes less."""
    loud = replace(GOOD, pain_quiet=False)
    assert proposed(GOOD, GOOD, loud).change is Change.STAY
    found = proposed(loud, GOOD, loud)
    assert (found.change, found.exercise) == (Change.EASIER, "adim_hooklying")
    alone = proposed(loud, GOOD, loud, situation=replace(BRIDGE, easier=None))
    assert (alone.change, alone.says.key) == (Change.LESS, "progress.less_for_pain")


def test_poor_form_asks_for_an_easier_exercise():
    """After three faulty repetitions in a row, or hardly half of them clean twice running."""
    assert proposed(GOOD, replace(GOOD, stopped_by=StopRuleId.S07)).change is Change.EASIER
    poor, just = replace(GOOD, clean_share=0.49), replace(GOOD, clean_share=0.5)
    assert proposed(poor, poor).says.key == "progress.easier_for_form"
    assert proposed(poor, just).change is Change.STAY
    assert proposed(GOOD, poor).change is Change.STAY


@pytest.mark.parametrize("rule", [StopRuleId.S04, StopRuleId.S05])
def test_after_a_warning_the_therapist_has_the_word(rule):
    """Neither more nor less is decided here."""
    found = proposed(GOOD, GOOD, replace(GOOD, stopped_by=rule))
    assert (found.change, found.needs_therapist) == (Change.STAY, True)
    assert found.says.key == "progress.ask_therapist"


def test_a_bad_night_makes_it_smaller():
    """S06: a third less, then half and the therapist knows; it does not wait for that word."""
    bad = DayAfter(usual=3, next_morning=6)
    figures = sessions(GOOD, GOOD, GOOD)
    once = proposal(BRIDGE, figures, day(20), True, next_session([bad]))
    assert (once.change, once.dose, once.tells_therapist) == (
        Change.LESS,
        Dose(sets=2, repetitions=7),
        False,
    )
    twice = proposal(BRIDGE, figures, day(20), True, next_session([bad, bad]))
    assert (twice.dose, twice.tells_therapist) == (Dose(sets=2, repetitions=5), True)
    assert twice.applies


def test_after_a_week_off_it_goes_on_one_step_lower():
    """By about a third, and never by itself."""
    found = after_gap(BRIDGE)
    assert (found.change, found.dose) == (Change.LESS, Dose(sets=2, repetitions=7))
    assert not found.applies


def test_what_cannot_be_smaller_becomes_easier():
    """One level less instead; where there is none, the therapist is asked."""
    one = replace(BRIDGE, dose=Dose(repetitions=1))
    bad = next_session([DayAfter(usual=3, next_morning=6)])
    assert proposal(one, sessions(GOOD), day(1), smaller=bad).exercise == "adim_hooklying"
    alone = proposal(replace(one, easier=None), sessions(GOOD), day(1), smaller=bad)
    assert (alone.change, alone.needs_therapist) == (Change.STAY, True)


@pytest.mark.parametrize(
    ("before", "highest", "too_much", "quiet"),
    [
        (2, 4, False, True),
        (2, 5, False, False),
        (4, 5, False, True),
        (5, 6, False, False),
        (2, 2, True, False),
    ],
)
def test_pain_is_quiet_within_the_stop_rules(before, highest, too_much, quiet):
    """A rise of two at most, five at most, and a calm day after."""
    assert is_quiet(before, highest, 5, too_much) is quiet


_FIGURES = st.builds(
    SessionFigures,
    st.just(DAY),
    st.sampled_from([TEN, TWELVE]),
    st.sampled_from([0.5, 1.0]),
    st.sampled_from([None, 0.4, 0.8, 1.0]),
    st.booleans(),
    st.sampled_from([None, *StopRuleId]),
)
TEXTS = [Texts.load("en"), Texts.load("de")]


@settings(deadline=None)
@given(st.lists(_FIGURES, max_size=6), st.integers(0, 20), st.booleans())
def test_whatever_happened_the_proposal_is_safe_and_can_be_said(kinds, later, allowed):
    """Nothing more after pain or poor form; nothing larger than a fifth applies by itself."""
    figures = sessions(*kinds)
    found = proposal(BRIDGE, figures, day(len(kinds) + later), allowed)
    if found.change in {Change.MORE_REPETITIONS, Change.MORE_SETS, Change.HARDER}:
        assert all(one.went_well for one in figures[-3:])
    assert not found.applies or found.growth <= 0.2 + 1e-9
    assert not found.applies or allowed
    assert all(texts.say(found.says.key, **dict(found.says.arguments)) for texts in TEXTS)
