from functools import cache

import numpy as np
import pytest

from formcheck.errors import UsageError
from formcheck.exercises.joints import INDEX, Array
from formcheck.exercises.library import load_all
from formcheck.exercises.schema import Exercise
from formcheck.landmarks import Side
from formcheck.simulation.people import average_skeleton
from formcheck.simulation.performance import Performance
from formcheck.simulation.plan import Attempt, Manner, Plan, planned
from formcheck.simulation.script import motion_of, perform

EXERCISES = load_all()
EXACT = Manner(varies=0.0, sway_deg=0.0)
SQUAT = ("sit_to_stand", "squat")
BIRD_DOG = ("bird_dog", "bird_dog")
HELD = ("side_plank", "side_plank")


def _exercise(case: tuple[str, str]) -> Exercise:
    return EXERCISES[case[0]]


@cache
def _performed(
    case: tuple[str, str],
    attempts: tuple[Attempt, ...],
    manner: Manner = EXACT,
    seed: int = 0,
    hold_s: float = 2.0,
) -> Performance:
    motion = motion_of(*_named(case))
    plan = Plan(attempts, hold_s=hold_s, quiet_s=0.5)
    return perform(average_skeleton(), _exercise(case), motion, plan, manner, seed)


def _named(case: tuple[str, str]) -> tuple[Exercise, str]:
    return _exercise(case), case[1]


def _durations_s(performance: Performance) -> list[float]:
    return [one.end_s - one.start_s for one in performance.repetitions]


def _peaks(performance: Performance, angle: str) -> list[float]:
    times = np.array([one.peak_s for one in performance.repetitions])
    return performance.postures(times)[:, INDEX[angle]].tolist()


def _first_fault(case: tuple[str, str]) -> str:
    return motion_of(*_named(case)).faults[0].fault


def _breaking_fault() -> str:
    return next(one.fault for one in motion_of(*_named(HELD)).faults if one.breaks_hold)


def _lasting_fault() -> str:
    return next(one.fault for one in motion_of(*_named(HELD)).faults if not one.breaks_hold)


def test_sides_are_planned_in_turn_where_they_take_turns():
    """Left, right, left; or beginning with the right one."""
    motion = motion_of(*_named(BIRD_DOG))
    left, right = Side.LEFT, Side.RIGHT
    assert [one.side for one in planned(motion, 3).attempts] == [left, right, left]
    assert [one.side for one in planned(motion, 2, right).attempts] == [right, left]


def test_one_side_is_planned_where_one_works():
    """Always the first one."""
    motion = motion_of(*_named(HELD))
    assert motion.sides == "one"
    assert {one.side for one in planned(motion, 3, Side.RIGHT).attempts} == {Side.RIGHT}


def test_what_is_planned_is_clean_and_whole():
    """And lasts as long as asked."""
    plan = planned(motion_of(*_named(HELD)), 2, hold_s=12.0)
    assert plan.hold_s == 12.0
    assert all(one.fault == "" and one.reach == 1.0 for one in plan.attempts)


def test_a_motion_is_found_by_its_variant_or_is_the_first():
    """Of the exercise's motions."""
    exercise = EXERCISES["sit_to_stand"]
    assert motion_of(exercise) is exercise.motion[0]
    assert motion_of(exercise, "squat").variant == "squat"


def test_a_variant_without_a_motion_is_named_with_those_that_have_one():
    """Expected and got."""
    with pytest.raises(UsageError, match=r"sit_to_stand has no motion for jump.*sit_to_stand, squ"):
        motion_of(EXERCISES["sit_to_stand"], "jump")
    without = EXERCISES["sit_to_stand"].model_copy(update={"motion": ()})
    with pytest.raises(UsageError, match=r"no motion for any variant.*it has none"):
        motion_of(without)


# Of its time, when a smooth movement has made 95 % of its way.
ARRIVES_AFTER = 0.811


def test_repetitions_are_those_attempted_one_after_the_other():
    """In order, without overlap, each with its peak inside and its pause after it."""
    performance = _performed(SQUAT, (Attempt(), Attempt(), Attempt()))
    pace = motion_of(*_named(SQUAT)).pace
    times = [t for one in performance.repetitions for t in (one.start_s, one.peak_s, one.end_s)]
    assert len(times) == 9
    assert times == sorted(times)
    assert times[0] >= 0.5
    assert performance.duration_s >= times[-1] + 0.5
    assert _durations_s(performance) == pytest.approx([pace.out_s + pace.hold_s + pace.back_s] * 3)
    assert performance.holds_s == ()
    assert performance.faults == ()


def test_a_clean_repetition_reaches_what_the_motion_asks_for():
    """At its peak, to a tenth of a degree; at its end it is back where it began."""
    performance = _performed(SQUAT, (Attempt(), Attempt()))
    motion = motion_of(*_named(SQUAT))
    asked = motion.effort.angles["both_knee_flexion"]
    assert _peaks(performance, "left_knee_flexion") == pytest.approx([asked, asked], abs=0.1)
    ends = np.array([one.end_s for one in performance.repetitions])
    rest = motion.rest.angles["both_knee_flexion"]
    assert performance.postures(ends)[:, INDEX["left_knee_flexion"]] == pytest.approx(
        [rest, rest], abs=0.1
    )


@pytest.mark.parametrize("reach", [0.5, 0.8])
def test_a_partial_attempt_goes_part_of_the_way(reach):
    """Half of the range is half of the angle."""
    performance = _performed(SQUAT, (Attempt(reach=reach),))
    motion = motion_of(*_named(SQUAT))
    rest, effort = (one.angles["both_knee_flexion"] for one in (motion.rest, motion.effort))
    asked = rest + reach * (effort - rest)
    assert _peaks(performance, "left_knee_flexion") == pytest.approx([asked], abs=0.5)


def test_a_repetition_says_which_side_worked():
    """And names none where both do."""
    turns = (Attempt(side=Side.LEFT), Attempt(side=Side.RIGHT))
    assert [one.side for one in _performed(BIRD_DOG, turns).repetitions] == [Side.LEFT, Side.RIGHT]
    assert _performed(SQUAT, (Attempt(),)).repetitions[0].side is None


def test_a_hesitation_stops_half_way():
    """The repetition takes longer, and for a while nothing moves on the way down."""
    smooth = _performed(SQUAT, (Attempt(),))
    halting = _performed(SQUAT, (Attempt(),), Manner(varies=0, sway_deg=0, hesitates=1.0))
    (one,) = halting.repetitions
    assert one.end_s - one.start_s > _durations_s(smooth)[0] + 0.3
    times = np.arange(one.start_s, one.peak_s, 0.02)
    knees = halting.postures(times)[:, INDEX["left_knee_flexion"]]
    share = (knees - knees[0]) / (knees[-1] - knees[0])
    still = (np.abs(np.gradient(knees, times)) < 2) & (share > 0.3) & (share < 0.8)
    assert still.sum() * 0.02 > 0.2


def test_a_pause_follows_the_repetition():
    """One to four seconds more until the next one begins."""
    gaps = []
    for manner in (EXACT, Manner(varies=0, sway_deg=0, pauses=1.0)):
        first, second = _performed(SQUAT, (Attempt(), Attempt()), manner).repetitions
        gaps.append(second.start_s - first.end_s)
    assert 1.0 <= gaps[1] - gaps[0] <= 4.0


def test_who_tires_gets_slower_and_less_deep():
    """By its share with each repetition."""
    performance = _performed(SQUAT, (Attempt(),) * 3, Manner(varies=0, sway_deg=0, tires=0.1))
    durations, peaks = _durations_s(performance), _peaks(performance, "left_knee_flexion")
    assert durations[1] / durations[0] == pytest.approx(1.1)
    assert durations[2] / durations[0] == pytest.approx(1.21)
    motion = motion_of(*_named(SQUAT))
    rest, effort = (one.angles["both_knee_flexion"] for one in (motion.rest, motion.effort))
    ranges = [(peak - rest) / (effort - rest) for peak in peaks]
    assert ranges == pytest.approx([1.0, 0.9, 0.81], abs=0.01)


def test_a_stiffer_right_side_moves_less():
    """The left one moves as far as ever."""
    angle = "working_shoulder_flexion"
    asked = motion_of(*_named(BIRD_DOG)).effort.angles[angle]
    turns = (Attempt(side=Side.LEFT), Attempt(side=Side.RIGHT))
    performance = _performed(BIRD_DOG, turns, Manner(varies=0, sway_deg=0, right_less=0.2))
    left, right = performance.repetitions
    at_left = performance.postures(np.array([left.peak_s]))[0]
    at_right = performance.postures(np.array([right.peak_s]))[0]
    assert at_left[INDEX["left_shoulder_flexion"]] == pytest.approx(asked, abs=0.1)
    assert at_right[INDEX["right_shoulder_flexion"]] < asked - 10


def test_a_slower_pace_takes_longer():
    """Twice as slow is twice as long."""
    slow = _performed(SQUAT, (Attempt(),), Manner(pace=2.0, varies=0, sway_deg=0))
    assert _durations_s(slow)[0] == pytest.approx(
        2 * _durations_s(_performed(SQUAT, (Attempt(),)))[0]
    )


def test_a_slower_pace_takes_longer_to_get_into_a_hold():
    """And out of it."""
    pace = motion_of(*_named(HELD)).pace
    performance = _performed(HELD, (Attempt(),), Manner(pace=2.0, varies=0, sway_deg=0))
    ((begins_s, _),) = performance.holds_s
    assert begins_s == pytest.approx(0.5 + 2 * pace.out_s * ARRIVES_AFTER, abs=0.01)


def test_who_is_slow_and_drops_is_slow_but_for_dropping():
    """Only what the tempo rule is about is hurried."""
    exercise = EXERCISES["glute_bridge"]
    case = (exercise.id, exercise.motion[0].variant)
    slow = Manner(pace=2.0, varies=0, sway_deg=0)
    clean, drops = _performed(case, (Attempt(), Attempt(fault="drops")), slow).repetitions
    assert drops.peak_s - drops.start_s == pytest.approx(clean.peak_s - clean.start_s)
    assert drops.end_s - drops.peak_s < clean.end_s - clean.peak_s


def test_no_two_repetitions_are_alike():
    """Tempo and range vary, and neither goes beyond the motion's own range."""
    performance = _performed(SQUAT, (Attempt(),) * 3, Manner(varies=0.08, sway_deg=0))
    assert len({round(one, 6) for one in _durations_s(performance)}) == 3
    peaks = _peaks(performance, "left_knee_flexion")
    assert len({round(one, 6) for one in peaks}) == 3
    assert max(peaks) <= motion_of(*_named(SQUAT)).effort.angles["both_knee_flexion"] + 0.1


@pytest.mark.parametrize("exercise_id", ["glute_bridge", "prone_press_up"])
def test_what_is_done_too_fast_is_shorter_than_the_clean_repetition(exercise_id):
    """Every tempo fault, at half again the way to its threshold, is marked from end to end."""
    exercise = EXERCISES[exercise_id]
    case = (exercise_id, exercise.motion[0].variant)
    rules = [rule.name for rule in exercise.tempo]
    performance = _performed(case, (Attempt(), *(Attempt(fault=name) for name in rules)))
    clean_s, *fast_s = _durations_s(performance)
    assert max(fast_s) < clean_s
    assert [one.fault for one in performance.repetitions] == ["", *rules]
    spans = [(one.start_s, one.end_s) for one in performance.repetitions[1:]]
    assert [(one.start_s, one.end_s) for one in performance.faults] == spans


def test_a_form_fault_is_marked_from_end_to_end_of_its_repetition():
    """And only there."""
    fault = _first_fault(SQUAT)
    performance = _performed(SQUAT, (Attempt(), Attempt(fault=fault), Attempt()))
    assert [one.fault for one in performance.repetitions] == ["", fault, ""]
    wrong = performance.repetitions[1]
    (span,) = performance.faults
    assert (span.fault, span.start_s, span.end_s) == (fault, wrong.start_s, wrong.end_s)


def test_a_wrong_repetition_differs_from_the_clean_ones():
    """At its peak; those before and after it are alike."""
    performance = _performed(SQUAT, (Attempt(), Attempt(fault=_first_fault(SQUAT)), Attempt()))
    peaks = np.array([one.peak_s for one in performance.repetitions])
    first, wrong, last = performance.bodies(peaks).landmarks
    assert np.abs(first - last).max() < 0.001
    assert np.abs(first - wrong).max() > 0.02


def test_an_unknown_fault_is_named_with_those_there_are():
    """Expected and got."""
    with pytest.raises(UsageError, match="'yawns' is done; expected one of"):
        _performed(SQUAT, (Attempt(fault="yawns"),))


def test_a_hold_cannot_be_done_too_fast():
    """What is asked for and what there is are named."""
    with pytest.raises(UsageError, match=r"'drops'.*expected one of"):
        _performed(("prone_press_up", "held"), (Attempt(fault="drops"),))


def test_a_hold_lasts_as_long_as_planned_and_is_still():
    """Within it nothing moves, before and after it something does."""
    performance = _performed(HELD, (Attempt(),))
    ((begins_s, ends_s),) = performance.holds_s
    pace = motion_of(*_named(HELD)).pace
    ends_of_ways_s = (1 - ARRIVES_AFTER) * (pace.out_s + pace.back_s)
    assert ends_s - begins_s == pytest.approx(2.0 + ends_of_ways_s, abs=0.01)
    held = performance.bodies(
        np.linspace(begins_s + ends_of_ways_s, ends_s - ends_of_ways_s, 9)
    ).landmarks
    assert np.ptp(held, axis=0).max() < 0.001
    for first_s, second_s in ((begins_s - 0.8, begins_s), (ends_s, ends_s + 0.8)):
        around = performance.bodies(np.array([first_s, second_s])).landmarks
        assert np.ptp(around, axis=0).max() > 0.02
    assert performance.repetitions == ()


def test_holds_follow_each_other():
    """Each attempt is one, the posture is left between them."""
    performance = _performed(HELD, (Attempt(), Attempt()))
    (_, first_ends_s), (second_begins_s, _) = performance.holds_s
    pace = motion_of(*_named(HELD)).pace
    assert second_begins_s - first_ends_s >= ARRIVES_AFTER * (pace.back_s + pace.out_s) - 0.01


def test_a_fault_that_breaks_a_hold_ends_it_where_it_begins():
    """On its way to being as wrong as it gets, and it lasts longer than the hold."""
    performance = _performed(HELD, (Attempt(fault=_breaking_fault()),))
    ((begins_s, ends_s),) = performance.holds_s
    (span,) = performance.faults
    assert 2.0 < ends_s - begins_s < 2.8
    assert span.start_s == pytest.approx(ends_s)
    assert 2.0 < span.end_s - span.start_s < 4.0


def test_a_fault_that_does_not_break_a_hold_is_within_it():
    """The clock runs on until the posture is left: right again first, as it was before."""
    performance = _performed(HELD, (Attempt(fault=_lasting_fault()),))
    ((begins_s, ends_s),) = performance.holds_s
    (span,) = performance.faults
    assert begins_s + 2.0 < span.start_s < span.end_s < ends_s
    last_s = (1 - ARRIVES_AFTER) * motion_of(*_named(HELD)).pace.back_s
    before, after = performance.bodies(np.array([begins_s + 1.5, ends_s - last_s])).landmarks
    assert np.abs(after - before).max() < 0.005


def test_what_stays_short_of_the_threshold_is_no_fault():
    """Half the way to a fault in a hold is done, and neither marked nor a break."""
    performance = _performed(HELD, (Attempt(fault=_breaking_fault(), way=0.5),))
    assert performance.faults == ()
    ((begins_s, ends_s),) = performance.holds_s
    assert ends_s - begins_s > 2.8


@pytest.mark.parametrize("case", [SQUAT, BIRD_DOG])
def test_what_stays_short_of_the_threshold_is_no_fault_of_a_repetition(case):
    """As in a hold: half the way to a fault is no fault."""
    performance = _performed(case, (Attempt(fault=_first_fault(case), way=0.5),))
    assert performance.faults == ()
    assert [one.fault for one in performance.repetitions] == [""]


def test_the_same_seed_is_the_same_performance_and_another_is_not():
    """To the last bit."""
    manner = Manner(tremor_deg=1.0, varies=0.05)
    _performed.cache_clear()
    first = _performed(SQUAT, (Attempt(),), manner, 3)
    _performed.cache_clear()
    again, other = (_performed(SQUAT, (Attempt(),), manner, seed) for seed in (3, 4))
    assert np.array_equal(first.knots_s, again.knots_s)
    assert np.array_equal(first.knots, again.knots)
    times = np.linspace(0, 2, 40)
    assert np.array_equal(first.postures(times), again.postures(times))
    assert not np.allclose(first.postures(times), other.postures(times))


def _trembling_deg(performance: Performance) -> Array:
    times = np.linspace(0.05, performance.duration_s, 200)
    return np.abs(performance.tremor.at(times)).max(0)


def test_only_limbs_that_never_touch_the_floor_tremble():
    """Somebody who stands trembles in the arms; on hands and knees nobody does."""
    manner = Manner(varies=0, sway_deg=0, tremor_deg=2.0)
    standing = _trembling_deg(_performed(SQUAT, (Attempt(),), manner))
    assert standing[INDEX["left_elbow_flexion"]] > 1.5
    assert standing[INDEX["left_knee_flexion"]] == 0
    assert not _trembling_deg(_performed(BIRD_DOG, (Attempt(),), manner)).any()


def test_sway_moves_the_spine_and_leaves_the_feet():
    """Somebody who stands quietly is not a statue."""
    swaying = _performed(SQUAT, (Attempt(),), Manner(varies=0, sway_deg=1.0))
    quiet = swaying.bodies(np.linspace(0, 0.5, 6))
    assert np.ptp(quiet.landmarks[:, 0], axis=0).max() > 0.002
    assert np.ptp(quiet.at("left_foot"), axis=0).max() < 0.001
