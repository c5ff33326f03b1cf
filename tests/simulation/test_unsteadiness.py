import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.exercises.joints import ANGLES, INDEX, Array
from formcheck.landmarks import Side
from formcheck.simulation.unsteadiness import Tremor, sway, trembling

TIMES_S = np.arange(0, 20, 0.01)
NAMES = np.array(list(ANGLES))
FREE = {Side.LEFT: (True, False), Side.RIGHT: (False, True)}


def _sway(size_deg: float, seed: int = 0) -> Array:
    return sway(TIMES_S, size_deg, np.random.default_rng(seed))


def _tremor(size_deg: float = 2.0, seed: int = 0, strength: tuple[float, float] = (1, 1)) -> Tremor:
    knots_s = np.array([0.0, 20.0])
    rng = np.random.default_rng(seed)
    return trembling(FREE, size_deg, rng, knots_s, np.array(strength, float))


@given(size_deg=st.floats(0, 5), seed=st.integers(0, 99))
def test_sway_is_no_larger_than_it_shall_be(size_deg, seed):
    """Nor, over many seconds, much smaller."""
    most = np.abs(_sway(size_deg, seed)).max()
    assert most <= size_deg + 1e-12
    assert most >= 0.99 * size_deg


def test_sway_moves_the_spine_alone():
    """Limbs and pelvis stay, where contacts let them."""
    moved = NAMES[np.abs(_sway(1.0)).max(0) > 0]
    assert {name.split("_")[0] for name in moved} == {"lumbar", "thorax", "neck"}
    assert len(moved) == 9


def test_sway_is_slow():
    """Below half a cycle a second: never faster than 2 pi / 2 times its size."""
    speed = np.abs(np.diff(_sway(1.0), axis=0)).max() / 0.01
    assert speed <= np.pi + 1e-9


def test_only_limbs_that_touch_nothing_tremble():
    """Here the left arm and the right leg."""
    moved = NAMES[np.abs(_tremor().at(TIMES_S)).max(0) > 0].tolist()
    assert moved == [
        "left_shoulder_flexion",
        "left_shoulder_abduction",
        "left_elbow_flexion",
        "right_hip_flexion",
        "right_knee_flexion",
    ]


def test_nothing_trembles_where_everything_touches():
    """Nor where the size is zero."""
    nothing = dict.fromkeys(Side, (False, False))
    tremor = trembling(nothing, 2.0, np.random.default_rng(0), np.array([0.0]), np.ones(1))
    assert not tremor.at(TIMES_S).any()
    assert not _tremor(0.0).at(TIMES_S).any()


def test_tremor_is_as_large_as_it_shall_be():
    """Two degrees at its worst, and no more."""
    assert np.abs(_tremor(2.0).at(TIMES_S)).max() == pytest.approx(2.0, abs=0.01)


def test_tremor_is_as_fast_as_that_of_people():
    """Between 6 and 10 cycles a second, counted by its changes of sign."""
    wave = _tremor().at(TIMES_S)[:, INDEX["left_elbow_flexion"]]
    cycles_hz = (np.diff(np.sign(wave)) != 0).sum() / 2 / 20
    assert 6 <= cycles_hz <= 10


def test_tremor_grows_as_it_is_told_to():
    """From nothing to its full size over 20 seconds: half of it after ten."""
    tremor = _tremor(2.0, strength=(0, 1)).at(TIMES_S)
    assert np.abs(tremor[:100]).max() < 0.11
    assert np.abs(tremor[950:1050]).max() == pytest.approx(1.0, abs=0.1)


@pytest.mark.parametrize("make", [_sway, lambda size, seed: _tremor(size, seed).at(TIMES_S)])
def test_the_same_seed_moves_the_same_and_another_one_otherwise(make):
    """To the last bit."""
    assert np.array_equal(make(1.0, 3), make(1.0, 3))
    assert not np.allclose(make(1.0, 3), make(1.0, 4))
