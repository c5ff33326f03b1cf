"""What is measured of one person: from easy repetitions, or from a comfortable posture."""

from dataclasses import replace

import pytest

from formcheck.analysis.calibrator import Calibrator
from formcheck.analysis.events import RepetitionCompleted
from formcheck.analysis.own_numbers import Fit, RangeBasis
from formcheck.exercises.set_thresholds import SetThreshold
from formcheck.landmarks import Side
from formcheck.measures import View
from tests.moving import CATALOGUE, judged, moving

HALF = (0.5,)


def measured(exercise_id, seen, *, is_hold=False):
    """Return what a calibration comes to."""
    calibrator = Calibrator(CATALOGUE[exercise_id], is_hold=is_hold)
    for time_s, pose in seen:
        calibrator.update(time_s, pose)
    return calibrator.result()


def test_a_bridge_is_measured_from_its_own_rest_to_its_own_height():
    """Three bridges give what the counter reads of them: the median of rest and of the top."""
    seen = moving("glute_bridge", 3)
    calibration = measured("glute_bridge", seen)
    (own,) = calibration.signals
    verdict = judged("glute_bridge", seen)
    starts = sorted(one.start_value for one in verdict.repetitions)
    peaks = sorted(one.peak_value for one in verdict.repetitions)
    assert (own.rest, own.furthest) == pytest.approx((starts[1], peaks[1]), abs=0.1)
    assert (own.variant, own.measure, own.n_repetitions) == ("bridge", "hip_lift", 3)
    assert (calibration.exercise, calibration.view) == ("glute_bridge", View.SIDE)
    assert calibration.readings[0].rule == "not_high_enough"


def test_it_is_over_after_three():
    """A fourth repetition, twice as far, changes nothing any more."""
    three = measured("glute_bridge", moving("glute_bridge", 3, reaches=(0.7,)))
    more = moving("glute_bridge", 4, reaches=(0.7, 0.7, 0.7, 1.0))
    assert measured("glute_bridge", more).signals[0].furthest == pytest.approx(
        three.signals[0].furthest, abs=0.2
    )


def test_two_are_enough_and_one_is_not():
    """Who does two is measured by two."""
    assert measured("glute_bridge", moving("glute_bridge", 2)).signals[0].n_repetitions == 2
    assert measured("glute_bridge", moving("glute_bridge", 1)) is None


def test_what_is_far_smaller_than_the_rest_is_passed_over():
    """Somebody who tries a little first is measured by what came after."""
    seen = moving("prone_press_up", 4, reaches=(0.35, 1.0, 1.0, 1.0))
    (own,) = measured("prone_press_up", seen).signals
    assert own.n_repetitions == 3
    assert own.furthest > 25


def test_the_side_that_goes_less_far_is_the_measure():
    """Turning half as far to one side, both sides are measured by that one."""
    seen = moving("side_bend", 4, reaches=(1.0, 0.6))
    (own,) = measured("side_bend", seen).signals
    assert own.limited_by is Side.RIGHT
    even = measured("side_bend", moving("side_bend", 4, reaches=(1.0,))).signals[0]
    assert own.furthest < 0.75 * even.furthest
    assert own.furthest > 0


def test_a_child_pose_is_measured_while_it_is_held():
    """Hips, knees and chest are what they read in the posture."""
    calibration = measured("child_pose", moving("child_pose", 1), is_hold=True)
    by_measure = {own.measure: own.value for own in calibration.postures}
    assert set(by_measure) == {"hip_flexion", "knee_flexion", "chest_lift"}
    assert by_measure["hip_flexion"] > 100
    assert [one.rule for one in calibration.readings] == ["hips_high"]


def test_a_short_hold_is_not_enough():
    """Under five seconds nothing is measured."""
    assert measured("child_pose", moving("child_pose", 1, hold_s=3.5), is_hold=True) is None


def test_who_lies_still_is_not_measured():
    """The least excursion is more than what lying still reads."""
    still = moving("glute_bridge", 1)[0][1]
    seen = [(k / 15, still) for k in range(150)]
    assert measured("glute_bridge", seen) is None


@pytest.mark.parametrize("exercise_id", ["glute_bridge", "side_bend", "wall_angel"])
def test_a_small_range_counts_once_it_is_known(exercise_id):
    """Six repetitions of somebody who can do less are attempts at first, and all count then."""
    seen = moving(exercise_id, 6, reaches=HALF)
    before = judged(exercise_id, seen)
    after = judged(exercise_id, seen, Fit((measured(exercise_id, seen),)))
    assert len(after.repetitions) == 6
    assert len(after.repetitions) > len(before.repetitions)
    assert after.basis is RangeBasis.CALIBRATION
    assert [one.reached for one in after.repetitions] == pytest.approx([1.0] * 6, abs=0.1)


def test_far_less_than_the_calibrated_range_is_an_attempt_from_the_first():
    """Nothing has to be done twice before it is known what is far."""
    fit = Fit((measured("prone_press_up", moving("prone_press_up", 3)),))
    seen = moving("prone_press_up", 2, reaches=(0.45, 1.0))
    assert len(judged("prone_press_up", seen).repetitions) == 2
    after = judged("prone_press_up", seen, fit)
    assert (len(after.repetitions), len(after.attempts)) == (1, 1)


def test_the_verdict_says_what_it_was_measured_against():
    """The file alone, one's own first repetitions, a calibration, or a therapist's number."""
    seen = moving("glute_bridge", 4)
    calibration = measured("glute_bridge", seen)
    set_by_hand = (SetThreshold("minimum_excursion", 9.0),)
    assert judged("glute_bridge", seen[: len(seen) // 3]).basis is RangeBasis.EXERCISE_FILE
    assert judged("glute_bridge", seen).basis is RangeBasis.FIRST_REPETITIONS
    fitted = judged("glute_bridge", seen, Fit((calibration,)))
    assert fitted.basis is RangeBasis.CALIBRATION
    assert fitted.fit.calibrations == (calibration,)
    by_hand = judged("glute_bridge", seen, Fit((calibration,), set_by_hand))
    assert by_hand.basis is RangeBasis.THERAPIST
    assert by_hand.fit.thresholds == set_by_hand


def test_seen_from_elsewhere_the_calibration_does_not_decide():
    """A range that was measured from the side says nothing of what is seen obliquely."""
    calibration = measured("glute_bridge", moving("glute_bridge", 3, reaches=HALF))
    seen = moving("glute_bridge", 4, azimuth_deg=50.0)
    verdict = judged("glute_bridge", seen, Fit((calibration,)))
    assert verdict.basis is RangeBasis.FIRST_REPETITIONS


def test_what_ends_in_another_view_measures_nothing(monkeypatch):
    """Bridges after which the view is read as the front: nothing is known, nothing fails."""
    calibrator = Calibrator(CATALOGUE["glute_bridge"], is_hold=False)
    plain = calibrator._coach.update

    def seen_from_the_front_at_the_end(time_s, pose):
        snapshot = plain(time_s, pose)
        is_end = any(isinstance(event, RepetitionCompleted) for event in snapshot.events)
        return replace(snapshot, view=View.FRONT) if is_end else snapshot

    monkeypatch.setattr(calibrator._coach, "update", seen_from_the_front_at_the_end)
    for time_s, pose in moving("glute_bridge", 4):
        calibrator.update(time_s, pose)
    assert calibrator.result() is None
