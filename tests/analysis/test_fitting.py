"""An exercise fits one person within the bounds of its file, and no further."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.analysis.fitting import can_follow, easiest, fitted
from formcheck.analysis.own_numbers import (
    Calibration,
    Fit,
    OwnPosture,
    OwnReading,
    OwnSignal,
    usual_at,
)
from formcheck.exercises import library
from formcheck.exercises.schema import Exercise, SideChoice, Signal
from formcheck.exercises.set_thresholds import SetThreshold
from formcheck.measures import View

CATALOGUE = library.load_all()
SIGNALS = [
    pytest.param(exercise, variant.id, signal, id=f"{exercise.id}-{variant.id}-{signal.measure}")
    for exercise in CATALOGUE.values()
    for variant in exercise.variants
    for signal in (variant.repetition.signals if variant.repetition else ())
]


def measured(exercise, variant, signal, rest, furthest) -> Fit:
    """Return a fit of one signal, in the first view in which it is read."""
    own = OwnSignal(variant, signal.measure, signal.side, rest, furthest, 3)
    return Fit((Calibration(exercise.id, min(signal.views), signals=(own,)),))


def personal(exercise: Exercise, variant: str, signal: Signal, view: View) -> Signal:
    """Return the signal that is read in a view."""
    rule = next(one.repetition for one in exercise.variants if one.id == variant)
    of_it = (
        one for one in rule.signals if (one.measure, one.side) == (signal.measure, signal.side)
    )
    return next(one for one in of_it if view in one.views)


def bridge(rest: float, furthest: float) -> Signal:
    """Return how a bridge is counted for somebody: the file has 14, 11, 8 (5.5 at least) and 25."""
    exercise = CATALOGUE["glute_bridge"]
    variant, _held = exercise.variants
    signal = variant.repetition.signals[0]
    fit = measured(exercise, variant.id, signal, rest, furthest)
    return personal(fitted(exercise, fit), variant.id, signal, View.SIDE)


@pytest.mark.parametrize(
    ("furthest", "smallest"),
    [(9.0, 5.5), (10.0, 5.5), (12.0, 6.6), (14.0, 7.7), (15.0, 8.0), (24.0, 8.0)],
)
def test_the_smallest_repetition_follows_the_own_range_between_the_files_bounds(furthest, smallest):
    """It is 55 % of the own excursion, never under the least that counts for anybody."""
    assert bridge(0.0, furthest).minimum_excursion == pytest.approx(smallest)


@pytest.mark.parametrize(("furthest", "target"), [(9.0, 9.0), (24.9, 24.9), (25.1, 25.0)])
def test_the_target_is_the_own_furthest_and_never_beyond_the_files(furthest, target):
    """Somebody who goes further than the file asks is not asked for more."""
    assert bridge(0.0, furthest).target == pytest.approx(target)


def test_known_numbers_of_a_small_range():
    """From 2 to 10: rest ends at 8 and the target is 10; effort gives by 2.5 at most, to 8.5."""
    signal = bridge(2.0, 10.0)
    assert (signal.rest, signal.effort, signal.target) == pytest.approx((8.0, 8.5, 10.0), abs=0.01)
    assert signal.views == {View.SIDE}


def test_who_rests_beyond_the_line_may_begin_there():
    """A person whose own rest reads 16 is at rest there, though the file ends rest at 14."""
    assert bridge(16.0, 24.0).rest == pytest.approx(16.0)


def test_other_views_keep_the_files_numbers():
    """Seen obliquely the same bridge is counted as if nothing were known."""
    exercise = CATALOGUE["prone_press_up"]
    variant, signal = exercise.variants[0], exercise.variants[0].repetition.signals[0]
    assert signal.views == {View.SIDE, View.OBLIQUE}
    own = OwnSignal(variant.id, signal.measure, signal.side, 0.0, 17.0, 3)
    fit = Fit((Calibration(exercise.id, View.SIDE, signals=(own,)),))
    seen = [personal(fitted(exercise, fit), variant.id, signal, view) for view in (*signal.views,)]
    by_view = dict(zip(signal.views, seen, strict=True))
    assert by_view[View.SIDE].target == 17.0
    assert by_view[View.OBLIQUE].target == signal.target
    assert by_view[View.OBLIQUE].views == {View.OBLIQUE}


def test_each_view_has_its_own_numbers():
    """Calibrated from the side and obliquely, either counts by its own."""
    exercise = CATALOGUE["prone_press_up"]
    variant, signal = exercise.variants[0], exercise.variants[0].repetition.signals[0]
    fit = Fit()
    for view, furthest in ((View.SIDE, 17.0), (View.OBLIQUE, 19.0)):
        own = OwnSignal(variant.id, signal.measure, signal.side, 0.0, furthest, 3)
        fit = fit.with_calibration(Calibration(exercise.id, view, signals=(own,)))
    both = fitted(exercise, fit)
    targets = {v: personal(both, variant.id, signal, v).target for v in signal.views}
    assert targets == {View.SIDE: 17.0, View.OBLIQUE: 19.0}


@pytest.mark.parametrize(("exercise", "variant", "signal"), SIGNALS)
@settings(deadline=None, max_examples=25)
@given(share=st.floats(0.0, 3.0), rest=st.floats(-1.5, 0.4))
def test_no_range_leaves_the_files_bounds(exercise, variant, signal, share, rest):
    """Whatever was measured, it is a valid exercise within the bounds that the file states."""
    outward, easy = signal.outward, personal(easiest(exercise), variant, signal, min(signal.views))
    # Who rests where the target is cannot be measured.
    highest = (outward * (signal.target - signal.rest) - signal.least) / signal.minimum_excursion
    own_rest = signal.rest + outward * min(rest, highest) * signal.minimum_excursion
    nearest = max(outward * own_rest + signal.least, outward * easy.effort + 1e-3)
    furthest = outward * (nearest + share * signal.minimum_excursion)
    fit = measured(exercise, variant, signal, own_rest, furthest)
    one = personal(fitted(exercise, fit), variant, signal, min(signal.views))
    assert signal.least - 1e-9 <= one.minimum_excursion <= signal.minimum_excursion + 1e-9
    assert one.outward == signal.outward
    assert one.outward * one.target <= one.outward * signal.target + 1e-9
    assert one.outward * one.effort <= max(one.outward * signal.effort, one.outward * one.rest)


@pytest.mark.parametrize(("exercise", "variant", "signal"), SIGNALS)
def test_the_easiest_version_is_at_the_files_bounds(exercise, variant, signal):
    """It counts from the least excursion, and effort gives by no more than that does."""
    one = personal(easiest(exercise), variant, signal, min(signal.views))
    assert one.minimum_excursion == signal.least
    gives = signal.outward * (signal.effort - one.effort)
    assert -1e-9 <= gives <= signal.minimum_excursion - signal.least + 1e-9
    assert one.outward * one.rest <= one.outward * signal.rest
    assert one.target == signal.target


def test_without_numbers_it_is_the_file():
    """An empty fit changes nothing."""
    for exercise in CATALOGUE.values():
        assert fitted(exercise, Fit()) is exercise


def test_a_calibration_of_another_exercise_is_refused():
    """Numbers of a bridge say nothing about a plank."""
    with pytest.raises(ValueError, match="glute_bridge"):
        fitted(CATALOGUE["front_plank"], Fit((Calibration("glute_bridge", View.SIDE),)))


@pytest.mark.parametrize(
    ("own", "least"),
    [(130.0, 100.0), (104.9, 99.9), (98.0, 93.0), (93.1, 88.1), (92.9, 88.0), (60.0, 88.0)],
)
def test_a_hold_takes_in_the_comfortable_posture(own, least):
    """The bound moves to the own value less half an error (5), by 12 at most, never inward."""
    exercise = CATALOGUE["child_pose"]
    posture = OwnPosture("child_pose", "hip_flexion", SideChoice.NEAR, own)
    fit = Fit((Calibration(exercise.id, View.SIDE, postures=(posture,)),))
    hold = fitted(exercise, fit).variants[0].hold
    assert hold.conditions[0].min == pytest.approx(least)
    assert hold.conditions[0].max == math.inf


@pytest.mark.parametrize(
    ("own", "advice", "error"),
    [(160.0, 140.0, 138.0), (135.0, 131.0, 129.0), (90.0, 125.0, 123.0)],
)
def test_a_rule_allows_what_is_comfortable(own, advice, error):
    """Stiff shoulders may stay more closed, by 15 at most; what is a fault moves along."""
    exercise = CATALOGUE["yoga_downward_dog"]
    known = OwnReading("shoulders_closed", own)
    fit = Fit((Calibration(exercise.id, View.SIDE, readings=(known,)),))
    rule = next(one for one in fitted(exercise, fit).form if one.name == "shoulders_closed")
    assert (rule.advice.min, rule.error.min) == (advice, error)


@pytest.mark.parametrize(("own", "advice"), [(160.0, 145.0), (135.0, 132.0), (90.0, 125.0)])
def test_a_tip_without_a_fault_moves_alone(own, advice):
    """A stiff shoulder may stay lower, by 20 at most."""
    exercise = CATALOGUE["bird_dog"]
    fit = Fit((Calibration(exercise.id, View.SIDE, readings=(OwnReading("arm_low", own),)),))
    rule = next(one for one in fitted(exercise, fit).form if one.name == "arm_low")
    assert (rule.advice.min, rule.error) == (advice, None)


@pytest.mark.parametrize(
    ("neutral", "bounds"), [(0.0, (-10, 10)), (4.0, (-6, 14)), (-9.0, (-15, 5))]
)
def test_a_neutral_stance_is_this_persons_zero(neutral, bounds):
    """Somebody who sits 4 degrees to the left is judged from there; 5 degrees are the most."""
    exercise = CATALOGUE["seated_thoracic_rotation"]
    readings = (OwnReading("leans_sideways", neutral),)
    fit = Fit((Calibration(exercise.id, View.FRONT, readings=readings),))
    rule = next(one for one in fitted(exercise, fit).form if one.name == "leans_sideways")
    assert (rule.advice.min, rule.advice.max) == bounds


@pytest.mark.parametrize(
    ("age_years", "usual", "target"),
    [(64, math.nan, 150), (65, 126, 126), (74, 126, 126), (75, 117, 120.5), (None, math.nan, 150)],
)
def test_an_age_proposes_a_target(age_years, usual, target):
    """From 65 years on the arms usually come less far; a target never lies short of counting."""
    exercise = CATALOGUE["wall_angel"]
    signal = exercise.variants[0].repetition.signals[0]
    assert usual_at(signal, age_years) == pytest.approx(usual, nan_ok=True)
    fit = Fit((Calibration(exercise.id, View.FRONT, age_years=age_years),))
    one = fitted(exercise, fit).variants[0].repetition.signals[0]
    assert one.target == target


def test_the_own_range_wins_over_an_age():
    """Who comes to 140 at 80 years has 140 for a target."""
    exercise = CATALOGUE["wall_angel"]
    signal = exercise.variants[0].repetition.signals[0]
    own = OwnSignal(exercise.variants[0].id, signal.measure, signal.side, 90.0, 140.0, 3)
    fit = Fit((Calibration(exercise.id, View.FRONT, signals=(own,), age_years=80),))
    assert fitted(exercise, fit).variants[0].repetition.signals[0].target == 140


def test_a_therapist_wins_over_everything():
    """A target that was set is the target, whatever was measured, also beyond the file's."""
    exercise = CATALOGUE["glute_bridge"]
    signal = exercise.variants[0].repetition.signals[0]
    fit = measured(exercise, "bridge", signal, 0.0, 12.0)
    fit = Fit(fit.calibrations, (SetThreshold("target", 30.0), SetThreshold("drops", 1.0)))
    one = fitted(exercise, fit)
    assert {signal.target for signal in one.variants[0].repetition.signals} == {30.0}
    assert {rule.name: rule.advice_s for rule in one.tempo}["drops"] == 1.0


@pytest.mark.parametrize("exercise", CATALOGUE.values(), ids=lambda one: one.id)
def test_every_exercise_follows_a_person_or_is_the_same_for_all(exercise):
    """What is repeated follows; what is held does where its file says by how much."""
    has_repetitions = any(variant.repetition for variant in exercise.variants)
    assert can_follow(exercise, is_hold=False) is has_repetitions
    widest = [hold for one in easiest(exercise).variants if (hold := one.hold)]
    gives = widest != [hold for one in exercise.variants if (hold := one.hold)]
    gives = gives or any(one.individual and one.statistic == "value" for one in exercise.form)
    assert can_follow(exercise, is_hold=True) is bool(widest and gives)
