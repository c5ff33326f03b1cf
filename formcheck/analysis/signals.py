"""Count one signal of an exercise, and say to which side each movement belongs.

A signed reading (a turn, a bend) has a counter for either direction. A reading of the larger or
the smaller of two limbs has one counter: the movement belongs to the limb that was read at its
furthest.
"""

import math
from dataclasses import dataclass

from formcheck.analysis.events import NotAssessed
from formcheck.analysis.holds import HeldPosture
from formcheck.analysis.movement import Movement
from formcheck.analysis.own_range import OwnRange
from formcheck.analysis.readings import Readings, Taken, channel
from formcheck.analysis.repetitions import RepetitionCounter
from formcheck.exercises.schema import Phase, SideChoice, Signal
from formcheck.landmarks import Side

HIDDEN_FOR_S = 0.5
# Who went out of sight at least this share of the way from rest is still there, for a time: a far
# leg passes behind the near shank on its way out.
AWAY_FROM = 0.5
AWAY_FOR_S = 2.5
MOVING_SIDE = (SideChoice.LARGER, SideChoice.SMALLER)


@dataclass(frozen=True, slots=True)
class Completed:
    """What a variant completed in one instant: a movement (with its side) or a held posture."""

    movement: Movement | None = None
    signal: Signal | None = None
    side: Side | None = None
    held: HeldPosture | None = None


class SignalCounter:
    """Count one signal, in one direction or to both sides.

    Attributes
    ----------
    own_range
        What is far enough for this person.
    """

    def __init__(self, signal: Signal, longest_s: float, own_range: OwnRange) -> None:
        self.signal = signal
        self._channel = channel(signal)
        if signal.directions == "one":
            self._counters: list[tuple[Side | None, RepetitionCounter]] = [
                (None, RepetitionCounter(signal, longest_s))
            ]
        else:
            self._counters = [(side, RepetitionCounter(signal, longest_s)) for side in Side]
        self._sides: list[tuple[float, Side | None]] = []
        self.own_range = own_range

    @property
    def phase(self) -> Phase:
        """Where the movement stands, to whichever side."""
        phases = (counter.phase for _, counter in self._counters)
        return next((phase for phase in phases if phase is not Phase.REST), Phase.REST)

    @property
    def is_armed(self) -> bool:
        """Whether rest has been seen."""
        return any(counter.is_armed for _, counter in self._counters)

    @property
    def working(self) -> Side | None:
        """The side that moves now, where the signal tells."""
        for side, counter in self._counters:
            if side and counter.phase is not Phase.REST:
                return side
        return self._sides[-1][1] if self._sides else None

    def value(self, readings: Readings) -> float:
        """Return the reading that is counted."""
        return readings[self._channel].value

    def refused(self, readings: Readings) -> NotAssessed | None:
        """Return why the reading cannot be taken."""
        return readings[self._channel].refused

    def interrupt(self) -> None:
        """Give up what is going on."""
        self._sides.clear()
        for _, counter in self._counters:
            counter.interrupt()

    def update(self, time_s: float, readings: Readings) -> Completed | None:
        """Take the next instant."""
        taken = readings[self._channel]
        value = self._seen(time_s, taken)
        if self.signal.side in MOVING_SIDE and not math.isnan(value):
            self._sides.append((time_s, taken.side))
        for side, counter in self._counters:
            movement = counter.update(time_s, _toward(side, value))
            if movement:
                return Completed(movement, self.signal, side or self._side_at(movement.peak_s))
        if self.phase is Phase.REST:
            self._sides.clear()
        return None

    def _seen(self, time_s: float, taken: Taken) -> float:
        """Return the reading as far as it says something of the limb that moves.

        While that one is out of sight the resting one says nothing. For longer, or once the other
        one moves, it has gone back behind the other.
        """
        if self.phase is Phase.REST or not self._sides or taken.other_refused is None:
            return taken.value
        seen_s, working = self._sides[-1]
        if taken.side is working:
            return taken.value
        (_, counter), *_ = self._counters
        if counter.way_from_rest < AWAY_FROM:
            return math.nan if time_s - seen_s < HIDDEN_FOR_S else taken.value
        if counter.is_past_rest(taken.value):
            return counter.rest_value
        if time_s - seen_s >= AWAY_FOR_S:
            return taken.value
        counter.wait(time_s)
        return math.nan

    def finish(self, *, ends_at_effort: bool) -> Completed | None:
        """Return what the end of the recording cut off."""
        for side, counter in self._counters:
            movement = counter.finish(ends_at_effort=ends_at_effort)
            if movement:
                return Completed(movement, self.signal, side or self._side_at(movement.peak_s))
        return None

    def _side_at(self, time_s: float) -> Side | None:
        """Return the side that was furthest at the peak."""
        return next((side for seen_s, side in self._sides if seen_s >= time_s), None)


def _toward(side: Side | None, value: float) -> float:
    """Return the part of a signed value that goes to this side (+ is left)."""
    if side is None or math.isnan(value):
        return value
    return max(value, 0.0) if side is Side.LEFT else max(-value, 0.0)
