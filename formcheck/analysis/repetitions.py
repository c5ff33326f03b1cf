"""Count repetitions of one signal, one sample at a time.

A repetition leaves rest, moves by at least the minimum excursion, reaches the effort value and
comes back. Excursion is measured from this person's own rest, so an offset of the camera or of
the landmarks does not matter; the absolute values in the exercise file only keep out movements
that start or end in the wrong place. Noise smaller than the excursion never counts, because a
movement must travel all of it, and back.

What turns back half-way is an attempt. What begins before rest was seen, or takes too long, is
neither: nothing counts while somebody gets into position.
"""

import math
from collections import deque

from formcheck import measures
from formcheck.analysis.first_rest import REST_SEEN_FOR_S, FirstRest
from formcheck.analysis.leaps import LARGEST_STEP, appears_and_vanishes, has_leap
from formcheck.analysis.movement import REST, Movement
from formcheck.analysis.movement_ends import came_back_s, left_rest_s, near_furthest_s
from formcheck.exercises.schema import Phase, Signal

# Shares of the minimum excursion (leaving rest) and of the excursion made (the other two).
LEAVES_REST_AT = 0.3
EFFORT_FROM = 0.9
BACK_AT_REST_BELOW = 0.15
# A return that stops short is still one: people start the next repetition before being down.
RETURN_MAY_STOP_BELOW = 0.45
TURNS_UP_AGAIN_BY = 0.12
# Who came back by as much as this share of the way of the time before has returned as well: a rest
# that was read too low for a moment (landmarks that jump) would never be reached again.
COMES_BACK_AS_BEFORE_FROM = 0.8
ATTEMPT_FROM = 0.5
# Nobody does one of these exercises faster; landmarks that jump do.
SHORTEST_S = 0.5
REST_DRIFT_S = 2.0
# Who is still rests also where the reading is past the bound of rest by what it may err, or by this
# share of the minimum excursion at most.
STILL_UP_TO = 0.5
# Who left what was taken for rest, not as far as a repetition, and stays there, has come to rest
# only now: on the way down to the floor a reading passes lower values than it will rest at. So has
# who came back most of the way and stays: a rest that was read too low is never reached again, and
# nothing may follow that shows it.
SETTLES_FOR_S = 2.0
# Once a repetition has come back to it, rest is known: who stays away from it has stopped short, as
# in a low bridge, and rests elsewhere only where that is for longer than such a stop is held.
SETTLES_ANEW_FOR_S = 6.0
SETTLED_WITHIN = 0.3
LONGEST_GAP_S = 2.0
# Limbs that are taken for one another are so for 0.15 s on average: who is back at rest from one
# frame to the next, by more than so many times what the reading may err, must stay there longer.
LEAPS_BACK_FOR_S = 0.35
LEAP_ERRORS = 3.0


class RepetitionCounter:
    """Turn the samples of one signal into movements.

    Parameters
    ----------
    signal
        The thresholds, from the exercise file.
    longest_s
        A movement that takes longer is given up [s].

    Attributes
    ----------
    phase
        Where the movement stands after the last sample.
    is_armed
        Whether rest has been seen, so that a repetition may begin.

    Examples
    --------
    >>> signal = Signal(measure="knee_flexion", rest=30, effort=60, minimum_excursion=50, target=90)
    >>> counter = RepetitionCounter(signal, longest_s=10)
    >>> for time_s, knee_deg in enumerate([5, 5, 60, 95, 60, 5]):
    ...     movement = counter.update(time_s, knee_deg)
    >>> movement.peak_value, movement.end_s
    (95.0, 5)
    """

    def __init__(self, signal: Signal, longest_s: float) -> None:
        self._signal = signal
        self._direction = math.copysign(1.0, signal.target - signal.rest)
        self._effort = self._direction * (signal.effort - signal.rest)
        self._minimum = signal.minimum_excursion
        self._error = measures.find(signal.measure).expected_error
        self._slack = min(self._error, STILL_UP_TO * self._minimum)
        self._longest_s = longest_s
        self._first_rest = FirstRest(self._minimum, self._slack)
        self._samples: deque[tuple[float, float]] = deque()
        self._below_rest: deque[tuple[float, float]] = deque()
        self.interrupt()

    def interrupt(self, *, is_arriving: bool = False) -> None:
        """Give up what was going on and wait for rest: a cut, another person, another pose.

        Parameters
        ----------
        is_arriving
            Whether the body is out of place, and may be on its way into it.
        """
        self.phase = REST
        self.is_armed = False
        self._first_rest.reset(is_arriving=is_arriving)
        self._settling = (math.inf, -math.inf)
        self._settling_s = math.nan
        self._rest = math.nan
        self._rest_s = math.nan
        self._last_s = math.nan
        self._peak = -math.inf
        self._low_since_peak = math.inf
        self._leapt_s = math.inf
        self._came_back_by = math.inf
        self._samples.clear()
        self._below_rest.clear()

    def update(self, time_s: float, value: float) -> Movement | None:
        """Take the next sample; return the movement that it completes, if any.

        Parameters
        ----------
        time_s
            Time of the sample [s], later than the one before.
        value
            The signal, or NaN while it cannot be read.
        """
        if math.isnan(value):
            if time_s - self._last_s > LONGEST_GAP_S:
                self.interrupt()
            return None
        travel = self._direction * (value - self._signal.rest)
        elapsed_s = time_s - self._last_s
        self._last_s = time_s
        if self.phase is REST:
            self._follow_rest(time_s, travel, elapsed_s)
            return None
        return self._follow_movement(time_s, travel)

    @property
    def way_from_rest(self) -> float:
        """Where a movement stood when it was last seen: 0 at rest, 1 at its furthest."""
        return (self._samples[-1][1] - self._rest) / self._excursion()

    @property
    def progress(self) -> float:
        """How much of the way from rest to where it counts was made when it was last seen."""
        if self.phase is REST:
            return 0.0
        needed = max(self._effort - self._rest, self._minimum)
        return (self._samples[-1][1] - self._rest) / needed

    @property
    def rest_value(self) -> float:
        """The signal at this person's rest."""
        return self._value(self._rest)

    def is_past_rest(self, value: float) -> bool:
        """Return whether a movement begins here that starts from rest."""
        travel = self._direction * (value - self._signal.rest)
        return travel - self._rest > LEAVES_REST_AT * self._minimum

    def wait(self, time_s: float) -> None:
        """Take an instant in which what moves is out of sight, but known to be away from rest."""
        self._last_s = time_s

    def finish(self, *, ends_at_effort: bool = False) -> Movement | None:
        """Return the repetition that the end of the recording cut off, if it was nearly done.

        It counts where at least half of the way back was seen, or none at all is needed
        (``ends_at_effort``); what turned back half-way is an attempt as ever.
        """
        is_nearly_done = self.phase is not REST and self._is_nearly_done(ends_at_effort)
        movement = self._movement(is_whole=False) if is_nearly_done else None
        self.interrupt()
        return movement

    def _is_nearly_done(self, ends_at_effort: bool) -> bool:
        travel = self._samples[-1][1]
        has_returned = self._peak - travel >= 0.5 * self._excursion()
        if self._is_effort_reached():
            return has_returned or ends_at_effort
        return has_returned and self._is_rest_known() and self._has_turned_back(travel)

    # At rest

    def _follow_rest(self, time_s: float, travel: float, elapsed_s: float) -> None:
        if not self.is_armed:
            self._wait_for_rest(time_s, travel)
            return
        above_rest = travel - self._rest
        if above_rest > LEAVES_REST_AT * self._minimum:
            self._begin(time_s, travel)
            return
        # The resting value itself may creep: people settle, cameras are moved.
        if above_rest < 0:
            self._rest = min(self._rest, self._highest_lately(time_s, travel))
        else:
            self._rest += above_rest * min(1.0, elapsed_s / REST_DRIFT_S)
            self._below_rest.clear()
        if above_rest <= LEAVES_REST_AT / 2 * self._minimum:
            self._rest_s = time_s
        self._samples.append((time_s, travel))
        while self._samples[0][0] < self._rest_s:
            self._samples.popleft()

    def _highest_lately(self, time_s: float, travel: float) -> float:
        """Return the rest that is seen below the present one, which stays until it has lasted.

        An arm that is taken for the other one for two frames does not rest lower.
        """
        self._below_rest.append((time_s, travel))
        if time_s - self._below_rest[0][0] < REST_SEEN_FOR_S:
            return self._rest
        while time_s - self._below_rest[0][0] > REST_SEEN_FOR_S and len(self._below_rest) > 1:
            self._below_rest.popleft()
        return max(below for _, below in self._below_rest)

    def _wait_for_rest(self, time_s: float, travel: float) -> None:
        rest = self._first_rest.update(time_s, travel)
        if rest is not None:
            self.is_armed = True
            self._rest, self._rest_s = rest, time_s
            self._samples.extend(self._first_rest.samples)
            self._first_rest.reset()

    def _begin(self, time_s: float, travel: float) -> None:
        self.phase = Phase.OUTBOUND
        self._settling = (travel, travel)
        self._settling_s = time_s
        self._below_rest.clear()
        self._peak = travel
        self._low_since_peak = travel
        self._samples.append((time_s, travel))

    # Under way

    def _follow_movement(self, time_s: float, travel: float) -> Movement | None:
        if self._leaps_back(travel):
            if time_s - self._samples[-1][0] <= LEAPS_BACK_FOR_S:
                self._leapt_s = min(self._leapt_s, time_s)
                return None
            time_s = min(self._leapt_s, time_s)  # then it was back already
        self._leapt_s = math.inf
        self._samples.append((time_s, travel))
        if time_s - self._samples[0][0] > self._longest_s:
            self.interrupt()
            return None
        if travel >= self._peak:
            self._peak = self._low_since_peak = travel
        self._low_since_peak = min(self._low_since_peak, travel)
        if self._is_back(travel):
            return self._complete(time_s, travel)
        if self._has_settled(time_s, travel):
            is_repetition = self._is_effort_reached()
            return (self._complete if is_repetition else self._rest_here)(time_s, travel)
        self.phase = self._phase(travel)
        return None

    def _has_settled(self, time_s: float, travel: float) -> bool:
        """Return whether a movement has come to rest near where rest may be."""
        low, high = min(self._settling[0], travel), max(self._settling[1], travel)
        is_apart = not self._may_rest_at(travel)
        if is_apart or high - low > SETTLED_WITHIN * self._minimum:
            self._settling, self._settling_s = (travel, travel), time_s
            return False
        self._settling = (low, high)
        is_short_stop = self._is_rest_known() and not self._has_turned_back(travel)
        settles_s = SETTLES_ANEW_FOR_S if is_short_stop else SETTLES_FOR_S
        return time_s - self._settling_s >= settles_s

    def _may_rest_at(self, travel: float) -> bool:
        """Return whether rest may be there: a repetition must have come back most of the way.

        Who has not been as far, and is beyond, comes back: that was an attempt.
        """
        if self._is_effort_reached():
            return travel - self._rest <= RETURN_MAY_STOP_BELOW * self._excursion()
        return travel <= self._slack

    def _rest_here(self, time_s: float, travel: float) -> Movement | None:
        """Rest where the movement has settled; return it where it was an attempt."""
        is_attempt = self._is_rest_known() and self._has_turned_back(travel)
        attempt = self._movement(is_whole=True) if is_attempt else None
        self.phase = REST
        self._rest, self._rest_s = travel, time_s
        self._samples.clear()
        self._samples.append((time_s, travel))
        return attempt

    def _is_rest_known(self) -> bool:
        return math.isfinite(self._came_back_by)

    def _has_turned_back(self, travel: float) -> bool:
        """Return whether it is as far back from the furthest as makes an attempt."""
        return self._peak - travel >= ATTEMPT_FROM * self._minimum

    def _leaps_back(self, travel: float) -> bool:
        """Return whether much of the way back lies between this sample and the one before."""
        leap = max(LARGEST_STEP * self._excursion(), LEAP_ERRORS * self._error)
        return self._samples[-1][1] - travel > leap

    def _excursion(self) -> float:
        return self._peak - self._rest

    def _is_effort_reached(self) -> bool:
        return self._peak >= self._effort and self._excursion() >= self._minimum

    def _is_back(self, travel: float) -> bool:
        above_rest = (travel - self._rest) / self._excursion()
        if above_rest <= BACK_AT_REST_BELOW:
            return True
        lowest = (self._low_since_peak - self._rest) / self._excursion()
        as_before = COMES_BACK_AS_BEFORE_FROM * self._came_back_by
        has_returned = (
            lowest <= RETURN_MAY_STOP_BELOW or self._peak - self._low_since_peak >= as_before
        )
        return has_returned and above_rest >= lowest + TURNS_UP_AGAIN_BY

    def _phase(self, travel: float) -> Phase:
        if not self._is_effort_reached():
            return Phase.OUTBOUND
        near_peak = travel >= self._rest + EFFORT_FROM * self._excursion()
        return Phase.EFFORT if near_peak else Phase.RETURN

    def _complete(self, time_s: float, travel: float) -> Movement | None:
        movement = self._movement(is_whole=True)
        is_full = movement.is_full
        share = self._excursion() / self._minimum
        was_there = not appears_and_vanishes(self._samples, self._excursion())
        self.phase = REST
        self._samples.clear()
        self._samples.append((time_s, travel))
        self._rest, self._rest_s = min(travel, self._low_since_peak), time_s
        if is_full:
            self._came_back_by = self._peak - self._rest
        if movement.end_s - movement.start_s < SHORTEST_S or not was_there:
            return None
        return movement if is_full or share >= ATTEMPT_FROM else None

    def _movement(self, *, is_whole: bool) -> Movement:
        high = self._rest + EFFORT_FROM * self._excursion()
        near = self._rest + BACK_AT_REST_BELOW * self._excursion()
        high_s, until_s = near_furthest_s(list(self._samples), high)
        start_s = left_rest_s(self._samples, near, high_s)
        end_s = max(came_back_s(self._samples, self._excursion(), near), until_s)
        peak_s = next(time_s for time_s, travel in self._samples if travel == self._peak)
        return Movement(
            start_s=start_s,
            peak_s=peak_s,
            end_s=end_s,
            outbound_s=high_s - start_s,
            effort_s=until_s - high_s,
            return_s=end_s - until_s,
            start_value=self._value(self._rest),
            peak_value=self._value(self._peak),
            is_full=self._is_effort_reached(),
            is_whole=is_whole,
            is_continuous=not has_leap(self._samples, self._excursion()),
            rate_hz=self._rate_hz(),
        )

    def _rate_hz(self) -> float:
        lasted_s = self._samples[-1][0] - self._samples[0][0]
        return (len(self._samples) - 1) / lasted_s if lasted_s > 0 else math.inf

    def _value(self, travel: float) -> float:
        return self._signal.rest + self._direction * travel
