"""Somebody who is seen to roll over and back at once is not seen rightly."""

from dataclasses import replace

import numpy as np
import pytest

from formcheck.analysis.coach import Coach
from formcheck.analysis.events import RepetitionCompleted
from formcheck.analysis.observing import Observer
from formcheck.analysis.presence import IMPLAUSIBLE
from formcheck.analysis.tumbling import IN_DOUBT_FOR_S, ROLLS_BACK_WITHIN_S, Tumbling
from formcheck.exercises.library import find
from formcheck.exercises.schema import Orientation
from tests.people import poses

BRIDGE = find("glute_bridge")
BACK, FRONT, LYING_ON_THE_SIDE = (
    Orientation.SUPINE,
    Orientation.FACE_DOWN,
    Orientation.SIDE_LYING,
)


def in_doubt(*seen: tuple[float, Orientation]) -> bool:
    """Return whether there is doubt after these instants."""
    tumbling = Tumbling()
    for time_s, orientation in seen:
        tumbling.update(time_s, orientation)
    return tumbling.is_in_doubt


def front_for_back(pose):
    """Return the body as the engine reads it that takes the back for the front."""
    return replace(pose, world=np.multiply(pose.world, (1.0, 1.0, -1.0)))


def test_rolling_over_and_back_at_once_raises_doubt_for_a_while():
    """Within three seconds; on the way it may be read as lying on the side."""
    rolled = ((0.0, BACK), (0.5, LYING_ON_THE_SIDE), (1.0, FRONT), (2.0, BACK))
    assert in_doubt(*rolled)
    assert in_doubt(*rolled, (2.0 + IN_DOUBT_FOR_S - 0.1, BACK))
    assert not in_doubt(*rolled, (2.0 + IN_DOUBT_FOR_S + 0.1, BACK))


@pytest.mark.parametrize(
    "seen",
    [
        ((0.0, BACK), (1.0, FRONT), (1.2 + ROLLS_BACK_WITHIN_S, BACK)),
        ((0.0, BACK), (0.5, LYING_ON_THE_SIDE), (1.0, BACK), (1.5, LYING_ON_THE_SIDE)),
        ((0.0, BACK), (0.5, Orientation.UPRIGHT), (1.0, FRONT)),
    ],
    ids=["slowly", "half over and back", "over only"],
)
def test_what_people_can_do_raises_none(seen):
    """To roll over slowly, to open like a book, to turn onto the front once."""
    assert not in_doubt(*seen)


def test_nothing_is_read_off_a_body_that_tumbles_and_what_went_before_is_given_up():
    """Both at the instant at which it shows, and nothing is refused before or long after."""
    seen = poses("glute_bridge")
    flips = {k for k, (time_s, _) in enumerate(seen) if 2.0 <= time_s < 2.8}
    observer = Observer([BRIDGE])
    instants = [
        observer.update(time_s, front_for_back(pose) if k in flips else pose)
        for k, (time_s, pose) in enumerate(seen)
    ]
    doubted_s = [one.time_s for one in instants if one.refused is IMPLAUSIBLE]
    assert [one.time_s for one in instants if one.is_new] == pytest.approx([doubted_s[0]])
    assert 2.8 <= doubted_s[0] <= 3.3
    assert doubted_s[-1] - doubted_s[0] == pytest.approx(IN_DOUBT_FOR_S, abs=0.1)


def test_bodies_that_tumble_all_the_time_do_nothing_that_counts():
    """A bridge whose every other second is taken for somebody face down has no repetition."""
    coach, counted = Coach([BRIDGE]), []
    for time_s, pose in poses("glute_bridge"):
        is_flipped = int(time_s) % 2 == 1
        now = coach.update(time_s, front_for_back(pose) if is_flipped else pose)
        counted += [event for event in now.events if isinstance(event, RepetitionCompleted)]
    assert not counted
