"""No measure knows left from right, the size of the picture, or where in it somebody is."""

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from formcheck.analysis.body import BodyState
from formcheck.analysis.readings import Reader, channel
from formcheck.evaluation.population import otherwise
from formcheck.exercises.readings import Reading
from formcheck.exercises.schema import Orientation, SideChoice
from formcheck.landmarks import Side
from formcheck.measures import MEASURES, Measure, View
from formcheck.pose import OUTLINE_PLACES, Pose, rounded_pose

MIRRORED_SIDES = {
    SideChoice.NEAR: SideChoice.NEAR,
    SideChoice.FAR: SideChoice.FAR,
    SideChoice.LARGER: SideChoice.LARGER,
    SideChoice.SMALLER: SideChoice.SMALLER,
    SideChoice.MEAN: SideChoice.MEAN,
    SideChoice.LEFT: SideChoice.RIGHT,
    SideChoice.RIGHT: SideChoice.LEFT,
}
# Of these + is the patient's left, which is the right in a mirror.
TO_THE_LEFT = {
    "arms_difference",
    "chest_rotation",
    "face_tilt",
    "hands_gap_along_trunk",
    "hands_height_gap",
    "head_bend",
    "head_tilt",
    "heels_apart",
    "pelvis_rotation",
    "shoulder_tilt",
    "thighs_apart",
    "trunk_lean",
    "trunk_rotation",
    "weight_shift",
}


def somebody(seed: int) -> Pose:
    """Return landmarks anywhere in the picture, all of them seen, and edges of a trunk."""
    rng = np.random.default_rng(seed)
    return rounded_pose(
        0.0,
        rng.uniform((100, 50), (540, 430), (33, 2)),
        rng.uniform(-0.6, 0.6, (33, 3)),
        np.ones(33),
        (640, 480),
        rng.uniform(0.1, 0.4, (2, len(OUTLINE_PLACES))),
    )


def read(pose: Pose, measure: Measure, choice: SideChoice, near: Side) -> float:
    """Return a reading from where the measure may be believed."""
    view = next(view for view in View if view in measure.views)
    reading = Reading(measure=measure.name, side=choice)
    body = BodyState(view, Orientation.UPRIGHT, near)
    return Reader([reading]).read(pose, body)[channel(reading)].value


def readings(pose: Pose, measure: Measure, *, in_a_mirror: bool = False) -> Iterator[float]:
    """Yield what is read on every side that may be asked for."""
    near = Side.RIGHT if in_a_mirror else Side.LEFT
    for choice, other in MIRRORED_SIDES.items():
        yield read(pose, measure, other if in_a_mirror else choice, near)


def is_on_an_edge(pose: Pose, measure: Measure) -> bool:
    """Return whether the hundredth of a pixel that rounding takes makes another reading.

    With the knee right above the hip nobody can say whether a trunk leans toward it or away.
    """
    rng = np.random.default_rng(0)
    for _ in range(4):
        moved = replace(pose, image=np.add(pose.image, rng.choice((-0.01, 0.01), (33, 2))))
        for plain, seen in zip(readings(pose, measure), readings(moved, measure), strict=True):
            if seen != pytest.approx(plain, rel=0.01, abs=0.1, nan_ok=True):
                return True
    return False


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.name)
@given(seed=st.integers(0, 100_000))
@settings(max_examples=25, deadline=None)
def test_a_mirror_only_exchanges_the_sides(measure, seed):
    """What was read on the left is read on the right, and a turn to the left is one to the right.

    Nothing is read in a mirror alone, either.
    """
    sign = -1 if measure.name in TO_THE_LEFT else 1
    pose = somebody(seed)
    image = otherwise.mirrored(pose)
    pairs = zip(readings(pose, measure), readings(image, measure, in_a_mirror=True), strict=True)
    for straight, turned in pairs:
        assert turned == pytest.approx(sign * straight, abs=1e-6, nan_ok=True)


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda measure: measure.name)
@given(seed=st.integers(0, 100_000))
@settings(max_examples=25, deadline=None)
def test_a_larger_picture_and_another_place_read_the_same(measure, seed):
    """Pixels alone grow with the picture; landmarks are rounded to a hundredth of one."""
    pose = somebody(seed)
    assume(not is_on_an_edge(pose, measure))
    for other, factor in ((otherwise.scaled(pose, 2.25), 2.25), (otherwise.shifted(pose, 0.06), 1)):
        grown = factor if measure.unit == "px" else 1.0
        for plain, seen in zip(readings(pose, measure), readings(other, measure), strict=True):
            assert math.isnan(plain) == math.isnan(seen)
            assert seen == pytest.approx(grown * plain, rel=0.01, abs=0.1, nan_ok=True)
