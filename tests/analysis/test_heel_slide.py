"""A heel slide is told from a bridge by what the pelvis does, not by where it rests."""

import math

import pytest

from formcheck.analysis.body import BodyState
from formcheck.analysis.events import RepetitionCompleted
from formcheck.analysis.readings import Channel, channel
from formcheck.analysis.taking import Taken
from formcheck.analysis.tracker import Tracker
from formcheck.exercises.library import load_all
from formcheck.exercises.schema import Orientation
from formcheck.landmarks import Side
from formcheck.measures import View

FPS = 20
SEEN = BodyState(View.SIDE, Orientation.SUPINE, Side.LEFT)
HEEL_SLIDE = load_all()["heel_slide"]


def n_counted(
    pelvis_at_rest_deg: float,
    pelvis_rises_deg: float,
    thigh_at_rest_deg: float = 40,
    thighs_part_by_deg: float = 30,
    thigh_sinks_deg: float = 30,
) -> int:
    """Return how many are counted while a thigh sinks and comes back."""
    tracker = Tracker(HEEL_SLIDE)
    values: dict[Channel, Taken] = {
        channel(reading): Taken(math.nan) for reading in HEEL_SLIDE.readings()
    }
    values |= {
        channel(reading, side): Taken(math.nan)
        for reading in HEEL_SLIDE.readings()
        for side in Side
    }
    events: list[object] = []
    for k in range(7 * FPS):
        way = (1 - math.cos(2 * math.pi * (k / FPS - 1) / 5)) / 2 if FPS <= k <= 6 * FPS else 0.0
        now = {
            "thigh_elevation": thigh_at_rest_deg - thigh_sinks_deg * way,
            "chest_lift": 0.0,
            "hip_height": 0.1,
            "thighs_apart": thighs_part_by_deg * way,
        }
        now["hip_lift"] = pelvis_at_rest_deg + pelvis_rises_deg * way
        readings = {
            key: Taken(now[key[0]], Side.LEFT) if key[0] in now else none
            for key, none in values.items()
        }
        events += tracker.update(k / FPS, SEEN, readings)
    return sum(isinstance(event, RepetitionCompleted) for event in events)


@pytest.mark.parametrize(
    ("pelvis_at_rest_deg", "pelvis_rises_deg", "expected"),
    [(0, 0, 1), (13, 4, 1), (-15, 15, 1), (-15, 22, 0), (0, 30, 0)],
)
def test_a_pelvis_may_rest_high_but_not_rise(pelvis_at_rest_deg, pelvis_rises_deg, expected):
    """Hips that read 13 degrees above the shoulders are a slide's, hips that rise by 22 are not."""
    assert n_counted(pelvis_at_rest_deg, pelvis_rises_deg) == expected


@pytest.mark.parametrize(("thigh_at_rest_deg", "expected"), [(60, 1), (32, 1), (27, 0)])
def test_knees_may_be_bent_more_or_less_at_rest(thigh_at_rest_deg, expected):
    """Thighs that read 32 degrees where the hip reads high rest; at 27 a heel is out already."""
    assert n_counted(0, 0, thigh_at_rest_deg) == expected


@pytest.mark.parametrize(("thighs_part_by_deg", "expected"), [(11, 1), (9, 0)])
def test_where_a_heel_is_hidden_one_thigh_sinks_and_the_other_stays(thighs_part_by_deg, expected):
    """Knees that are rolled to the side sink both."""
    assert n_counted(0, 0, thighs_part_by_deg=thighs_part_by_deg) == expected


@pytest.mark.parametrize(("thigh_sinks_deg", "expected"), [(7, 0), (9, 0), (11, 1)])
def test_a_thigh_that_is_read_short_of_its_way_is_still_a_slide(thigh_sinks_deg, expected):
    """Foot out of the picture, and that small or dark, a real thigh sinks by 10 to 12 degrees."""
    assert n_counted(0, 0, 44, thigh_sinks_deg) == expected
