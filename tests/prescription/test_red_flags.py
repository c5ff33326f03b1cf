"""When exercises have to wait, and for whom."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.errors import UsageError
from formcheck.prescription.model import Screening
from formcheck.prescription.red_flags import (
    Clearance,
    Level,
    RedFlagId,
    Screen,
    ScreeningReason,
    outcome_of,
    recorded_outcome,
    red_flags,
    screening_due,
)
from formcheck.texts import Texts

DAY = datetime.date(2026, 3, 2)
ENGLISH = Texts.load("en")
SOON = [flag.id for flag in red_flags().values() if flag.level is Level.SOON]
SEVERE = [flag.id for flag in red_flags().values() if flag.level is not Level.SOON]


def after(days: int) -> datetime.date:
    return DAY + datetime.timedelta(days=days)


def screened(*positive: RedFlagId) -> Screen:
    return Screen(DAY, frozenset(positive))


def test_there_are_twelve_in_three_levels():
    """The list is whole: three emergencies, four urgent signs, five that need a word soon."""
    assert list(red_flags()) == list(RedFlagId)
    levels = [flag.level for flag in red_flags().values()]
    assert levels == [Level.EMERGENCY] * 3 + [Level.URGENT] * 4 + [Level.SOON] * 5


@pytest.mark.parametrize("flag", RedFlagId)
def test_each_one_blocks_and_says_what_to_do(flag):
    """A single yes is enough; the patient hears what to do and no cause."""
    outcome = outcome_of(screened(flag))
    assert outcome.blocked
    said = " ".join(ENGLISH.say(one.key) for one in outcome.says)
    assert ENGLISH.say(red_flags()[flag].what_to_do.key) in said
    causes = red_flags()[flag].think.en.replace(";", ",").replace(":", ",").split(", ")
    assert [cause for cause in causes if cause in said] == []


def test_no_sign_lets_begin():
    """All answered with no."""
    outcome = outcome_of(screened())
    assert not outcome.blocked
    assert [one.key for one in outcome.says] == ["screening.clear"]


@pytest.mark.parametrize("flag", SOON)
def test_a_therapist_clears_what_is_not_urgent_by_name(flag):
    """From the day of the screening on, and for this sign alone."""
    other = next(one for one in SOON if one != flag)
    cleared = outcome_of(screened(flag), [Clearance(flag, "A. Berg", DAY)])
    assert not cleared.blocked
    assert [one.id for one in cleared.cleared] == [flag]
    assert outcome_of(screened(flag), [Clearance(other, "A. Berg", DAY)]).blocked
    assert outcome_of(screened(flag), [Clearance(flag, "A. Berg", after(-1))]).blocked
    assert outcome_of(screened(flag, other), [Clearance(flag, "A. Berg", DAY)]).blocked


@pytest.mark.parametrize("flag", SEVERE)
def test_nobody_clears_an_emergency_from_afar(flag):
    """It has to be examined; the error says so."""
    with pytest.raises(UsageError, match="cannot be cleared\nIt has to be examined"):
        Clearance(flag, "A. Berg", DAY)


@pytest.mark.parametrize("name", ["", "  "])
def test_a_clearance_needs_a_name(name):
    """Whose word it is must be known."""
    with pytest.raises(UsageError, match="by name"):
        Clearance(RedFlagId.RF08, name, DAY)


def test_the_most_urgent_comes_first():
    """Call, then hospital, then a doctor today, in two days, this week; the rest after that."""
    outcome = outcome_of(screened(*RedFlagId))
    assert [flag.id for flag in outcome.open][:7] == [
        "rf01",
        "rf02",
        "rf03",
        "rf06",
        "rf07",
        "rf04",
        "rf05",
    ]
    said = [one.key for one in outcome.says]
    assert said[:2] == ["screening.blocked", "red_flag_action.call_emergency_number"]
    assert len(said) == len(set(said))  # what two signs ask for is said once


def test_what_waits_for_the_therapist_alone_sounds_milder():
    """No alarm where none is needed."""
    assert outcome_of(screened(*SOON)).says[0].key == "screening.wait_for_therapist"
    assert outcome_of(screened(*SOON, RedFlagId.RF07)).says[0].key == "screening.blocked"


@settings(deadline=None)
@given(st.frozensets(st.sampled_from(RedFlagId)), st.frozensets(st.sampled_from(SOON)))
def test_what_is_positive_is_open_or_cleared(positive, cleared):
    """Nothing is lost, nothing is in both, and only what is open blocks."""
    outcome = outcome_of(Screen(DAY, positive), [Clearance(one, "A. Berg", DAY) for one in cleared])
    open_ids = [flag.id for flag in outcome.open]
    cleared_ids = [flag.id for flag in outcome.cleared]
    assert sorted([*open_ids, *cleared_ids]) == sorted(positive)
    assert outcome.blocked == bool(positive - cleared)
    levels = [list(Level).index(flag.level) for flag in outcome.open]
    assert levels == sorted(levels)


@pytest.mark.parametrize(
    ("last", "today", "due"),
    [
        (None, 0, ScreeningReason.START),
        (0, 0, None),
        (0, 27, None),
        (0, 28, ScreeningReason.REGULAR),
        (0, 29, ScreeningReason.REGULAR),
        (1, 0, ScreeningReason.REGULAR),  # from the future: a clock was wrong
    ],
)
def test_it_is_asked_at_the_start_and_every_28_days(last, today, due):
    """On the day itself, not on the one before."""
    screen = None if last is None else Screen(after(last))
    assert screening_due(screen, after(today)) == due


@pytest.mark.parametrize("reason", ScreeningReason)
def test_the_patient_hears_why_it_is_asked(reason):
    """In a sentence of its own."""
    assert ENGLISH.say(reason.says.key).endswith(".")


def test_a_new_plan_asks_anew():
    """A screening from the day before the plan does not count for it, one of its first day does."""
    assert screening_due(screened(), after(1), plan_start=after(1)) is ScreeningReason.START
    assert screening_due(screened(), after(1), plan_start=DAY) is None


def test_it_is_asked_on_demand():
    """Also when it has just been."""
    assert screening_due(screened(), DAY, on_demand=True) is ScreeningReason.ON_DEMAND


def test_what_a_prescription_records_comes_to_the_same():
    """A name clears what may be cleared, and nothing else."""
    mild = Screening(on=DAY, positive=frozenset({"rf08"}), cleared={"rf08": "A. Berg"})
    assert not recorded_outcome(mild).blocked
    assert recorded_outcome(Screening(on=DAY, positive=frozenset({"rf08"}))).blocked
    severe = Screening(on=DAY, positive=frozenset({"rf02"}), cleared={"rf02": "A. Berg"})
    assert recorded_outcome(severe).blocked
    with pytest.raises(UsageError, match="no warning sign rf99\nKnown: rf01"):
        recorded_outcome(Screening(on=DAY, positive=frozenset({"rf99"})))
