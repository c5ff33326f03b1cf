"""Count one signal of an exercise, and say to which side each movement belongs.

A signed reading (a turn, a bend) has a counter for either direction. A reading of the larger or
the smaller of two limbs has one counter: the movement belongs to the limb that was read in most of
its further half.
"""

import math
from dataclasses import dataclass

from formcheck.analysis.events import NotAssessed
from formcheck.analysis.holds import HeldPosture
from formcheck.analysis.movement import REST, Movement
from formcheck.analysis.own_neutral import OwnNeutral
from formcheck.analysis.own_range import OwnRange
from formcheck.analysis.readings import Readings, channel
from formcheck.analysis.repetitions import RepetitionCounter
from formcheck.analysis.seen_alone import SeenAlone
from formcheck.analysis.taking import Taken
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


@dataclass(frozen=True, slots=True)
class _Read:
    """The larger or the smaller of two limbs at one instant of a movement, and whose it was."""

    time_s: float
    value: float
    side: Side | None


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
        self._neutral = OwnNeutral(abs(signal.rest))
        self._alone = SeenAlone()
        self._read: list[_Read] = []
        self.own_range = own_range

    @property
    def phase(self) -> Phase:
        """Where the movement stands, to whichever side."""
        for _, counter in self._counters:
            if counter.phase is not REST:
                return counter.phase
        return REST

    @property
    def is_armed(self) -> bool:
        """Whether rest has been seen."""
        return any(counter.is_armed for _, counter in self._counters)

    @property
    def progress(self) -> float:
        """How much of the way to where it counts was made, to whichever side."""
        return max(counter.progress for _, counter in self._counters)

    @property
    def working(self) -> Side | None:
        """The side that moves now, where the signal tells."""
        for side, counter in self._counters:
            if side and counter.phase is not REST:
                return side
        return self._read[-1].side if self._read else None

    def value(self, readings: Readings) -> float:
        """Return the reading that is counted."""
        return readings[self._channel].value

    def refused(self, readings: Readings) -> NotAssessed | None:
        """Return why the reading cannot be taken."""
        return readings[self._channel].refused

    def interrupt(self, *, is_arriving: bool = False) -> None:
        """Give up what is going on; the body may be on its way into place."""
        self._read.clear()
        self._neutral.forget()
        self._alone.forget()
        for _, counter in self._counters:
            counter.interrupt(is_arriving=is_arriving)

    def update(self, time_s: float, readings: Readings) -> Completed | None:
        """Take the next instant."""
        taken = readings[self._channel]
        is_of_both = self.signal.side is SideChoice.MEAN
        value = (self._alone.update if is_of_both else self._seen)(time_s, taken)
        if self.signal.side in MOVING_SIDE and not math.isnan(value):
            self._read.append(_Read(time_s, value, taken.side))
        value = self._from_neutral(time_s, value)
        # Both take it: what ends on the one side may begin on the other in the same picture.
        done = [
            (side, counter.update(time_s, _toward(side, value))) for side, counter in self._counters
        ]
        for side, movement in done:
            if movement:
                return Completed(movement, self.signal, side or self._side_of(movement))
        if self.phase is REST:
            self._read.clear()
        return None

    def _from_neutral(self, time_s: float, value: float) -> float:
        """Return the reading as it is from where this person rests, where that is asked for."""
        if self.signal.own_neutral and self.phase is REST:
            self._neutral.rest(time_s, value)
        return value - self._neutral.value

    def _seen(self, time_s: float, taken: Taken) -> float:
        """Return the reading as far as it says something of the limb that moves.

        While that one is out of sight the resting one says nothing. For longer, or once the other
        one moves, it has gone back behind the other.
        """
        if self.phase is REST or not self._read or taken.other_refused is None:
            return taken.value
        last = self._read[-1]
        if taken.side is last.side:
            return taken.value
        (_, counter), *_ = self._counters
        if counter.way_from_rest < AWAY_FROM:
            return math.nan if time_s - last.time_s < HIDDEN_FOR_S else taken.value
        if counter.is_past_rest(taken.value):
            return counter.rest_value
        if time_s - last.time_s >= AWAY_FOR_S:
            return taken.value
        counter.wait(time_s)
        return math.nan

    def finish(self, *, ends_at_effort: bool) -> Completed | None:
        """Return what the end of the recording cut off."""
        for side, counter in self._counters:
            movement = counter.finish(ends_at_effort=ends_at_effort)
            if movement:
                return Completed(movement, self.signal, side or self._side_of(movement))
        return None

    def _side_of(self, movement: Movement) -> Side | None:
        """Return the side that was read in most of the further half of a movement.

        At its very furthest the limbs may be taken for one another for a frame or two.
        """
        half = (movement.start_value + movement.peak_value) / 2
        toward = math.copysign(1.0, movement.peak_value - movement.start_value)
        # One that never came to rest has what was read before it as well.
        own = [one for one in self._read if movement.start_s <= one.time_s <= movement.end_s]
        sides = [one.side for one in own if toward * (one.value - half) >= 0]
        return max(sides, key=sides.count, default=None)


def _toward(side: Side | None, value: float) -> float:
    """Return the part of a signed value that goes to this side (+ is left)."""
    if side is None or math.isnan(value):
        return value
    return max(value, 0.0) if side is Side.LEFT else max(-value, 0.0)


def as_read(value: float, signal: Signal, side: Side | None) -> float:
    """Return the reading as it was taken: of one that swings to both sides, + is to the left."""
    return -value if side is Side.RIGHT and signal.directions == "both" else value


def share_reached(movement: Movement, signal: Signal) -> float:
    """Return the share of the way from rest to target that the movement got."""
    whole = signal.target - movement.start_value
    return max(0.0, (movement.peak_value - movement.start_value) / whole)
