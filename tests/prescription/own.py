"""An exercise of one's own, as a demonstration makes it: the bridge, under a name of its own."""

import datetime

from formcheck.exercises.demonstrated import Demonstrated
from formcheck.exercises.library import find
from formcheck.exercises.schema import Exercise

BUILT_IN = find("glute_bridge")
OWN: Exercise = BUILT_IN.model_copy(
    update={
        "id": "own_bridge",
        "name": "Our bridge",
        "group": None,
        "easier": (),
        "harder": (),
        "alternatives": (),
        "motion": (),
        "only_when_named": True,
        "demonstrated": Demonstrated(on=datetime.date(2026, 3, 1), view="side", repetitions=5),
    }
)
