from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.exercises.joints import ANGLES, INDEX
from formcheck.simulation.moments import Body, Keyframe
from formcheck.simulation.people import average_skeleton
from formcheck.simulation.track import KNOT_S, Track, Way, minimum_jerk

BODY = Body.of(average_skeleton())
KNEE = INDEX["left_knee_flexion"]
N_POINTS = len(BODY.points.contacts)
FEET = frozenset({"left_foot", "right_foot"})


def _frame(
    knee: float, contacts: frozenset[str] = FEET, moved_m: float = 0.0, asked: tuple[str, ...] = ()
) -> Keyframe:
    posture, is_asked = np.zeros(len(ANGLES)), np.zeros(len(ANGLES), bool)
    posture[KNEE] = knee
    for name in asked:
        is_asked[INDEX[name]] = True
    places = np.zeros((N_POINTS, 3))
    places[BODY.points.which({"right_foot"}), 0] = moved_m
    return Keyframe(posture, is_asked, contacts, frozenset(), places)


REST, EFFORT = _frame(0.0), _frame(80.0)


def test_a_movement_starts_and_ends_at_rest():
    """Value, speed and acceleration are those of a minimum-jerk movement at both ends."""
    assert minimum_jerk(np.array([-1, 0, 0.5, 1, 2])) == pytest.approx([0, 0, 0.5, 1, 1])
    step = 1e-3
    for end in (0.0, 1.0):
        before, here, after = minimum_jerk(end + step * np.array([-1, 0, 1]))
        assert abs(after - before) / (2 * step) < 1e-4
        assert abs(after - 2 * here + before) / step**2 < 0.1


@given(share=st.floats(0, 1))
def test_a_movement_is_the_same_forth_and_back(share):
    """As far from its end as it was from its beginning the same time before, and never back."""
    here, there = minimum_jerk(np.array([share, 1 - share]))
    assert here + there == pytest.approx(1)
    assert minimum_jerk(np.array([share + 0.01]))[0] >= here


def test_a_movement_is_fastest_half_way():
    """At 1.875 times its mean speed (Flash and Hogan, 1985)."""
    before, after = minimum_jerk(np.array([0.499, 0.501]))
    assert (after - before) / 0.002 == pytest.approx(1.875, abs=1e-3)


def test_a_way_leads_from_one_keyframe_to_the_other():
    """Straight, where it has no bow."""
    way = Way(REST, EFFORT)
    assert way.postures(np.array([0, 0.25, 1.0]))[:, KNEE] == pytest.approx([0, 20, 80])


def test_a_bow_is_passed_half_way_and_gone_at_the_ends():
    """It is added in full in the middle."""
    bow = np.zeros(len(ANGLES))
    bow[KNEE] = 30
    way = Way(REST, EFFORT, bow)
    assert way.postures(np.array([0, 0.5, 1.0]))[:, KNEE] == pytest.approx([0, 70, 80])


def test_what_is_asked_at_either_end_or_between_is_asked_on_the_way():
    """And nothing else."""
    bow_asked = np.zeros(len(ANGLES), bool)
    bow_asked[INDEX["neck_turn"]] = True
    way = Way(
        _frame(0, asked=("left_knee_flexion",)),
        _frame(1, asked=("pelvis_pitch",)),
        np.zeros(len(ANGLES)),
        bow_asked,
    )
    names = np.array(list(ANGLES))[way.asked].tolist()
    assert sorted(names) == ["left_knee_flexion", "neck_turn", "pelvis_pitch"]


def _held(way: Way, shares: list[float]) -> dict[str, list[bool]]:
    _, holds = way.floor(BODY, np.array(shares))
    return {
        contact: holds[0, BODY.points.which({contact})].any(0).tolist()
        for contact in ("left_foot", "right_foot", "chest")
    }


def test_what_touches_in_one_place_at_both_ends_stays_there():
    """And what has moved meanwhile keeps its height alone."""
    assert _held(Way(REST, _frame(80, moved_m=0.1)), [0.3, 0.6]) == {
        "left_foot": [True, True, True],
        "right_foot": [False, True, False],
        "chest": [False, False, False],
    }


def test_what_touches_at_one_end_only_is_free_on_the_way():
    """And held at that end."""
    way = Way(REST, _frame(80, frozenset({"left_foot", "chest"})))
    free, held = [False] * 3, [True] * 3
    assert _held(way, [0.5, 0.7]) == {"left_foot": held, "right_foot": free, "chest": free}
    assert _held(way, [1.0, 1.0]) == {"left_foot": held, "right_foot": free, "chest": held}
    assert _held(way, [0.0, 0.0]) == {"left_foot": held, "right_foot": held, "chest": free}


def test_on_a_loose_way_nothing_is_held_on_to():
    """But at its ends everything is."""
    way = replace(Way(REST, EFFORT), is_loose=True)
    free, held = [False] * 3, [True] * 3
    assert _held(way, [0.2, 0.7]) == {"left_foot": free, "right_foot": free, "chest": free}
    assert _held(way, [1.0, 1.0]) == {"left_foot": held, "right_foot": held, "chest": free}


def test_what_hovers_at_both_ends_keeps_its_height():
    """Its height goes from the one to the other."""
    low, high = (replace(_frame(0, frozenset()), hovers=FEET) for _ in range(2))
    high = replace(high, places=high.places + np.array([0, 0.2, 0]))
    targets, holds = Way(low, high).floor(BODY, np.array([0.5, 1.0]))
    left = BODY.points.which({"left_foot"})
    assert holds[0, left].tolist() == [[False, True, False]] * 3
    assert targets[:, left, 1].tolist() == [[0.1] * 3, [0.2] * 3]


def test_a_track_goes_there_stays_and_comes_back():
    """At the times and shares that it is told."""
    track = Track(BODY, REST)
    track.stay(0.5)
    track.go(Way(REST, EFFORT), 1.0, reach=0.75)
    track.stay(0.4)
    track.onward(0.0, 0.8)
    assert track.now_s == pytest.approx(2.7)
    knees = track.demands(np.zeros((len(track.times_s), len(ANGLES)))).preferred[:, KNEE]
    at = {round(time, 3): knee for time, knee in zip(track.times_s, knees, strict=True)}
    assert [at[time] for time in (0.0, 0.5, 1.0, 1.5, 1.9, 2.3, 2.7)] == pytest.approx(
        [0, 0, 30, 60, 60, 30, 0]
    )


@given(
    durations=st.lists(st.floats(0.02, 3), min_size=1, max_size=6),
    reach=st.floats(0.1, 1),
)
def test_knots_are_at_most_a_tenth_of_a_second_apart(durations, reach):
    """Times rise, from zero to the end, however short or long the parts are."""
    track = Track(BODY, REST)
    for count, duration in enumerate(durations):
        if count % 2:
            track.stay(duration)
        else:
            track.go(Way(REST, EFFORT), duration, reach)
    steps = np.diff(track.times_s)
    assert (steps > 0).all()
    assert (steps <= KNOT_S + 1e-9).all()
    assert track.times_s[0] == 0
    assert track.times_s[-1] == pytest.approx(sum(durations)) == pytest.approx(track.now_s)


def test_to_stay_no_time_is_nothing():
    """A pause of zero seconds adds no knot."""
    track = Track(BODY, REST)
    track.stay(0.0)
    assert track.times_s.tolist() == [0.0]


def test_what_is_added_is_added_to_the_preferred_angles():
    """Knot by knot; nothing else about the demands changes."""
    track = Track(BODY, REST)
    track.go(Way(REST, EFFORT), 0.5)
    added = np.zeros((len(track.times_s), len(ANGLES)))
    plain = track.demands(added)
    added[:, INDEX["neck_turn"]] = np.arange(len(added))
    swayed = track.demands(added)
    assert swayed.preferred - plain.preferred == pytest.approx(added)
    assert np.array_equal(swayed.targets, plain.targets)
    assert np.array_equal(swayed.holds, plain.holds)
    assert np.array_equal(swayed.asked, plain.asked)
