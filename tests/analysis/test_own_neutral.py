"""A swing to either side is counted from where this person rests, as far as that may be rest."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.analysis.own_neutral import FOLLOWS_FOR_S, OwnNeutral
from formcheck.analysis.own_range import OwnRange
from formcheck.analysis.readings import channel
from formcheck.analysis.signals import Completed, SignalCounter
from formcheck.analysis.taking import Taken
from formcheck.exercises.schema import Signal
from formcheck.landmarks import Side

REST_DEG = 12.0
FURTHEST_DEG = 25.0
TURN = Signal(
    measure="trunk_rotation",
    directions="both",
    own_neutral=True,
    rest=REST_DEG,
    effort=16,
    minimum_excursion=14,
    target=30,
)
FROM_ZERO = TURN.model_copy(update={"own_neutral": False})


def turned(offset_deg: float, signal: Signal = TURN, fps: float = 30) -> list[Completed]:
    """Return what is counted of a turn to the left and one to the right, on an oblique chair."""
    counter, key, found = SignalCounter(signal, 10, OwnRange()), channel(signal), []
    for number in range(int(10 * fps)):
        time_s = number / fps
        done = counter.update(time_s, {key: Taken(offset_deg + true_deg(time_s))})
        if done:
            found.append(done)
    return found


def true_deg(time_s: float) -> float:
    """Return a second of rest, a turn to the left, a second of rest, a turn to the right, rest."""
    for start_s, sign in ((1.0, 1), (5.0, -1)):
        if start_s <= time_s <= start_s + 3:
            return sign * FURTHEST_DEG * math.sin(math.pi * (time_s - start_s) / 3) ** 2
    return 0.0


@given(offset_deg=st.floats(1 - REST_DEG, REST_DEG - 1), fps=st.sampled_from([15, 25, 30, 60]))
def test_an_oblique_chair_changes_neither_count_nor_side(offset_deg, fps):
    """Whichever way the chair stands, a turn is one, at any frame rate."""
    assert [done.side for done in turned(offset_deg, fps=fps)] == [Side.LEFT, Side.RIGHT]


def test_without_it_a_turn_to_one_side_falls_short():
    """From zero, 25 degrees from a rest at 11 are 14 to the other side: less than counts."""
    full = [done.movement.is_full for done in turned(11.0, FROM_ZERO) if done.movement]
    assert full.count(True) == 1


@given(offset_deg=st.floats(1 - REST_DEG, REST_DEG - 1))
def test_how_far_it_went_is_said_from_there(offset_deg):
    """An oblique chair makes no turn look further, and no person uneven."""
    peaks = [done.movement.peak_value for done in turned(offset_deg)]
    assert peaks == pytest.approx([FURTHEST_DEG, FURTHEST_DEG], abs=1)


def test_who_sits_turned_further_than_anybody_rests_is_counted_from_zero():
    """Staying turned is not resting: the neutral follows nobody there."""
    neutral = OwnNeutral(REST_DEG)
    for number in range(100):
        neutral.rest(number / 10, REST_DEG + 0.1)
    assert neutral.value == 0.0


def test_who_sits_anew_is_followed():
    """After some time of rest elsewhere, most of it is the new rest."""
    neutral = OwnNeutral(REST_DEG)
    for number in range(300):
        neutral.rest(number / 30, 0.0)
    for number in range(300, 300 + int(2 * FOLLOWS_FOR_S * 30)):
        neutral.rest(number / 30, 10.0)
    assert 8.0 < neutral.value <= 10.0


def test_a_hidden_reading_changes_nothing():
    """What cannot be read is no rest at zero."""
    neutral = OwnNeutral(REST_DEG)
    neutral.rest(0.0, 5.0)
    neutral.rest(0.1, math.nan)
    assert neutral.value == 5.0


def test_a_reading_that_swings_one_way_has_no_neutral():
    """An exercise file that asks for it is refused, with the reason."""
    with pytest.raises(ValueError, match="both directions"):
        Signal(
            measure="knee_flexion",
            own_neutral=True,
            rest=30,
            effort=60,
            minimum_excursion=50,
            target=90,
        )
