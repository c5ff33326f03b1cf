"""Readings and sides in words: as many digits as they are good for, and no sign that misleads."""

import math
from dataclasses import replace

import pytest

from formcheck.analysis.symmetry import Balance, SideSummary, Symmetry
from formcheck.landmarks import Side
from formcheck.reports.amounts import amount, number, symmetry_in_words
from formcheck.reports.words import attempts_in_words, how_far
from tests.reports.rows import ATTEMPT, REPETITION, result


def rules(*targets, measure="trunk_lean"):
    """Return the rules of an exercise whose signals have these targets."""
    signals = [{"measure": measure, "target": target} for target in targets]
    held = {"id": "w", "name": "W", "repetition": None}
    return {"variants": [{"id": "v", "name": "V", "repetition": {"signals": signals}}, held]}


def row(peak, target, *, measure="trunk_lean", unit="deg", error=4.0):
    """Return a repetition that went from 0 to ``peak`` of ``target``."""
    return REPETITION.model_copy(
        update={
            "measure": measure, "unit": unit, "expected_error": error, "peak_value": peak,
            "target": target,
        }
    )  # fmt: skip


@pytest.mark.parametrize(
    ("peak", "target", "rule", "says"),
    [
        (67.6, 70.0, 70.0, "68 deg of 70 (±4)"),
        (-27.0, -24.0, 24.0, "27 deg of 24 (±4)"),  # to the right, where + is left
        (3.0, -24.0, 24.0, "-3 deg of 24 (±4)"),
        (-30.0, -25.0, -25.0, "-30 deg of -25 (±4)"),  # a signal that falls
        (None, 70.0, 70.0, "– deg of 70 (±4)"),  # noqa: RUF001 - the dash of the unknown
    ],
)
def test_a_range_is_told_beside_its_target_and_error(peak, target, rule, says):
    """The right side's sign is dropped, the sign of a falling signal is kept."""
    assert how_far(row(peak, target), result(rules=rules(rule))) == says


def test_a_range_in_shares_has_its_hundredths():
    """Whole degrees, hundredths of a ratio, which has no unit."""
    share = row(0.834, 1.0, measure="knee_gap", unit="ratio", error=0.1)
    assert how_far(share, result(rules=rules(1.0, measure="knee_gap"))) == "0.83 of 1 (±0.1)"
    assert amount(0.256, "trunk lengths") == "0.26 trunk lengths"


def test_what_is_no_number_is_a_dash():
    """On a page, unknown looks unknown."""
    assert {number(value) for value in (None, math.nan, math.inf)} == {"\u2013"}


def test_attempts_are_listed_with_how_far_they_got():
    """Few one by one, many by the shares that they reached."""
    assert attempts_in_words(result()) == []
    assert attempts_in_words(result(attempts=(ATTEMPT,) * 2)) == [
        "Too small to count: 9 deg of 30 (±4) at 0.5 s and 9 deg of 30 (±4) at 0.5 s."
    ]
    attempts = [ATTEMPT.model_copy(update={"reached": share}) for share in (0.5, 0.2, 0.4, 0.3)]
    assert attempts_in_words(result(attempts=attempts)) == [
        "Too small to count: 20 to 50 % of the target."
    ]


def symmetry(balance, left=None, right=None, difference=math.nan):
    """Return a comparison of two sides."""
    return Symmetry(balance, "trunk_lean", "deg", 4.0, left, right, difference)


LEFT = SideSummary(Side.LEFT, 3, 30.0, 1.0, 2.0)
RIGHT = SideSummary(Side.RIGHT, 3, 18.0, 0.6, 2.0)


@pytest.mark.parametrize(
    ("compared", "says"),
    [
        (symmetry(Balance.DIFFERENCE, LEFT, RIGHT, 12.0),
         "Sides: 12 deg less on the right (expected error 4 deg)."),
        (symmetry(Balance.DIFFERENCE, RIGHT, LEFT, -12.0),
         "Sides: 12 deg less on the left (expected error 4 deg)."),
        (replace(symmetry(Balance.DIFFERENCE, LEFT, RIGHT, 12.0), is_near_and_far=True),
         "Sides: 12 deg less on the right (expected error 4 deg), but the camera saw one limb"
         " better than the other: film the other side to be sure."),
        (symmetry(Balance.NO_DIFFERENCE, LEFT, LEFT, 0.0),
         "Sides: no difference larger than the expected error of 4 deg."),
        (symmetry(Balance.TOO_FEW, LEFT, RIGHT, 12.0),
         "Sides: not assessed, fewer than two repetitions on one of them."),
        (symmetry(Balance.ONE_SIDE, right=RIGHT),
         "Sides: not compared, every repetition was on the right."),
    ],
)  # fmt: skip
def test_the_sides_are_one_plain_sentence(compared, says):
    """A difference below the error is none, and what was not compared is said."""
    assert symmetry_in_words(compared) == says


def test_a_symmetry_of_no_side_is_a_bug():
    """Nobody makes one."""
    with pytest.raises(ValueError, match="at least one side"):
        symmetry_in_words(symmetry(Balance.ONE_SIDE))
