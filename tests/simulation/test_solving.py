import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.exercises.joints import ANGLES, INDEX, LEAST, MOST, Array
from formcheck.exercises.motion import CONTACTS
from formcheck.simulation.contacts import touch
from formcheck.simulation.people import average_skeleton
from formcheck.simulation.skeleton import Skeleton
from formcheck.simulation.solving import GUARD, Demands, Points, solved
from tests.simulation.missing import missed_m

HELD_M = 0.001
FEET = ("left_foot", "right_foot")
few = settings(max_examples=12, deadline=None)


def _demands(
    skeleton: Skeleton,
    asked: dict[str, float],
    contacts: tuple[str, ...] = FEET,
    preferred: dict[str, float] | None = None,
) -> Demands:
    """Ask for angles, and for contacts at their height wherever they then are."""
    points = Points.of(skeleton, CONTACTS)
    posture, is_asked = np.zeros(len(ANGLES)), np.zeros(len(ANGLES), bool)
    posture[INDEX["pelvis_y"]] = 0.8
    for name, value in {**(preferred or {}), **asked}.items():
        posture[INDEX[name]] = value
    for name in asked:
        is_asked[INDEX[name]] = True
    targets = np.zeros((len(points.contacts), 3))
    targets[:, 1] = points.heights_m
    holds = np.zeros(targets.shape, bool)
    holds[:, 1] = points.which(set(contacts))
    return Demands(posture[None], is_asked[None], points, targets[None], holds[None])


def _joined(*demands: Demands) -> Demands:
    return Demands(
        np.concatenate([one.preferred for one in demands]),
        np.concatenate([one.asked for one in demands]),
        demands[0].points,
        np.concatenate([one.targets for one in demands]),
        np.concatenate([one.holds for one in demands]),
    )


def _within_limits(postures: Array) -> bool:
    return bool((postures >= LEAST - 1e-9).all() and (postures <= MOST + 1e-9).all())


SQUATS = st.fixed_dictionaries(
    {"left_knee_flexion": st.floats(5, 110), "pelvis_pitch": st.floats(-5, 35)}
).map(lambda one: one | {"right_knee_flexion": one["left_knee_flexion"]})


@few
@given(height_m=st.floats(1.5, 1.9), asked=SQUATS)
def test_asked_angles_are_exact_and_feet_are_flat_on_the_floor(height_m, asked):
    """A squat of any depth: hips and ankles follow so that both soles touch within 1 mm."""
    skeleton = average_skeleton(height_m)
    demands = _demands(skeleton, asked)
    (posture,) = postures = solved(skeleton, demands)
    for name, value in asked.items():
        assert posture[INDEX[name]] == value
    assert missed_m(skeleton, demands, postures)[0] < HELD_M
    assert _within_limits(postures)


@few
@given(height_m=st.floats(1.5, 1.9), forward_m=st.floats(-0.1, 0.1), aside_m=st.floats(-0.1, 0.1))
def test_hands_and_feet_stay_where_they_are_held(height_m, forward_m, aside_m):
    """On all fours the trunk can be moved about over hands and shins that are pinned."""
    skeleton = average_skeleton(height_m)
    hands_and_shins = ("left_hand", "right_hand", "left_shin", "right_shin")
    kneeling = {"pelvis_pitch": 88.0, "pelvis_y": 0.4}
    for side in ("left", "right"):
        kneeling |= {
            f"{side}_hip_flexion": 88.0,
            f"{side}_knee_flexion": 90.0,
            f"{side}_shoulder_flexion": 90.0,
            f"{side}_wrist_flexion": -88.0,
            f"{side}_forearm_pronation": 85.0,
            f"{side}_ankle_flexion": -55.0,
        }
    first = _demands(skeleton, {}, hands_and_shins, kneeling)
    (before,) = solved(skeleton, first)
    places = first.points.at(skeleton, before[None])
    asked = {
        "pelvis_z": before[INDEX["pelvis_z"]] + forward_m,
        "pelvis_x": before[INDEX["pelvis_x"]] + aside_m,
    }
    preferred = dict(zip(ANGLES, before.tolist(), strict=True))
    loose = _demands(skeleton, asked, hands_and_shins, preferred)
    pinned = Demands(
        loose.preferred,
        loose.asked,
        loose.points,
        places,
        np.repeat(loose.points.which(set(hands_and_shins))[None, :, None], 3, 2),
    )
    postures = solved(skeleton, pinned)
    assert missed_m(skeleton, pinned, postures)[0] < HELD_M
    assert postures[0, INDEX["pelvis_z"]] == asked["pelvis_z"]
    assert _within_limits(postures)


def test_what_holds_already_is_left_alone():
    """Somebody who stands as preferred does not move by a hundredth of a degree."""
    skeleton = average_skeleton()
    sole = touch(skeleton, "left_foot").heights_m
    stands_m = skeleton.place("pelvis")[1] + float(sole[0]) - skeleton.place("left_foot")[1]
    demands = _demands(skeleton, {}, preferred={"pelvis_y": stands_m})
    assert solved(skeleton, demands) == pytest.approx(demands.preferred, abs=0.01)


def test_what_nothing_asks_for_stays_as_preferred():
    """A squat moves no arm, no neck and no trunk."""
    skeleton = average_skeleton()
    asked = {"left_knee_flexion": 80.0, "right_knee_flexion": 80.0, "pelvis_pitch": 20.0}
    preferred = {"neck_turn": 30.0, "left_elbow_flexion": 70.0, "thorax_bend": 5.0}
    (posture,) = solved(skeleton, _demands(skeleton, asked, preferred=preferred))
    for name, value in preferred.items():
        assert posture[INDEX[name]] == pytest.approx(value, abs=0.01)


def test_without_any_contact_the_preferred_posture_is_the_answer():
    """Whatever it is."""
    skeleton = average_skeleton()
    demands = _demands(skeleton, {"left_knee_flexion": 40.0}, ())
    assert solved(skeleton, demands) == pytest.approx(demands.preferred, abs=1e-9)


def test_somebody_who_may_move_nothing_moves_nothing():
    """Where every angle is asked the contacts are missed, and by how much is told."""
    skeleton = average_skeleton()
    demands = _demands(skeleton, {})
    demands = Demands(
        demands.preferred,
        np.ones_like(demands.asked),
        demands.points,
        demands.targets,
        demands.holds,
    )
    postures = solved(skeleton, demands)
    assert np.array_equal(postures, demands.preferred)
    above_m = 0.8 - skeleton.place("pelvis")[1] - 0.008
    assert missed_m(skeleton, demands, postures)[0] == pytest.approx(abs(above_m), abs=1e-6)


@pytest.mark.parametrize("height_m", [1.5, 1.9])
@pytest.mark.parametrize("far_m", [0.3, 3.0, 30.0])
def test_an_unreachable_demand_ends_and_says_by_how_much_it_is_missed(height_m, far_m):
    """Feet on the floor and a hand far over the head: the rest of the way is told."""
    skeleton = average_skeleton(height_m)
    demands = _demands(skeleton, {"pelvis_pitch": 0.0}, (*FEET, "left_elbow"))
    high_m = height_m + far_m
    which = demands.points.which({"left_elbow"})
    demands.targets[0, which, 1] = high_m
    postures = solved(skeleton, demands)
    assert np.isfinite(postures).all()
    assert _within_limits(postures)
    places = demands.points.at(skeleton, postures)[0]
    away_m = np.abs(places - demands.targets[0])[demands.holds[0]].max()
    assert missed_m(skeleton, demands, postures)[0] == pytest.approx(away_m)
    assert away_m > 0.3 * far_m


@pytest.mark.parametrize("contact", ["left_hand", "chest", "head_back", "left_hip_side"])
def test_limits_are_kept_however_hard_a_contact_pulls(contact):
    """Straight, locked knees and something that shall touch the floor: no joint gives way."""
    skeleton = average_skeleton()
    asked = {"left_knee_flexion": 0.0, "right_knee_flexion": 0.0}
    demands = _demands(skeleton, asked, (*FEET, contact))
    assert _within_limits(solved(skeleton, demands))


def test_the_same_demands_have_the_same_answer():
    """To the last bit."""
    skeleton = average_skeleton()
    demands = _demands(skeleton, {"left_knee_flexion": 70.0}, (*FEET, "left_hand"))
    assert np.array_equal(solved(skeleton, demands), solved(skeleton, demands))


def test_many_demands_at_once_are_solved_as_one_by_one():
    """To a thousandth of a degree, also where they ask for different angles."""
    skeleton = average_skeleton()
    each = [
        _demands(skeleton, {"left_knee_flexion": 60.0, "right_knee_flexion": 60.0}),
        _demands(skeleton, {"pelvis_pitch": 30.0, "neck_turn": 10.0}),
        _demands(skeleton, {"left_hip_abduction": 15.0}, ("right_foot",)),
    ]
    together = solved(skeleton, _joined(*each))
    for index, demands in enumerate(each):
        assert together[index] == pytest.approx(solved(skeleton, demands)[0], abs=1e-3)


def test_neither_demands_nor_the_place_to_begin_at_are_changed():
    """They belong to the caller."""
    skeleton = average_skeleton()
    demands = _demands(skeleton, {"left_knee_flexion": 60.0})
    preferred, start = demands.preferred.copy(), demands.preferred + 0.0
    solved(skeleton, demands, start)
    assert np.array_equal(demands.preferred, preferred)
    assert np.array_equal(start, preferred)


def test_points_are_those_of_the_contacts_and_after_them_the_guards():
    """Some of them can be told by the name of their contact."""
    skeleton = average_skeleton()
    points = Points.of(skeleton, ("left_foot", "chest"))
    assert points.contacts[:5] == ("left_foot",) * 3 + ("chest",) * 2
    assert set(points.contacts[5:]) == {GUARD}
    assert points.which({"chest"}).nonzero()[0].tolist() == [3, 4]
    some = points.some(np.array([0, 3]))
    assert some.contacts == ("left_foot", "chest")
    assert some.heights_m.tolist() == points.heights_m[[0, 3]].tolist()
