"""One way of doing an exercise: is the body in place, and what has it completed.

Signals are chosen by what the camera can see: a squat is counted by its knee angle from the
side and by the angle in space from the front.
"""

import math
from dataclasses import dataclass

from formcheck.analysis.body import BodyState
from formcheck.analysis.events import NotAssessed
from formcheck.analysis.holds import HeldPosture, HoldTimer, Steadiness
from formcheck.analysis.posture import PostureGate
from formcheck.analysis.readings import Readings, channel, wrong_view
from formcheck.analysis.repetitions import Movement, RepetitionCounter
from formcheck.analysis.requirements import Requirements
from formcheck.exercises.schema import (
    HoldRule,
    Phase,
    Reading,
    RepetitionRule,
    SideChoice,
    Signal,
    Variant,
)
from formcheck.landmarks import Side

OUT_OF_PLACE_S = 0.6
UNKNOWN_PLACE_S = 3.0

_MOVING_SIDE = (SideChoice.LARGER, SideChoice.SMALLER)


@dataclass(frozen=True, slots=True)
class Completed:
    """What a variant completed in one instant: a movement (with its side) or a held posture."""

    movement: Movement | None = None
    signal: Signal | None = None
    side: Side | None = None
    held: HeldPosture | None = None


class SignalCounter:
    """Count one signal, in one direction or to both sides."""

    def __init__(self, signal: Signal, longest_s: float) -> None:
        self.signal = signal
        self._channel = channel(signal)
        if signal.directions == "one":
            self._counters: list[tuple[Side | None, RepetitionCounter]] = [
                (None, RepetitionCounter(signal, longest_s))
            ]
        else:
            self._counters = [(side, RepetitionCounter(signal, longest_s)) for side in Side]
        self._sides: list[tuple[float, Side | None]] = []

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
        if self.signal.side in _MOVING_SIDE and not math.isnan(taken.value):
            self._sides.append((time_s, taken.side))
        for side, counter in self._counters:
            movement = counter.update(time_s, _toward(side, taken.value))
            if movement:
                return Completed(movement, self.signal, side or self._side_at(movement.peak_s))
        if self.phase is Phase.REST:
            self._sides.clear()
        return None

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


class RepetitionVariant:
    """One way of doing an exercise that is repeated."""

    def __init__(self, variant: Variant, rule: RepetitionRule) -> None:
        self.variant = variant
        self._rule = rule
        self._gate = PostureGate(variant.posture)
        self._requirements = Requirements(rule.requires)
        self._counters = [SignalCounter(signal, rule.longest_s) for signal in rule.signals]
        self._current: SignalCounter | None = None
        self._in_place_s = -math.inf
        self.refused: NotAssessed | None = None

    @property
    def is_ready(self) -> bool:
        """Whether a repetition may begin or is under way."""
        return self._current is not None and self._current.is_armed

    @property
    def phase(self) -> Phase:
        """Where the movement stands."""
        return self._current.phase if self._current else Phase.REST

    @property
    def working(self) -> Side | None:
        """The side that moves now, where the signal tells."""
        return self._current.working if self._current else None

    @property
    def primary(self) -> Reading:
        """The reading that is counted now."""
        return self._current.signal if self._current else self._rule.signals[0]

    def interrupt(self) -> None:
        """Give up what is going on and wait for rest."""
        for counter in self._counters:
            counter.interrupt()

    def update(self, time_s: float, body: BodyState, readings: Readings) -> Completed | None:
        """Take the next instant."""
        if not self._choose(body):
            views = [view for signal in self._rule.signals for view in signal.views]
            self.refused = wrong_view(body.view, set(views))
            return None
        counter = self._current
        if counter is None:
            return None
        is_placed: bool | None = False
        self.refused = None
        if body.orientation in self.variant.orientations:
            is_placed = self._gate.update(time_s, readings)
            self.refused = self._gate.refused or counter.refused(readings)
        if is_placed:
            self._in_place_s = time_s
        # A posture that is unknown for a moment has not been left.
        patience_s = UNKNOWN_PLACE_S if is_placed is None else OUT_OF_PLACE_S
        if time_s - self._in_place_s > patience_s:
            counter.interrupt()
            self._requirements.forget()
            return None
        return self._follow(time_s, counter, readings)

    def finish(self) -> Completed | None:
        """Return what the end of the recording cut off."""
        if self._current is None:
            return None
        return self._if_exercise(self._current.finish(ends_at_effort=self._rule.ends_at_effort))

    def _follow(
        self, time_s: float, counter: SignalCounter, readings: Readings
    ) -> Completed | None:
        """Count, and drop a movement that lacks what must go with it."""
        if counter.phase is not Phase.REST:
            self._requirements.update(time_s, readings)
        done = self._if_exercise(counter.update(time_s, readings))
        if counter.phase is Phase.REST:
            self._requirements.forget()
        return done

    def _if_exercise(self, done: Completed | None) -> Completed | None:
        if done is None or done.movement is None:
            return None
        return done if self._requirements.are_met(done.movement.peak_s) else None

    def _choose(self, body: BodyState) -> bool:
        """Use the first signal that this view allows; one that is under way is kept."""
        current = self._current
        is_moving = current is not None and current.phase is not Phase.REST
        if current and is_moving and body.view in current.signal.views:
            return True
        allowed = (c for c in self._counters if body.view in c.signal.views)
        chosen = next(allowed, None)
        if chosen is not self._current:
            self.interrupt()
            self._current = chosen
        return chosen is not None


class HoldVariant:
    """One way of doing an exercise that is held.

    Attributes
    ----------
    working
        The side that carries, where a condition reads the larger or the smaller of both.
    """

    def __init__(self, variant: Variant, rule: HoldRule) -> None:
        self.variant = variant
        conditions = (*variant.posture, *rule.conditions)
        self.timer = HoldTimer(rule)
        self._resting = [
            (channel(condition), Steadiness(condition.steady_within, rule.settle_s))
            for condition in conditions
            if condition.steady_within
        ]
        self._gate = PostureGate(conditions)
        self._sided = next((c for c in conditions if c.side in _MOVING_SIDE), None)
        self.primary: Reading = rule.conditions[0]
        self.working: Side | None = None
        self._is_inside = False
        self.refused: NotAssessed | None = None

    @property
    def is_ready(self) -> bool:
        """Whether the posture is being held."""
        return self.timer.is_holding

    @property
    def phase(self) -> Phase:
        """Effort while the posture is held.

        What breaks it is judged within the grace time: a plank ends because it sags. Who gets
        out of a stretch does nothing wrong.
        """
        is_judged = self._is_inside or not self._resting
        return Phase.EFFORT if self.timer.is_holding and is_judged else Phase.REST

    def interrupt(self) -> None:
        """Nothing to give up: the clock stops by itself outside of the posture."""

    def update(self, time_s: float, body: BodyState, readings: Readings) -> Completed | None:
        """Take the next instant."""
        is_inside = False
        self.refused = None
        if body.orientation in self.variant.orientations:
            is_inside = self._gate.update(time_s, readings) is True
            self.refused = self._gate.refused
        if is_inside and self._sided:
            self.working = readings[channel(self._sided)].side or self.working
        since_s = self._resting_since_s(time_s, readings) if is_inside else None
        if since_s is None:
            for _, steadiness in self._resting:
                steadiness.reset()
        self._is_inside = since_s is not None
        held = self.timer.update(
            time_s, is_inside=self._is_inside, since_s=-math.inf if since_s is None else since_s
        )
        return Completed(held=held, side=self.working) if held else None

    def _resting_since_s(self, time_s: float, readings: Readings) -> float | None:
        """Return since when everything that must be at rest has been; None while it moves."""
        since_s = -math.inf
        for key, steadiness in self._resting:
            began_s = steadiness.update(time_s, readings[key].value)
            if began_s is None:
                return None
            since_s = max(since_s, began_s)
        return since_s

    def finish(self) -> Completed | None:
        """Return the hold that the end of the recording cut off."""
        held = self.timer.finish()
        return Completed(held=held, side=self.working) if held else None


def follow(variant: Variant) -> RepetitionVariant | HoldVariant:
    """Return what follows this way of doing the exercise."""
    if variant.repetition:
        return RepetitionVariant(variant, variant.repetition)
    if variant.hold:
        return HoldVariant(variant, variant.hold)
    raise ValueError(f"{variant.id} is neither repeated nor held")
