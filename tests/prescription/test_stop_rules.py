"""Each rule just inside and just outside of its bound, and that a stop always wins."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.errors import UsageError
from formcheck.prescription.pain import OF_HEART_AND_HEAD, OF_NERVES, Moment, PainSaid, Quality
from formcheck.prescription.stop_rules import (
    Action,
    Decision,
    ExerciseBegan,
    Fell,
    Happening,
    LeftPicture,
    PainLimits,
    RepetitionSeen,
    StopRuleId,
    StopSaid,
    StopWatch,
    stop_table,
)
from formcheck.texts import Texts

ENGLISH = Texts.load("en")
LENIENT = PainLimits(6)
FAULTY, CLEAN = RepetitionSeen(True), RepetitionSeen(False)


def before(rating: int) -> PainSaid:
    return PainSaid(Moment.BEFORE, rating)


def then(rating: int) -> PainSaid:
    return PainSaid(Moment.AFTER_EXERCISE, rating)


def feels(quality: Quality, moment: Moment = Moment.HURTS) -> PainSaid:
    return PainSaid(moment, qualities=frozenset({quality}))


def last_of(*happenings: Happening, limits: PainLimits | None = None) -> Decision:
    watch = StopWatch(limits)
    return [watch.update(one) for one in happenings][-1]


def test_every_rule_says_what_it_rests_on():
    """Nine rules, in order, each with a basis and a source."""
    assert [rule.id for rule in stop_table().rules] == list(StopRuleId)


@pytest.mark.parametrize(("start", "now"), [(0, 2), (2, 4), (3, 5), (5, 3)])
def test_s01_a_rise_of_two_goes_on(start, now):
    """Mild pain does no harm by itself."""
    assert last_of(before(start), then(now)).action is Action.GO_ON


@pytest.mark.parametrize("start", [0, 1, 2])
def test_s01_a_rise_of_three_stops_the_exercise(start):
    """The first time; the therapist need not be told yet."""
    decision = last_of(before(start), then(start + 3))
    assert (decision.action, decision.rule) == (Action.STOP_EXERCISE, StopRuleId.S01)
    assert not decision.tells_therapist


def test_s01_a_second_rise_ends_the_session():
    """And the therapist has to know; what is within the bound in between changes nothing."""
    decision = last_of(before(1), then(4), then(3), then(4))
    assert (decision.action, decision.rule) == (Action.END_SESSION, StopRuleId.S01)
    assert decision.tells_therapist
    assert last_of(before(1), then(4), then(3)).action is Action.GO_ON


def test_s01_a_rise_told_after_the_session_ends_it():
    """Nothing is left to be made easier."""
    decision = last_of(before(1), PainSaid(Moment.AFTER_SESSION, 4))
    assert decision.action is Action.END_SESSION


def test_s01_needs_a_start():
    """Where nobody was asked before, a rise is not known; the other rules hold."""
    assert last_of(then(5)).action is Action.GO_ON
    assert last_of(then(6)).rule is StopRuleId.S02


@pytest.mark.parametrize("limit", [3, 4, 5, 6])
@pytest.mark.parametrize("moment", [Moment.AFTER_EXERCISE, Moment.HURTS, Moment.AFTER_SESSION])
def test_s02_more_than_the_limit_ends_the_session(limit, moment):
    """At the limit it goes on, one more ends it, whatever the therapist has chosen."""
    limits = PainLimits(limit)
    assert last_of(before(limit), PainSaid(moment, limit), limits=limits).action is Action.GO_ON
    decision = last_of(before(limit), PainSaid(moment, limit + 1), limits=limits)
    assert (decision.action, decision.rule) == (Action.END_SESSION, StopRuleId.S02)


def test_s02_holds_before_the_start_too():
    """At any time means also then: at six nothing begins, unless the therapist allows six."""
    decision = last_of(before(6))
    assert (decision.action, decision.rule) == (Action.DO_NOT_START, StopRuleId.S02)
    assert last_of(before(5)).action is Action.GO_ON
    assert last_of(before(6), limits=LENIENT).action is Action.GO_ON


@pytest.mark.parametrize("limit", [2, 7])
def test_s02_a_therapist_chooses_from_3_to_6(limit):
    """Anything else is a clear error."""
    with pytest.raises(UsageError, match=f"from 3 to 6, got {limit}"):
        PainLimits(limit)


@pytest.mark.parametrize("gentle", [False, True])
def test_s03_seven_before_the_start_is_too_much(gentle):
    """Nothing begins but gentle stretching, and that if the therapist has allowed it."""
    limits = PainLimits(6, gentle_on_bad_days=gentle)
    assert last_of(before(6), limits=limits).action is Action.GO_ON
    decision = last_of(before(7), limits=limits)
    assert (decision.action, decision.rule) == (Action.DO_NOT_START, StopRuleId.S03)
    assert decision.gentle_only is gentle


def test_s03_gentle_stretching_goes_on_until_it_gets_any_worse():
    """The pain that it began with does not end it; one more does, as does a stop."""
    gentle = PainLimits(5, gentle_on_bad_days=True)
    assert last_of(before(8), then(8), limits=gentle).action is Action.GO_ON
    assert last_of(before(8), CLEAN, limits=gentle).action is Action.GO_ON
    worse = last_of(before(8), then(9), limits=gentle)
    assert (worse.action, worse.rule) == (Action.END_SESSION, StopRuleId.S02)
    for happening, rule in ((StopSaid(), "s09"), (feels(Quality.CHEST), "s05")):
        assert last_of(before(8), happening, limits=gentle).rule == rule


@pytest.mark.parametrize("quality", sorted(OF_NERVES))
def test_s04_pain_of_another_kind_ends_the_session(quality):
    """However little it is; the warning signs are asked about again."""
    said = PainSaid(Moment.HURTS, 1, frozenset({quality}))
    decision = last_of(before(1), said)
    assert (decision.action, decision.rule) == (Action.END_SESSION, StopRuleId.S04)
    assert decision.screens_again
    assert decision.tells_therapist


@pytest.mark.parametrize("quality", sorted(OF_HEART_AND_HEAD))
def test_s05_heart_and_head_end_it_with_the_emergency_number(quality):
    """What to do if it does not pass is said at once."""
    decision = last_of(before(1), feels(quality))
    assert (decision.action, decision.rule) == (Action.END_SESSION, StopRuleId.S05)
    assert decision.says
    assert "emergency number" in ENGLISH.say(decision.says.key)


@pytest.mark.parametrize("quality", Quality)
@pytest.mark.parametrize("moment", [Moment.BEFORE, Moment.NEXT_MORNING])
def test_what_is_felt_before_does_not_let_begin(quality, moment):
    """There is nothing to end yet."""
    assert last_of(feels(quality, moment)).action is Action.DO_NOT_START


def test_s05_wins_over_s04():
    """Of several, the most serious speaks."""
    both = frozenset({Quality.NUMB, Quality.CHEST})
    assert last_of(PainSaid(Moment.HURTS, 9, both)).rule is StopRuleId.S05


def test_s07_the_third_faulty_repetition_in_a_row_stops_the_exercise():
    """Two do not, nor do three with a clean one or another exercise between them."""
    assert last_of(FAULTY, FAULTY).action is Action.GO_ON
    assert last_of(FAULTY, FAULTY, CLEAN, FAULTY).action is Action.GO_ON
    assert last_of(FAULTY, FAULTY, ExerciseBegan("cat_cow"), FAULTY).action is Action.GO_ON
    decision = last_of(FAULTY, FAULTY, FAULTY)
    assert (decision.action, decision.rule) == (Action.STOP_EXERCISE, StopRuleId.S07)


def test_s08_twenty_seconds_out_of_the_picture_and_a_fall_are_asked_about():
    """Nothing ends by it: somebody may have gone to the door."""
    assert last_of(LeftPicture(19.9)).action is Action.GO_ON
    for happening in (LeftPicture(20.0), Fell()):
        decision = last_of(happening)
        assert (decision.action, decision.rule) == (Action.ASK, StopRuleId.S08)
        assert not decision.stops


def test_s09_stop_is_stop():
    """At once, at any moment."""
    for earlier in ([], [before(0)], [before(0), CLEAN], [Fell()]):
        decision = last_of(*earlier, StopSaid())
        assert (decision.action, decision.rule) == (Action.END_SESSION, StopRuleId.S09)


def test_chest_pain_after_a_stop_is_still_heard():
    """The session stays over; what is said becomes the more serious word."""
    watch = StopWatch()
    watch.update(StopSaid())
    assert watch.update(feels(Quality.CHEST)).rule is StopRuleId.S05
    assert watch.update(then(1)).rule is StopRuleId.S05
    assert watch.update(StopSaid()).rule is StopRuleId.S05


_SAID = st.builds(
    PainSaid,
    st.sampled_from(Moment),
    st.integers(0, 10),
    st.frozensets(st.sampled_from(Quality), max_size=1),
)
_SEEN = st.one_of(
    st.builds(RepetitionSeen, st.booleans()),
    st.builds(LeftPicture, st.floats(0, 40)),
    st.just(Fell()),
    st.just(ExerciseBegan("cat_cow")),
    st.just(StopSaid()),
)


@settings(deadline=None)
@given(st.lists(st.one_of(_SAID, _SEEN), max_size=12), st.integers(3, 6))
def test_nothing_starts_again_after_an_end(happenings, limit):
    """Whatever is said and seen: an end is kept, and grows only more serious."""
    watch = StopWatch(PainLimits(limit))
    decisions = [watch.update(one) for one in happenings]
    ends = [one.action in {Action.END_SESSION, Action.DO_NOT_START} for one in decisions]
    assert ends == sorted(ends)
    assert all(
        one.says and ENGLISH.say(one.says.key, **dict(one.says.arguments))
        for one in decisions
        if one.rule
    )


@settings(deadline=None)
@given(st.lists(_SAID, max_size=8))
def test_a_stop_always_wins(said):
    """Stop ends it also where everything before was well."""
    watch = StopWatch()
    for one in said:
        watch.update(one)
    assert watch.update(StopSaid()).action in {Action.END_SESSION, Action.DO_NOT_START}
