"""A performance that comes of a plan.

No two repetitions are quite alike, and nobody is quite still: tempo and range vary, the trunk
sways, limbs tremble, one side is stiffer, and it gets slower and smaller with fatigue.
"""

from dataclasses import dataclass, field

import numpy as np

from formcheck.errors import UsageError
from formcheck.exercises.motion import LIMB_CONTACTS, Deviation, Motion, Pace
from formcheck.exercises.schema import Exercise
from formcheck.landmarks import Side
from formcheck.simulation.faults import hurried, tempo_rule, wrong_by
from formcheck.simulation.interludes import arrival, arrive, leave, pause
from formcheck.simulation.moments import Body, Keyframe, Moments, Wrong, moments_of
from formcheck.simulation.performance import FaultSpan, Performance, Repetition
from formcheck.simulation.plan import Attempt, Manner, Plan
from formcheck.simulation.skeleton import Skeleton
from formcheck.simulation.track import Track, Way, minimum_jerk
from formcheck.simulation.unsteadiness import sway, trembling

_FAULT_S = 3.0
_SINKS_S = 0.8
_N_TIMES = 201
# Share of the way after which a posture counts as reached, and until which as left: a smooth
# movement takes a fifth of its time for the rest, which looks like standing still.
_ARRIVED = 0.95
_SHIFTS_S = 1.2
_ARM_CONTACTS = frozenset({"hand", "elbow", "forearm"})


def motion_of(exercise: Exercise, variant: str = "") -> Motion:
    """Return the motion of a variant, or of the first one that has a motion.

    Raises
    ------
    UsageError
        Where there is none.
    """
    for motion in exercise.motion:
        if variant in {"", motion.variant}:
            return motion
    known = ", ".join(motion.variant for motion in exercise.motion) or "none"
    raise UsageError(
        f"{exercise.id} has no motion for {variant or 'any variant'}, so nobody can be made to do"
        f" it; it has {known}."
    )


def perform(
    skeleton: Skeleton,
    exercise: Exercise,
    motion: Motion,
    plan: Plan,
    manner: Manner | None = None,
    seed: int = 0,
) -> Performance:
    """Return somebody doing an exercise as planned."""
    writer = _Writer(Body.of(skeleton), exercise, motion, plan, manner or Manner(), seed)
    return writer.performance()


@dataclass(slots=True)
class _Writer:
    body: Body
    exercise: Exercise
    motion: Motion
    plan: Plan
    manner: Manner
    seed: int
    repetitions: list[Repetition] = field(default_factory=list)
    holds_s: list[tuple[float, float]] = field(default_factory=list)
    faults: list[FaultSpan] = field(default_factory=list)
    track: Track = field(init=False)
    _rng: np.random.Generator = field(init=False)
    _known: dict[tuple[str, float, Side], Moments] = field(default_factory=dict)

    def performance(self) -> Performance:
        """Do everything that is planned."""
        self._rng = np.random.default_rng(self.seed)
        first = self._moments(self.plan.attempts[0])
        plan = self.plan
        coming: list[tuple[Keyframe, float]] = []
        if plan.enters or plan.leaves:
            side = Side.LEFT if self._rng.random() < 0.5 else Side.RIGHT
            coming = arrival(self.body, self.motion.posture, first.start, side)
        self.track = Track(self.body, coming[0][0] if plan.enters else first.start)
        if plan.enters:
            arrive(self.track, coming)
        self.track.stay(plan.quiet_s)
        for count, attempt in enumerate(plan.attempts):
            self._attempt(attempt, count)
            self._idle(count)
        self._to(first.start)
        self.track.stay(plan.quiet_s)
        if plan.leaves:
            leave(self.track, coming)
        return self._solved()

    def _idle(self, count: int) -> None:
        if count < len(self.plan.idles):
            here = self.track.here
            pause(self.track, self.body, here, self.plan.idles[count], self._rng)

    def _solved(self) -> Performance:
        times = self.track.times_s
        swaying = sway(times, self.manner.sway_deg, self._rng)
        demands = self.track.demands(swaying)
        knots = self.body.settled(demands)
        tremor = trembling(
            self._free_limbs(), self.manner.tremor_deg, self._rng, times, np.ones(len(times))
        )
        return Performance(
            self.exercise.id,
            self.motion.variant,
            self.body.skeleton,
            times,
            knots,
            tremor,
            tuple(self.repetitions),
            tuple(self.holds_s),
            tuple(self.faults),
        )

    def _free_limbs(self) -> dict[Side, tuple[bool, bool]]:
        """Return which arms and legs touch nothing in any keyframe."""
        touching: set[str] = set()
        for moments in self._known.values():
            for frame in (moments.start, moments.rest, moments.effort):
                touching |= frame.contacts
        arms = {side: {f"{side}_{part}" for part in _ARM_CONTACTS} for side in Side}
        legs = {
            side: {f"{side}_{part}" for part in LIMB_CONTACTS if part not in _ARM_CONTACTS}
            for side in Side
        }
        return {side: (not arms[side] & touching, not legs[side] & touching) for side in Side}

    def _moments(self, attempt: Attempt) -> Moments:
        is_form = attempt.fault and tempo_rule(self.exercise, attempt.fault) is None
        key = (attempt.fault if is_form else "", attempt.way if is_form else 0.0, attempt.side)
        if key not in self._known:
            wrong: Wrong | None = None
            if is_form:
                wrong = wrong_by(self.exercise, self.motion, attempt.fault, attempt.way)
            self._known[key] = moments_of(self.body, self.motion, attempt.side, wrong)
        return self._known[key]

    def _to(self, frame: Keyframe) -> None:
        """Shift to another keyframe, if the body is not there already."""
        if np.abs(self.track.here.posture - frame.posture).max() > 0.05:
            self._go(frame, _SHIFTS_S)

    def _go(self, frame: Keyframe, duration_s: float) -> None:
        self.track.go(Way(self.track.here, frame), duration_s)
        self.track.here = frame

    def _attempt(self, attempt: Attempt, count: int) -> None:
        variant = next(one for one in self.exercise.variants if one.id == self.motion.variant)
        if variant.hold:
            self._hold(attempt)
        else:
            self._repetition(attempt, count)

    def _varied(self, value: float) -> float:
        return value * float(self._rng.uniform(1 - self.manner.varies, 1 + self.manner.varies))

    def _pace(self, attempt: Attempt, count: int) -> Pace:
        pace, rule = self.motion.pace, tempo_rule(self.exercise, attempt.fault)
        factor = self._varied(self.manner.pace * (1 + self.manner.tires) ** count)
        slowed = {name: value * factor for name, value in pace.model_dump().items()}
        pace = pace.model_copy(update=slowed)
        if rule is None:
            return pace
        fast = hurried(self.motion.pace, rule, attempt.way)
        changed = {
            name: value
            for name, value in fast.model_dump().items()
            if value != getattr(self.motion.pace, name)
        }
        return pace.model_copy(update=changed)

    def _reach(self, attempt: Attempt, count: int) -> float:
        manner = self.manner
        reach = attempt.reach * manner.reach * (1 - manner.tires) ** count
        if attempt.side is Side.RIGHT:
            reach *= 1 - manner.right_less
        # Nobody goes further than the motion's own end: what touches there would be passed.
        return min(1.0, reach * (1 - abs(float(self._rng.normal(0, manner.varies)))))

    def _repetition(self, attempt: Attempt, count: int) -> None:
        moments, pace = self._moments(attempt), self._pace(attempt, count)
        reach = 1.0 if attempt.fault else self._reach(attempt, count)
        self._to(moments.rest)
        track = self.track
        start_s = track.now_s
        way = Way(moments.rest, moments.effort, moments.bow, moments.bow_asked)
        if self._rng.random() < self.manner.hesitates:
            stop = float(self._rng.uniform(0.4, 0.7))
            track.go(way, pace.out_s * 0.7, reach * stop)
            track.stay(float(self._rng.uniform(0.3, 0.8)))
            track.onward(reach, pace.out_s * 0.7)
        else:
            track.go(way, pace.out_s, reach)
        peak_s = track.now_s + pace.hold_s / 2
        track.stay(pace.hold_s)
        track.onward(0.0, pace.back_s)
        side = attempt.side if self.motion.sides != "none" else None
        fault = attempt.fault if attempt.way >= 1 else ""
        self.repetitions.append(Repetition(start_s, peak_s, track.now_s, side, fault))
        if fault:
            self.faults.append(FaultSpan(fault, start_s, track.now_s))
        track.here = moments.rest
        pause_s = 0.0
        if self._rng.random() < self.manner.pauses:
            pause_s = float(self._rng.uniform(1.0, 4.0))
        track.stay(pace.rest_s + pause_s)

    def _hold(self, attempt: Attempt) -> None:
        """Get into the posture, hold it, and do what is wrong after the clean hold.

        What is wrong from the beginning is so all the time.
        """
        is_whole = bool(attempt.fault) and self._deviation(attempt).at == "whole"
        moments = self._moments(attempt if is_whole else Attempt(side=attempt.side))
        pace, track = self._pace(Attempt(), 0), self.track
        way = Way(moments.rest, moments.effort, moments.bow, moments.bow_asked)
        self._to(moments.rest)
        track.go(way, pace.out_s)
        track.here = moments.effort
        begins_s = track.now_s - _last_s(pace.out_s)
        track.stay(self.plan.hold_s)
        stops_s = None
        if attempt.fault and not is_whole:
            stops_s = self._fault_in_hold(attempt)
            self._to(moments.effort)
        ends_s = track.now_s + _last_s(pace.back_s) if stops_s is None else stops_s
        if is_whole and attempt.way >= 1:
            self.faults.append(FaultSpan(attempt.fault, begins_s, ends_s))
        self.holds_s.append((begins_s, ends_s))
        track.go(_reversed(way), pace.back_s)
        track.here = moments.rest
        track.stay(pace.rest_s)

    def _deviation(self, attempt: Attempt) -> Deviation:
        return wrong_by(self.exercise, self.motion, attempt.fault, attempt.way).deviation

    def _fault_in_hold(self, attempt: Attempt) -> float | None:
        """Do something wrong in a hold; return when that ends the hold, if it does."""
        track = self.track
        begins_s = track.now_s
        self._go(self._moments(attempt).effort, _SINKS_S)
        track.stay(_FAULT_S)
        if attempt.way < 1:
            return None
        times = np.linspace(0, 1, _N_TIMES)
        share = float(np.interp(1 / attempt.way, minimum_jerk(times), times))
        passes_s = begins_s + _SINKS_S * share
        self.faults.append(FaultSpan(attempt.fault, passes_s, track.now_s))
        return passes_s if self._deviation(attempt).breaks_hold else None


def _last_s(duration_s: float) -> float:
    """Return how long a movement takes for the last of its way, which nobody sees [s]."""
    times = np.linspace(0, 1, _N_TIMES)
    return duration_s * (1 - float(np.interp(_ARRIVED, minimum_jerk(times), times)))


def _reversed(way: Way) -> Way:
    return Way(way.second, way.first, way.bow, way.bow_asked)
