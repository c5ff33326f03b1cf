"""Body measures at points whose values are known."""

import math

import pytest

from formcheck.measures import head, limbs, trunk


@pytest.mark.parametrize("mirror", [1, -1])
@pytest.mark.parametrize(("shoulder_x", "lean_deg"), [(10, 45), (0, 0), (-10, -45)])
def test_a_lean_toward_the_knees_is_positive(mirror, shoulder_x, lean_deg):
    """Sitting with the knees to either side of the picture; upright is 0, back over a chair -."""
    hip, knee, shoulder = (0.0, 10.0), (12.0 * mirror, 10.0), (shoulder_x * mirror, 0.0)
    both = (shoulder, shoulder, hip, hip)
    hidden = (math.nan, math.nan)
    for knees in ((knee, knee), (hidden, knee), (knee, hidden)):
        assert trunk.forward_lean(*both, *knees) == pytest.approx(lean_deg, abs=1e-9)
    assert math.isnan(trunk.forward_lean(*both, hidden, hidden))


def test_a_far_knee_that_comes_and_goes_moves_neither_trunk_nor_head():
    """Whether or not it is seen, lean and bend of the neck read the same."""
    shoulders, hips, ears = ((0.0, 0.0), (0.2, 0.1)), ((0.5, 10.0), (0.0, 9.5)), ((2, -2), (3, -3))
    near, far, hidden = (8.0, 10.0), (7.5, 9.0), (math.nan, math.nan)
    leans = {trunk.forward_lean(*shoulders, *hips, near, knee) for knee in (far, hidden)}
    bends = {head.neck_flexion(*shoulders, *hips, *ears, near, knee) for knee in (far, hidden)}
    assert len(leans) == len(bends) == 1


@pytest.mark.parametrize("mirror", [1, -1])
@pytest.mark.parametrize(("hip_y", "above_deg"), [(0, 0), (-10, 90), (-1, 11.42), (1, -11.42)])
def test_hips_above_the_line_are_positive_and_below_it_negative(mirror, hip_y, above_deg):
    """Half-way between shoulders and knees that are level; a hidden knee is left out."""
    shoulder, hip, knee = (-10.0 * mirror, 0.0), (0.0, float(hip_y)), (10.0 * mirror, 0.0)
    both, hidden = (shoulder, shoulder, hip, hip), (math.nan, math.nan)
    for knees in ((knee, knee), (hidden, knee), (knee, hidden)):
        assert trunk.hips_above_line(*both, *knees) == pytest.approx(above_deg, abs=0.01)
    assert math.isnan(trunk.hips_above_line(*both, hidden, hidden))


def test_what_one_side_errs_moves_the_line_of_the_body_by_half():
    """A hip that is read too low on the near side alone is no sag of as much."""
    shoulder, hip, low, knee = (-10.0, 0.0), (0.0, 0.0), (0.0, 2.0), (10.0, 0.0)
    one = trunk.hip_above_knee_line(shoulder, low, knee)
    both = trunk.hips_above_line(shoulder, shoulder, low, hip, knee, knee)
    assert both == pytest.approx(one / 2, abs=0.2)


@pytest.mark.parametrize("ear_x", [-0.3, 0.3])
def test_one_ear_beside_its_shoulder_does_not_turn_the_head_around(ear_x):
    """On all fours, head between the arms: an ear that errs past its shoulder moves it little."""
    hips, shoulders = ((10.0, 0.0), (10.0, 0.0)), ((0.0, 0.0), (0.0, 0.0))
    lift_deg = head.head_lift(*hips, *shoulders, (ear_x, 0.5), (-2.0, 2.5))
    assert -70 < lift_deg < -50


@pytest.mark.parametrize("mirror", [1, -1])
@pytest.mark.parametrize(
    ("elbow", "wrist", "flexion_deg"),
    [((3, 0), (6, 0), 90), ((2, 2), (4, 4), 45), ((-2, 2), (1, 3), -45), ((-2, 2), (0, 2), -45)],
)
def test_an_elbow_behind_the_trunk_is_negative(mirror, elbow, wrist, flexion_deg):
    """Reaching ahead and rowing back, facing either edge of the picture."""
    elbow, wrist = (elbow[0] * mirror, elbow[1]), (wrist[0] * mirror, wrist[1])
    found = limbs.upper_arm_flexion((0.0, 0.0), elbow, wrist, (0.0, 10.0))
    assert found == pytest.approx(flexion_deg)


def test_hands_apart_are_measured_by_the_shoulders():
    """Twice as far from each other as the shoulders are; nothing where these have no width."""
    apart = limbs.hands_by_shoulders((20.0, 0.0), (-20.0, 0.0), (10.0, 0.0), (-10.0, 0.0))
    assert apart == pytest.approx(2.0)
    assert math.isnan(limbs.hands_by_shoulders((20.0, 0.0), (-20.0, 0.0), (0.0, 0.0), (0.0, 0.0)))


@pytest.mark.parametrize(
    ("ear", "expected_deg"),
    [((-100, 0), 0), ((-100, -100), 45), ((100, -100), 45), ((100, 100), -45)],
)
def test_the_head_rises_above_the_hip_whichever_way_somebody_lies(ear, expected_deg):
    """Level is 0, up is +, with the head to the left or to the right of the picture."""
    assert head.head_elevation((0, 0), ear) == pytest.approx(expected_deg)


SHOULDERS = (10.0, 0.0), (-10.0, 0.0)
HIPS = (10.0, 100.0), (-10.0, 100.0)


def test_knees_are_apart_by_the_length_of_the_trunk():
    """Half as far from each other as the trunk is long; nothing where it has no length."""
    assert limbs.knees_apart((0, 150), (30, 190), *SHOULDERS, *HIPS) == pytest.approx(0.5)
    assert math.isnan(limbs.knees_apart((0, 150), (30, 190), *SHOULDERS, *SHOULDERS))


@pytest.mark.parametrize(
    ("right", "stacked_deg"), [((20, 0), 0), ((0, 20), 90), ((0, -20), 90), ((-20, -20), 45)]
)
def test_hips_are_stacked_whichever_is_above(right, stacked_deg):
    """0 side by side, 90 where one is straight above the other, on either side of the body."""
    assert trunk.hip_stack((0, 0), right) == pytest.approx(stacked_deg)


@pytest.mark.parametrize("ahead", [1, -1])
@pytest.mark.parametrize(("nose_y", "pitch_deg"), [(0, 0), (-10, 45), (10, -45)])
def test_a_nod_is_negative_whichever_way_somebody_looks(ahead, nose_y, pitch_deg):
    """Ear and nose level is 0, looking up is +, to the left or to the right of the picture."""
    assert head.face_pitch((0, 0), (10 * ahead, nose_y)) == pytest.approx(pitch_deg)
