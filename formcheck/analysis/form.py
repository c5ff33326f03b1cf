"""Find faults: what was wrong, when, by how much, and for how much of the time it was watched.

A reading that is judged in every frame must stay outside its bound for a while before it is a
fault, and come back inside by a margin before the fault is over. Other rules look at a whole
repetition and are decided when it is complete. Each rule keeps count of the frames in which it
could and could not be judged, because "nothing wrong seen" means nothing without it.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from formcheck import measures
from formcheck.analysis.events import Fault, NotAssessed
from formcheck.analysis.extremes import Extremes
from formcheck.analysis.faults import form_fault, severity_of
from formcheck.analysis.movement import REST, Movement
from formcheck.analysis.readings import Channel, Readings, channel, wrong_view
from formcheck.analysis.repetitions import LEAP_ERRORS
from formcheck.analysis.taking import Taken
from formcheck.analysis.tempo import TempoJudge
from formcheck.exercises.schema import Bounds, Exercise, Finding, FormRule, Phase
from formcheck.landmarks import Side
from formcheck.measures import View

# A fault is over when the reading is inside by this share of its expected error.
CLEARS_BY = 0.25
# How much of a repetition's frames must be readable for a verdict on the whole repetition.
ENOUGH_SEEN = 0.5
NOTHING_REPEATED = "no repetition was seen the whole way"

_RELATIVE_TO_REST = ("rise", "drop")


class Moment(NamedTuple):
    """Where a movement stands, and which side works (None where both do, or at rest)."""

    phase: Phase
    working: Side | None = None


@dataclass(slots=True)
class Watched:
    """How much of the time a rule could be judged, in frames of its phases."""

    n_judged: int = 0
    n_not_judged: int = 0
    refused: NotAssessed | None = None

    def note(self, taken: Taken, view: View, views: frozenset[View]) -> bool:
        """Count one frame; return whether it could be judged."""
        refused = taken.refused if view in views else wrong_view(view, views)
        if refused is None and not math.isnan(taken.value):
            self.n_judged += 1
            return True
        self.n_not_judged += 1
        self.refused = refused or self.refused
        return False

    @property
    def share(self) -> float:
        """Share of the frames that could be judged, 0 where there were none."""
        n_frames = self.n_judged + self.n_not_judged
        return self.n_judged / n_frames if n_frames else 0.0


class FrameRule:
    """A rule that is judged in every frame of its phases."""

    def __init__(self, rule: FormRule) -> None:
        self.rule = rule
        self.variants, self._phases, self._views = rule.variants, rule.phases, rule.views
        self.watched = Watched()
        self.active: Fault | None = None
        self._keys = _keys(rule)
        self._clear = rule.advice
        margin = CLEARS_BY * measures.find(rule.measure).expected_error
        if rule.advice.max - rule.advice.min > 2 * margin:
            self._clear = Bounds(min=rule.advice.min + margin, max=rule.advice.max - margin)
        self._outside_since_s = math.nan
        self._error_since_s = math.nan

    def update(
        self,
        time_s: float,
        phase: Phase,
        view: View,
        readings: Readings,
        working: Side | None = None,
    ) -> tuple[Fault | None, Fault | None]:
        """Take the next frame; return the fault that starts and the one that ends, if any."""
        if phase not in self._phases:
            return None, self.stop(time_s)
        key = self._keys[working]
        if key not in readings:  # which side works is not known yet
            return None, None
        taken = readings[key]
        if not self.watched.note(taken, view, self._views):
            self._outside_since_s = math.nan
            return None, None
        if self.active:
            return None, self._follow(time_s, taken)
        return self._begin(time_s, phase, taken), None

    def stop(self, time_s: float) -> Fault | None:
        """End the fault that is going on, if any: its phase is over."""
        ended, self.active = self.active, None
        self._outside_since_s = self._error_since_s = math.nan
        return replace(ended, end_s=time_s) if ended else None

    def _begin(self, time_s: float, phase: Phase, taken: Taken) -> Fault | None:
        severity = severity_of(self.rule, taken.value)
        if severity is None:
            self._outside_since_s = math.nan
            return None
        if math.isnan(self._outside_since_s):
            self._outside_since_s = time_s
        if time_s - self._outside_since_s < self.rule.persists_s:
            return None
        self.active = form_fault(
            self.rule, "advice", taken, phase, (self._outside_since_s, time_s, time_s)
        )
        self._follow(time_s, taken)
        return self.active

    def _follow(self, time_s: float, taken: Taken) -> Fault | None:
        """Keep the worst reading as evidence; raise to an error what persists as one."""
        fault = self.active
        if fault is None:
            return None
        if self._clear.excess(taken.value) == 0:
            return self.stop(time_s)
        if self.rule.advice.excess(taken.value) > self.rule.advice.excess(fault.value):
            fault = replace(fault, value=taken.value, evidence_s=time_s)
        if severity_of(self.rule, taken.value) == "error":
            if math.isnan(self._error_since_s):
                self._error_since_s = time_s
            if time_s - self._error_since_s >= self.rule.persists_s and self.rule.error:
                threshold = self.rule.error.nearest(fault.value)
                fault = replace(fault, severity="error", threshold=threshold)
        else:
            self._error_since_s = math.nan
        self.active = replace(fault, end_s=time_s)
        return None


@dataclass(slots=True)
class _Seen:
    """What was read of one side within a movement."""

    extremes: Extremes
    watched: Watched = field(default_factory=Watched)


class MovementRule:
    """A rule that looks at a whole repetition.

    Which side works is known for sure at the end only: limbs are taken for one another now and
    then. So either side is followed, and the one that the repetition belongs to is judged.
    """

    def __init__(self, rule: FormRule) -> None:
        self.rule = rule
        self.variants, self._phases, self._views = rule.variants, rule.phases, rule.views
        self.watched = Watched()
        self._keys = _keys(rule)
        self._is_from_rest = rule.statistic in _RELATIVE_TO_REST
        self._leap = LEAP_ERRORS * measures.find(rule.measure).expected_error
        self._at_rest: dict[Channel, float] = {}
        self._seen: dict[Channel, _Seen] = {}
        self.forget()

    def update(self, time_s: float, phase: Phase, view: View, readings: Readings) -> None:
        """Take the next frame."""
        if self._is_from_rest and phase is REST:
            self._follow_rest(readings)
        if phase not in self._phases:
            return
        for key, seen in self._seen.items():
            if key in readings and seen.watched.note(readings[key], view, self._views):
                seen.extremes.take(time_s, readings[key])

    def _follow_rest(self, readings: Readings) -> None:
        """Remember the reading at rest, on either side: which will work is not known yet."""
        for key in self._keys.values():
            if key in readings and not math.isnan(readings[key].value):
                self._at_rest[key] = readings[key].value

    def complete(self, movement: Movement, side: Side | None = None) -> Fault | None:
        """Judge the repetition that has just been completed, and the side that it belongs to."""
        key = self._keys[side]
        seen = self._seen[key]
        seen.extremes.end(movement.end_s)
        evidence_s, taken = self._statistic(seen.extremes, self._at_rest.get(key, math.nan))
        self.watched.n_judged += seen.watched.n_judged
        self.watched.n_not_judged += seen.watched.n_not_judged
        self.watched.refused = seen.watched.refused or self.watched.refused
        self.forget()
        if seen.watched.share < ENOUGH_SEEN or math.isnan(taken.value):
            return None
        severity = severity_of(self.rule, taken.value)
        if severity is None:
            return None
        span_s = (movement.start_s, movement.end_s, evidence_s)
        return form_fault(self.rule, severity, taken, Phase.EFFORT, span_s)

    def forget(self) -> None:
        """Drop what was seen: the movement is over, or was none."""
        self._seen = {key: _Seen(Extremes(self._leap)) for key in self._keys.values()}

    def _statistic(self, extremes: Extremes, at_rest: float) -> tuple[float, Taken]:
        (low_s, low), (high_s, high) = extremes.lowest, extremes.highest
        match self.rule.statistic:
            case "trough":
                return low_s, low
            case "range":
                return high_s, high._replace(value=high.value - low.value)
            case "rise":
                return high_s, high._replace(value=high.value - at_rest)
            case "drop":
                return low_s, low._replace(value=low.value / at_rest if at_rest else math.nan)
            case _:
                return high_s, high


def _keys(rule: FormRule) -> dict[Side | None, Channel]:
    """Return where the rule's reading is found, by the side that works."""
    return {working: channel(rule, working) for working in (None, *Side)}


@dataclass(frozen=True, slots=True)
class RuleTally:
    """One rule, how much of the time it could be judged, and what kept from it if anything did."""

    finding: Finding
    share: float
    reason: str
    refused: NotAssessed | None = None


class FormAssessor:
    """Judge one exercise's rules over a recording."""

    def __init__(self, exercise: Exercise) -> None:
        self._frame_rules = [FrameRule(r) for r in exercise.form if r.statistic == "value"]
        self._movement_rules = [MovementRule(r) for r in exercise.form if r.statistic != "value"]
        self._tempo_judges = [TempoJudge(rule) for rule in exercise.tempo]
        self._is_rest_watched = any(Phase.REST in rule.phases for rule in exercise.form)

    @property
    def active(self) -> tuple[Fault, ...]:
        """Faults that are going on."""
        return tuple(rule.active for rule in self._frame_rules if rule.active)

    def update(
        self, time_s: float, variant: str, moment: Moment, view: View, readings: Readings
    ) -> tuple[list[Fault], list[Fault]]:
        """Take the next frame; return the faults that start and those that end."""
        started: list[Fault] = []
        ended: list[Fault] = []
        phase, working = moment
        for rule in self._frame_rules if self._is_rest_watched or phase is not REST else ():
            if rule.variants and variant not in rule.variants:
                continue
            start, end = rule.update(time_s, phase, view, readings, working)
            if start:
                started.append(start)
            if end:
                ended.append(end)
        for movement_rule in self._movement_rules:
            if not movement_rule.variants or variant in movement_rule.variants:
                movement_rule.update(time_s, phase, view, readings)
        return started, ended

    def complete(self, movement: Movement, side: Side | None) -> list[Fault]:
        """Return the faults of a repetition as a whole, in the order of the file."""
        faults = [rule.complete(movement, side) for rule in self._movement_rules]
        faults += [judge.complete(movement) for judge in self._tempo_judges]
        return [fault for fault in faults if fault]

    def interrupt(self, time_s: float) -> list[Fault]:
        """Forget the movement under way; return the faults that this ends."""
        for rule in self._movement_rules:
            rule.forget()
        ended = [rule.stop(time_s) for rule in self._frame_rules]
        return [fault for fault in ended if fault]

    def tallies(self) -> Iterator[RuleTally]:
        """Yield every rule with how much of the time it could be judged."""
        judges: list[FrameRule | MovementRule] = [*self._frame_rules, *self._movement_rules]
        for judge in judges:
            refused = judge.watched.refused
            reason = refused.says if refused else ""
            yield RuleTally(judge.rule, judge.watched.share, reason, refused)
        for tempo in self._tempo_judges:
            refused = tempo.refused
            reason = refused.says if refused else "" if tempo.n_movements else NOTHING_REPEATED
            yield RuleTally(tempo.rule, tempo.share, reason, refused)
