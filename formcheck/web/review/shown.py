"""Demonstrations that are being made into exercises: read once, kept while a page works on them."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from formcheck.authoring import Demonstration, Marks, Moved
from formcheck.authoring.saying import name_of, says_moved
from formcheck.errors import UsageError
from formcheck.exercises.readings import Reading
from formcheck.texts import Texts

MOST_KEPT = 4
MOST_CURVES = 10
_MOST_POINTS = 600
_KEY_BYTES = 12


class ShownDemonstrations:
    """The demonstrations of a few open pages; the oldest is forgotten for a new one."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Demonstration] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, demonstration: Demonstration) -> str:
        """Return the key under which a demonstration is found from here on."""
        key = secrets.token_urlsafe(_KEY_BYTES)
        with self._lock:
            self._kept[key] = demonstration
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return key

    def of(self, key: str) -> Demonstration:
        """Return a demonstration.

        Raises
        ------
        UsageError
            If it has been forgotten.
        """
        with self._lock:
            if key not in self._kept:
                raise UsageError("this demonstration is no longer open: choose it again")
            self._kept.move_to_end(key)
            return self._kept[key]


def plain_marks(marks: Marks) -> dict[str, object]:
    """Return marks for the page."""
    return {
        "is_hold": marks.is_hold,
        "marks": [
            {"kind": one.kind.value, "from_s": round(one.from_s, 2), "to_s": round(one.to_s, 2)}
            for one in marks.marks
        ],
    }


def plain_moved(
    demonstration: Demonstration, moved: Sequence[Moved], texts: Texts
) -> list[dict[str, object]]:
    """Return what moved for the page, the first of them with their curves."""
    return [
        {
            "measure": one.measure.name,
            "side": one.reading.side.value,
            "name": name_of(one, texts),
            "says": says_moved(one, texts),
            "part": one.part.value,
            "like": one.like,
            "errors": round(one.errors, 1),
            "at_rest": round(one.at_rest, 3),
            "at_effort": round(one.at_effort, 3),
            "expected_error": one.measure.expected_error,
            "unit": one.measure.unit,
            "curve": plain_curve(demonstration, one.reading) if number < MOST_CURVES else [],
        }
        for number, one in enumerate(moved)
    ]


def plain_times(demonstration: Demonstration) -> list[float]:
    """Return the times of the curves [s]."""
    return [round(one, 3) for one in _thinned(demonstration.time_s).tolist()]


def plain_curve(demonstration: Demonstration, reading: Reading) -> list[float | None]:
    """Return how a reading went; None where it could not be taken."""
    values = _thinned(demonstration.curve(reading)).tolist()
    return [None if value != value else round(value, 3) for value in values]  # noqa: PLR0124


def _thinned(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return values[:: max(1, -(-len(values) // _MOST_POINTS))]
