"""How well exercises are told apart: figures that can be reckoned by hand."""

import math

import pytest

from formcheck.evaluation.f1 import f1, macro_f1, macro_f1_interval


def test_each_exercise_counts_alike_however_often_it_was_done():
    """Nine right of nine and none of one: a mean of 0.9 (9 of 9 done and 10 said) and 0."""
    counts = {("a", "a"): 9, ("b", "a"): 1}
    assert f1(counts, "a") == pytest.approx(18 / 19)
    assert f1(counts, "b") == 0
    assert macro_f1(counts) == pytest.approx(9 / 19)


def test_nothing_has_no_f1():
    """Neither of what was never done nor said, nor of no case at all."""
    assert math.isnan(f1({("a", "a"): 1}, "b"))
    assert math.isnan(macro_f1({}))


def test_few_cases_can_show_little():
    """Ten times as many of the same shares leave a smaller interval, about the same mean."""
    few = [("a", "a")] * 8 + [("a", "b")] * 2 + [("b", "b")] * 9 + [("b", "a")]
    (low, high), (lower, higher) = macro_f1_interval(few), macro_f1_interval(few * 10)
    assert low < 0.85 < high
    assert low < lower < 0.85 < higher < high
    assert high - low > 2 * (higher - lower)


def test_without_an_error_it_shows_none():
    """And comes out the same each time."""
    assert macro_f1_interval([("a", "a"), ("b", "b")]) == (1.0, 1.0)
