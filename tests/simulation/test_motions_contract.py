"""What every motion and every fault of every exercise must satisfy; new ones by existing."""

from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from formcheck.exercises.joints import ANGLES, INDEX, LEAST, MOST, Array, spread
from formcheck.exercises.library import load_all
from formcheck.exercises.motion import Deviation, Moment, Motion
from formcheck.landmarks import NAMES, Side
from formcheck.simulation.faults import wrong_by
from formcheck.simulation.kinematics import placed
from formcheck.simulation.moments import Body, Keyframe, Moments, moments_of
from formcheck.simulation.people import average_skeleton
from formcheck.simulation.performance import Performance
from formcheck.simulation.plan import planned
from formcheck.simulation.postures import full_names
from formcheck.simulation.script import motion_of, perform
from formcheck.simulation.solving import GUARD
from formcheck.simulation.track import Track, Way
from tests.simulation.mirror import mirrored
from tests.simulation.missing import missed_m

EXERCISES = load_all()
HEIGHTS_M = (1.5, 1.9)
WAY = 1.5
SOME = 0.5
HELD_M = 0.005
DEEP_M = 0.012
EXACT_DEG = 0.1
FASTEST_M_S = 4.0
FRAME_S = 0.04
SINKS_S = 0.8

MOTIONS = [(one.id, motion.variant) for one in EXERCISES.values() for motion in one.motion]
FAULTS = [
    (one.id, motion.variant, deviation.fault)
    for one in EXERCISES.values()
    for motion in one.motion
    for deviation in motion.faults
]
CLEAN = [(*motion, "") for motion in MOTIONS]


def _name(case: tuple[str, ...]) -> str:
    return "-".join(part for part in dict.fromkeys(case) if part)


of_every_motion = pytest.mark.parametrize("case", CLEAN, ids=_name)
of_every_fault = pytest.mark.parametrize("case", FAULTS, ids=_name)
of_everything = pytest.mark.parametrize("case", CLEAN + FAULTS, ids=_name)


@cache
def _body(height_m: float) -> Body:
    return Body.of(average_skeleton(height_m))


def _motion(case: tuple[str, str, str]) -> Motion:
    return motion_of(EXERCISES[case[0]], case[1])


def _moments(
    case: tuple[str, str, str], side: Side = Side.LEFT, height_m: float = 1.7, way: float = WAY
) -> Moments:
    return _solved(case, side, height_m, way)


@cache
def _solved(case: tuple[str, str, str], side: Side, height_m: float, way: float) -> Moments:
    exercise, motion = EXERCISES[case[0]], _motion(case)
    wrong = wrong_by(exercise, motion, case[2], way) if case[2] else None
    return moments_of(_body(height_m), motion, side, wrong)


def _deviation(case: tuple[str, str, str]) -> Deviation | None:
    return next((one for one in _motion(case).faults if one.fault == case[2]), None)


def _frames(case: tuple[str, str, str], moments: Moments) -> list[tuple[str, Keyframe, Moment]]:
    """Every keyframe that the motion tells, with what it tells about it, in order."""
    motion = _motion(case)
    begun = [("start", moments.start, motion.start)] if motion.start else []
    return [
        *begun,
        ("rest", moments.rest, motion.rest),
        ("effort", moments.effort, motion.effort),
    ]


def _off_height_mm(body: Body, frame: Keyframe) -> dict[str, float]:
    """Return the contacts of a keyframe that are not at their height, and by how much."""
    off = {}
    for contact in sorted(frame.contacts):
        which = body.points.which({contact})
        away = np.abs(frame.places[which, 1] - body.points.heights_m[which]).max()
        if away > HELD_M:
            off[contact] = round(1000 * float(away), 1)
    return off


def _loose(case: tuple[str, str, str], name: str, told: Moment) -> set[str]:
    contacts = told.touches + told.slides
    deviation = _deviation(case)
    if deviation and (name == "effort" or deviation.at == "whole"):
        contacts += deviation.touches + deviation.slides
    return set(full_names(contacts, Side.LEFT))


def _slips_mm(
    body: Body, first: Keyframe, second: Keyframe, loose: set[str] | frozenset[str] = frozenset()
) -> dict[str, float]:
    """Return what rests in both keyframes but not in one place, and by how much it moved."""
    slips = {}
    for contact in sorted((first.contacts & second.contacts) - loose):
        which = body.points.which({contact})
        moved = np.abs(first.places[which] - second.places[which]).max()
        if moved > HELD_M:
            slips[contact] = round(1000 * float(moved), 1)
    return slips


def _depth_m(body: Body, postures: Array) -> float:
    """Return how far the deepest guard of postures is in the floor [m]."""
    guarding = body.points.which({GUARD})
    heights_m = body.points.at(body.skeleton, postures)[:, guarding, 1]
    return float((body.points.heights_m[guarding] - heights_m).max())


def _beyond_deg(postures: Array) -> dict[str, float]:
    """Return the angles that are beyond their limits, and by how much."""
    beyond = np.maximum(LEAST - postures, postures - MOST).max(0)
    return {name: round(float(beyond[i]), 1) for name, i in INDEX.items() if beyond[i] > 1e-6}


@of_everything
def test_what_rests_on_the_floor_is_at_its_height(case):
    """In every keyframe, to 5 mm."""
    for name, frame, _ in _frames(case, _moments(case)):
        assert _off_height_mm(_body(1.7), frame) == {}, name


@of_everything
def test_what_stays_in_touch_stays_in_place(case):
    """From one keyframe to the next, to 5 mm, unless it slides."""
    frames = _frames(case, _moments(case))
    for (_, before, _), (name, frame, told) in pairwise(frames):
        assert _slips_mm(_body(1.7), before, frame, _loose(case, name, told)) == {}, name


@of_everything
def test_nothing_goes_through_the_floor(case):
    """No joint, hand, foot or head is deeper than 12 mm in it."""
    moments = _moments(case)
    for name, frame, _ in _frames(case, moments):
        assert _depth_m(_body(1.7), frame.posture[None]) <= DEEP_M, name


@of_everything
def test_nobody_does_what_joints_cannot(case):
    """Every angle of every keyframe is within its limits, however wrong it is done."""
    for name, frame, _ in _frames(case, _moments(case)):
        assert _beyond_deg(frame.posture[None]) == {}, name


@of_everything
def test_asked_angles_are_exact(case):
    """To a tenth of a degree, but for those that the fault changes."""
    deviation = _deviation(case)
    changed = spread(deviation.per_unit, Side.LEFT) if deviation else {}
    for name, frame, told in _frames(case, _moments(case)):
        for angle, value in spread(told.angles, Side.LEFT).items():
            if angle not in changed:
                got = frame.posture[INDEX[angle]]
                assert got == pytest.approx(value, abs=EXACT_DEG), (name, angle)


@pytest.mark.parametrize(
    "case", [one for one in CLEAN + FAULTS if _motion(one).sides != "none"], ids=_name
)
def test_the_right_side_is_the_mirror_image_of_the_left(case):
    """Every keyframe, to a twentieth of a degree."""
    left, right = (_moments(case, side) for side in (Side.LEFT, Side.RIGHT))
    pairs = zip(_frames(case, left), _frames(case, right), strict=True)
    for (name, one, _), (_, other, _) in pairs:
        assert mirrored(other.posture) == pytest.approx(one.posture, abs=0.05), name


@pytest.mark.parametrize("case", [one for one in CLEAN if _motion(one).sides == "none"], ids=_name)
def test_where_both_sides_work_together_the_body_is_symmetrical(case):
    """Its mirror image is itself, to a twentieth of a degree."""
    for name, frame, _ in _frames(case, _moments(case)):
        assert mirrored(frame.posture) == pytest.approx(frame.posture, abs=0.05), name


@of_every_fault
def test_a_fault_of_the_effort_begins_cleanly(case):
    """Start and rest are those of the clean motion."""
    if _deviation(case).at == "whole":
        return
    clean, wrong = _moments((*case[:2], "")), _moments(case)
    assert np.array_equal(wrong.start.posture, clean.start.posture)
    assert np.array_equal(wrong.rest.posture, clean.rest.posture)


@of_every_fault
def test_a_fault_shows_and_more_of_it_shows_more(case):
    """The body is elsewhere than the clean one, with more of the fault further away."""
    clean = _moments((*case[:2], "")).effort.places
    some, more = (
        float(np.abs(_moments(case, way=way).effort.places - clean).max()) for way in (SOME, WAY)
    )
    assert some > 0.005
    assert more > 1.01 * some


@of_every_fault
def test_a_fault_moves_what_it_says_in_proportion(case):
    """Each angle that it names departs by its degrees a unit, unless a joint ends before."""
    exercise, motion, deviation = EXERCISES[case[0]], _motion(case), _deviation(case)
    amount = wrong_by(exercise, motion, case[2], SOME).amount
    clean, wrong = _moments((*case[:2], "")), _moments(case, way=SOME)
    for angle, unit in spread(deviation.per_unit, Side.LEFT).items():
        index = INDEX[angle]
        wanted = clean.effort.posture[index] + unit * amount
        allowed = np.clip(wanted, LEAST[index], MOST[index])
        assert wrong.effort.posture[index] == pytest.approx(allowed, abs=EXACT_DEG)


@of_every_fault
def test_a_fault_can_be_done_up_to_its_threshold(case):
    """No joint ends before the rule calls it a fault."""
    exercise, motion, deviation = EXERCISES[case[0]], _motion(case), _deviation(case)
    amount = wrong_by(exercise, motion, case[2], 1.0).amount
    clean = _moments((*case[:2], "")).effort.posture.copy()
    for angle, unit in spread(deviation.per_unit, Side.LEFT).items():
        clean[INDEX[angle]] += unit * amount
    assert _beyond_deg(clean[None]) == {}


@pytest.mark.parametrize("height_m", HEIGHTS_M)
@of_every_motion
def test_people_of_every_height_can_do_it(case, height_m):
    """From 1.50 to 1.90 m: contacts, places, floor and limits, as for the average person."""
    body, moments = _body(height_m), _moments(case, height_m=height_m)
    frames = _frames(case, moments)
    for name, frame, _ in frames:
        assert _off_height_mm(body, frame) == {}, name
        assert _depth_m(body, frame.posture[None]) <= DEEP_M, name
        assert _beyond_deg(frame.posture[None]) == {}, name
    for (_, before, _), (name, frame, told) in pairwise(frames):
        assert _slips_mm(body, before, frame, _loose(case, name, told)) == {}, name


def _is_hold(case: tuple[str, str, str]) -> bool:
    return next(one for one in EXERCISES[case[0]].variants if one.id == case[1]).hold is not None


def _way(case: tuple[str, str, str]) -> tuple[Way, float]:
    """Return the way to the effort and its seconds; in a hold faults begin from the clean one."""
    moments = _moments(case)
    if case[2] and _is_hold(case):
        return Way(_moments((*case[:2], "")).effort, moments.effort), SINKS_S
    way = Way(moments.rest, moments.effort, moments.bow, moments.bow_asked)
    return way, _motion(case).pace.out_s


@of_everything
def test_the_way_to_the_effort_is_smooth_and_keeps_its_contacts(case):
    """At every tenth of a second: held points within 5 mm, nothing deep, no landmark over 4 m/s."""
    body, (way, duration_s) = _body(1.7), _way(case)
    track = Track(body, way.first)
    track.go(way, duration_s)
    demands = track.demands(np.zeros((len(track.times_s), len(ANGLES))))
    postures = body.settled(demands)
    assert missed_m(body.skeleton, demands, postures).max() <= HELD_M
    assert _depth_m(body, postures) <= DEEP_M
    _check_speed(placed(body.skeleton, postures).landmarks, track.times_s)


def _check_speed(landmarks: Array, times_s: Array) -> None:
    moved_m = np.linalg.norm(np.diff(landmarks, axis=0), axis=2)
    speeds = moved_m / np.diff(times_s)[:, None]
    fastest = np.unravel_index(speeds.argmax(), speeds.shape)
    assert speeds.max() < FASTEST_M_S, (NAMES[fastest[1]], float(times_s[fastest[0]]))


@cache
def _performance(case: tuple[str, str, str]) -> Performance:
    motion = _motion(case)
    plan = replace(planned(motion, 1, hold_s=1.0), quiet_s=0.5)
    return perform(average_skeleton(), EXERCISES[case[0]], motion, plan)


@of_every_motion
def test_a_clean_performance_has_no_jumps(case):
    """At 25 pictures a second no landmark is faster than 4 m/s."""
    performance = _performance(case)
    times = np.arange(0, performance.duration_s, FRAME_S)
    _check_speed(performance.bodies(times).landmarks, times)


@of_every_motion
def test_contacts_hold_between_the_knots_too(case):
    """What rests in one place in both keyframes stays there within 5 mm in every picture."""
    body, moments, performance = _body(1.7), _moments(case), _performance(case)
    points = body.points
    rests = (moments.rest.contacts & moments.effort.contacts) - _loose(
        case, "effort", _motion(case).effort
    )
    times = np.arange(0, performance.duration_s, FRAME_S)
    places = performance.bodies(times).points(points.segments, points.offsets)
    slips = {}
    for contact in sorted(rests & moments.start.contacts):
        which = points.which({contact})
        if np.abs(moments.start.places[which] - moments.rest.places[which]).max() < 0.001:
            moved = np.abs(places[:, which] - moments.rest.places[which]).max()
            if moved > HELD_M:
                slips[contact] = round(1000 * float(moved), 1)
    assert slips == {}


@of_every_motion
def test_no_picture_shows_anything_in_the_floor(case):
    """No deeper than 20 mm between knots; keyframes and knots are held to 12 mm."""
    performance = _performance(case)
    times = np.arange(0, performance.duration_s, FRAME_S)
    assert _depth_m(_body(1.7), performance.postures(times)) <= 0.02


@of_every_motion
def test_what_is_counted_lies_in_the_performance_with_quiet_around_it(case):
    """One repetition, or a hold of the planned second and of what nobody sees of the ways to it.

    The body is still before and after.
    """
    performance = _performance(case)
    done = [(one.start_s, one.end_s) for one in performance.repetitions] or list(
        performance.holds_s
    )
    ((begins_s, ends_s),) = done
    assert 0.5 <= begins_s < ends_s <= performance.duration_s - 0.5
    if performance.holds_s:
        pace = _motion(case).pace
        ways_s = 0.189 * (pace.out_s + pace.back_s)
        assert ends_s - begins_s == pytest.approx(1.0 + ways_s, abs=0.01)
    assert performance.faults == ()
    for still_s in (0.0, performance.duration_s - 0.5):
        landmarks = performance.bodies(np.array([still_s, still_s + 0.5])).landmarks
        assert np.abs(np.diff(landmarks, axis=0)).max() < 0.03
