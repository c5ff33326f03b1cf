"""Repetitions are counted by how far the signal travels from its own rest, and back."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from formcheck.analysis.repetitions import LONGEST_GAP_S, SHORTEST_S, RepetitionCounter
from formcheck.exercises.schema import Phase, Signal
from tests.analysis.sweeping import KNEE, count, movements, sweep


@pytest.mark.parametrize("fps", [10, 15, 25, 30, 60, 120])
def test_frame_rate_does_not_change_the_count(fps):
    """A slow camera counts what a fast one counts."""
    assert count(sweep(5, fps=fps)) == 5


@given(
    fps=st.sampled_from([10, 12, 15, 25, 30, 60]),
    first_picture=st.floats(0, 1),
    top=st.floats(65, 130),
    period_s=st.floats(1, 6),
)
@settings(deadline=None)
def test_no_frame_rate_changes_the_count_however_far_and_fast(fps, first_picture, top, period_s):
    """Three are three, from the least excursion on, whatever picture is the first."""
    samples = sweep(3, top=top, period_s=period_s, fps=300)
    step = 300 // fps
    assert count(samples[int(first_picture * (step - 1)) :: step]) == 3


@pytest.mark.parametrize(("top", "n_attempts"), [(20, 0), (30, 3), (49, 3)])
def test_a_movement_that_turns_back_early_is_an_attempt(top, n_attempts):
    """From half of the minimum excursion on it is an attempt, below it is nothing."""
    found = movements(sweep(3, top=top))
    assert [movement.is_full for movement in found] == [False] * n_attempts


@pytest.mark.parametrize(("lasts_s", "rest"), [(0.07, 20.0), (0.3, -10.0)])
def test_rest_is_lower_only_where_it_lasts(lasts_s, rest):
    """Two frames in which a limb is taken for the other one begin no movement from there."""
    samples = sweep(1, top=80)
    samples[:, 1] += 20
    dips = (samples[:, 0] > 0.15) & (samples[:, 0] < 0.15 + lasts_s)
    samples[dips, 1] = -10
    (found,) = movements(samples)
    assert found.start_value == pytest.approx(rest, abs=2)


def test_the_excursion_is_measured_from_ones_own_rest():
    """A camera offset that leaves rest on its side and effort beyond its own changes nothing."""
    samples = sweep(3, top=60)
    samples[:, 1] += 10
    assert count(samples) == 3


def test_effort_must_be_reached_as_well():
    """A movement of the right size in the wrong place does not count."""
    samples = sweep(3, top=55)
    samples[:, 1] -= 30
    assert count(samples) == 0


def test_times_values_and_parts_are_reported():
    """The parts add up, the peak is where it was put, and no value is invented."""
    (movement,) = movements(sweep(1, top=100, period_s=3))
    parts_s = movement.outbound_s + movement.effort_s + movement.return_s
    assert parts_s == pytest.approx(movement.end_s - movement.start_s)
    assert movement.peak_s == pytest.approx(2.0, abs=0.05)
    assert movement.peak_value == pytest.approx(100, abs=0.2)
    assert movement.start_value == pytest.approx(0, abs=1.5)
    assert movement.start_s < movement.peak_s < movement.end_s


@given(fps=st.sampled_from([12, 15, 25, 30, 60, 120]), first_picture=st.floats(0, 1))
@settings(deadline=None)
def test_the_parts_of_a_movement_take_as_long_at_every_frame_rate(fps, first_picture):
    """Not a picture longer, which is 17 ms for one camera and 83 ms for another.

    On a cosine of 3 s the way from 0.15 to 0.9 of the excursion takes 0.81 s, and so does the way
    back.
    """
    samples = sweep(1, period_s=3, fps=600)
    step = 600 // fps
    (movement,) = movements(samples[int(first_picture * (step - 1)) :: step])
    way_s = 1.5 * (math.acos(1 - 2 * 0.9) - math.acos(1 - 2 * 0.15)) / math.pi
    whole_s = 3 - 2 * 1.5 * math.acos(1 - 2 * 0.15) / math.pi
    assert movement.outbound_s == pytest.approx(way_s, abs=0.02)
    assert movement.return_s == pytest.approx(way_s, abs=0.02)
    assert movement.end_s - movement.start_s == pytest.approx(whole_s, abs=0.04)


@pytest.mark.parametrize("fps", [15, 20, 30, 60])
def test_rest_that_is_hardly_seen_is_the_same_at_every_frame_rate(fps):
    """A clip begins 0.07 s before a knee is bent by 100 degrees a second, from 10 on.

    After a tenth of a second it is at 13, and rest has been seen; the next picture of a slow
    camera comes when it is at 16 already.
    """
    time_s = np.arange(0, 2.5, 1 / fps)
    knee_deg = 10 + np.interp(time_s, [0.07, 0.97, 1.4, 2.3], [0, 90, 90, 0])
    (movement,) = movements(np.column_stack([time_s, knee_deg]))
    assert movement.start_value == pytest.approx(13, abs=1)


def test_nothing_is_known_of_when_a_limb_was_where_while_it_was_hidden():
    """A gap on the way up or down is no part that can be divided: the seen instants stand."""
    samples = sweep(1, period_s=3)
    gap = (samples[:, 0] > 0.7) & (samples[:, 0] < 1.2)
    (movement,) = movements(samples[~gap])
    assert movement.start_s in set(samples[:, 0])


def test_the_phases_follow_one_another():
    """Rest, outbound, effort, return, rest: in this order and no other."""
    counter = RepetitionCounter(KNEE, longest_s=10)
    phases = []
    for row in sweep(1):
        counter.update(*row)
        if not phases or phases[-1] is not counter.phase:
            phases.append(counter.phase)
    assert phases == [Phase.REST, Phase.OUTBOUND, Phase.EFFORT, Phase.RETURN, Phase.REST]


def test_a_movement_already_under_way_is_not_counted():
    """What begins before rest was seen is not a repetition."""
    samples = sweep(2)
    assert count(samples[45:]) == 1


def test_a_jump_of_the_landmarks_is_not_a_repetition():
    """There and back within less than the shortest time is noise."""
    time_s = np.arange(0, 4, 1 / 30)
    spike = np.where((time_s > 2) & (time_s < 2 + SHORTEST_S * 0.6), 100.0, 0.0)
    assert movements(np.column_stack([time_s, spike])) == []


def test_a_movement_that_takes_too_long_is_given_up():
    """Somebody who stays down has not done a repetition, and may begin again after rest."""
    down = sweep(1, period_s=24)
    again = sweep(2)
    again[:, 0] += down[-1, 0] + 0.1
    assert count(np.vstack([down, again])) == 2


@pytest.mark.parametrize(("gap_s", "expected"), [(0.3, 3), (1.5, 3), (LONGEST_GAP_S + 1.0, 2)])
def test_hidden_samples_pause_a_repetition_and_a_long_gap_ends_it(gap_s, expected):
    """A dropout in mid-movement leaves the count alone until it is too long to bridge."""
    samples = sweep(3, period_s=5)
    hidden = (samples[:, 0] > 2.0) & (samples[:, 0] < 2.0 + gap_s)
    samples[hidden, 1] = math.nan
    assert count(samples) == expected


@pytest.mark.parametrize(("lasts_s", "expected"), [(0.15, 1), (0.6, 2)])
def test_limbs_that_are_exchanged_for_a_moment_end_no_repetition(lasts_s, expected):
    """Back at rest from one frame to the next, and away again, is one repetition; longer is two."""
    time_s = np.arange(0, 8, 1 / 30)
    up = np.clip(np.minimum(time_s - 1, 7 - time_s), 0, 1) * 100
    exchanged = (time_s > 4) & (time_s < 4 + lasts_s)
    assert count(np.column_stack([time_s, np.where(exchanged, 0.0, up)])) == expected


def test_rest_may_creep():
    """A rest that drifts by more than half the excursion is followed."""
    samples = sweep(8, top=70)
    samples[:, 1] += np.linspace(-5, 30, len(samples))
    assert count(samples) == 8


def test_the_next_repetition_may_begin_before_rest_is_reached():
    """Coming back by more than half is enough where the next one follows."""
    time_s = np.arange(0, 10, 1 / 30)
    bouncing = 70 - 35 * np.cos(2 * np.pi * time_s / 2.5)
    start = np.clip(time_s / 1.0, 0, 1)
    assert count(np.column_stack([time_s, bouncing * start])) == 4


@pytest.mark.parametrize(("sinks_to", "expected"), [(20, 3), (60, 2)])
def test_who_comes_back_as_the_time_before_has_returned(sinks_to, expected):
    """A rest that was read far too low for a third of a second is not waited for again."""
    turns = [[0, 30], [1, 30], [2.5, 100], [4, 30], [4.5, 30], [6, 100], [7.5, sinks_to]]
    turns += [[9, 100], [10.5, 30], [11, 60]]
    time_s = np.arange(0, 11, 1 / 30)
    value = np.interp(time_s, *np.transpose(turns))
    value[(time_s > 4.05) & (time_s < 4.4)] = -60
    assert count(np.column_stack([time_s, value])) == expected


@pytest.mark.parametrize(
    ("stays_at", "stays_s", "expected"),
    [(40, 2.2, [1]), (40, 1.8, []), (60, 4.0, [])],
)
def test_who_comes_back_most_of_the_way_and_stays_has_returned(stays_at, stays_s, expected):
    """It counts though a rest that was read too low is not reached, and nothing follows."""
    turns = [[0, 0], [1, 0], [2, 100], [3, stays_at], [3 + stays_s, stays_at]]
    time_s = np.arange(0, 3 + stays_s, 1 / 30)
    value = np.interp(time_s, *np.transpose(turns))
    counter = RepetitionCounter(KNEE, longest_s=10)
    ended = [found for row in zip(time_s, value, strict=True) if (found := counter.update(*row))]
    assert [found.is_full for found in ended] == expected
    assert all(found.end_s == pytest.approx(3, abs=0.2) for found in ended)


def test_a_pulse_at_the_top_is_not_another_repetition():
    """Sinking by a fifth and rising again stays one repetition."""
    time_s = np.arange(0, 6, 1 / 30)
    value = np.interp(time_s, [0, 0.5, 2, 2.6, 3.2, 5, 6], [0, 0, 100, 80, 100, 0, 0])
    assert count(np.column_stack([time_s, value])) == 1


@pytest.mark.parametrize(("end_s", "expected"), [(2.4, 0), (3.0, 1)])
def test_the_end_of_the_recording_counts_what_was_nearly_done(end_s, expected):
    """At least half of the way back must have been seen."""
    samples = sweep(1, period_s=3)
    found = movements(samples[samples[:, 0] <= end_s])
    assert len(found) == expected
    assert all(not movement.is_whole for movement in found)


def test_standing_up_last_counts_where_the_rule_says_so():
    """A recording that ends on top counts where the exercise is done there."""
    counter = RepetitionCounter(KNEE, longest_s=10)
    for row in sweep(1)[:61]:
        counter.update(*row)
    movement = counter.finish(ends_at_effort=True)
    assert movement is not None
    assert movement.is_full
    assert not movement.is_whole


def test_an_interruption_waits_for_rest_again():
    """After a cut nothing counts until rest is seen."""
    counter = RepetitionCounter(KNEE, longest_s=10)
    samples = sweep(2)
    for row in samples[:60]:
        counter.update(*row)
    counter.interrupt()
    found = [movement for row in samples[60:] if (movement := counter.update(*row))]
    assert len(found) == 1


@given(noise=arrays(float, 111, elements=st.floats(-7, 7)))
def test_noise_never_counts_and_never_hides(noise):
    """Noise of up to a seventh of the minimum excursion adds nothing and loses nothing."""
    samples = sweep(3, period_s=10 / 3, fps=10)[:111]
    samples[:, 1] += noise[: len(samples)]
    assert count(samples) == 3


@given(
    offset=st.floats(-90, 90),
    scale=st.sampled_from([-2.0, -1.0, 0.5, 1.0]),
)
def test_sign_and_scale_of_the_measure_do_not_matter(offset, scale):
    """An exercise whose measure shrinks counts like one whose measure grows."""
    samples = sweep(4)
    samples[:, 1] = samples[:, 1] * scale + offset
    signal = Signal(
        measure="knee_flexion",
        rest=35 * scale + offset,
        effort=60 * scale + offset,
        target=90 * scale + offset,
        minimum_excursion=50 * abs(scale),
    )
    assert count(samples, signal) == 4


def quick(before: float, after: float) -> np.ndarray:
    """Return rest at 0, then ``before`` [s] a little above it, 0.8 s to 100 and back, and again.

    It comes back to a fifth of the way, and is down there after ``after`` [s].
    """
    time_s = np.arange(0, 1 + before + 0.8 + after + 1, 1 / 30)
    moving_s = time_s - 1 - before
    value = np.where(time_s < 1, 0.0, 12.0)
    value = np.maximum(value, 100 * np.sin(np.pi * np.clip(moving_s / 0.8, 0, 1)))
    value = np.where(moving_s > 0.4, np.maximum(value, 20.0), value)
    return np.column_stack([time_s, np.where(moving_s > 0.8 + after, 14.0, value)])


@pytest.mark.parametrize(("before", "after"), [(0.0, 0.0), (0.6, 0.0), (0.0, 1.5), (0.6, 1.5)])
def test_a_rest_that_is_read_a_little_off_makes_nobody_slow(before, after):
    """Who waits a little above what was read at rest does not move; who stays there is back."""
    (found,) = movements(quick(before, after))
    assert found.start_s == pytest.approx(1 + before, abs=0.1)
    assert found.outbound_s == pytest.approx(0.3, abs=0.1)
    assert found.return_s == pytest.approx(0.3, abs=0.1)


def test_a_movement_that_was_seen_in_one_leap_has_no_tempo():
    """A hidden limb that appears at its furthest counts; how fast it went is not known."""
    smooth = movements(sweep(1))
    (leap,) = movements(np.array([[0, 0], [0.2, 0], [0.4, 100], [2.0, 100], [3.0, 50], [4.0, 0]]))
    assert smooth[0].is_continuous
    assert leap.is_full
    assert not leap.is_continuous


@pytest.mark.parametrize(("beside", "is_continuous"), [(17.0, True), (15.0, False)])
def test_a_quick_movement_has_quick_steps_beside_its_quickest(beside, is_continuous):
    """At 15 pictures a second a swing is a step of 40 between two of 17; beside 15 it is a leap."""
    slow = (100 - 40 - 2 * beside) / 2
    up = np.cumsum([0, 0, 0, 0, slow, beside, 40, beside, slow])
    value = np.concatenate([up, np.arange(100, 0, -5), np.zeros(8)])
    (found,) = movements(np.column_stack([np.arange(len(value)) / 15, value]))
    assert found.is_full
    assert found.is_continuous == is_continuous


def test_a_lost_picture_makes_no_leap():
    """Where a picture is lost a step is twice as long, and has taken twice the time."""
    up = [0, 0, 0, 0, 10, 25, 50, 75, 90, 100]
    value = np.concatenate([up, np.arange(95, 0, -5), np.zeros(8)])
    samples = np.column_stack([np.arange(len(value)) / 20, value])
    for seen in (samples, np.delete(samples, 6, axis=0)):
        (found,) = movements(seen)
        assert found.is_continuous
        assert found.outbound_s == pytest.approx(0.18, abs=0.03)


def test_few_pictures_see_less_of_a_quick_movement_beside_its_quickest_step():
    """At 10 pictures a second a swing is a step of 56 between two of 20; beside 10 it is a leap."""
    for beside, is_continuous in ((20.0, True), (10.0, False)):
        slow = (100 - 56 - 2 * beside) / 2
        up = np.cumsum([0, 0, 0, slow, beside, 56, beside, slow])
        value = np.concatenate([up, np.arange(100, 0, -8), np.zeros(6)])
        (found,) = movements(np.column_stack([np.arange(len(value)) / 10, value]))
        assert found.is_full
        assert found.is_continuous == is_continuous


@pytest.mark.parametrize(("out_s", "is_continuous"), [(0.5, True), (1.6, False)])
def test_all_of_the_way_back_may_lie_in_one_long_step(out_s, is_continuous):
    """Where pictures are lost: for who went out quickly too, not for who went out slowly."""
    time_s = np.array([0.0, 0.1, 0.2, *(0.2 + out_s * np.array([0.25, 0.5, 0.75, 1.0]))])
    time_s = np.append(time_s, time_s[-1] + np.array([0.2, 0.4, 0.5, 0.6, 0.7, 0.8]))
    value = [0, 0, 0, 25, 50, 75, 100, 100, 0, 0, 0, 0, 0]
    (found,) = movements(np.column_stack([time_s, value]))
    assert found.is_continuous == is_continuous


def test_a_movement_may_end_in_its_quickest_step():
    """What comes after the last step is not known: it counts as what came before."""
    value = np.array([0, 0, 0, 0, 20, 45, 70, 90, 100, 100, 85, 62, 8, 0, 0, 0, 0])
    (found,) = movements(np.column_stack([np.arange(len(value)) / 11, value]))
    assert found.is_continuous


def test_a_limb_that_is_taken_for_the_other_one_does_not_move():
    """It is out there within one picture, for a while, and back within another."""
    value = np.array([0.0] * 15 + [100.0] * 10 + [0.0] * 15)
    assert not movements(np.column_stack([np.arange(40) / 16, value]))
    value[25:28] = (75, 50, 25)
    assert movements(np.column_stack([np.arange(40) / 16, value]))


def test_two_pictures_may_come_with_one_time():
    """A camera that hurries, or a file that repeats a picture: what is counted stays the same."""
    samples = sweep(2)
    assert len(movements(np.repeat(samples, 2, axis=0))) == len(movements(samples)) == 2
