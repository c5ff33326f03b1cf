"""The streaming core: one pose in, one snapshot out.

Named exercise or not, every candidate has its own tracker and all of them see every pose. With
one candidate its events are the coach's; with several, those of the one that is recognised
(``recogniser``), and until then, and for anything else, the answer is "none of these".
"""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType

from formcheck.analysis.body import BodyState
from formcheck.analysis.cues import CuePolicy
from formcheck.analysis.events import (
    AssessmentPaused,
    AssessmentResumed,
    Event,
    NotAssessed,
)
from formcheck.analysis.observing import Observed, Observer
from formcheck.analysis.own_numbers import AS_IN_THE_FILE, Fit
from formcheck.analysis.readings import Channel, PoseReadings, Reader, Readings, channel
from formcheck.analysis.recogniser import Recogniser
from formcheck.analysis.snapshot import Instant, NamedValue, Snapshot, Threshold
from formcheck.analysis.tracker import Tracker
from formcheck.exercises.schema import Condition, Exercise, Phase, Reading, Signal
from formcheck.pose import Pose

PAUSED_AFTER_S = 1.0


class Coach:
    """Follow one patient through a recording or a live set.

    Parameters
    ----------
    exercises
        The exercise that is due, or every candidate among which to recognise.
    fits
        What fits them to one person, by the id of the exercise.

    Attributes
    ----------
    n_frames, n_frames_with_person
        How many instants there were, and in how many of them somebody was seen.

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
        self._observer = Observer(exercises)
        self._cues = CuePolicy()
        self._refused_since_s = math.nan
        self._pause: AssessmentPaused | None = None
        self._time_s = 0.0
        self.n_frames = 0
        self.n_frames_with_person = 0

    @property
    def readings(self) -> tuple[tuple[str, str], ...]:
        """Measure and side of every reading that a snapshot may carry."""
        return tuple((name, side.value) for name, side in self._observer.channels)

    def update(self, time_s: float, pose: Pose | None) -> Snapshot:
        """Take the next pose (None while nobody is seen); times must increase."""
        return self.take(self._observer.update(time_s, pose))

    def take(self, observed: Observed) -> Snapshot:
        """Take the next instant, observed for these exercises, as `update` takes its pose."""
        return self._snapshot(self.judge(observed), observed.body, observed.readings)

    def judge(self, observed: Observed) -> Instant:
        """Do the same without what is only drawn or said: all that a verdict is made of."""
        time_s = self._time_s = observed.time_s
        self.n_frames = observed.n_frames
        self.n_frames_with_person = observed.n_frames_with_person
        events = list(observed.events)
        if observed.is_new:
            if observed.pose is None:
                self._recogniser.person_lost(time_s)
            for tracker in self.trackers:
                interrupted = tracker.interrupt(time_s)
                events += interrupted if tracker is self._recogniser.current else []
        refused = observed.refused
        if observed.body is not None and observed.readings is not None:
            events += self._follow(time_s, observed.body, observed.readings)
            current = self._recogniser.current
            refused = current.refused if current else None
        events += self._pausing(time_s, refused)
        return Instant(time_s, observed.pose, refused, tuple(events))

    def finish(self) -> Snapshot:
        """End the recording: what was nearly done is counted, clocks stop."""
        events: list[Event] = []
        last_words = [(tracker, tracker.finish(self._time_s)) for tracker in self.trackers]
        events += self._recogniser.finish(self._time_s, last_words)
        if self._pause:
            pause, self._pause = self._pause, None
            events.append(AssessmentResumed(self._time_s, pause.time_s, pause.reason))
        events += self._pausing(self._time_s, None)
        return self._snapshot(Instant(self._time_s, None, None, tuple(events)), None, None)

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
        self, instant: Instant, body: BodyState | None, readings: PoseReadings | None
    ) -> Snapshot:
        current = self._recogniser.current
        primary = current.primary if current else None
        return Snapshot(
            time_s=instant.time_s,
            pose=instant.pose,
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
            not_assessed=instant.not_assessed,
            view=body.view if body else None,
            orientation=body.orientation if body else None,
            near_side=body.near_side if body else None,
            cue=self._cues.update(instant.time_s, instant.events),
            events=instant.events,
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
