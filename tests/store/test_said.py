"""What people say, decide and correct."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from formcheck.errors import StaleRevisionError, StoreError
from formcheck.prescription.pain import Moment
from formcheck.store import (
    Corrected,
    Correction,
    CorrectionKind,
    OutcomeScore,
    PainRating,
    PrescriptionDraft,
    RedFlagScreen,
    RuleOverride,
    Store,
)
from tests.store.made_up import BEGAN, same, session_record

DRAFT = PrescriptionDraft("goal = 'gardening'\n", "5e1f", 0, "Dr Example")
CORRECTION = Correction(
    session_record().id,
    "set-01-glute_bridge",
    Corrected.REPETITION,
    3,
    CorrectionKind.REJECTED,
    {"side": None},
    None,
    "Dr Example",
    BEGAN,
    "she reached for her glass",
)


def test_pain_comes_back_in_order(store):
    """What was said about pain, by time, with its words; from a time on where asked."""
    before = PainRating(BEGAN, Moment.BEFORE, 0)
    hurts = PainRating(
        BEGAN + timedelta(minutes=9), Moment.HURTS, 10, ("sharp",), "20260301", "cat_cow"
    )
    store.add_pain("robin", hurts)
    store.add_pain("robin", before)
    assert store.pain("robin") == (before, hurts)
    assert store.pain("robin", since=BEGAN + timedelta(seconds=1)) == (hurts,)
    assert store.pain("kim") == ()


def test_a_feeling_is_kept_without_a_number(store):
    """What it feels like is enough; nothing at all is not."""
    numb = PainRating(BEGAN, Moment.HURTS, None, ("numb",))
    store.add_pain("robin", numb)
    assert store.pain("robin") == (numb,)
    with pytest.raises(StoreError, match="got neither"):
        store.add_pain("robin", replace(numb, words=()))


@pytest.mark.parametrize("value", [-1, 11])
def test_pain_is_from_0_to_10(store, value):
    """Anything else is refused, and nothing is kept of it."""
    with pytest.raises(StoreError, match="0 to 10"):
        store.add_pain("robin", PainRating(BEGAN, Moment.BEFORE, value))
    assert store.people == ()


def test_outcomes_and_screens_come_back(store):
    """Scores by day, all or of one measure; screens with their answers."""
    later = OutcomeScore(date(2026, 4, 1), "psfs", 6.5, [{"activity": "lifting", "score": 6.5}])
    first = OutcomeScore(date(2026, 3, 1), "roland_morris", 11.0, [1, 0, 1])
    store.add_outcome("robin", later)
    store.add_outcome("robin", first, by="Dr Example")
    assert store.outcomes("robin") == (first, later)
    assert store.outcomes("robin", "psfs") == (later,)
    screen = RedFlagScreen(BEGAN, ("trauma",), "every 28 days")
    store.add_screen("robin", screen)
    assert store.screens("robin") == (screen,)


def test_every_saving_of_a_prescription_is_a_revision(store):
    """The newest one is what is prescribed; the older ones stay as they were."""
    assert store.prescription("robin") is None
    first = store.save_prescription("robin", DRAFT)
    signed = replace(
        DRAFT, toml="goal = 'digging'\n", based_on_revision=1, signed_by="Dr E", signed_at=BEGAN
    )
    second = store.save_prescription("robin", signed)
    assert (first.revision, second.revision) == (1, 2)
    assert store.prescription("robin") == second
    assert store.prescriptions("robin") == (first, second)
    assert second.signed_at == BEGAN


def test_two_windows_edit_one_prescription(store):
    """The second one is told who has saved what and when, and nothing is overwritten."""
    store.save_prescription("robin", DRAFT)
    with Store.open(store.folder) as other:
        mine = replace(DRAFT, toml="goal = 'mine'\n", based_on_revision=1)
        saved = store.save_prescription("robin", mine)
        theirs = replace(DRAFT, toml="goal = 'theirs'\n", based_on_revision=1, saved_by="Kim")
        with pytest.raises(StaleRevisionError) as told:
            other.save_prescription("robin", theirs)
        for word in ("Dr Example", "revision 2", f"{saved.saved_at:%H:%M}", "revision 1"):
            assert word in str(told.value)
        assert [one.toml for one in other.prescriptions("robin")] == [DRAFT.toml, mine.toml]
        other.save_prescription("robin", replace(theirs, based_on_revision=2))
    assert store.prescription("robin").toml == theirs.toml


def test_a_first_prescription_is_based_on_none(store):
    """One that says it was made from a revision that is not there is refused."""
    with pytest.raises(StaleRevisionError, match="no prescription of robin"):
        store.save_prescription("robin", replace(DRAFT, based_on_revision=4))


def test_a_correction_is_a_layer(store):
    """The machine's verdict stays as it is; corrections come beside it, in their order."""
    store.take_in(session_record())
    store.add_correction(CORRECTION)
    after = {"start_s": 19.0, "peak_s": 20.5, "end_s": 22.0}
    added = CorrectionKind.ADDED
    missed = replace(CORRECTION, number=None, kind=added, before=None, after=after)
    signed_off = replace(
        CORRECTION, set_name=None, subject=Corrected.SESSION, number=None, before=None,
        kind=CorrectionKind.SIGNED_OFF,
    )  # fmt: skip
    for one in (missed, signed_off):
        store.add_correction(one)
    assert store.corrections(session_record().id) == (CORRECTION, missed, signed_off)
    assert same(store.session(session_record().id), session_record())


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"number": 4}, "no number 4"),
        ({"number": 0}, "no number 0"),
        ({"subject": Corrected.HOLD, "number": 1}, "has 0"),
        ({"set_name": "set-02-cat_cow"}, "set-02-cat_cow"),
        ({"session_id": "elsewhere"}, "elsewhere"),
    ],
)
def test_a_correction_of_nothing_is_refused(store, changed, says):
    """There must be something that it is about: the last one is, one further is not."""
    store.take_in(session_record())
    with pytest.raises(StoreError, match=says):
        store.add_correction(replace(CORRECTION, **changed))
    assert store.corrections(session_record().id) == ()


def test_a_rule_is_set_aside_with_a_name_and_a_reason(store):
    """Both are kept; without one of them it is not set aside."""
    override = RuleOverride(2, "stretching_alone", "Dr Example", "a bath before", BEGAN)
    store.add_override("robin", override)
    assert store.overrides("robin") == (override,)
    for lacking in ({"who": " "}, {"reason": ""}):
        with pytest.raises(StoreError, match="a name and a reason"):
            store.add_override("robin", replace(override, **lacking))
