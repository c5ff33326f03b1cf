"""Errors of landmarks have the size, the direction and the company that was fitted."""

import numpy as np
import pytest

from formcheck.landmarks import INDEX, NAMES, Side
from formcheck.simulation.landmark_noise import LandmarkNoise, NoiseNumbers
from formcheck.simulation.landmark_noise.bodies import Bodies
from formcheck.simulation.landmark_noise.numbers import UNSIDED, unsided
from tests.simulation.noisy import (
    AS_IN_MOVEMENT,
    CAMERA,
    FROM_THE_SIDE,
    NEVER,
    NUMBERS,
    PX_PER_M,
    STANDING,
    STILL,
    TRUNK_M,
    noise_of,
    times_at,
    truth_of,
    without,
)


def test_no_strength_leaves_everything_exact():
    """Landmarks are the true ones to the rounding of a pose, all visible, nobody is lost."""
    truth = truth_of(STANDING, times_at(30, 2))
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
            truth_of(STANDING, times_at(30, 1)), CAMERA, np.random.default_rng(1), -1
        )


def test_the_same_seed_gives_the_same_errors():
    """Bit for bit; another seed gives others."""
    truth = truth_of(STANDING, times_at(25, 3))
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
    truth = truth_of(STANDING, times_at(25, 3))
    one, two = (
        noise_of().arrays(truth, CAMERA, np.random.default_rng(5), strength) for strength in (1, 2)
    )
    expected = 2 * (one.image_px - truth.image_px)
    assert two.image_px - truth.image_px == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("posture", "side"), [(STANDING, "facing"), (FROM_THE_SIDE, "near"), (FROM_THE_SIDE, "far")]
)
def test_errors_spread_as_fitted(posture, side):
    """Over many clips the offset's and the wander's spread are the parameters', by side."""
    noise = noise_of(**without("bias"), lag_s=0.0, body=STILL, clock=AS_IN_MOVEMENT)
    truth = truth_of(posture, times_at(10, 20))
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
        truth = truth_of(STANDING, times_at(fps, 30))
        seen = noise_of(image=places, body=STILL).arrays(truth, CAMERA, np.random.default_rng(3))
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
        rendered=NUMBERS.rendered.model_copy(update=without("chance") | {"body": STILL}),
        real=real.model_copy(update={"looks": silent, "swaps": NEVER, "dropouts": NEVER}),
    )
    truth = truth_of(STANDING, times_at(10, 1))
    seen = LandmarkNoise(numbers).arrays(truth, CAMERA, np.random.default_rng(1))
    error = (seen.image_px - truth.image_px)[0] / (TRUNK_M * PX_PER_M)
    assert error[INDEX["left_shoulder"]] == pytest.approx([outside, -along], abs=1e-6)
    assert error[INDEX["right_shoulder"]] == pytest.approx([-outside, -along], abs=1e-6)


def test_errors_hardly_change_while_nobody_moves():
    """Over 0.8 s a motionless person's ears and shoulders wander by less than a quarter of it."""
    truth = truth_of(STANDING, times_at(25, 0.8))
    places = [INDEX[f"{side}_{name}"] for side in Side for name in ("ear", "shoulder")]
    still, moving = (
        np.mean(
            [
                noise.arrays(truth, CAMERA, np.random.default_rng(seed)).image_px[:, places].std(0)
                for seed in range(30)
            ]
        )
        for noise in (noise_of(), noise_of(clock=AS_IN_MOVEMENT))
    )
    assert 0 < still < moving / 4


def test_a_limb_errs_together():
    """Knee and ankle of a leg correlate as fitted, knees of two legs do not."""
    fitted = NUMBERS.rendered
    noise = noise_of(**without("bias"), body=STILL)
    truth = truth_of(STANDING, times_at(10, 4))
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
    noise = noise_of(**without("bias"), **nobody)
    truth = truth_of(STANDING, times_at(10, 4))
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
    seen = noise_of().arrays(truth_of(STANDING, times_at(30, 2)), CAMERA, np.random.default_rng(3))
    hips = seen.world_m[:, [INDEX["left_hip"], INDEX["right_hip"]]].mean(1)
    assert hips == pytest.approx(np.zeros_like(hips), abs=1e-12)


def test_every_landmark_has_its_numbers():
    """Bias, spread, jitter and visibility are there for each, the same for both sides."""
    assert {unsided(name) for name in NAMES} == set(UNSIDED)
    for table in (NUMBERS.rendered.image, NUMBERS.rendered.world, NUMBERS.real.looks):
        assert set(table) == set(UNSIDED)
