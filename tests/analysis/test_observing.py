"""What is seen does not depend on thresholds: judged again, it comes out as from the poses."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.analysis.coach import Coach
from formcheck.analysis.observing import observe_all
from formcheck.analysis.own_numbers import Fit
from formcheck.analysis.verdict import VerdictBuilder
from formcheck.exercises.library import find
from formcheck.exercises.set_thresholds import SetThreshold
from formcheck.pipeline import Observation, Run
from tests.people import poses

BRIDGE = find("glute_bridge")


def gapped(noise_px=4.0):
    """Return a bridge with nobody in view for a while, another person, and errors."""
    seen = poses("glute_bridge", noise_px=noise_px, seed=3)
    return [
        (time_s, None if 60 <= k < 110 else _shifted(pose) if k >= 220 else pose)
        for k, (time_s, pose) in enumerate(seen)
    ]


def _shifted(pose):
    return replace(pose, image=np.add(pose.image, (0.6 * pose.width_px, 0.0)))


def from_poses(seen, fit):
    """Return the verdict as it is made of poses."""
    run = Run(Coach([BRIDGE], {BRIDGE.id: fit}))
    run.process(Observation(time_s, pose) for time_s, pose in seen)
    return run.analysis().verdict


def from_observed(observed, fit):
    """Return the verdict as it is made of what was observed."""
    coach = Coach([BRIDGE], {BRIDGE.id: fit})
    builder = VerdictBuilder(coach)
    for one in observed:
        builder.take(coach.judge(one))
    builder.take(coach.finish())
    return builder.verdict()


@settings(max_examples=12, deadline=None)
@given(
    target=st.floats(20, 60),
    excursion=st.floats(4, 20),
    over_arch=st.floats(5, 40),
    noise_px=st.sampled_from([0.0, 4.0]),
)
def test_by_other_numbers_it_comes_out_as_from_the_poses(target, excursion, over_arch, noise_px):
    """Bit for bit, with gaps and cuts, the second time as the first."""
    fit = Fit(
        thresholds=(
            SetThreshold("target", target),
            SetThreshold("minimum_excursion", excursion),
            SetThreshold("over_arch", over_arch),
        )
    )
    seen = gapped(noise_px)
    observed = observe_all(BRIDGE, seen)
    expected = from_poses(seen, fit)
    assert repr(from_observed(observed, Fit())) == repr(from_poses(seen, Fit()))
    assert repr(from_observed(observed, fit)) == repr(expected)
    for one in observed:
        if one.readings is not None:
            one.readings.let_go()
    assert repr(from_observed(observed, fit)) == repr(expected)


@pytest.mark.parametrize("clip", ["glute_bridge", "cat_cow"])
def test_a_snapshot_is_the_same_either_way(clip):
    """Whether its pose or what was observed of it is taken."""
    exercise = find(clip)
    one, other = Coach([exercise]), Coach([exercise])
    observed = observe_all(exercise, poses(clip))
    for (time_s, pose), seen in zip(poses(clip), observed, strict=True):
        told, again = one.update(time_s, pose), other.take(seen)
        assert repr(replace(told, readings=(), pose=None)) == repr(
            replace(again, readings=(), pose=None)
        )
    assert repr(one.finish()) == repr(other.finish())
