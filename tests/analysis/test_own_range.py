"""Who moves far is not credited with what is small by the way; who does less is followed."""

import pytest

from formcheck.analysis.movement import Movement
from formcheck.analysis.own_numbers import RangeBasis
from formcheck.analysis.own_range import LEAST_SHARE, OwnRange


def counted(*excursions_deg: float, is_full: bool = True) -> list[bool]:
    """Return which movements of these sizes, one after the other, are repetitions."""
    own = OwnRange()
    return [own.judged(turn(deg, is_full=is_full)).is_full for deg in excursions_deg]


def turn(deg: float, *, is_full: bool = True) -> Movement:
    """Return a movement of this size."""
    return Movement(0.0, 1.0, 2.0, 0.8, 0.4, 0.8, 5.0, 5.0 + deg, is_full=is_full)


def test_the_first_two_movements_are_taken_as_they_are():
    """Nothing is known of a person who has just begun."""
    assert counted(50, 10) == [True, True]


@pytest.mark.parametrize(("share", "is_counted"), [(0.02, True), (-0.02, False)])
def test_what_is_far_smaller_than_usual_is_an_attempt(share, is_counted):
    """Just above the share of the usual excursion it counts, just below it does not."""
    assert counted(50, 50, 50 * (LEAST_SHARE + share))[-1] is is_counted


def test_who_goes_less_far_from_now_on_is_counted_after_a_few():
    """A tired or cautious person is not refused for the rest of the session."""
    assert counted(60, 60, 30, 30, 30, 30, 30)[-2:] == [True, True]


@pytest.mark.parametrize("first", [(150, 50), (50, 150)])
def test_one_huge_movement_costs_at_most_the_next_one(first):
    """Sitting down was seen once as something three times as large."""
    assert counted(*first, 50, 50, 50, 50)[3:] == [True, True, True]


def test_attempts_stay_attempts_and_teach_nothing():
    """What turned back early says nothing about how far somebody goes."""
    own = OwnRange()
    for deg in (10, 10, 10):
        assert not own.judged(turn(deg, is_full=False)).is_full
    assert [own.judged(turn(deg)).is_full for deg in (50, 50, 20)] == [True, True, False]


@pytest.mark.parametrize(("share", "is_counted"), [(0.02, True), (-0.02, False)])
def test_a_calibrated_range_decides_from_the_first_movement(share, is_counted):
    """Just above the share of the easy repetitions it counts, just below it does not."""
    own = OwnRange(calibrated=50.0)
    assert own.judged(turn(50 * (LEAST_SHARE + share))).is_full is is_counted
    assert own.basis is RangeBasis.CALIBRATION


def test_who_does_less_than_calibrated_is_followed():
    """A bad day does not make attempts of a whole session."""
    own = OwnRange(calibrated=60.0)
    assert [own.judged(turn(30)).is_full for _ in range(5)][-2:] == [True, True]


def test_a_therapists_number_leaves_nothing_to_the_own_range():
    """What is set is enough, however far the others went."""
    own = OwnRange(calibrated=60.0, is_set=True)
    assert [own.judged(turn(deg)).is_full for deg in (60, 60, 9)] == [True, True, True]
    assert own.basis is RangeBasis.THERAPIST


def test_what_is_measured_against_is_known():
    """The file until two repetitions are done, then those."""
    own = OwnRange()
    bases = []
    for _ in range(3):
        own.judged(turn(50))
        bases.append(own.basis)
    file, first = RangeBasis.EXERCISE_FILE, RangeBasis.FIRST_REPETITIONS
    assert bases == [file, file, first]


def test_a_turn_to_the_other_side_is_as_large():
    """Excursions have no sign."""
    assert counted(50, -50, -20) == [True, True, False]
