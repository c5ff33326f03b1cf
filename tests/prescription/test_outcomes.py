"""Which change is one, for each measure just inside and just outside of its bounds."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.errors import UsageError
from formcheck.prescription.outcomes import (
    MeasureId,
    Verdict,
    change,
    checked,
    measures,
    sit_to_stand_norm,
    verdict_of,
)

WITHIN, BETWEEN = Verdict.WITHIN_ERROR, Verdict.BETWEEN
IMPROVED, WORSE = Verdict.IMPROVED, Verdict.WORSE


def test_every_measure_is_there_once():
    """Eight, each with what a change is worth and whose word that is."""
    assert list(measures()) == list(MeasureId)


@pytest.mark.parametrize("measure", measures().values(), ids=lambda one: one.id)
def test_the_ends_of_a_scale_belong_to_it(measure):
    """What lies beyond is a clear error with the scale in it."""
    for end in (measure.least, measure.most):
        assert checked(measure.id, end) == end
    for beyond in (measure.least - 1, measure.most + 1, math.nan, math.inf):
        with pytest.raises(UsageError, match=rf"{measure.id}: expected .* from .* to .*, got"):
            checked(measure.id, beyond)


@pytest.mark.parametrize("measure", [one.id for one in measures().values() if one.whole])
def test_points_are_whole(measure):
    """Nobody ticks half a sentence."""
    with pytest.raises(UsageError, match=r"expected a whole number .* got 1\.5"):
        checked(measure, 1.5)


@pytest.mark.parametrize(
    ("measure", "baseline", "now", "verdict"),
    [
        ("pain_0_100", 60, 41, WITHIN),
        ("pain_0_100", 60, 45, WITHIN),  # 15 points matter, and may still be chance
        ("pain_0_100", 60, 40, IMPROVED),
        ("pain_0_100", 60, 79, WITHIN),
        ("pain_0_100", 60, 80, WORSE),
        ("pain_0_10", 6, 5, WITHIN),
        ("pain_0_10", 6, 4, IMPROVED),
        ("pain_0_10", 6, 7, WITHIN),
        ("pain_0_10", 6, 8, WORSE),
        ("psfs", 4.0, 5.8, WITHIN),
        ("psfs", 4.0, 6.0, IMPROVED),
        ("psfs", 4.0, 2.2, WITHIN),
        ("psfs", 4.0, 2.0, WORSE),
        ("psfs_single", 4, 6, WITHIN),
        ("psfs_single", 4, 7, IMPROVED),
        ("psfs_single", 4, 2, WITHIN),
        ("psfs_single", 4, 1, WORSE),
        ("rmdq", 12, 8, WITHIN),
        ("rmdq", 12, 7, IMPROVED),
        ("rmdq", 12, 16, WITHIN),
        ("rmdq", 12, 17, WORSE),
        ("odi", 40, 30, WITHIN),
        ("odi", 40, 29, IMPROVED),
        ("odi", 40, 50, WITHIN),
        ("odi", 40, 51, WORSE),
        ("global_rating", None, 0, WITHIN),
        ("global_rating", None, 1, BETWEEN),
        ("global_rating", None, 2, IMPROVED),
        ("global_rating", None, -1, WORSE),
        ("sit_to_stand_5", 15.0, 10.9, WITHIN),
        ("sit_to_stand_5", 15.0, 10.8, IMPROVED),
        ("sit_to_stand_5", 15.0, 19.1, WITHIN),
        ("sit_to_stand_5", 15.0, 19.2, WORSE),
    ],
)
def test_a_change_is_told_from_chance(measure, baseline, now, verdict):
    """Within the error it is none, whichever way; beyond it the least important change decides."""
    found = change(MeasureId(measure), baseline, now)
    assert found.verdict is verdict
    assert found.is_progress == (verdict is IMPROVED)


def test_between_error_and_importance_is_said_to_be():
    """A scale that is finer than what matters to people has room between the two."""
    fine = measures()[MeasureId.RMDQ].model_copy(update={"error": 2.0})
    assert [verdict_of(fine, by) for by in (1, 2, 4, 5)] == [WITHIN, BETWEEN, BETWEEN, IMPROVED]


@pytest.mark.parametrize(("measure", "baseline"), [("rmdq", None), ("global_rating", 0)])
def test_what_is_compared_with_what_is_clear(measure, baseline):
    """A change needs no score from before, everything else does."""
    with pytest.raises(UsageError, match=r"expected (a|no) score from before"):
        change(MeasureId(measure), baseline, 1)


def test_the_share_stands_beside_the_verdict():
    """30 % are said to matter too; of nothing there is no share."""
    assert change(MeasureId.PAIN_0_10, 5, 2).share == pytest.approx(0.6)
    assert math.isnan(change(MeasureId.PAIN_0_10, 0, 3).share)


_SCORES = st.sampled_from([one for one in MeasureId if one is not MeasureId.GLOBAL_RATING])


@settings(deadline=None)
@given(_SCORES, st.floats(0, 1), st.floats(0, 1))
def test_back_and_forth_are_not_both_progress(measure, one, other):
    """What improves one way is worse, or nothing, the other way; the same score is no change."""
    scale = measures()[measure]
    first, second = (
        round(scale.least + part * (scale.most - scale.least)) for part in (one, other)
    )
    there, back = change(measure, first, second), change(measure, second, first)
    assert there.better_by == -back.better_by
    assert {there.verdict, back.verdict} in ({IMPROVED, WORSE}, {BETWEEN, WORSE}, {WITHIN})
    assert change(measure, first, first).verdict is WITHIN


@settings(deadline=None)
@given(_SCORES, st.floats(0, 1), st.floats(0, 1))
def test_progress_is_beyond_error_and_importance(measure, one, other):
    """Both bounds hold, for every measure."""
    scale = measures()[measure]
    first, second = (
        round(scale.least + part * (scale.most - scale.least)) for part in (one, other)
    )
    found = change(measure, first, second)
    if found.is_progress:
        assert found.better_by >= max(scale.mic, scale.error) - 1e-6


@pytest.mark.parametrize(
    ("age", "upper_s"),
    [
        (18, 12.39),
        (59, 12.39),
        (60, 11.4),
        (69, 11.4),
        (70, 12.6),
        (79, 12.6),
        (80, 14.8),
        (89, 14.8),
    ],
)
def test_norms_of_standing_up_go_by_age(age, upper_s):
    """Each decade at both of its ends."""
    assert sit_to_stand_norm(age).upper_s == upper_s


@pytest.mark.parametrize("age", [17, 90])
def test_where_nobody_was_measured_there_is_no_norm(age):
    """Neither children nor the very old."""
    assert sit_to_stand_norm(age) is None
