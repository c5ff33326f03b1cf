"""How long a part took is said where it can be told, and "not assessed" where it cannot."""

import pytest

from formcheck.analysis.movement import Movement
from formcheck.analysis.presence import TOO_SLOW
from formcheck.analysis.tempo import TempoJudge
from formcheck.exercises import library

(OPENS_TOO_FAST,) = library.find("open_book").tempo


def moved(outbound_s, rate_hz=30.0, *, is_continuous=True):
    """Return a repetition that went out in this time."""
    return Movement(
        start_s=1.0,
        peak_s=2.0,
        end_s=4.0,
        outbound_s=outbound_s,
        effort_s=1.0,
        return_s=1.0,
        start_value=0.0,
        peak_value=2.0,
        is_full=True,
        is_continuous=is_continuous,
        rate_hz=rate_hz,
    )


@pytest.mark.parametrize(
    ("outbound_s", "severity"), [(0.42, None), (0.40, "advice"), (0.29, "error")]
)
def test_what_takes_too_little_time_is_told(outbound_s, severity):
    """A tip below one bound, a fault below the other."""
    judge = TempoJudge(OPENS_TOO_FAST)
    fault = judge.complete(moved(outbound_s))
    assert (fault and fault.severity) == severity
    assert judge.share == 1.0


@pytest.mark.parametrize(("rate_hz", "is_told"), [(14.5, False), (14.7, True)])
def test_so_short_a_time_takes_six_pictures(rate_hz, is_told):
    """Below 14.6 pictures a second 0.41 s cannot be told from less: that is said instead."""
    judge = TempoJudge(OPENS_TOO_FAST)
    assert (judge.complete(moved(0.2, rate_hz)) is not None) == is_told
    assert judge.refused is (None if is_told else TOO_SLOW)
    assert judge.share == float(is_told)


def test_a_repetition_with_a_gap_has_no_tempo():
    """Nothing is said of it, and it is no repetition that was judged."""
    judge = TempoJudge(OPENS_TOO_FAST)
    assert judge.complete(moved(0.0, is_continuous=False)) is None
    assert (judge.n_movements, judge.share) == (0, 0.0)


def test_a_share_is_of_those_that_could_be_judged():
    """A camera that slows down in the middle leaves half of them."""
    judge = TempoJudge(OPENS_TOO_FAST)
    for rate_hz in (30.0, 10.0):
        judge.complete(moved(1.0, rate_hz))
    assert judge.share == 0.5
