"""Times that start at 0 and strictly increase, from whatever a file or a camera says.

Files repeat timestamps, go backwards, leave some out, and begin again where two were joined.
The pose engine refuses anything that does not increase.
"""

SMALLEST_STEP_S = 0.001
# A file whose clock goes back this far was joined from two; less is disorder within one.
RESTART_S = 1.0


class Clock:
    """Turn stated times into usable ones.

    Parameters
    ----------
    nominal_step_s
        Time between two frames where the file says nothing [s].

    Examples
    --------
    >>> clock = Clock(nominal_step_s=0.04)
    >>> [round(clock.update(stated_s), 3) for stated_s in (7.0, 7.04, 7.04, None, 7.12)]
    [0.0, 0.04, 0.041, 0.081, 0.12]
    """

    def __init__(self, nominal_step_s: float) -> None:
        self._nominal_step_s = nominal_step_s
        self._offset_s: float | None = None
        self._last_s: float | None = None

    def update(self, stated_s: float | None) -> float:
        """Return the time of the next frame [s]; None where the file does not say."""
        expected_s = 0.0 if self._last_s is None else self._last_s + self._nominal_step_s
        if stated_s is None:
            time_s = expected_s
        else:
            if self._offset_s is None or self._is_restart(stated_s + self._offset_s):
                self._offset_s = expected_s - stated_s
            time_s = stated_s + self._offset_s
        if self._last_s is not None:
            time_s = max(time_s, self._last_s + SMALLEST_STEP_S)
        self._last_s = time_s
        return time_s

    def restart(self) -> None:
        """Expect the next stated time to belong to another count: go on from the last frame."""
        self._offset_s = None

    def _is_restart(self, time_s: float) -> bool:
        return self._last_s is not None and time_s < self._last_s - RESTART_S
