"""Who stops somewhere rests there, or has turned back: rest is where a movement comes to an end."""

import numpy as np
import pytest

from formcheck.analysis.repetitions import RepetitionCounter
from formcheck.exercises.schema import Signal
from tests.analysis.sweeping import movements


def test_who_comes_back_from_further_has_not_settled():
    """Somebody who stays short of a repetition for long has made an attempt, not come to rest."""
    time_s = np.arange(0, 6, 1 / 30)
    bend = 30 + 28 * np.clip(np.minimum(time_s - 1, 5 - time_s), 0, 1)
    (attempt,) = movements(np.column_stack([time_s, bend]))
    assert not attempt.is_full
    assert attempt.peak_value == pytest.approx(58)


def test_who_settles_higher_rests_there():
    """A reading that rested lower for a moment has not begun a movement that lasts for ever."""
    signal = Signal(measure="hip_lift", rest=6, effort=11, minimum_excursion=9, target=25)
    counter = RepetitionCounter(signal, longest_s=15)
    values = [-6.0] * 5 + [3.0] * 80 + [3 + 18 * (n / 15) for n in range(16)]
    values += [21.0] * 10 + [21 - 18 * (n / 15) for n in range(16)] + [3.0] * 5
    movements = [
        movement
        for n, value in enumerate(values)
        if (movement := counter.update(n / 10, value)) is not None
    ]
    assert len(movements) == 1
    assert movements[0].start_s == pytest.approx(8.5, abs=0.5)


LOW = Signal(measure="hip_lift", rest=14, effort=11, minimum_excursion=8, target=25)


def low_bridge(stays_s: float, *, back_to: float, rests_s: float) -> np.ndarray:
    """Return a whole bridge from 4 to 20, then one to 10 that stays up, comes back and rests."""
    times_s = (1, 2, 3, 4, 5, 6, 6 + stays_s, 7 + stays_s, 7 + stays_s + rests_s)
    values = (4, 20, 20, 4, 4, 10, 10, back_to, back_to)
    time_s = np.arange(0, times_s[-1], 1 / 15)
    return np.column_stack([time_s, np.interp(time_s, times_s, values)])


@pytest.mark.parametrize(
    ("stays_s", "back_to", "rests_s"),
    [
        pytest.param(0.5, 4.0, 1.0, id="and comes back"),
        pytest.param(4.0, 4.0, 1.0, id="and is held"),
        pytest.param(0.5, 5.5, 1.0, id="and comes back nearly, where the recording ends"),
        pytest.param(0.5, 5.5, 4.0, id="and comes back nearly, to stay there"),
    ],
)
def test_who_stops_short_of_a_rest_that_is_known_has_made_an_attempt(stays_s, back_to, rests_s):
    """A low bridge after a whole one is told, be it held or come down from to a little above."""
    whole, attempt = movements(low_bridge(stays_s, back_to=back_to, rests_s=rests_s), LOW)
    assert whole.is_full
    assert not attempt.is_full
    assert attempt.peak_value == pytest.approx(10)


def test_who_moves_elsewhere_rests_there_in_the_end():
    """After longer than anybody stops short, also a rest that was known is another one."""
    samples = low_bridge(12.0, back_to=10.0, rests_s=0.0)
    after = [(20.0 + at_s, value) for at_s, value in ((0, 10), (1, 26), (2, 26), (3, 10), (4, 10))]
    times_s, values = zip(*after, strict=True)
    time_s = np.arange(20, 24, 1 / 15)
    again = np.column_stack([time_s, np.interp(time_s, times_s, values)])
    found = movements(np.vstack([samples[samples[:, 0] < 20], again]), LOW)
    assert [movement.is_full for movement in found] == [True, True]
    assert found[1].start_value == pytest.approx(10, abs=0.5)


@pytest.mark.parametrize(("is_arriving", "expected"), [(False, 1), (True, 0)])
def test_who_only_gets_into_place_has_not_rested_on_the_way(is_arriving, expected):
    """Lying down after a sit-up the hips rise over the shoulders, as in a bridge, and stay.

    Whoever was in place when the recording began may have begun before it.
    """
    signal = Signal(measure="hip_lift", rest=14, effort=11, minimum_excursion=8, target=25)
    counter = RepetitionCounter(signal, longest_s=45)
    counter.interrupt(is_arriving=is_arriving)
    lying = [-8.0, -4.0, 0.0, 4.0, 8.0, 11.0, *[12.0] * 20, *[-2.0] * 5]
    done = [counter.update(number / 12, value) for number, value in enumerate(lying)]
    assert len([movement for movement in done if movement]) == expected
