"""What must go with a movement: seen lacking it is another one, unseen is taken as given."""

import math

import pytest

from formcheck.analysis.events import NotAssessed
from formcheck.analysis.readings import channel
from formcheck.analysis.requirements import Requirements
from formcheck.analysis.taking import Taken
from formcheck.exercises.schema import Requirement, SideChoice

HIDDEN = NotAssessed("landmarks_hidden", "ankle hidden")


def is_met(requirement: Requirement, *taken: Taken) -> bool:
    """Return whether a movement of these readings, one a second, has what is required."""
    required = Requirements([requirement])
    for time_s, one in enumerate(taken):
        required.update(time_s, {channel(requirement): one})
    return required.are_met(peak_s=1)


def required(side: SideChoice, **bounds: float) -> Requirement:
    """Return what a peak of the wrist must be."""
    return Requirement(measure="wrist_height", side=side, statistic="peak", **bounds)


@pytest.mark.parametrize(("value", "expected"), [(0.5, True), (0.3, False), (math.nan, True)])
def test_what_is_seen_lacking_is_held_against_it(value, expected):
    """What is not seen is not."""
    assert is_met(required(SideChoice.LARGER, min=0.4), Taken(value)) is expected


def test_the_hidden_side_may_have_what_the_seen_one_lacks():
    """The larger of two is at least as large as the one that is seen."""
    one_seen = Taken(0.3, other_refused=HIDDEN)
    assert is_met(required(SideChoice.LARGER, min=0.4), one_seen)
    assert not is_met(required(SideChoice.SMALLER, min=0.4), one_seen)


def test_the_hidden_side_cannot_take_back_what_the_seen_one_does():
    """A hand overhead is overhead, wherever the other one is."""
    one_seen = Taken(0.9, other_refused=HIDDEN)
    assert not is_met(required(SideChoice.LARGER, max=0.4), one_seen)
    assert is_met(required(SideChoice.SMALLER, max=0.4), one_seen)


@pytest.mark.parametrize(
    ("moved", "progress", "so_far"),
    [(10, 1, False), (22, 1, True), (12, 0.6, False), (13, 0.6, True), (22, 1.5, True)],
)
def test_of_a_range_a_part_is_enough_while_it_goes_on(moved, progress, so_far):
    """What is not over may still come to what is required; half-way it has come half of that."""
    moves = Requirement(measure="elbow_flexion", statistic="range", min=35)
    required = Requirements([moves])
    for time_s, value in enumerate((90.0, 90.0 - moved)):
        required.update(time_s, {channel(moves): Taken(value)})
    assert required.are_met_so_far(progress) is so_far
    assert not required.are_met(peak_s=1)


@pytest.mark.parametrize(("rested_s", "expected"), [(0.5, True), (0.7, False)])
def test_what_goes_with_a_movement_may_begin_before_it(rested_s, expected):
    """Hands part before the weight shifts; what they did long before is not of this movement."""
    parts = Requirement(measure="hands_height_gap", statistic="range", min=0.22)
    required = Requirements([parts])
    required.rest(0.0, {channel(parts): Taken(0.0)})
    required.rest(rested_s, {channel(parts): Taken(0.1)})
    required.update(rested_s + 0.1, {channel(parts): Taken(0.15)})
    required.update(rested_s + 1, {channel(parts): Taken(0.3)})
    assert required.are_met(rested_s + 1) is expected


def test_rest_says_nothing_against_a_movement():
    """Only what is asked for may begin before it: elbows that were bent until then are straight."""
    straight = Requirement(measure="elbow_flexion", statistic="range", max=20)
    required = Requirements([straight])
    required.rest(0.0, {channel(straight): Taken(90.0)})
    required.update(0.1, {channel(straight): Taken(10.0)})
    assert required.are_met(0.1)


def test_a_range_is_not_too_small_where_the_furthest_was_not_seen():
    """Heels that are hidden while the leg is out have not stayed together."""
    moves = Requirement(measure="elbow_flexion", statistic="range", min=35)
    assert is_met(moves, Taken(90.0), Taken(math.nan), Taken(math.nan))
    assert not is_met(moves, Taken(90.0), Taken(88.0), Taken(math.nan))


@pytest.mark.parametrize(
    ("heels", "thighs", "expected"),
    [
        ((0.0, 0.3), (0.0, 2.0), True),
        ((0.0, 0.1), (0.0, 20.0), False),
        ((math.nan, math.nan), (0.0, 20.0), True),
        ((math.nan, math.nan), (0.0, 2.0), False),
        ((math.nan, math.nan), (math.nan, math.nan), True),
    ],
)
def test_what_stands_in_place_of_another_is_asked_for_where_that_is_hidden(heels, thighs, expected):
    """A heel that is seen to slide is enough, one that is hidden is told by the thighs."""
    slides = Requirement(measure="heels_apart", statistic="range", min=0.14)
    sinks = Requirement(
        measure="thighs_apart", statistic="range", min=10, in_place_of="heels_apart"
    )
    required = Requirements([slides, sinks])
    for time_s, (heel, thigh) in enumerate(zip(heels, thighs, strict=True)):
        now = {channel(slides): Taken(heel), channel(sinks): Taken(thigh)}
        required.update(time_s, now)
    assert required.are_met(peak_s=1) is expected
