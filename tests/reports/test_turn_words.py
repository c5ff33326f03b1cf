"""A turn in words: degrees with what they are worth, or why there are none."""

import math
from typing import get_args

import pytest

from formcheck.analysis.events import Hold, Repetition, Turn, TurnUnknown
from formcheck.landmarks import Side
from formcheck.reports.turn_words import turn_in_words


def repetition(turn, side):
    return Repetition(
        1, "seated", side, 0, 1, 2, 1, 0, 1, "trunk_rotation", 0, 24, 24, 1.0, turn=turn
    )


@pytest.mark.parametrize(
    ("side", "chest_deg", "pelvis_deg", "says"),
    [
        (Side.LEFT, 38.4, 3.6, "38 deg (±20), pelvis 4 (±9)"),
        (Side.RIGHT, -38.4, -3.6, "38 deg (±20), pelvis 4 (±9)"),
        (Side.RIGHT, -38.4, 3.6, "38 deg (±20), pelvis -4 (±9)"),
    ],
)
def test_a_turn_is_told_to_its_side(side, chest_deg, pelvis_deg, says):
    """However it is signed: a pelvis that goes the other way has a minus."""
    assert turn_in_words(repetition(Turn(chest_deg, pelvis_deg, 20, 9), side)) == says


def test_a_hold_without_a_side_says_to_which_it_went():
    """There the sign is all that is known of it."""
    turn = Turn(-25.0, -2.0, 20, 9)
    hold = Hold(1, "held", 0, 10, 10, 0, turn=turn)
    assert turn_in_words(hold) == "25 deg to the right (±20), pelvis 2 (±9)"
    assert turn_in_words(Hold(1, "held", 0, 10, 10, 0)) == ""


@pytest.mark.parametrize("unknown", get_args(TurnUnknown))
def test_what_is_not_known_has_a_reason_and_no_number(unknown):
    """In every case that there is."""
    turn = Turn(math.nan, math.nan, math.nan, math.nan, unknown)
    says = turn_in_words(repetition(turn, Side.LEFT))
    assert says.startswith("not assessed: ")
    assert not any(letter.isdigit() for letter in says)
