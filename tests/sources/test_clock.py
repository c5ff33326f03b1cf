"""Whatever a file says of its times, they begin at 0 and increase."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.sources.clock import Clock

STATED = st.one_of(st.none(), st.floats(-1e6, 1e6))


@given(st.lists(STATED, min_size=1))
def test_times_begin_at_zero_and_strictly_increase(stated):
    """The pose engine refuses times that do not increase by a millisecond."""
    clock = Clock(1 / 30)
    times_s = [clock.update(value) for value in stated]
    assert times_s[0] == 0
    assert all(later > earlier for earlier, later in itertools.pairwise(times_s))


def test_good_times_are_kept_exactly():
    """Only the first time is taken off."""
    clock = Clock(1 / 30)
    assert [clock.update(value) for value in (2.0, 2.5, 2.75, 9.0)] == [0, 0.5, 0.75, 7.0]


@pytest.mark.parametrize(("stated_s", "expected_s"), [(10.0, 10.001), (9.5, 10.001), (8.9, 10.1)])
def test_repeats_are_pushed_on_and_a_clock_that_began_again_continues(stated_s, expected_s):
    """Up to a second back is disorder; more is another recording joined on."""
    clock = Clock(0.1)
    clock.update(0.0)
    clock.update(10.0)
    assert clock.update(stated_s) == pytest.approx(expected_s)


def test_after_a_restart_time_goes_on_at_the_nominal_rate():
    """A film that is shown again continues."""
    clock = Clock(0.1)
    first = [clock.update(value) for value in (0.0, 0.1)]
    clock.restart()
    assert [*first, clock.update(0.0), clock.update(0.1)] == pytest.approx([0, 0.1, 0.2, 0.3])
