"""Five stands, timed."""

from dataclasses import dataclass

import pytest

from formcheck.analysis.events import Repetition
from formcheck.exercises import library
from formcheck.prescription.sit_to_stand_test import (
    EXERCISE,
    LONGEST_SIT_S,
    VARIANT,
    timed,
)


@dataclass(frozen=True)
class Rise:
    """A repetition, as far as the test looks at it."""

    start_s: float
    outbound_s: float = 0.75
    end_s: float = 0.0


def rises(n: int, every_s: float = 2.0, start_s: float = 10.0) -> list[Rise]:
    starts = [start_s + every_s * number for number in range(n)]
    return [Rise(start, 0.75, start + 1.75) for start in starts]


def test_the_clock_runs_from_the_first_rise_to_the_fifth_stand():
    """Sitting down again is not part of it."""
    time = timed(rises(5))
    assert time.score_s == 8.75
    assert time.stands_s == (0.75, 2.75, 4.75, 6.75, 8.75)
    assert time.start_s == 10.0


def test_four_stands_are_no_test_and_a_sixth_changes_nothing():
    """The result is that of the first five."""
    assert timed(rises(4)) is None
    assert timed(rises(6)) == timed(rises(5))


@pytest.mark.parametrize(("sits_s", "begins_anew"), [(LONGEST_SIT_S, False), (5.01, True)])
def test_who_sits_for_too_long_begins_anew(sits_s, begins_anew):
    """The stands before do not count then."""
    first = rises(2)
    then = rises(3, start_s=first[-1].end_s + sits_s)
    assert (timed([*first, *then]) is None) is begins_anew


def test_after_a_rest_five_whole_ones_are_needed():
    """Of a recording with two false starts, the five that belong together are timed."""
    time = timed([*rises(2), *rises(5, start_s=60.0)])
    assert (time.start_s, time.score_s) == (60.0, 8.75)


def test_it_takes_the_repetitions_of_the_analysis():
    """As they are, from a live session or a recording."""
    repetitions = [
        Repetition(
            number=n + 1,
            variant=VARIANT,
            side=None,
            start_s=rise.start_s,
            peak_s=rise.start_s + 1.0,
            end_s=rise.end_s,
            outbound_s=rise.outbound_s,
            effort_s=0.25,
            return_s=0.75,
            measure="knee_flexion_in_space",
            start_value=88.0,
            peak_value=5.0,
            target=20.0,
            reached=1.0,
        )
        for n, rise in enumerate(rises(5))
    ]
    assert timed(repetitions) == timed(rises(5))


def test_it_is_timed_from_an_exercise_that_exists():
    """From a chair, not the squat."""
    assert VARIANT in {variant.id for variant in library.find(EXERCISE).variants}
