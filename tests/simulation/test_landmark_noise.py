import time

import numpy as np
import pytest

from formcheck.landmarks import INDEX, NAMES, Side
from formcheck.pose import Pose
from formcheck.simulation.camera import Camera
from formcheck.simulation.landmark_noise import LandmarkNoise, NoiseNumbers
from formcheck.simulation.landmark_noise.bodies import ARMS, LEGS, SWAPPED, Bodies
from formcheck.simulation.landmark_noise.numbers import UNSIDED, Clock, Happening, Spread, unsided
from formcheck.simulation.landmark_noise.processes import delayed, erring_s, happening, wander
from formcheck.simulation.landmark_noise.straightening import bends_deg, straightened
from formcheck.simulation.truth import ANGLES, Truth

CAMERA = Camera(np.array([0, 1.0, 4.0]), np.array([0, 1.0, 0]), 640, 480)
NUMBERS = NoiseNumbers.load()
STILL = Spread(offset=0, wander=0)
NEVER = Happening(watched_min=1, clip_share=0, rate_per_min=0, duration_s=0)
# People here are motionless; this is how their errors would wander if they moved.
AS_IN_MOVEMENT = Clock(full_speed_per_s=1.0, least_rate=1.0)
ALWAYS = Happening(watched_min=1, clip_share=1, rate_per_min=60, duration_s=0.5)
PX_PER_M = 200
TRUNK_M = 0.5


def _standing_m():
    """Return a person who looks at the camera, about the middle of the hips [m]."""
    places = dict.fromkeys(NAMES, (0.0, -0.7, -0.1))
    for side, out in (("left", 1), ("right", -1)):
        places |= {
            f"{side}_shoulder": (0.18 * out, -TRUNK_M, 0.0),
            f"{side}_elbow": (0.25 * out, -0.25, 0.02),
            f"{side}_wrist": (0.27 * out, 0.0, -0.02),
            f"{side}_pinky": (0.28 * out, 0.07, -0.02),
            f"{side}_index": (0.26 * out, 0.08, -0.02),
            f"{side}_thumb": (0.25 * out, 0.05, -0.04),
            f"{side}_hip": (0.1 * out, 0.0, 0.0),
            f"{side}_knee": (0.11 * out, 0.42, -0.01),
            f"{side}_ankle": (0.12 * out, 0.82, 0.03),
            f"{side}_heel": (0.12 * out, 0.86, 0.06),
            f"{side}_foot_index": (0.14 * out, 0.88, -0.1),
            f"{side}_eye": (0.03 * out, -0.74, -0.1),
            f"{side}_ear": (0.07 * out, -0.72, 0.0),
        }
    return np.array([places[name] for name in NAMES])


def _truth(world_m, times_s):
    world = np.broadcast_to(world_m, (len(times_s), *world_m.shape[-2:])).copy()
    image = world[..., :2] * PX_PER_M + (320, 230)
    return Truth(times_s, image, world, np.zeros((len(times_s), len(ANGLES))))


def _turned(world_m, about, angle_deg):
    """Return it turned about x (0) or y (1)."""
    cos, sin = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
    first, second = [axis for axis in range(3) if axis != about]
    turned = world_m.copy()
    turned[:, first] = cos * world_m[:, first] - sin * world_m[:, second]
    turned[:, second] = sin * world_m[:, first] + cos * world_m[:, second]
    return turned


def _at(fps, duration_s=20.0):
    return np.arange(round(duration_s * fps)) / fps


def _noise(*, happens=NEVER, **rendered):
    """Return the noise with other numbers; without swaps and dropouts unless asked for."""
    kinds = ("swaps", "lengthwise_swaps", "dropouts", "lengthwise_dropouts")
    real = NUMBERS.real.model_copy(update=dict.fromkeys(kinds, happens))
    fitted = NUMBERS.rendered.model_copy(update=rendered)
    return LandmarkNoise(NoiseNumbers(rendered=fitted, real=real))


def _without(part):
    """Return places without bias, or without everything else."""
    nothing = {"bias": (0.0, 0.0, 0.0)}
    if part == "chance":
        nothing = {"facing": STILL, "near": STILL, "far": STILL}
    return {
        kind: {
            name: place.model_copy(update=nothing)
            for name, place in getattr(NUMBERS.rendered, kind).items()
        }
        for kind in ("image", "world")
    }


STANDING = _standing_m()
FROM_THE_SIDE = _turned(STANDING, 1, -90)


def test_no_strength_leaves_everything_exact():
    """Landmarks are the true ones to the rounding of a pose, all visible, nobody is lost."""
    truth = _truth(STANDING, _at(30, 2))
    seen = LandmarkNoise.load().seen(truth, CAMERA, np.random.default_rng(1), strength=0)
    for k, (time_s, pose) in enumerate(seen):
        assert pose is not None
        assert time_s == pose.time_s == truth.time_s[k]
        assert np.abs(pose.image - truth.image_px[k]).max() <= 0.0051
        assert np.abs(pose.world - truth.world_m[k]).max() <= 0.000051
        assert (pose.visibility == 1).all()


def test_a_negative_strength_is_refused():
    """Errors less than none are a mistake of the caller."""
    with pytest.raises(ValueError, match="strength"):
        LandmarkNoise.load().seen(
            _truth(STANDING, _at(30, 1)), CAMERA, np.random.default_rng(1), -1
        )


def test_the_same_seed_gives_the_same_errors():
    """Bit for bit; another seed gives others."""
    truth = _truth(STANDING, _at(25, 3))
    noise = LandmarkNoise.load()
    one, two, other = (
        noise.arrays(truth, CAMERA, np.random.default_rng(seed)) for seed in (5, 5, 6)
    )
    assert (one.image_px == two.image_px).all()
    assert (one.world_m == two.world_m).all()
    assert (one.visibility == two.visibility).all()
    assert (one.image_px != other.image_px).all()


def test_twice_the_strength_is_twice_the_error():
    """Of a person at rest, who cannot lag."""
    truth = _truth(STANDING, _at(25, 3))
    one, two = (
        _noise().arrays(truth, CAMERA, np.random.default_rng(5), strength) for strength in (1, 2)
    )
    expected = 2 * (one.image_px - truth.image_px)
    assert two.image_px - truth.image_px == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("posture", "side"), [(STANDING, "facing"), (FROM_THE_SIDE, "near"), (FROM_THE_SIDE, "far")]
)
def test_errors_spread_as_fitted(posture, side):
    """Over many clips the offset's and the wander's spread are the parameters', by side."""
    noise = _noise(**_without("bias"), lag_s=0.0, body=STILL, clock=AS_IN_MOVEMENT)
    truth = _truth(posture, _at(10, 20))
    trunk_px = TRUNK_M * PX_PER_M
    hidden = Bodies.of(truth.image_px, truth.world_m).hidden[0]
    knees = [k for k in (INDEX["left_knee"], INDEX["right_knee"]) if hidden[k] == (side == "far")]
    errors = (
        np.array(
            [
                noise.arrays(truth, CAMERA, np.random.default_rng(seed)).image_px - truth.image_px
                for seed in range(60)
            ]
        )[:, :, knees]
        / trunk_px
    )
    expected = getattr(NUMBERS.rendered.image["knee"], side)
    assert errors.mean(1).std() == pytest.approx(expected.offset, rel=0.2)
    assert errors.std(1).mean() == pytest.approx(expected.wander, rel=0.1)


def test_jitter_is_as_fitted():
    """Frame to frame an ankle differs by the parameter, whatever the frame rate."""
    for fps in (15, 60):
        places = {
            name: place.model_copy(update={"facing": STILL, "near": STILL, "far": STILL})
            for name, place in NUMBERS.rendered.image.items()
        }
        truth = _truth(STANDING, _at(fps, 30))
        seen = _noise(image=places, body=STILL).arrays(truth, CAMERA, np.random.default_rng(3))
        jumps = np.diff(seen.image_px[:, INDEX["left_ankle"]], axis=0)
        expected = NUMBERS.real.looks["ankle"].jitter_near * TRUNK_M * PX_PER_M
        assert jumps.std() / np.sqrt(2) == pytest.approx(expected, rel=0.1)


def test_the_bias_goes_along_with_the_body():
    """A shoulder is put along the trunk, and to the outside, by the parameters."""
    along, outside, _ = NUMBERS.rendered.image["shoulder"].bias
    real = NUMBERS.real
    silent = {
        name: look.model_copy(update={"jitter_near": 0.0, "jitter_far": 0.0})
        for name, look in real.looks.items()
    }
    numbers = NoiseNumbers(
        rendered=NUMBERS.rendered.model_copy(update=_without("chance") | {"body": STILL}),
        real=real.model_copy(update={"looks": silent, "swaps": NEVER, "dropouts": NEVER}),
    )
    truth = _truth(STANDING, _at(10, 1))
    seen = LandmarkNoise(numbers).arrays(truth, CAMERA, np.random.default_rng(1))
    error = (seen.image_px - truth.image_px)[0] / (TRUNK_M * PX_PER_M)
    assert error[INDEX["left_shoulder"]] == pytest.approx([outside, -along], abs=1e-6)
    assert error[INDEX["right_shoulder"]] == pytest.approx([-outside, -along], abs=1e-6)


def test_a_mirrored_person_has_mirrored_errors():
    """The directions in which landmarks err, and who is hidden, are mirrored with the person."""
    lopsided = STANDING.copy()
    lopsided[INDEX["left_wrist"]] = (0.5, -0.6, -0.2)
    lopsided = _turned(lopsided, 1, 40)
    mirrored = lopsided[SWAPPED] * (-1, 1, 1)
    one, other = Bodies.of(*_first(lopsided)), Bodies.of(*_first(mirrored))
    assert other.axes[:, SWAPPED] * (-1, 1, 1) == pytest.approx(one.axes)
    assert other.hidden[:, SWAPPED] == pytest.approx(one.hidden)
    assert one.hidden.max() > 0.3


def test_errors_hardly_change_while_nobody_moves():
    """Over 0.8 s a motionless person's ears and shoulders wander by less than a quarter of it."""
    truth = _truth(STANDING, _at(25, 0.8))
    places = [INDEX[f"{side}_{name}"] for side in Side for name in ("ear", "shoulder")]
    still, moving = (
        np.mean(
            [
                noise.arrays(truth, CAMERA, np.random.default_rng(seed)).image_px[:, places].std(0)
                for seed in range(30)
            ]
        )
        for noise in (_noise(), _noise(clock=AS_IN_MOVEMENT))
    )
    assert 0 < still < moving / 4


@pytest.mark.parametrize("fps", [10, 30, 60])
def test_errors_wander_by_how_fast_somebody_moves(fps):
    """At a quarter of the full speed for a quarter of the time, within the bounds."""
    clock = Clock(full_speed_per_s=0.2, least_rate=0.1)
    times_s = _at(fps, 4)
    for speed, rate in ((0.0, 0.1), (0.02, 0.1), (0.05, 0.25), (0.2, 1.0), (3.0, 1.0)):
        points = np.zeros((len(times_s), 33, 2))
        points[..., 0] = speed * times_s[:, None] * 80
        passed_s = erring_s(times_s, points, np.full(len(times_s), 80.0), clock)
        assert passed_s == pytest.approx(rate * times_s)


def test_wander_is_the_same_at_every_frame_rate():
    """Spread and correlation after a quarter of a second are the same from 10 to 60 a second."""
    rng = np.random.default_rng(2)
    expected = (1 + 0.25 / 0.4) * np.exp(-0.25 / 0.4)
    for fps in (12, 20, 60):
        values = wander(_at(fps, 60), 0.4, (50,), rng)
        later = round(0.25 * fps)
        correlation = (values[later:] * values[:-later]).mean()
        assert values.std() == pytest.approx(1, abs=0.03)
        assert correlation == pytest.approx(expected, abs=0.03)


def test_wander_keeps_its_spread_where_time_is_uneven():
    """Jittered and dropped frames neither calm nor stir it."""
    rng = np.random.default_rng(2)
    times_s = np.cumsum(rng.uniform(0.005, 0.3, 3000))
    assert wander(times_s, 0.4, (20,), rng).std() == pytest.approx(1, abs=0.03)


def test_wander_does_not_jump():
    """From frame to frame it bends by far less than it spreads."""
    values = wander(_at(30, 60), 0.26, (20,), np.random.default_rng(2))
    assert np.diff(values, 2, axis=0).std() < 0.15


@pytest.mark.parametrize("fps", [10, 30, 60])
def test_what_moves_steadily_is_late_by_the_lag(fps):
    """At any frame rate; what rests is not."""
    times_s = _at(fps, 4)
    assert times_s[-1] - delayed(times_s, times_s, 0.05)[-1] == pytest.approx(0.05, abs=1e-4)
    assert (delayed(np.ones(20), times_s[:20], 0.05) == 1).all()


@pytest.mark.parametrize("fps", [10, 30, 60])
def test_happenings_have_their_rate_and_duration(fps):
    """Ten a minute that last half a second begin ten times a minute, at any frame rate."""
    times_s = _at(fps, 3600)
    kind = Happening(watched_min=1, clip_share=1, rate_per_min=10, duration_s=0.5)
    flags = happening(times_s, kind, np.ones(len(times_s), np.bool_), np.random.default_rng(4))
    # A happening takes at least the frame in which it begins, and may begin during another.
    assert flags.mean() == pytest.approx(10 / 60 * (0.5 + 0.5 / fps), rel=0.15)


def test_the_far_side_is_less_visible():
    """Seen from the right, the left limbs are the doubtful ones."""
    seen = _noise().arrays(_truth(FROM_THE_SIDE, _at(30)), CAMERA, np.random.default_rng(1))
    means = seen.visibility.mean(0)
    limbs = ("elbow", "wrist", "knee", "ankle")
    hidden = Bodies.of(*_first(FROM_THE_SIDE)).hidden[0]
    sides = ("left", "right") if hidden[INDEX["left_knee"]] else ("right", "left")
    far, near = (np.mean([means[INDEX[f"{side}_{limb}"]] for limb in limbs]) for side in sides)
    assert far < 0.75 < near


def _first(world_m):
    truth = _truth(world_m, _at(10, 1))
    return truth.image_px, truth.world_m


def test_outside_of_the_picture_little_is_visible():
    """A landmark below the edge is less visible than the same one inside; never more."""
    low = Camera(CAMERA.eye, CAMERA.target, 640, 380)
    truth = _truth(STANDING, _at(30))
    inside, outside = (
        _noise().arrays(truth, camera, np.random.default_rng(2)).visibility
        for camera in (CAMERA, low)
    )
    feet = [INDEX["left_heel"], INDEX["right_heel"]]
    assert (outside[:, feet] <= inside[:, feet]).all()
    assert outside[:, feet].mean() < inside[:, feet].mean()
    assert (outside[:, INDEX["nose"]] == inside[:, INDEX["nose"]]).all()


def test_nobody_is_none():
    """A frame without a person has no pose; it keeps its time."""
    truth = _truth(STANDING, _at(30))
    seen = _noise(happens=ALWAYS).seen(truth, CAMERA, np.random.default_rng(8))
    assert [time_s for time_s, _ in seen] == truth.time_s.tolist()
    found = [pose is not None for _, pose in seen]
    assert 0.2 < np.mean(found) < 0.95
    assert all(isinstance(pose, Pose) for _, pose in seen if pose is not None)


def test_a_person_out_of_the_picture_is_not_found():
    """With shoulders and hips outside there is nobody."""
    truth = _truth(STANDING, _at(30, 1))
    away = Truth(truth.time_s, truth.image_px + 2000, truth.world_m, truth.angles_deg)
    assert not _noise().arrays(away, CAMERA, np.random.default_rng(1)).is_found.any()


def test_swapped_limbs_change_places_altogether():
    """While arms or legs are swapped, the left knee is where the right one is."""
    truth = _truth(STANDING, _at(30))
    seen = _noise(happens=ALWAYS).arrays(truth, CAMERA, np.random.default_rng(3))
    for limbs, joint in ((LEGS, "knee"), (ARMS, "wrist")):
        left = seen.image_px[:, INDEX[f"left_{joint}"], 0]
        is_swapped = left < 320
        assert 0.05 < is_swapped.mean() < 0.8
        assert (seen.image_px[is_swapped][:, limbs[::2], 0] < 325).all()
    assert (seen.image_px[:, INDEX["left_shoulder"], 0] > 320).all()


def test_a_limb_errs_together():
    """Knee and ankle of a leg correlate as fitted, knees of two legs do not."""
    fitted = NUMBERS.rendered
    noise = _noise(**_without("bias"), body=STILL)
    truth = _truth(STANDING, _at(10, 4))
    errors = np.array(
        [
            noise.arrays(truth, CAMERA, np.random.default_rng(seed)).image_px - truth.image_px
            for seed in range(150)
        ]
    )
    knee, ankle, other = (
        errors[:, :, INDEX[name]].ravel() for name in ("left_knee", "left_ankle", "right_knee")
    )
    assert np.corrcoef(knee, ankle)[0, 1] == pytest.approx(fitted.limb_share, abs=0.12)
    assert np.corrcoef(knee, other)[0, 1] == pytest.approx(0, abs=0.12)


@pytest.mark.parametrize("joint", ["shoulder", "knee"])
def test_both_sides_err_alike_but_not_across_the_body(joint):
    """Facing the camera depths correlate as fitted, and to the right and left nothing does."""
    nobody = {"body": STILL, "shared_share": 0.0, "straightened": {"knee": 0.0, "elbow": 0.0}}
    noise = _noise(**_without("bias"), **nobody)
    truth = _truth(STANDING, _at(10, 4))
    errors = np.array(
        [noise.arrays(truth, CAMERA, np.random.default_rng(seed)).world_m for seed in range(150)]
    )
    across, depth = (
        np.corrcoef(*(errors[:, :, INDEX[f"{side}_{joint}"], axis].ravel() for side in Side))[0, 1]
        for axis in (0, 2)
    )
    assert across == pytest.approx(0, abs=0.15)
    assert depth == pytest.approx(NUMBERS.rendered.alike[joint][0], abs=0.12)


def test_places_in_space_stay_about_the_hips():
    """As the engine's: the middle of the hips is the origin."""
    seen = _noise().arrays(_truth(STANDING, _at(30, 2)), CAMERA, np.random.default_rng(3))
    hips = seen.world_m[:, [INDEX["left_hip"], INDEX["right_hip"]]].mean(1)
    assert hips == pytest.approx(np.zeros_like(hips), abs=1e-12)


def test_bent_limbs_open_by_their_share():
    """A knee bent by 90 degrees that loses a tenth is bent by 81; bones keep their length."""
    sitting = STANDING.copy()
    for side, out in (("left", 1), ("right", -1)):
        sitting[INDEX[f"{side}_knee"]] = (0.1 * out, 0.0, -0.4)
        sitting[INDEX[f"{side}_ankle"]] = (0.1 * out, 0.4, -0.4)
    opened = straightened(sitting[None], {"knee": 0.1, "elbow": 0.0})
    for side in Side:
        assert bends_deg(sitting[None], "knee", side) == pytest.approx([90])
        assert bends_deg(opened, "knee", side) == pytest.approx([81])
        shank = opened[0, INDEX[f"{side}_ankle"]] - opened[0, INDEX[f"{side}_knee"]]
        assert np.linalg.norm(shank) == pytest.approx(0.4)
    arms = [INDEX["left_wrist"], INDEX["right_elbow"]]
    assert opened[0, arms] == pytest.approx(sitting[arms])


def test_straight_limbs_stay_straight():
    """Where there is no bend nothing turns."""
    straight = STANDING.copy()
    straight[INDEX["left_knee"]] = straight[[INDEX["left_hip"], INDEX["left_ankle"]]].mean(0)
    opened = straightened(straight[None], {"knee": 0.5, "elbow": 0.0})
    assert opened[0, INDEX["left_ankle"]] == pytest.approx(straight[INDEX["left_ankle"]], abs=1e-6)


def test_a_trunk_that_points_at_the_camera_is_lengthwise():
    """Standing and lying across the view is not; lying towards the camera is."""
    lying = _turned(STANDING, 0, 80)
    assert Bodies.of(*_first(lying)).is_lengthwise.all()
    assert not Bodies.of(*_first(STANDING)).is_lengthwise.any()
    assert not Bodies.of(*_first(FROM_THE_SIDE)).is_lengthwise.any()


def test_every_landmark_has_its_numbers():
    """Bias, spread, jitter and visibility are there for each, the same for both sides."""
    assert {unsided(name) for name in NAMES} == set(UNSIDED)
    for table in (NUMBERS.rendered.image, NUMBERS.rendered.world, NUMBERS.real.looks):
        assert set(table) == set(UNSIDED)


def test_twenty_seconds_take_a_moment():
    """600 frames in well under the time of two of them: bounded loosely for slow machines."""
    truth = _truth(STANDING, _at(30))
    noise = LandmarkNoise.load()
    took_s = []
    for seed in range(5):
        begin_s = time.perf_counter()
        noise.arrays(truth, CAMERA, np.random.default_rng(seed))
        took_s.append(time.perf_counter() - begin_s)
    assert min(took_s) < 0.25
