"""One way of doing an exercise: is the body in place, and what has it completed.

Signals are chosen by what the camera can see: a squat is counted by its knee angle from the
side and by the angle in space from the front. All of them are followed all the time, so that
nothing is lost where the camera stands between two views and the view is read now as one and
now as the other.
"""

import math
from dataclasses import replace

from formcheck.analysis.arising import Arising
from formcheck.analysis.body import BodyState
from formcheck.analysis.events import NotAssessed
from formcheck.analysis.holds import HeldPosture, HoldTimer
from formcheck.analysis.levels import RESTS_AFTER_S, Levels
from formcheck.analysis.movement import REST
from formcheck.analysis.own_numbers import Fit, RangeBasis
from formcheck.analysis.own_range import OwnRange
from formcheck.analysis.posture import PostureGate
from formcheck.analysis.readings import Readings, channel, wrong_view
from formcheck.analysis.requirements import Requirements
from formcheck.analysis.signals import MOVING_SIDE, Completed, SignalCounter
from formcheck.exercises.schema import HoldRule, Phase, Reading, RepetitionRule, Signal, Variant
from formcheck.landmarks import Side
from formcheck.measures import View

OUT_OF_PLACE_S = 0.6
UNKNOWN_PLACE_S = 3.0
# Who has been away from the level for this long when the posture is left, has moved out of it.
MOVED_FOR_S = 0.1
# Who is in a posture for less passes through it; who has been for longer, and does not rest, moves
# in it: that a reading rests is known a second after it does.
SETTLES_FROM_S = 0.2
STIRS_AFTER_S = RESTS_AFTER_S + 0.3


class RepetitionVariant:
    """One way of doing an exercise that is repeated.

    Attributes
    ----------
    is_in_position
        Whether the body is where the exercise is done, resting or moving: it may be out of place
        for a moment.
    is_out_of_place
        Whether it is so now.
    basis
        What the last movement was measured against.
    """

    def __init__(self, variant: Variant, rule: RepetitionRule, fit: Fit) -> None:
        self.variant = variant
        self._rule = rule
        self._views = frozenset(view for signal in rule.signals for view in signal.views)
        self._gate = PostureGate(variant.posture)
        self._requirements = Requirements(rule.requires)
        self._counters = [
            SignalCounter(signal, rule.longest_s, _own_range(variant, signal, fit))
            for signal in rule.signals
        ]
        self._by_view = {
            view: next((one for one in self._counters if view in one.signal.views), None)
            for view in View
        }
        self.basis = RangeBasis.EXERCISE_FILE
        self._current: SignalCounter | None = None
        self._in_place_s = self._counted_until_s = -math.inf
        self.is_in_position = self.is_out_of_place = False
        self.refused: NotAssessed | None = None

    @property
    def is_ready(self) -> bool:
        """Whether a repetition may begin or is under way."""
        return self._current is not None and self._current.is_armed

    @property
    def phase(self) -> Phase:
        """Where the movement stands."""
        return self._current.phase if self._current else REST

    @property
    def is_plausible(self) -> bool:
        """Whether a movement that turned back now would be the exercise."""
        return self._requirements.are_met_so_far(self.progress)

    @property
    def progress(self) -> float:
        """How much of the way to where it counts was made; 0 at rest."""
        return self._current.progress if self._current else 0.0

    @property
    def working(self) -> Side | None:
        """The side that moves now, where the signal tells."""
        return self._current.working if self._current else None

    @property
    def primary(self) -> Reading:
        """The reading that is counted now."""
        return self._current.signal if self._current else self._rule.signals[0]

    def interrupt(self, *, is_arriving: bool = False) -> None:
        """Give up what is going on and wait for rest; the body may be on its way into place."""
        for counter in self._counters:
            counter.interrupt(is_arriving=is_arriving)

    def update(self, time_s: float, body: BodyState, readings: Readings) -> Completed | None:
        """Take the next instant."""
        if not self._choose(body, readings):
            self.refused = wrong_view(body.view, self._views)
            self.is_in_position = False
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
        self.is_out_of_place = is_placed is False
        # A posture that is unknown for a moment has not been left.
        patience_s = UNKNOWN_PLACE_S if is_placed is None else OUT_OF_PLACE_S
        self.is_in_position = time_s - self._in_place_s <= patience_s
        if not self.is_in_position:
            self.interrupt(is_arriving=True)
            self._requirements.forget()
            return None
        for other in self._counters:
            if other is not counter:
                other.update(time_s, readings)
        return self._follow(time_s, counter, readings)

    def finish(self) -> Completed | None:
        """Return what the end of the recording cut off."""
        if self._current is None:
            return None
        counter = self._current
        done = self._if_exercise(counter.finish(ends_at_effort=self._rule.ends_at_effort))
        return self._measured(counter, done)

    def _follow(
        self, time_s: float, counter: SignalCounter, readings: Readings
    ) -> Completed | None:
        """Count, and drop a movement that lacks what must go with it."""
        was_moving = counter.phase is not REST
        if was_moving:
            self._requirements.update(time_s, readings)
        done = self._if_new(self._if_exercise(counter.update(time_s, readings)))
        if counter.phase is REST:
            if was_moving:
                self._requirements.forget()
            self._requirements.rest(time_s, readings)
        elif not was_moving:  # with a slow camera much of the movement lies in its first picture
            self._requirements.update(time_s, readings)
        return self._measured(counter, done)

    def _measured(self, counter: SignalCounter, done: Completed | None) -> Completed | None:
        """Return it, as an attempt where it is far smaller than what this person does."""
        if done is None or done.movement is None:
            return done
        movement = counter.own_range.judged(done.movement)
        self.basis = counter.own_range.basis
        return replace(done, movement=movement)

    def _if_new(self, done: Completed | None) -> Completed | None:
        """Return it unless the signal that was chosen before has already counted it."""
        if done is None or done.movement is None or done.movement.peak_s < self._counted_until_s:
            return None
        self._counted_until_s = done.movement.end_s
        return done

    def _if_exercise(self, done: Completed | None) -> Completed | None:
        if done is None or done.movement is None:
            return None
        return done if self._requirements.are_met(done.movement.peak_s) else None

    def _choose(self, body: BodyState, readings: Readings) -> bool:
        """Use the first signal that this view allows; one that is under way is kept."""
        current = self._current
        is_moving = current is not None and current.phase is not REST
        if current and is_moving and not math.isnan(current.value(readings)):
            return True
        self._current = self._by_view[body.view]
        return self._current is not None


class HoldVariant:
    """One way of doing an exercise that is held.

    Attributes
    ----------
    working
        The side that carries, where a condition reads the larger or the smaller of both and the
        hold has sides.
    is_in_position
        Whether the body lies, or stands, as in the posture: it may be getting into it.
    is_out_of_place
        Never: a clock that runs judges it.
    basis
        Whether the posture is this person's own.
    """

    is_out_of_place = False

    def __init__(self, variant: Variant, rule: HoldRule, fit: Fit) -> None:
        self.variant = variant
        conditions = (*variant.posture, *rule.conditions)
        self.timer = HoldTimer(rule)
        self._levels = Levels(conditions)
        self._gate = PostureGate(conditions)
        self._place = PostureGate(variant.posture)
        self._arising = [
            (channel(condition), Arising(condition.arises_by))
            for condition in rule.conditions
            if condition.arises_by
        ]
        sided = (c for c in conditions if c.side in MOVING_SIDE and rule.has_sides)
        self._sided = next(sided, None)
        self.primary: Reading = rule.conditions[0]
        self.basis = fit.basis_of_hold(
            variant.id, (condition.measure for condition in rule.conditions)
        )
        self.working: Side | None = None
        self._has_moved = False
        self._is_far = self._was_holding = False
        self._reached_s = math.inf
        self._reached_for_s = 0.0
        self.is_in_position = False
        self.refused: NotAssessed | None = None

    @property
    def is_ready(self) -> bool:
        """Whether the posture is being held."""
        return self.timer.is_holding

    @property
    def is_settling(self) -> bool:
        """Whether the posture was reached just now, and it is not known yet whether it rests."""
        is_new = SETTLES_FROM_S <= self._reached_for_s <= STIRS_AFTER_S
        return is_new and self.timer.kept_s == 0 and self.has_arisen

    @property
    def has_arisen(self) -> bool:
        """Whether somebody was seen to move into the posture, or out of it, where that matters."""
        return all(arising.is_seen for _, arising in self._arising)

    @property
    def phase(self) -> Phase:
        """Effort while the posture is held.

        What breaks it is judged within the grace time: a plank ends because it sags. Who gets
        out of a stretch, or comes down to the knees, does nothing wrong.
        """
        is_judged = self.timer.is_holding and not self._has_moved and not self._is_far
        return Phase.EFFORT if is_judged else REST

    @property
    def is_plausible(self) -> bool:
        """Whether it is the exercise: a posture that was moved into is, as long as it is held."""
        return self.has_arisen

    @property
    def progress(self) -> float:
        """All of the way: a posture that is held has been reached."""
        return 1.0 if self.timer.is_holding else 0.0

    def interrupt(self) -> None:
        """Nothing to give up: the clock stops by itself outside of the posture."""

    def update(self, time_s: float, body: BodyState, readings: Readings) -> Completed | None:
        """Take the next instant."""
        is_in_posture = False
        self.refused = None
        self.is_in_position = body.orientation in self.variant.orientations
        if self.is_in_position:
            is_in_posture = self._gate.update(time_s, readings) is True
            self.refused = self._gate.refused
            # Read only where it matters: outside of a hold nothing is judged anyhow.
            is_leaving = self.timer.is_holding and not is_in_posture
            self._is_far = is_leaving and self._gate.is_far(readings)
        self._note_reached(time_s, readings, is_in_posture=is_in_posture)
        levels = self._levels
        rest = levels.update(time_s, body.view, readings) if is_in_posture else levels.left(time_s)
        self._was_holding = self.timer.is_holding
        is_inside = is_in_posture and rest.is_resting
        moved_out = is_in_posture or MOVED_FOR_S < time_s - rest.since_s < math.inf
        self._has_moved = not is_inside and (self._has_moved or (bool(levels) and moved_out))
        if is_inside and levels.is_elsewhere() and not self._gate.admits(readings):
            is_inside = False
            held = self._end_elsewhere()
        else:
            held = self.timer.update(
                time_s, is_inside=is_inside, since_s=rest.since_s, is_in_posture=is_in_posture
            )
        if is_inside:
            levels.note()
        elif not self.timer.is_holding:
            levels.forget()
        if not is_in_posture:
            levels.reset()
        if self._arising:  # what has just ended is asked about until the next instant
            self._compare(time_s, readings, is_held=is_inside)
        return Completed(held=held, side=self.working) if held else None

    def _note_reached(self, time_s: float, readings: Readings, *, is_in_posture: bool) -> None:
        """Note since when everything is as in the posture, at rest or not, and on which side."""
        self._reached_s = min(self._reached_s, time_s) if is_in_posture else math.inf
        self._reached_for_s = max(0.0, time_s - self._reached_s)
        if is_in_posture and self._sided:
            self.working = readings[channel(self._sided)].side or self.working

    def _compare(self, time_s: float, readings: Readings, *, is_held: bool) -> None:
        """Note what is read in the posture, and beside it where the exercise could be done."""
        for key, arising in self._arising:
            if not (is_held or self._was_holding):
                arising.begin(time_s)
            if is_held or (self.is_in_position and self._place.update(time_s, readings)):
                arising.update(time_s, readings[key].value, is_held=is_held)

    def _end_elsewhere(self) -> HeldPosture | None:
        """End the hold where it was left: the body has come to rest in another posture."""
        self._gate.forget()
        self._levels.reset()
        return self.timer.finish()

    def finish(self) -> Completed | None:
        """Return the hold that the end of the recording cut off."""
        held = self.timer.finish()
        return Completed(held=held, side=self.working) if held else None


def follow(variant: Variant, fit: Fit) -> RepetitionVariant | HoldVariant:
    """Return what follows this way of doing the exercise."""
    if variant.repetition:
        return RepetitionVariant(variant, variant.repetition, fit)
    if variant.hold:
        return HoldVariant(variant, variant.hold, fit)
    raise ValueError(f"{variant.id} is neither repeated nor held")


def _own_range(variant: Variant, signal: Signal, fit: Fit) -> OwnRange:
    own = fit.own_signal(variant.id, signal)
    is_set = fit.is_set(signal.measure, "minimum_excursion")
    return OwnRange(own.excursion if own else math.nan, is_set=is_set)
