"""Measure one person's own range: a few easy repetitions, or a comfortable posture.

Nothing is judged. What counts here is what the exercise file would let count for whoever can do
least; how far the person went, and from where, becomes the measure of what comes after (see
``fitting``). Movements that are far smaller than the largest are passed over: people settle
before they begin.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from formcheck.analysis.coach import Coach
from formcheck.analysis.events import HoldEnded, Repetition, RepetitionCompleted
from formcheck.analysis.fitting import easiest
from formcheck.analysis.own_numbers import Calibration, OwnPosture, OwnReading, OwnSignal
from formcheck.analysis.own_range import LEAST_SHARE
from formcheck.analysis.readings import channel
from formcheck.analysis.signals import MOVING_SIDE
from formcheck.analysis.snapshot import Snapshot
from formcheck.exercises.schema import Exercise, FormRule, Phase, Reading, Signal
from formcheck.landmarks import Side
from formcheck.measures import View
from formcheck.pose import Pose

REPETITIONS = 3
# Where each side has its turn: two to either.
REPETITIONS_OF_SIDES = 4
LEAST_REPETITIONS = 2
HELD_S = 5.0
# So many readings at rest are the least that a neutral stance is taken from: half a second.
LEAST_AT_REST = 8
_DIGITS = 3

_Key = tuple[str, str]
_Sample = tuple[Phase, Mapping[_Key, float]]


@dataclass(frozen=True, slots=True)
class _Done:
    """One easy repetition: what was counted, from where it was seen, and what was read in it."""

    repetition: Repetition
    view: View
    samples: tuple[_Sample, ...]

    @property
    def excursion(self) -> float:
        return abs(self.repetition.peak_value - self.repetition.start_value)

    @property
    def counted_by(self) -> tuple[str, str, View]:
        return self.repetition.variant, self.repetition.measure, self.view


class Calibrator:
    """Measure one person's own range of one exercise.

    Parameters
    ----------
    exercise
        As its file describes it.
    is_hold
        Whether its posture is to be measured, not its repetitions.

    Attributes
    ----------
    done, due
        How much has been seen of what is needed: repetitions, or seconds.

    Examples
    --------
    >>> from formcheck.exercises import library
    >>> calibrator = Calibrator(library.find("glute_bridge"), is_hold=False)
    >>> calibrator.update(0.0, None).count, calibrator.due, calibrator.result() is None
    (0, 3.0, True)
    """

    def __init__(self, exercise: Exercise, *, is_hold: bool) -> None:
        self.exercise = exercise
        self.is_hold = is_hold
        self.due = HELD_S if is_hold else float(_n_asked(exercise))
        self.done = 0.0
        self._coach = Coach([easiest(exercise)])
        self._repetitions: list[_Done] = []
        self._moving: list[_Sample] = []
        self._held: list[tuple[View, _Sample]] = []
        self._posture: tuple[str, list[tuple[View, _Sample]]] | None = None
        self._at_rest: dict[_Key, list[float]] = {}

    @property
    def is_complete(self) -> bool:
        """Whether all that was asked for has been seen."""
        return self.done >= self.due

    @property
    def is_enough(self) -> bool:
        """Whether there is something to measure by."""
        return self.done >= (HELD_S if self.is_hold else LEAST_REPETITIONS)

    def update(self, time_s: float, pose: Pose | None) -> Snapshot:
        """Take the next pose (None while nobody is seen)."""
        snapshot = self._coach.update(time_s, pose)
        self._take(snapshot)
        return snapshot

    def result(self) -> Calibration | None:
        """Return what was measured; None where it was not enough. Nothing more is taken then."""
        self._take(self._coach.finish())
        if not self.is_enough:
            return None
        return self._of_posture() if self.is_hold else self._of_repetitions()

    def _take(self, snapshot: Snapshot) -> None:
        readings = {(one.measure, one.side): one.value for one in snapshot.readings}
        sample = (snapshot.phase, readings)
        if self.is_hold:
            self._take_hold(snapshot, sample)
        elif not self.is_complete:
            self._take_repetition(snapshot, sample)

    def _take_repetition(self, snapshot: Snapshot, sample: _Sample) -> None:
        for event in snapshot.events:
            # One that ends while the view is read as another tells nothing of either view.
            if isinstance(event, RepetitionCompleted) and snapshot.view is not None:
                made = _Done(event.repetition, snapshot.view, (*self._moving, sample))
                if self._signal_of(made) is not None:
                    self._repetitions.append(made)
        if snapshot.phase is Phase.REST:
            self._moving.clear()
            if snapshot.is_at_start:
                for key, value in sample[1].items():
                    self._at_rest.setdefault(key, []).append(value)
        else:
            self._moving.append(sample)
        self.done = float(len(self._easy()))

    def _take_hold(self, snapshot: Snapshot, sample: _Sample) -> None:
        for event in snapshot.events:
            if isinstance(event, HoldEnded):
                if self._posture is None and event.hold.held_s >= HELD_S:
                    self._posture = (event.hold.variant, self._held)
                self._held = []
        if self.is_complete:
            return
        if snapshot.is_holding and snapshot.view is not None:
            self._held.append((snapshot.view, sample))
        self.done = snapshot.held_s

    def _easy(self) -> list[_Done]:
        """Return the repetitions that are measured: alike, and none far smaller than others."""
        if not self._repetitions:
            return []
        commonest = Counter(one.counted_by for one in self._repetitions).most_common(1)[0][0]
        alike = [one for one in self._repetitions if one.counted_by == commonest]
        least = LEAST_SHARE * max(one.excursion for one in alike)
        return [one for one in alike if one.excursion >= least]

    def _of_repetitions(self) -> Calibration:
        easy = self._easy()
        variant, _, view = easy[0].counted_by
        signal = self._signal_of(easy[0])
        assert signal is not None  # such ones are not kept
        return Calibration(
            exercise=self.exercise.id,
            view=view,
            signals=(_own_signal(variant, signal, [one.repetition for one in easy]),),
            readings=self._readings(view, variant, easy),
        )

    def _signal_of(self, done: _Done) -> Signal | None:
        """Return what counts a repetition in the view in which it ended."""
        variant, measure, view = done.counted_by
        signals = _signals(self.exercise, variant)
        return next((one for one in signals if one.measure == measure and view in one.views), None)

    def _readings(
        self, view: View, variant: str, easy: Sequence[_Done] = ()
    ) -> tuple[OwnReading, ...]:
        """Return what every rule that may follow this person reads."""
        found = []
        for rule in self.exercise.form:
            is_due = view in rule.views and (not rule.variants or variant in rule.variants)
            if rule.individual is None or not is_due:
                continue
            if rule.individual.follows == "neutral":
                values = _known(self._at_rest.get(_key(rule), []))
                value = median(values) if len(values) >= LEAST_AT_REST else math.nan
            else:
                values = _known(_statistic(rule, one) for one in easy)
                value = median(values) if len(values) >= LEAST_REPETITIONS else math.nan
            if not math.isnan(value):
                found.append(OwnReading(rule.name, round(value, _DIGITS)))
        return tuple(found)

    def _of_posture(self) -> Calibration:
        variant, held = self._posture or ("", [])
        view = Counter(view for view, _ in held).most_common(1)[0][0]
        seen = [sample for of, sample in held if of is view]
        hold = next(one.hold for one in self.exercise.variants if one.id == variant)
        postures = [
            OwnPosture(variant, condition.measure, condition.side, value)
            for condition in (hold.conditions if hold else ())
            if condition.gives and not math.isnan(value := _usual(condition, seen))
        ]
        readings = [
            OwnReading(rule.name, value)
            for rule in self.exercise.form
            if rule.individual and rule.statistic == "value" and view in rule.views
            if not rule.variants or variant in rule.variants
            if not math.isnan(value := _usual(rule, seen))
        ]
        return Calibration(
            exercise=self.exercise.id,
            view=view,
            postures=tuple(postures),
            readings=tuple(readings),
        )


def _n_asked(exercise: Exercise) -> int:
    signals = [s for variant in exercise.variants for s in _signals(exercise, variant.id)]
    is_sided = any(s.directions == "both" or s.side in MOVING_SIDE for s in signals)
    return REPETITIONS_OF_SIDES if is_sided else REPETITIONS


def _signals(exercise: Exercise, variant: str) -> tuple[Signal, ...]:
    rule = next(one.repetition for one in exercise.variants if one.id == variant)
    return rule.signals if rule else ()


def _own_signal(variant: str, signal: Signal, easy: Sequence[Repetition]) -> OwnSignal:
    """Return the range of these repetitions: of the side that goes less far, where there are two.

    Who is stiff to one side shall not be held to what the other one does.
    """
    of_sides = [_range([one for one in easy if one.side is side]) for side in (None, *Side)]
    known = [(side, *found) for side, found in zip((None, *Side), of_sides, strict=True) if found]
    side, rest, furthest = min(known, key=lambda one: abs(one[2] - one[1]))
    return OwnSignal(
        variant=variant,
        measure=signal.measure,
        side=signal.side,
        rest=round(abs(rest) if signal.directions == "both" else rest, _DIGITS),
        furthest=round(abs(furthest) if signal.directions == "both" else furthest, _DIGITS),
        n_repetitions=len(easy),
        limited_by=side,
    )


def _range(repetitions: Sequence[Repetition]) -> tuple[float, float] | None:
    if not repetitions:
        return None
    rest = median(one.start_value for one in repetitions)
    return rest, median(one.peak_value for one in repetitions)


def _key(reading: Reading, working: Side | None = None) -> _Key:
    measure, side = channel(reading, working)
    return measure, side.value


def _statistic(rule: FormRule, done: _Done) -> float:
    """Return what a rule reads in one repetition; NaN where it could not be read."""
    key = _key(rule, done.repetition.side)
    values = _known(
        readings.get(key, math.nan) for phase, readings in done.samples if phase in rule.phases
    )
    if not values:
        return math.nan
    return {"peak": max, "trough": min}.get(rule.statistic, median)(values)


def _usual(reading: Reading, seen: Sequence[_Sample]) -> float:
    """Return what is read most of the time in a posture."""
    values = _known(readings.get(_key(reading), math.nan) for _, readings in seen)
    return round(median(values), _DIGITS) if values else math.nan


def _known(values: Iterable[float]) -> list[float]:
    return [value for value in values if not math.isnan(value)]
