"""What is judged of a repetition as a whole is what lies between its start and its end."""

import numpy as np
import pytest

from formcheck.analysis.events import Fault
from formcheck.analysis.form import MovementRule
from formcheck.analysis.movement import Movement
from formcheck.analysis.readings import Taken, channel
from formcheck.exercises import library
from formcheck.exercises.schema import Phase
from formcheck.measures import View

END_S = 1.95
ROCKING = next(rule for rule in library.find("cat_cow").form if rule.name == "rocking")


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
