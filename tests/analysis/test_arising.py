"""Whether a posture was reached by a movement: readings that are known."""

import math

import pytest

from formcheck.analysis.arising import RESTED_WITHIN_S, Arising


def read(arising: Arising, *values: float, since_s: float = 0.0, is_held: bool) -> float:
    """Let each value be read for a second; return when that was over."""
    for number, value in enumerate(values):
        for tenth in range(10):
            time_s = since_s + number + tenth / 10
            if not is_held:
                arising.begin(time_s)
            arising.update(time_s, value, is_held=is_held)
    return since_s + len(values)


@pytest.mark.parametrize(("rested", "is_seen"), [(0, True), (7, True), (9, False), (20, False)])
def test_who_was_less_turned_before_has_turned(rested, is_seen):
    """From below by at least as much as is asked for."""
    arising = Arising(by=12)
    end_s = read(arising, rested, is_held=False)
    read(arising, 20, since_s=end_s, is_held=True)
    assert arising.is_seen is is_seen


def test_who_turns_back_had_turned():
    """A recording may begin in the posture: the way out of it shows as much."""
    arising = Arising(by=12)
    end_s = read(arising, 20, 20, is_held=True)
    assert not arising.is_seen
    for tenth in range(10):
        arising.update(end_s + tenth / 10, 4.0, is_held=False)
    assert arising.is_seen


def test_a_moment_is_no_rest():
    """Landmarks that jump for a few pictures have not been somewhere else."""
    arising = Arising(by=12)
    for tenth in range(30):
        arising.begin(tenth / 10)
        arising.update(tenth / 10, 0.0 if tenth in {14, 15} else 20.0, is_held=False)
    read(arising, 20, since_s=3, is_held=True)
    assert not arising.is_seen


def test_what_was_read_long_ago_says_nothing():
    """Who comes in facing the camera, and sits down turned to it, has not turned there."""
    arising = Arising(by=12)
    end_s = read(arising, 0, is_held=False)
    rests_s = math.ceil(RESTED_WITHIN_S) + 1
    end_s = read(arising, *[20.0] * rests_s, since_s=end_s, is_held=False)
    read(arising, 20, since_s=end_s, is_held=True)
    assert not arising.is_seen


def test_what_is_hidden_says_nothing():
    """Neither that it was low, nor that it is far."""
    arising = Arising(by=12)
    end_s = read(arising, math.nan, is_held=False)
    read(arising, 20, since_s=end_s, is_held=True)
    assert not arising.is_seen
