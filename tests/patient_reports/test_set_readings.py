"""The curve of a set is read in a few of its pictures, and says what the coach read in them."""

import math
from dataclasses import dataclass
from functools import cache

import pytest

from formcheck.analysis.coach import Coach
from formcheck.analysis.curve import EMPTY
from formcheck.analysis.verdict import VerdictBuilder
from formcheck.exercises.library import load_all
from formcheck.patient_reports.judged import CountedSet, counted
from formcheck.patient_reports.set_readings import LOOKS_HZ, MOST_POINTS, curve_of
from formcheck.reviewing.corrected import judged_set
from formcheck.session_records import judged_record
from tests.reviewing.made_session import FPS, performed
from tests.store.made_up import set_record

EXERCISES = load_all()
REPEATED = ("glute_bridge", "bird_dog", "band_row")


@dataclass(frozen=True)
class Followed:
    """A simulated set as the coach has followed it, picture by picture."""

    poses: list
    done: CountedSet
    read: dict  # what the coach counted or timed by, by time


@cache
def followed(exercise_id, every=1):
    """Return the second set of an exercise; of every so many of its pictures."""
    exercise = EXERCISES[exercise_id]
    coach, read = Coach([exercise]), {}
    verdict = VerdictBuilder(coach)
    poses = [(n / FPS, pose) for n, pose in enumerate(performed(exercise_id, 2))][::every]
    for time_s, pose in poses:
        snapshot = coach.update(time_s, pose)
        verdict.take(snapshot)
        read[time_s] = snapshot.primary.value
    verdict.take(coach.finish())
    record = judged_record(set_record(f"set-02-{exercise_id}"), verdict.verdict())
    return Followed(poses, counted(judged_set(record, (), exercise)), read)


@pytest.mark.parametrize("exercise_id", REPEATED)
def test_the_peaks_of_a_curve_are_those_of_the_repetitions(exercise_id):
    """Where a repetition was furthest the curve is where it was counted to be."""
    one = followed(exercise_id)
    curve = curve_of(EXERCISES[exercise_id], one.poses, one.done)
    values = {point.time_s: point.value for point in curve.points}
    assert len(one.done.measured) >= 5
    assert {repetition.measure for repetition in one.done.measured} == {curve.measure}
    for repetition in one.done.measured:
        assert abs(values[repetition.peak_s] - repetition.peak_value) < curve.expected_error
    targets = {repetition.target for repetition in one.done.measured}
    assert {threshold.value for threshold in curve.thresholds} == targets


@pytest.mark.parametrize("exercise_id", [*REPEATED, "front_plank"])
def test_a_curve_says_what_the_coach_has_read(exercise_id):
    """Each of its points is a reading of the coach, who has looked at every picture."""
    one = followed(exercise_id)
    curve = curve_of(EXERCISES[exercise_id], one.poses, one.done)
    assert one.poses[-1][0] - curve.points[-1].time_s < 0.3
    for point in curve.points:
        assert point.value == pytest.approx(one.read[point.time_s], abs=0.1, nan_ok=True)


@pytest.mark.parametrize("every", [2, 3, 4])
def test_a_slow_camera_is_not_slowed_down_further(every):
    """Of 15, 10 and 7.5 pictures a second none is refused for being too few but by the coach."""
    one = followed("glute_bridge", every)
    curve = curve_of(EXERCISES["glute_bridge"], one.poses, one.done)
    assert len(curve.points) > 100
    assert every == 4 or not any(math.isnan(point.value) for point in curve.points)
    for point in curve.points:
        assert point.value == pytest.approx(one.read[point.time_s], abs=0.1, nan_ok=True)


def test_a_long_set_keeps_its_peaks():
    """Ten times as long, the curve has no more points, and goes as high and as low."""
    one = followed("glute_bridge")
    length_s = len(one.poses) / FPS
    poses = [(time_s + n * length_s, pose) for n in range(10) for time_s, pose in one.poses]
    short = curve_of(EXERCISES["glute_bridge"], one.poses, one.done)
    long = curve_of(EXERCISES["glute_bridge"], poses, one.done)
    assert len(short.points) < MOST_POINTS
    assert len(long.points) <= MOST_POINTS + 1
    for end in (min, max):
        ends = [end(point.value for point in curve.points) for curve in (short, long)]
        assert math.isclose(*ends, abs_tol=0.5)


def test_what_a_hold_must_stay_between_is_drawn():
    """Its curve has the bounds of the condition that it is timed by."""
    one, exercise = followed("front_plank"), EXERCISES["front_plank"]
    condition = exercise.variants[0].hold.conditions[0]
    assert one.done.holds
    curve = curve_of(exercise, one.poses, one.done)
    assert curve.measure == condition.measure
    assert {one.value for one in curve.thresholds} == {condition.min, condition.max}


def test_without_anybody_in_view_there_is_no_curve():
    """Nothing was read, and nothing is drawn."""
    done = followed("glute_bridge").done
    nobody = [(n / LOOKS_HZ, None) for n in range(30)]
    assert curve_of(EXERCISES["glute_bridge"], nobody, done) == EMPTY
    assert curve_of(EXERCISES["glute_bridge"], (), done) == EMPTY
