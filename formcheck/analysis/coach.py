"""The streaming core: one pose in, one snapshot out.

Named exercise or not, every candidate has its own tracker and all of them see every pose. With
one candidate its events are the coach's; with several, those of the one that is recognised
(``recogniser``), and until then, and for anything else, the answer is "none of these".
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType

from formcheck.analysis.body import BodyEstimator, BodyState
from formcheck.analysis.cues import CuePolicy
from formcheck.analysis.events import (
    AssessmentPaused,
    AssessmentResumed,
    Event,
    NotAssessed,
)
from formcheck.analysis.own_numbers import AS_IN_THE_FILE, Fit
from formcheck.analysis.presence import Presence
from formcheck.analysis.readings import Channel, PoseReadings, Reader, Readings, channel
from formcheck.analysis.recogniser import Recogniser
from formcheck.analysis.snapshot import NamedValue, Snapshot, Threshold
from formcheck.analysis.tracker import Tracker
from formcheck.exercises.schema import Condition, Exercise, Phase, Reading, Signal
from formcheck.measures import View
from formcheck.pose import Pose

PAUSED_AFTER_S = 1.0

LENGTHWISE = NotAssessed("wrong_view", "your body points at the camera: turn side-on to it")


class Coach:
    """Follow one patient through a recording or a live set.

    Parameters
    ----------
    exercises
        The exercise that is due, or every candidate among which to recognise.
    fits
        What fits them to one person, by the id of the exercise.

    Examples
    --------
    >>> from formcheck.exercises import library
    >>> coach = Coach([library.find("glute_bridge")])
    >>> coach.update(0.0, None).not_assessed.code
    'nobody_in_view'
    """

    def __init__(
        self, exercises: Sequence[Exercise], fits: Mapping[str, Fit] = MappingProxyType({})
    ) -> None:
        self.trackers = tuple(
            Tracker(exercise, fits.get(exercise.id, AS_IN_THE_FILE)) for exercise in exercises
        )
        self._recogniser = Recogniser(self.trackers)
        self._channels = {
            exercise.id: frozenset(Reader(exercise.readings()).channels) for exercise in exercises
        }
        self._reader = Reader(r for exercise in exercises for r in exercise.readings())
        seen_from = (exercise.camera.views for exercise in exercises)
        self._body = BodyEstimator(frozenset[View]().union(*seen_from))
        self._presence = Presence()
        self._cues = CuePolicy()
        self._refused_since_s = math.nan
        self._pause: AssessmentPaused | None = None
        self._time_s = 0.0

    @property
    def readings(self) -> tuple[tuple[str, str], ...]:
        """Measure and side of every reading that a snapshot may carry."""
        return tuple((name, side.value) for name, side in self._reader.channels)

    @property
    def presence(self) -> Presence:
        """How many frames there were, and in how many of them somebody was seen."""
        return self._presence

    def update(self, time_s: float, pose: Pose | None) -> Snapshot:
        """Take the next pose (None while nobody is seen); times must increase."""
        self._time_s = time_s
        sighting = self._presence.update(time_s, pose)
        events = list(sighting.events)
        if sighting.is_new:
            self._body.reset()
            if pose is None:
                self._recogniser.person_lost(time_s)
            for tracker in self.trackers:
                interrupted = tracker.interrupt(time_s)
                events += interrupted if tracker is self._recogniser.current else []
        if pose is None or sighting.refused:
            return self._snapshot(time_s, pose, sighting.refused, None, None, events)
        body = self._body.update(pose)
        if body.is_lengthwise:
            return self._snapshot(time_s, pose, LENGTHWISE, body, None, events)
        readings = self._reader.read(pose, body)
        events += self._follow(time_s, body, readings)
        current = self._recogniser.current
        refused = current.refused if current else None
        return self._snapshot(time_s, pose, refused, body, readings, events)

    def finish(self) -> Snapshot:
        """End the recording: what was nearly done is counted, clocks stop."""
        events: list[Event] = []
        last_words = [(tracker, tracker.finish(self._time_s)) for tracker in self.trackers]
        events += self._recogniser.finish(self._time_s, last_words)
        if self._pause:
            pause, self._pause = self._pause, None
            events.append(AssessmentResumed(self._time_s, pause.time_s, pause.reason))
        return self._snapshot(self._time_s, None, None, None, None, events)

    def _follow(self, time_s: float, body: BodyState, readings: Readings) -> list[Event]:
        happened = [(tracker, tracker.update(time_s, body, readings)) for tracker in self.trackers]
        return self._recogniser.update(time_s, happened)

    def _due(self) -> frozenset[Channel]:
        """Return the readings of the exercise that is followed: they are always taken."""
        current = self._recogniser.current
        return self._channels[current.exercise.id] if current else frozenset()

    def _pausing(self, time_s: float, refused: NotAssessed | None) -> list[Event]:
        """Say once that judging has stopped, when it has for a second, and that it goes on."""
        if refused is None:
            self._refused_since_s = math.nan
            pause, self._pause = self._pause, None
            return [AssessmentResumed(time_s, pause.time_s, pause.reason)] if pause else []
        if math.isnan(self._refused_since_s):
            self._refused_since_s = time_s
        if self._pause or time_s - self._refused_since_s < PAUSED_AFTER_S:
            return []
        self._pause = AssessmentPaused(self._refused_since_s, refused)
        return [self._pause]

    def _snapshot(
        self,
        time_s: float,
        pose: Pose | None,
        refused: NotAssessed | None,
        body: BodyState | None,
        readings: PoseReadings | None,
        events: list[Event],
    ) -> Snapshot:
        events += self._pausing(time_s, refused)
        current = self._recogniser.current
        primary = current.primary if current else None
        return Snapshot(
            time_s=time_s,
            pose=pose,
            exercise=current.exercise if current else None,
            phase=current.phase if current else Phase.REST,
            count=current.count if current else 0,
            n_attempts=current.n_attempts if current else 0,
            held_s=current.held_s if current else 0.0,
            total_held_s=current.total_held_s if current else 0.0,
            is_holding=current.is_holding if current else False,
            is_in_position=current.is_in_position if current and readings else False,
            is_at_start=current.is_at_start if current and readings else False,
            primary=_named(primary, readings) if primary else None,
            thresholds=_thresholds(primary),
            readings=_NamedReadings(readings, self._due()) if readings else (),
            active_faults=current.active_faults if current else (),
            not_assessed=refused,
            view=body.view if body else None,
            orientation=body.orientation if body else None,
            near_side=body.near_side if body else None,
            cue=self._cues.update(time_s, events),
            events=tuple(events),
        )


def _thresholds(primary: Reading | None) -> tuple[Threshold, ...]:
    """Return where rest ends and counting begins, or what a hold must stay between."""
    named: tuple[tuple[str, float], ...] = ()
    match primary:
        case Signal():
            named = (
                ("rest", primary.rest),
                ("counts from", primary.effort),
                ("target", primary.target),
            )
        case Condition():
            named = (("not below", primary.min), ("not above", primary.max))
    return tuple(Threshold(name, value) for name, value in named if math.isfinite(value))


class _NamedReadings(Collection[NamedValue]):
    """Every reading that is due or that a candidate asked for; NaN for the others.

    Few look at them, and taking them all was a third of what a frame costs.
    """

    def __init__(self, readings: PoseReadings, due: frozenset[Channel]) -> None:
        self._readings = readings
        self._due = due

    def __len__(self) -> int:
        return len(self._readings)

    def __iter__(self) -> Iterator[NamedValue]:
        for key in self._readings:
            is_due = key in self._due
            value = self._readings[key].value if is_due else self._readings.value_taken(key)
            yield NamedValue(key[0], key[1].value, value)

    def __contains__(self, value: object) -> bool:
        return any(one == value for one in self)


def _named(reading: Reading, readings: PoseReadings | None) -> NamedValue:
    key = channel(reading)
    value = readings[key].value if readings else math.nan
    return NamedValue(key[0], key[1].value, value)
