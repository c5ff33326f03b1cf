"""What is judged of a repetition as a whole is what lies between its start and its end."""

import numpy as np
import pytest

from formcheck.analysis.events import Fault
from formcheck.analysis.form import MovementRule
from formcheck.analysis.movement import Movement
from formcheck.analysis.readings import channel
from formcheck.analysis.taking import Taken
from formcheck.exercises import library
from formcheck.exercises.schema import Phase
from formcheck.landmarks import Side
from formcheck.measures import View

END_S = 1.95
ROCKING = next(rule for rule in library.find("cat_cow").form if rule.name == "rocking")
SHIFTS = next(rule for rule in library.find("bird_dog").form if rule.name == "trunk_shifts")
STANDS_DEG, LIFTED_DEG = -80.0, 0.0


def judged(fps: int, rocked_s: float) -> Fault | None:
    """Return what is said of hips that stay at 80 degrees until they hurry to 180.

    The last frame is the one that completes the repetition: the first at its end or after it.
    """
    rule = MovementRule(ROCKING)
    for number in range(round(np.ceil(END_S * fps)) + 1):
        time_s = number / fps
        hip_deg = float(np.interp(time_s, [rocked_s, rocked_s + 0.1], [80, 180]))
        rule.update(time_s, Phase.RETURN, View.SIDE, {channel(ROCKING): Taken(hip_deg)})
    return rule.complete(Movement(0, 1, END_S, 0.5, 1, 0.45, 0, 90, is_full=True))


@pytest.mark.parametrize("fps", [15, 20, 30, 60])
def test_what_comes_after_the_end_is_no_fault_of_a_repetition(fps):
    """Who hurries on has gone far until a slow camera takes its next picture."""
    assert judged(fps, rocked_s=END_S) is None
    assert judged(fps, rocked_s=END_S - 0.2).name == "rocking"


def swayed(side: Side, *, by_deg: float, exchanged_s: float = 0.0) -> Fault | None:
    """Return what is said of a bird-dog of one side with a sway of its standing thigh.

    After a second the legs are taken for one another for a while.
    """
    rule = MovementRule(SHIFTS)
    for number in range(60):
        time_s = number / 30
        stands_deg = STANDS_DEG + by_deg * min(1.0, time_s)
        legs = {side: stands_deg, side.opposite: LIFTED_DEG}
        if 1 <= time_s < 1 + exchanged_s:
            legs = {one: legs[one.opposite] for one in Side}
        readings = {channel(SHIFTS, one): Taken(legs[one]) for one in Side}
        rule.update(time_s, Phase.EFFORT, View.SIDE, readings)
    return rule.complete(Movement(0, 1, 2, 0.5, 1, 0.5, 0, 90, is_full=True), side)


@pytest.mark.parametrize("side", Side)
def test_the_side_that_a_repetition_belongs_to_is_judged(side):
    """Whichever it was taken for on the way: the thigh that stands is looked at, all the time."""
    assert swayed(side, by_deg=8) is None
    assert swayed(side, by_deg=25).name == "trunk_shifts"


def test_limbs_that_are_taken_for_one_another_for_a_moment_are_no_fault():
    """The lifted leg read as the standing one; what lasts for longer is believed."""
    assert swayed(Side.LEFT, by_deg=0, exchanged_s=0.3) is None
    assert swayed(Side.LEFT, by_deg=25, exchanged_s=0.3).value == pytest.approx(25, abs=1)
    assert swayed(Side.LEFT, by_deg=0, exchanged_s=0.5).value == LIFTED_DEG - STANDS_DEG
