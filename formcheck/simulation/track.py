"""Movements one after the other, written as from keyframe to keyframe, and solved together."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from formcheck.exercises.joints import Array
from formcheck.simulation.moments import Body, Keyframe
from formcheck.simulation.solving import Demands

KNOT_S = 0.1
_SAME_PLACE_M = 0.001


def minimum_jerk(share: Array) -> Array:
    """Return how far a movement has come, 0 to 1, after a share of its time.

    Speed and acceleration are zero at both ends (Flash and Hogan, 1985).
    """
    s = np.clip(share, 0.0, 1.0)
    return np.asarray(s**3 * (10 - 15 * s + 6 * s * s))


@dataclass(frozen=True, eq=False)
class Way:
    """From one keyframe to another, with a bow between them.

    Attributes
    ----------
    first, second
        From where, and to where.
    bow, bow_asked
        See `Moments`.
    is_loose
        Whether nothing is held on to on the way: the body rests on what is lowest.
    """

    first: Keyframe
    second: Keyframe
    bow: Array | None = None
    bow_asked: NDArray[np.bool_] | None = None
    is_loose: bool = False

    def postures(self, shares: Array) -> Array:
        """Return what is preferred after shares of the way, shape (n, n angles)."""
        s = shares[:, None]
        straight = self.first.posture + (self.second.posture - self.first.posture) * s
        return np.asarray(straight if self.bow is None else straight + 4 * s * (1 - s) * self.bow)

    @property
    def asked(self) -> NDArray[np.bool_]:
        """Which angles are asked on the way."""
        asked = self.first.asked | self.second.asked
        return asked if self.bow_asked is None else asked | self.bow_asked

    def floor(self, body: Body, shares: Array) -> tuple[Array, NDArray[np.bool_]]:
        """Return where contacts hold on the way, and which coordinates of them.

        What touches at both ends keeps its height, and its place if that is the same.
        """
        first, second = self.first, self.second
        if np.ptp(shares) == 0 and shares[0] in {0.0, 1.0}:
            first = second = second if shares[0] else first
        moving = first is not second
        both = (first.contacts | first.hovers) & (second.contacts | second.hovers)
        touching = body.points.which(both)
        if self.is_loose and moving:
            touching[:] = False
        same = np.abs(first.places - second.places).max(1) < _SAME_PLACE_M
        holds = np.zeros(first.places.shape, bool)
        holds[:, 1] = touching
        holds[touching & same] = True
        s = shares[:, None, None]
        targets = first.places + (second.places - first.places) * s
        return targets, np.repeat(holds[None], len(shares), 0)


@dataclass(slots=True)
class Track:
    """What a body does over time."""

    body: Body
    here: Keyframe
    now_s: float = 0.0
    _way: Way = field(init=False)
    _share: float = field(init=False, default=0.0)
    _times: list[Array] = field(init=False)
    _postures: list[Array] = field(init=False, default_factory=list)
    _asked: list[NDArray[np.bool_]] = field(init=False, default_factory=list)
    _targets: list[Array] = field(init=False, default_factory=list)
    _holds: list[NDArray[np.bool_]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self._way = Way(self.here, self.here)
        self._times = []
        self._write(np.zeros(1), np.zeros(1))

    def stay(self, duration_s: float) -> None:
        """Stay as it is for a time [s]."""
        if duration_s > 0:
            self._along(self._share, duration_s)

    def go(self, way: Way, duration_s: float, reach: float = 1.0) -> None:
        """Go along a way, from its beginning to a share of it, within a time [s]."""
        self._way, self._share = way, 0.0
        self._along(reach, duration_s)

    def onward(self, reach: float, duration_s: float) -> None:
        """Go on, or back, to another share of the same way."""
        self._along(reach, duration_s)

    def _along(self, reach: float, duration_s: float) -> None:
        count = max(2, int(np.ceil(duration_s / KNOT_S)))
        time = np.arange(1, count + 1) / count
        shares = self._share + (reach - self._share) * minimum_jerk(time)
        self._write(self.now_s + duration_s * time, shares)
        self.now_s += duration_s
        self._share = reach

    def _write(self, times: Array, shares: Array) -> None:
        targets, holds = self._way.floor(self.body, shares)
        self._times.append(times)
        self._postures.append(self._way.postures(shares))
        self._asked.append(np.repeat(self._way.asked[None], len(times), 0))
        self._targets.append(targets)
        self._holds.append(holds)

    @property
    def times_s(self) -> Array:
        """When the knots are [s]."""
        return np.concatenate(self._times)

    def demands(self, added: Array) -> Demands:
        """Return what is asked of every knot.

        Parameters
        ----------
        added
            To the angles of each knot [deg], shape (n knots, n angles).
        """
        return Demands(
            np.concatenate(self._postures) + added,
            np.concatenate(self._asked),
            self.body.points,
            np.concatenate(self._targets),
            np.concatenate(self._holds),
        )
