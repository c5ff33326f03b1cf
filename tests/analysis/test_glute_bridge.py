"""A bridge is pushed up by feet that are drawn up."""

import math

import pytest

from formcheck.analysis.body import BodyState
from formcheck.analysis.events import RepetitionCompleted
from formcheck.analysis.readings import channel
from formcheck.analysis.taking import Taken
from formcheck.analysis.tracker import Tracker
from formcheck.exercises.library import load_all
from formcheck.exercises.schema import Orientation
from formcheck.landmarks import Side
from formcheck.measures import View

FPS = 20
SEEN = BodyState(View.SIDE, Orientation.SUPINE, Side.LEFT)
BRIDGE = load_all()["glute_bridge"]


def n_counted(thigh_at_rest_deg: float, thigh_sinks_deg: float) -> int:
    """Return how many are counted while the hips rise by 18 degrees and come back."""
    tracker = Tracker(BRIDGE)
    hidden = {channel(reading): Taken(math.nan) for reading in BRIDGE.readings()}
    events: list[object] = []
    for k in range(7 * FPS):
        way = (1 - math.cos(2 * math.pi * (k / FPS - 1) / 5)) / 2 if FPS <= k <= 6 * FPS else 0.0
        now = {
            "thigh_elevation": thigh_at_rest_deg - thigh_sinks_deg * way,
            "hip_lift": 18 * way,
            "chest_lift": 0.0,
        }
        readings = {
            key: Taken(now[key[0]], Side.LEFT) if key[0] in now else none
            for key, none in hidden.items()
        }
        events += tracker.update(k / FPS, SEEN, readings)
    return sum(isinstance(event, RepetitionCompleted) for event in events)


@pytest.mark.parametrize(
    ("thigh_at_rest_deg", "thigh_sinks_deg", "expected"), [(45, 22, 1), (18, 8, 1), (14, 0, 0)]
)
def test_hips_that_seem_to_rise_over_thighs_that_lie_are_no_bridge(
    thigh_at_rest_deg, thigh_sinks_deg, expected
):
    """Of somebody who lies flat the landmarks of the hips jump; straight legs push nothing."""
    assert n_counted(thigh_at_rest_deg, thigh_sinks_deg) == expected
