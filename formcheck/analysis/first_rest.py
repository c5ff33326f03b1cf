"""Where somebody rests before a first repetition, or the next one after an interruption."""

import math
from collections import deque

REST_SEEN_FOR_S = 0.1
# Who is still this long, within this share of the minimum excursion, rests, even where the reading
# is past the bound of rest by what it may err, or by this share of the excursion at most.
STILL_FOR_S = 0.5
STILL_WITHIN = 0.15
# Who has just got into place, and still moves by more than this share of it meanwhile, gets there.
ARRIVES_BY = 0.2


class FirstRest:
    """Wait for rest.

    Parameters
    ----------
    minimum_excursion
        Of a repetition, in the unit of the signal.
    slack
        How far beyond the bound of rest somebody who is still may be.

    Attributes
    ----------
    samples
        Times and travels since rest has been seen.
    """

    def __init__(self, minimum_excursion: float, slack: float) -> None:
        self._within = STILL_WITHIN * minimum_excursion
        self._arrives_by = ARRIVES_BY * minimum_excursion
        self._slack = slack
        self.samples: deque[tuple[float, float]] = deque()
        self.reset()

    def reset(self, *, is_arriving: bool = False) -> None:
        """Begin anew: nothing has been seen.

        Parameters
        ----------
        is_arriving
            Whether somebody was out of place until now: lying down after a sit-up is no bridge.
        """
        self._is_arriving = is_arriving
        self._since_s = math.nan
        self._still = (math.inf, -math.inf)
        self.samples.clear()

    def update(self, time_s: float, travel: float) -> float | None:
        """Take the next sample; return where rest is once it has been seen for long enough.

        Parameters
        ----------
        travel
            How far beyond the bound of rest, 0 or less on its rest side.
        """
        if travel > 0 and not self._is_still(time_s, travel):
            self._since_s = math.nan
            self.samples.clear()
            return None
        if self._is_arriving and self._moves(travel):
            self._since_s = math.nan
            self.samples.clear()
        if math.isnan(self._since_s):
            self._since_s = time_s
        self.samples.append((time_s, travel))
        while self.samples[0][0] < self._since_s:
            self.samples.popleft()
        seen_s = self._since_s + (REST_SEEN_FOR_S if travel <= 0 else STILL_FOR_S)
        # Not the newest sample: it comes later, and may be on its way, with a slow camera.
        return self._travel_at(seen_s) if time_s >= seen_s else None

    def _moves(self, travel: float) -> bool:
        return bool(self.samples) and abs(travel - self.samples[0][1]) > self._arrives_by

    def _travel_at(self, time_s: float) -> float:
        """Return what was read, or would have been, between the last two samples."""
        (before_s, before), (after_s, after) = self.samples[-2], self.samples[-1]
        return before + (time_s - before_s) / (after_s - before_s) * (after - before)

    def _is_still(self, time_s: float, travel: float) -> bool:
        """Return whether the reading stays where it is, near to where rest is."""
        low, high = min(self._still[0], travel), max(self._still[1], travel)
        is_still = high - low <= self._within
        self._still = (low, high) if is_still else (travel, travel)
        if not is_still:
            self._since_s = time_s
        return travel <= self._slack
