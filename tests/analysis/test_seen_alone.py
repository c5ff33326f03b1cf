"""The mean of two limbs goes on where one of them is lost from sight."""

import math
from collections.abc import Callable

import pytest

from formcheck.analysis.events import NotAssessed
from formcheck.analysis.own_range import OwnRange
from formcheck.analysis.readings import channel
from formcheck.analysis.seen_alone import SEEN_WITHIN_S, SeenAlone
from formcheck.analysis.signals import SignalCounter
from formcheck.analysis.taking import Taken
from formcheck.exercises.schema import SideChoice, Signal

HIDDEN = NotAssessed("landmarks_hidden", "right wrist hidden")
FPS = 25
RAISE = Signal(
    measure="wrist_height",
    side=SideChoice.MEAN,
    rest=-0.08,
    effort=-0.13,
    minimum_excursion=0.11,
    target=0.1,
)


def alone(value: float) -> Taken:
    """Return what is read while the other limb is hidden."""
    return Taken(value, other_refused=HIDDEN)


def n_counted(taken: list[Taken]) -> int:
    """Return how many repetitions of raised hands are counted in these pictures."""
    counter = SignalCounter(RAISE, 25, OwnRange(math.nan, is_set=False))
    read = ({channel(RAISE): one} for one in taken)
    done = [counter.update(index / FPS, readings) for index, readings in enumerate(read)]
    return sum(1 for one in done if one)


def raised(make: Callable[[float], Taken]) -> list[Taken]:
    """Return two seconds in which the hands rise by 0.4 and come back, and a second of rest."""
    ways = [(1 - math.cos(math.pi * k / FPS)) / 2 for k in range(2 * FPS)]
    return [make(-0.25 + 0.4 * way) for way in (*ways, *[0.0] * FPS)]


def test_a_hand_that_is_lost_from_sight_is_no_movement():
    """The near hand alone reads higher than both, for as long as the far one is hidden."""
    rest = [Taken(-0.25)] * FPS
    assert n_counted([*rest, *[alone(-0.12)] * FPS, *rest]) == 0


@pytest.mark.parametrize("make", [Taken, alone])
def test_raised_hands_count_whether_both_are_seen_or_one(make):
    """The hand that is seen shows the movement."""
    assert n_counted([*[Taken(-0.25)] * FPS, *raised(make)]) == 1


def test_what_was_lost_long_ago_does_not_shift_what_is_seen_now():
    """Much may have moved while neither was seen."""
    mean = SeenAlone()
    mean.update(0.0, Taken(-0.25))
    assert mean.update(SEEN_WITHIN_S + 0.1, alone(0.5)) == 0.5


def test_a_limb_that_comes_back_is_read_as_it_is():
    """Nothing of the shift stays."""
    mean = SeenAlone()
    for time_s, taken in enumerate([Taken(-0.25), alone(-0.12)]):
        mean.update(time_s / FPS, taken)
    assert mean.update(2 / FPS, Taken(-0.2)) == -0.2


def test_nothing_seen_is_nothing_read():
    """Hidden is NaN, never the last value."""
    mean = SeenAlone()
    mean.update(0.0, Taken(-0.25))
    assert math.isnan(mean.update(0.1, Taken(math.nan, refused=HIDDEN)))
