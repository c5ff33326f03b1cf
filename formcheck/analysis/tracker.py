"""Follow one exercise: how often, how long, what is wrong.

Every way of doing the exercise (variant) has its own counter or clock and all of them run side
by side; the first that is ready leads, and only its events count.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from formcheck.analysis.body import BodyState
from formcheck.analysis.events import (
    Event,
    Fault,
    FaultEnded,
    FaultStarted,
    Hold,
    HoldEnded,
    HoldStarted,
    NotAssessed,
    Repetition,
    RepetitionAttempted,
    RepetitionCompleted,
)
from formcheck.analysis.fitting import fitted
from formcheck.analysis.form import FormAssessor, Moment, RuleTally
from formcheck.analysis.holds import HeldPosture
from formcheck.analysis.movement import REST, Movement
from formcheck.analysis.own_numbers import AS_IN_THE_FILE, Fit
from formcheck.analysis.readings import Readings
from formcheck.analysis.signals import Completed, as_read, share_reached
from formcheck.analysis.turning import TurnFollower
from formcheck.analysis.variants import HoldVariant, RepetitionVariant, follow
from formcheck.exercises.schema import Exercise, Phase, Reading, Signal
from formcheck.landmarks import Side


class Tracker:
    """Follow one exercise.

    Parameters
    ----------
    exercise
        As its file describes it.
    fit
        What fits it to one person.

    Attributes
    ----------
    exercise
        As it is for this person.
    count, n_attempts
        What has been done so far.
    basis
        What the last repetition, attempt or hold was measured against.
    """

    def __init__(self, exercise: Exercise, fit: Fit = AS_IN_THE_FILE) -> None:
        exercise = fitted(exercise, fit)
        self.exercise = exercise
        self.fit = fit
        self.count = 0
        self.n_attempts = 0
        self._ended_holds_s = 0.0
        self._variants = [follow(variant, fit) for variant in exercise.variants]
        self._held = [v for v in self._variants if isinstance(v, HoldVariant)]
        self._lead = self._variants[0]
        self.basis = self._lead.basis
        self._assessor = FormAssessor(exercise)
        self._turning = TurnFollower() if exercise.turn_in_degrees else None
        self._faults: list[str] = []
        self._was_at_rest = True
        self._is_announced = False
        self._stays_s = 0.0
        self._last_s = math.nan

    @property
    def phase(self) -> Phase:
        """Where the movement stands."""
        return self._lead.phase

    @property
    def primary(self) -> Reading:
        """The reading that the movement is followed by."""
        return self._lead.primary

    @property
    def refused(self) -> NotAssessed | None:
        """Why the movement cannot be followed now."""
        return self._lead.refused

    @property
    def is_holding(self) -> bool:
        """Whether a clock runs."""
        return isinstance(self._lead, HoldVariant) and self._lead.is_ready

    @property
    def is_in_position(self) -> bool:
        """Whether the body is where the exercise is done.

        Somebody who gets into a hold is only asked to lie as in it, and only where nothing is
        repeated: else the position of the repetitions decides, until a clock runs.
        """
        repeated = [v for v in self._variants if isinstance(v, RepetitionVariant)]
        return self.is_holding or any(v.is_in_position for v in repeated or self._variants)

    @property
    def is_at_start(self) -> bool:
        """Whether the exercise may begin: in position, and at rest where it is repeated."""
        repeated = [v for v in self._variants if isinstance(v, RepetitionVariant)]
        if not repeated:
            return self.is_in_position
        return any(v.is_in_position and v.is_ready and v.phase is REST for v in repeated)

    @property
    def is_under_way(self) -> bool:
        """Whether a repetition has begun or a posture is held."""
        return self._lead.phase is not REST

    @property
    def is_plausible(self) -> bool:
        """Whether what is under way has what must go with it, so far."""
        return self.is_under_way and self._lead.is_plausible

    @property
    def progress(self) -> float:
        """How much of the way to where it counts was made by what is under way."""
        return self._lead.progress

    @property
    def is_nearing(self) -> bool:
        """Whether it is on the way to where it counts, in its place, with what must go with it."""
        is_out = self.phase is Phase.OUTBOUND and self.is_plausible
        return is_out and not self._lead.is_out_of_place

    @property
    def is_likely(self) -> bool:
        """Whether it is also far enough to count, in its place.

        Who sinks back into a child's pose bows the head as in a cat, on the way there.
        """
        is_far = self.phase is Phase.EFFORT and self.is_plausible
        return is_far and not self._lead.is_out_of_place

    @property
    def stays_s(self) -> float:
        """How long a repetition has been at its furthest without coming back."""
        return self._stays_s

    @property
    def kept_share(self) -> float:
        """How long a posture has been kept, as a share of what it takes to be recognised."""
        least_s = self.exercise.recognition.held_for_s
        shares = (
            v.timer.kept_s / max(v.timer.settle_s, least_s) for v in self._held if v.has_arisen
        )
        return max(shares, default=0.0)

    @property
    def is_settling(self) -> bool:
        """Whether a posture was reached just now, and may be about to be kept."""
        return any(v.is_settling for v in self._held)

    @property
    def has_arisen(self) -> bool:
        """Whether what is held, or was until now, may be told from how somebody happens to be."""
        return not isinstance(self._lead, HoldVariant) or self._lead.has_arisen

    @property
    def held_s(self) -> float:
        """Clock of the hold that is going on."""
        return self._lead.timer.held_s if isinstance(self._lead, HoldVariant) else 0.0

    @property
    def total_held_s(self) -> float:
        """Time inside the posture over all holds so far."""
        return self._ended_holds_s + self.held_s

    @property
    def active_faults(self) -> tuple[Fault, ...]:
        """Faults that are going on."""
        return self._assessor.active

    def tallies(self) -> tuple[RuleTally, ...]:
        """Return how much of the time each rule could be judged."""
        return tuple(self._assessor.tallies())

    def interrupt(self, time_s: float) -> list[Event]:
        """Give up the movement under way: a cut, or another person."""
        for variant in self._variants:
            variant.interrupt()
        if self._turning:
            self._turning.interrupt()
        return self._ended(time_s, self._assessor.interrupt(time_s))

    def update(self, time_s: float, body: BodyState, readings: Readings) -> list[Event]:
        """Take the next instant; return what happened in it."""
        completed = {}
        for variant in self._variants:
            completed[id(variant)] = variant.update(time_s, body, readings)
        if completed[id(self._lead)] is None:
            self._choose_lead()
        done = completed[id(self._lead)]
        phase = Phase.RETURN if done and done.movement else self._lead.phase
        working = done.side if done else self._lead.working
        events = self._assess(time_s, Moment(phase, working), body, readings)
        if done:
            events += self._complete(time_s, done)
        if self._turning and self.is_in_position:
            is_at_rest = self.is_at_start and not self.is_holding
            self._turning.update(time_s, body.view, readings, is_at_rest=is_at_rest)
        events += self._hold_started(time_s)
        self._was_at_rest = self._lead.phase is REST
        self._note_stay(time_s)
        return events

    def finish(self, time_s: float) -> list[Event]:
        """End the recording: count what was nearly done, stop the clock."""
        done = self._lead.finish()
        events = self._complete(time_s, done) if done else []
        return self._ended(time_s, self._assessor.interrupt(time_s)) + events

    def _note_stay(self, time_s: float) -> None:
        is_furthest = self.phase is Phase.EFFORT and not self.is_holding
        self._stays_s = self._stays_s + time_s - self._last_s if is_furthest else 0.0
        self._last_s = time_s

    def _choose_lead(self) -> None:
        """Keep the lead while it is ready, but let a clock that runs take over from a counter.

        What stays up for so long is held: the movement into it is no repetition.
        """
        is_held = isinstance(self._lead, HoldVariant) and self._lead.is_ready
        holding = next((v for v in self._held if v.is_ready), None)
        if holding and not is_held:
            for variant in self._variants:
                variant.interrupt()
            self._lead = holding
        elif not self._lead.is_ready:
            self._lead = next((v for v in self._variants if v.is_ready), self._lead)

    def _assess(
        self, time_s: float, moment: Moment, body: BodyState, readings: Readings
    ) -> list[Event]:
        is_at_rest = moment.phase is REST
        if is_at_rest and not self._was_at_rest:
            return self._ended(time_s, self._assessor.interrupt(time_s))
        if is_at_rest and not self._lead.is_ready:
            return []  # out of place: nothing to judge, and no rest to compare with
        if not is_at_rest and self._was_at_rest and not self._is_announced:
            self._faults = []
        started, ended = self._assessor.update(
            time_s, self._lead.variant.id, moment, body.view, readings
        )
        self._faults += [fault.name for fault in started]
        events: list[Event] = [FaultStarted(time_s, self.exercise.id, f) for f in started]
        return events + self._ended(time_s, ended)

    def _ended(self, time_s: float, faults: Sequence[Fault]) -> list[Event]:
        return [FaultEnded(time_s, self.exercise.id, fault) for fault in faults]

    def _hold_started(self, time_s: float) -> list[Event]:
        lead = self._lead
        is_new = self.is_holding and not self._is_announced
        self._is_announced = self.is_holding
        if not is_new or not isinstance(lead, HoldVariant):
            return []
        return [HoldStarted(time_s, self.exercise.id, lead.timer.start_s)]

    def _complete(self, time_s: float, done: Completed) -> list[Event]:
        self.basis = self._lead.basis
        if done.held:
            return self._complete_hold(time_s, done.held, done.side)
        if done.movement is None or done.signal is None:
            return []
        if not done.movement.is_full:
            self._assessor.interrupt(time_s)
            return [self._attempted(time_s, done.movement, done.signal, done.side)]
        return self._complete_repetition(time_s, done.movement, done.signal, done.side)

    def _complete_hold(self, time_s: float, held: HeldPosture, side: Side | None) -> list[Event]:
        self.count += 1
        self._ended_holds_s += held.held_s
        events = self._ended(time_s, self._assessor.interrupt(time_s))
        hold = Hold(
            number=self.count,
            variant=self._lead.variant.id,
            start_s=held.start_s,
            end_s=held.end_s,
            held_s=held.held_s,
            n_breaks=held.n_breaks,
            faults=tuple(dict.fromkeys(self._faults)),
            side=side,
            turn=self._turning.held(held) if self._turning else None,
        )
        return [*events, HoldEnded(time_s, self.exercise.id, hold)]

    def _attempted(
        self, time_s: float, movement: Movement, signal: Signal, side: Side | None
    ) -> RepetitionAttempted:
        self.n_attempts += 1
        return RepetitionAttempted(
            time_s=time_s,
            exercise=self.exercise.id,
            start_s=movement.start_s,
            peak_s=movement.peak_s,
            measure=signal.measure,
            start_value=as_read(movement.start_value, signal, side),
            peak_value=as_read(movement.peak_value, signal, side),
            target=as_read(signal.target, signal, side),
            reached=share_reached(movement, signal),
            side=side,
        )

    def _complete_repetition(
        self, time_s: float, movement: Movement, signal: Signal, side: Side | None
    ) -> list[Event]:
        self.count += 1
        exercise_id = self.exercise.id
        whole = self._assessor.complete(movement, side)
        going_on = self._assessor.interrupt(time_s)
        events: list[Event] = []
        for fault in whole:
            at_end = replace(fault, side=fault.side or side)
            events += [
                FaultStarted(time_s, exercise_id, at_end),
                FaultEnded(time_s, exercise_id, at_end),
            ]
        events += self._ended(time_s, going_on)
        names = dict.fromkeys((*self._faults, *(fault.name for fault in whole)))
        self._faults = []
        repetition = Repetition(
            number=self.count,
            variant=self._lead.variant.id,
            side=side,
            start_s=movement.start_s,
            peak_s=movement.peak_s,
            end_s=movement.end_s,
            outbound_s=movement.outbound_s,
            effort_s=movement.effort_s,
            return_s=movement.return_s,
            measure=signal.measure,
            start_value=as_read(movement.start_value, signal, side),
            peak_value=as_read(movement.peak_value, signal, side),
            target=as_read(signal.target, signal, side),
            reached=share_reached(movement, signal),
            is_whole=movement.is_whole,
            faults=tuple(names),
            turn=self._turning.furthest(movement, side) if self._turning else None,
        )
        return [*events, RepetitionCompleted(time_s, exercise_id, repetition)]
