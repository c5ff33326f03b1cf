"""Follow how well the camera sees the patient, and say one thing at a time about it.

It goes green by itself once everything needed has been good for a second, and stays so until
something has been wrong for a second: people get into position while it looks.
"""

import math
from collections import deque

from formcheck.analysis.snapshot import Snapshot
from formcheck.exercises.schema import Exercise
from formcheck.measures import View
from formcheck.session.needed import needed
from formcheck.session.placement import (
    PictureQuality,
    Placement,
    PlacementCheck,
    PlacementCode,
    PlacementStatus,
)
from formcheck.session.placement_checks import Look, checks

GREEN_AFTER_S = 1.0
LOST_AFTER_S = 1.0
# A person the engine does not find for less than this has not gone.
REMEMBERED_S = 0.5
# An advice stands at least this long while it holds, or nobody could follow it.
ADVICE_STANDS_S = 1.5
RATE_OVER_S = 2.0
_ROUNDING_S = 1e-6
# Known only where somebody measures it: what is not known does not keep from beginning.
_MAY_BE_UNKNOWN = frozenset({PlacementCode.LIGHT, PlacementCode.FRAME_RATE})


class PlacementCoach:
    """Follow how well the camera sees one exercise.

    Examples
    --------
    >>> from formcheck.analysis.snapshot import Snapshot
    >>> from formcheck.exercises import library
    >>> coach = PlacementCoach(library.find("glute_bridge"))
    >>> coach.update(Snapshot(0.0, None)).advice
    <Advice.COME_INTO_PICTURE: 'come_into_picture'>
    """

    def __init__(self, exercise: Exercise) -> None:
        self._exercise = exercise
        self._needed = {view: needed(exercise, view) for view in View}
        self._times_s: deque[float] = deque()
        self._seen_s = -math.inf
        self._checks: tuple[PlacementCheck, ...] = ()
        self._good: frozenset[PlacementCode] = frozenset()
        self._is_good = False
        self._differs_since_s = math.nan
        self._primary: PlacementCode | None = None
        self._primary_since_s = -math.inf

    def update(self, snapshot: Snapshot, picture: PictureQuality | None = None) -> Placement:
        """Take what a Coach of the exercise sees at the next instant."""
        time_s = snapshot.time_s
        if snapshot.pose is not None:
            self._seen_s = time_s
        rate_hz = self._rate_hz(time_s, picture)
        is_blink = snapshot.pose is None and time_s - self._seen_s < REMEMBERED_S
        if not (is_blink and self._checks):
            look = Look(self._exercise, self._needed, snapshot, picture, rate_hz, self._good)
            self._checks = checks(look)
        self._good = frozenset(
            check.code for check in self._checks if check.status is PlacementStatus.GOOD
        )
        self._follow(time_s)
        return Placement(self._checks, self._is_good, self._most_useful(time_s))

    def _rate_hz(self, time_s: float, picture: PictureQuality | None) -> float:
        """Return pictures a second: as measured by who has them, or by when they come."""
        self._times_s.append(time_s)
        while time_s - self._times_s[0] > RATE_OVER_S:
            self._times_s.popleft()
        if picture is not None and not math.isnan(picture.rate_hz):
            return picture.rate_hz
        span_s = time_s - self._times_s[0]
        return (len(self._times_s) - 1) / span_s if span_s >= RATE_OVER_S / 2 else math.nan

    def _follow(self, time_s: float) -> None:
        """Become good, or no longer good, only after a while."""
        are_good = all(_is_enough(check) for check in self._checks)
        if are_good == self._is_good:
            self._differs_since_s = math.nan
            return
        if math.isnan(self._differs_since_s):
            self._differs_since_s = time_s
        patience_s = GREEN_AFTER_S if are_good else LOST_AFTER_S
        if time_s - self._differs_since_s >= patience_s - _ROUNDING_S:
            self._is_good, self._differs_since_s = are_good, math.nan

    def _most_useful(self, time_s: float) -> PlacementCheck | None:
        bad = {check.code: check for check in self._checks if check.status is PlacementStatus.BAD}
        stands = time_s - self._primary_since_s < ADVICE_STANDS_S
        if self._primary not in bad or not stands:
            first = next(iter(bad), None)  # in the order of importance
            if first is not self._primary:
                self._primary, self._primary_since_s = first, time_s
        return bad[self._primary] if self._primary else None


def _is_enough(check: PlacementCheck) -> bool:
    is_unknown = check.status is PlacementStatus.UNKNOWN
    return check.status is PlacementStatus.GOOD or (is_unknown and check.code in _MAY_BE_UNKNOWN)
