"""Five times sit-to-stand, as the camera has timed it among the exercises of the last weeks."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from formcheck.prescription.sit_to_stand_test import EXERCISE, N_STANDS, VARIANT, timed
from formcheck.store import Store
from formcheck.store.figures import SetFigures
from formcheck.weeks.days import local_day


class Stood(NamedTuple):
    """How long five stands took on a day [s].

    Whether they were meant as the test, as fast as is safe, only the patient knows: it is offered
    to be entered, and enters nothing by itself.
    """

    day: date
    five_stands_s: float


def stood(store: Store, sets: Sequence[SetFigures]) -> Stood | None:
    """Return the newest time of five stands; None where nobody stood up five times in a set."""
    with_five = [
        one.session_id for one in sets if one.exercise == EXERCISE and one.n_repetitions >= N_STANDS
    ]
    for session_id in reversed(dict.fromkeys(with_five)):
        session = store.session(session_id, poses=False)
        for one in reversed(session.sets):
            if one.exercise != EXERCISE:
                continue
            time = timed(rise for rise in one.repetitions if rise.variant == VARIANT)
            if time:
                return Stood(local_day(session.started), time.score_s)
    return None
