"""Judged again by other numbers, a set comes out as from scratch."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.analysis.coach import Coach
from formcheck.analysis.own_numbers import Fit
from formcheck.errors import SourceError
from formcheck.exercises.library import find, load_all
from formcheck.exercises.set_thresholds import SetThreshold
from formcheck.pipeline import Run, replay
from formcheck.recordings import Recording
from formcheck.reviewing.curves import MOST_POINTS, set_curves
from formcheck.reviewing.judging import SessionSight
from formcheck.reviewing.poses import with_moved
from formcheck.session_records import judged_record
from formcheck.store import Corrected, Correction, CorrectionKind
from formcheck.store.corrections import MovedLandmark
from tests.people import poses
from tests.reviewing.made_session import BEGAN, SESSION_ID, made_record
from tests.store.made_up import same

EXERCISES = load_all()
NUMBERS = {
    "glute_bridge": (("minimum_excursion", 4.0, 60.0), ("target", 16.0, 60.0)),
    "front_plank": (("hips_sag", 5.0, 40.0), ("hips_pike", 5.0, 40.0)),
}


@pytest.fixture(scope="module")
def sight():
    """Return the made session as it was seen."""
    return SessionSight(made_record(), (), EXERCISES)


def from_scratch(record, fit):
    """Return what a recording comes to, read and judged anew."""
    run = Run(Coach([EXERCISES[record.exercise]], {record.exercise: fit}))
    run.process(replay(Recording(record.poses, record.name)))
    return run.analysis().verdict


def test_as_it_was_it_comes_out_as_it_was_kept(sight):
    """With no other number the verdict is that of the store, every set of it."""
    for exercise_id in {one.exercise for one in sight.record.sets}:
        for record, verdict in sight.judged(exercise_id, ()):
            assert same(judged_record(record, verdict), record)


@pytest.mark.parametrize("exercise_id", sorted(NUMBERS))
@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_by_other_numbers_it_is_as_from_scratch(sight, exercise_id, data):
    """Bit for bit, whatever was judged before."""
    thresholds = tuple(
        SetThreshold(name, data.draw(st.floats(low, high)))
        for name, low, high in NUMBERS[exercise_id]
    )
    for record, verdict in sight.judged(exercise_id, thresholds)[:1]:
        scratch = from_scratch(record, Fit(thresholds=thresholds))
        assert repr(verdict) == repr(scratch)
        assert verdict.fit.thresholds == thresholds


def test_numbers_that_do_not_go_together_are_refused(sight):
    """Before anything is judged, with what is wrong."""
    with pytest.raises(SourceError, match="no_such_number"):
        sight.judged("glute_bridge", [SetThreshold("no_such_number", 1.0)])
    with pytest.raises(SourceError, match="target"):
        sight.judged("glute_bridge", [SetThreshold("target", -90.0)])
    assert sight.names_of("cat_cow") == []


def test_the_numbers_of_that_time_come_before_others():
    """What was prescribed for the patient then is in force until another number is tried."""
    record = made_record()
    facts = record.facts.replace(
        b'"thresholds": {}', b'"thresholds": {"glute_bridge": {"minimum_excursion": 60.0}}'
    )
    assert facts != record.facts
    sight = SessionSight(replace(record, facts=facts), (), EXERCISES)
    name = sight.names_of("glute_bridge")[0]
    assert len(sight.seen(name).judged().repetitions) == 0
    usual = [SetThreshold("minimum_excursion", 8.0)]
    assert len(sight.seen(name).judged(usual).repetitions) == 8


def test_a_moved_landmark_is_measured(sight):
    """What is seen is seen with it; the other pictures are as they were."""
    name = sight.names_of("glute_bridge")[0]
    before = sight.poses(name)
    time_s, pose = before[50]
    x, y = pose.image[25]
    after = {"time_s": time_s, "landmark": "left_knee", "x_px": x, "y_px": y - 200.0}
    said = Correction(
        SESSION_ID, name, Corrected.SET, None, CorrectionKind.MOVED, None, after, "Dr E", BEGAN
    )
    moved = SessionSight(made_record(), [said], EXERCISES)
    found = moved.poses(name)
    assert found[50][1].image[25].tolist() == pytest.approx([x, y - 200.0])
    assert found[50][1].visibility[25] == 1.0
    assert all((found[k][1].image == before[k][1].image).all() for k in (49, 51))
    exercise = moved.exercise(name)
    now, was = (set_curves(exercise, one.seen(name).observed) for one in (moved, sight))
    differ = {
        k
        for one, other in zip(now.curves, was.curves, strict=True)
        for k, (value, old) in enumerate(zip(one.values, other.values, strict=True))
        if repr(value) != repr(old)
    }
    assert 50 in differ
    assert min(differ) == 50  # what comes before it knows nothing of it


def test_a_landmark_of_no_picture_moves_nothing():
    """Between two pictures, or where nobody is seen, there is nothing to move."""
    seen = [(time_s, None if k == 3 else pose) for k, (time_s, pose) in enumerate(poses("cat_cow"))]
    place = {"landmark": "nose", "x_px": 1.0, "y_px": 1.0}
    for time_s in (seen[3][0], seen[5][0] + 0.015, 1e5):
        moved = with_moved(seen, [MovedLandmark(time_s=time_s, **place)])
        assert all(one[1] is other[1] for one, other in zip(moved, seen, strict=True))


def test_a_long_curve_is_thinned(sight):
    """However long a set is, there are so many points at most."""
    name = sight.names_of("front_plank")[0]
    observed = sight.seen(name).observed
    found = set_curves(find("front_plank"), observed * 20)
    assert len(found.times_s) <= MOST_POINTS
    assert all(len(one.values) == len(found.times_s) for one in found.curves)
    assert found.curves[0].is_primary
