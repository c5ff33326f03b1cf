"""The session's own time, whatever the page's clock does.

Pictures carry the time at which they were taken, on the clock of the page, which begins anew
with every page and may stand still while a computer sleeps. The spacing of the pictures comes
from there, so that a late one is not taken for a slow movement; where the session stands comes
from this computer's monotonic clock.
"""

import math
import time
from collections.abc import Callable

# The page's time may run this far from ours before it is taken to have jumped.
MOST_AHEAD_S = 0.5
MOST_BEHIND_S = 1.5
SMALLEST_STEP_S = 0.001


# Who has not been watched for this long is not taken to have gone on.
ASLEEP_S = 3.0


class SessionClock:
    """Give the times of a session, which never go back.

    Parameters
    ----------
    begin_s
        Where it begins: 0, or after the end of a session that is gone on with [s].
    monotonic
        Gives the time [s].

    Examples
    --------
    >>> clock = SessionClock(monotonic=lambda: 100.0)
    >>> clock.of_picture(5000.0), clock.of_picture(5033.0)
    (0.0, 0.033)
    """

    def __init__(
        self, begin_s: float = 0.0, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._monotonic = monotonic
        self._zero_s = monotonic() - begin_s
        self._offset_s = math.nan
        self._last_picture_s = -math.inf
        self._heard_s = monotonic()
        self.last_s = begin_s

    @property
    def now_s(self) -> float:
        """Where the session stands [s]."""
        return self._monotonic() - self._zero_s

    @property
    def silence_s(self) -> float:
        """For how long no picture has been looked at, whenever it was taken [s]."""
        return self._monotonic() - self._heard_s

    def hear(self) -> None:
        """Note that a picture has been looked at."""
        self._heard_s = self._monotonic()

    def forget_page(self) -> None:
        """Expect a page with another clock."""
        self._offset_s = math.nan

    def of_picture(self, capture_ms: float) -> float:
        """Return when a picture was taken, after the one before it.

        Raises
        ------
        ValueError
            If that is no time.
        """
        if not math.isfinite(capture_ms) or capture_ms < 0:
            raise ValueError(f"a picture of {capture_ms} ms")
        now_s = self.now_s
        time_s = capture_ms / 1000 + self._offset_s
        if not now_s - MOST_BEHIND_S <= time_s <= now_s + MOST_AHEAD_S:
            self._offset_s = now_s - capture_ms / 1000
            time_s = now_s
        time_s = max(round(time_s, 6), self._last_picture_s + SMALLEST_STEP_S)
        self._last_picture_s = time_s
        return time_s

    def is_next(self, time_s: float) -> bool:
        """Whether a picture of this time can follow: not where time has gone on without it.

        One that the engine held back for long is older than what the session has been told
        meanwhile; one that was under way when another session began is of another time.
        """
        return self.last_s < time_s <= self.now_s + MOST_AHEAD_S

    def step(self, time_s: float) -> float:
        """Return a time for what comes next: this one, or just after what came before."""
        self.last_s = max(time_s, self.last_s + SMALLEST_STEP_S)
        return self.last_s


class SleepWatch:
    """Notice that this computer slept, or this program was stopped, since it was last asked.

    Parameters
    ----------
    wall
        Gives the time of day [s]: on some systems the monotonic clock sleeps too.

    Examples
    --------
    >>> times_s = iter([100.0, 100.3, 120.0, 120.3])
    >>> watch = SleepWatch(lambda: next(times_s))
    >>> watch.has_slept(), watch.has_slept(), watch.has_slept()
    (False, True, False)
    """

    def __init__(self, wall: Callable[[], float] = time.time) -> None:
        self._wall = wall
        self._awake_s = wall()

    def has_slept(self) -> bool:
        """Whether more time has passed since the last call than goes unnoticed."""
        before_s, self._awake_s = self._awake_s, self._wall()
        return self._awake_s - before_s > ASLEEP_S
