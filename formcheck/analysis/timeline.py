"""What a recording holds, in order: exercises in their sets, rests, and what nobody can name.

It is made of what was recognised. Time in which somebody moves and no exercise was done stays
unknown; nothing is guessed into it.
"""

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from formcheck.analysis.events import (
    HoldEnded,
    Repetition,
    RepetitionAttempted,
    RepetitionCompleted,
)
from formcheck.analysis.snapshot import Snapshot
from formcheck.analysis.stirring import Stirring

# Who does nothing for this long has ended a set; between two repetitions people rest for a breath.
SET_ENDS_AFTER_S = 10.0
# What lasts no longer than this between two exercises needs no line of its own.
SHORTEST_S = 3.0
# Who comes back so many times as late as from any other repetition of a set has stopped on the
# way and done something else.
STOPPED_FROM = 3.0
_FEWEST_TO_COMPARE = 3
_SLICE_S = 0.5

Done = RepetitionCompleted | RepetitionAttempted | HoldEnded


class SegmentKind(enum.StrEnum):
    """What a stretch of the recording is."""

    EXERCISE = "exercise"
    REST = "rest"
    UNKNOWN = "unknown"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class ExerciseSet:
    """One set: what was done without a long rest between [s]."""

    start_s: float
    end_s: float
    n_repetitions: int
    n_attempts: int
    held_s: float
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """One stretch of the recording [s].

    Attributes
    ----------
    exercise
        Its id; None for everything else.
    sets
        In order; none of everything else.
    """

    kind: SegmentKind
    start_s: float
    end_s: float
    exercise: str | None = None
    sets: tuple[ExerciseSet, ...] = ()


class TimelineBuilder:
    """Take a recording, snapshot by snapshot."""

    def __init__(self) -> None:
        self._done: list[Done] = []
        self._stirring = Stirring()
        # Kind and begin of each stretch in which no exercise need have been done.
        self._stretches: list[tuple[SegmentKind, float]] = []
        self._slice_s = 0.0
        self._n_frames = self._n_stirring = self._n_seen = 0
        self._last_s = 0.0

    def take(self, snapshot: Snapshot) -> None:
        """Take what was seen at one instant."""
        self._done += [event for event in snapshot.events if isinstance(event, Done)]
        self._last_s = max(self._last_s, snapshot.time_s)
        if self._n_frames and snapshot.time_s - self._slice_s >= _SLICE_S:
            self._close_slice()
        if not self._n_frames:
            self._slice_s = snapshot.time_s
        self._n_frames += 1
        if snapshot.pose is None:
            self._stirring.reset()
            return
        self._n_seen += 1
        self._n_stirring += self._stirring.update(snapshot.pose)

    def timeline(self) -> tuple[Segment, ...]:
        """Return everything taken so far, without gaps that are worth a line."""
        if self._n_frames:
            self._close_slice()
        exercises = [_exercise(name, done) for name, done in _runs(self._done, self._left_s())]
        borders = [0.0, *(time for one in exercises for time in (one.start_s, one.end_s))]
        borders.append(max(self._last_s, borders[-1]))
        gaps = [self._between(*span) for span in zip(borders[::2], borders[1::2], strict=True)]
        segments = list(gaps[0])
        for exercise, after in zip(exercises, gaps[1:], strict=True):
            segments += [exercise, *after]
        return tuple(segments)

    def _close_slice(self) -> None:
        kind = SegmentKind.REST
        if self._n_seen < self._n_frames / 2:
            kind = SegmentKind.AWAY
        elif self._n_stirring > self._n_seen / 2:
            kind = SegmentKind.UNKNOWN
        if not self._stretches or self._stretches[-1][0] is not kind:
            self._stretches.append((kind, self._slice_s))
        self._n_frames = self._n_stirring = self._n_seen = 0

    def _spans(self) -> Iterator[tuple[SegmentKind, float, float]]:
        """Yield each stretch with its begin and its end."""
        for number, (kind, from_s) in enumerate(self._stretches, start=1):
            is_last = number == len(self._stretches)
            yield kind, from_s, self._last_s if is_last else self._stretches[number][1]

    def _left_s(self) -> list[float]:
        """Return when somebody left for long enough to be worth a line."""
        return [
            from_s
            for kind, from_s, to_s in self._spans()
            if kind is SegmentKind.AWAY and to_s - from_s >= SHORTEST_S
        ]

    def _between(self, start_s: float, end_s: float) -> tuple[Segment, ...]:
        """Return what was between two exercises."""
        if end_s - start_s < SHORTEST_S:
            return ()
        parts = [
            Segment(kind, max(start_s, from_s), min(end_s, to_s))
            for kind, from_s, to_s in self._spans()
            if min(end_s, to_s) > max(start_s, from_s)
        ]
        return tuple(_joined(parts, start_s, end_s))


def _runs(done: Sequence[Done], left_s: Sequence[float]) -> Iterator[tuple[str, list[Done]]]:
    """Yield what was done of one exercise after the other.

    Movements that were too small belong to an exercise of which something counted; alone they
    are nobody's.
    """
    ordered = sorted(done, key=_start_s)
    for name, group in groupby(ordered, key=lambda event: event.exercise):
        for run in _parted(list(group), left_s):
            while run and isinstance(run[0], RepetitionAttempted):
                run.pop(0)
            while run and isinstance(run[-1], RepetitionAttempted):
                run.pop()
            if run:
                yield name, run


def _parted(done: Sequence[Done], left_s: Sequence[float]) -> list[list[Done]]:
    """Part what was done where a set had ended and nobody was in view before the next one."""
    parts = [[done[0]]]
    for before, after in pairwise(done):
        from_s, to_s = _end_s(before), _start_s(after)
        if to_s - from_s > SET_ENDS_AFTER_S and any(from_s < one < to_s for one in left_s):
            parts.append([])
        parts[-1].append(after)
    return parts


def _exercise(name: str, done: Sequence[Done]) -> Segment:
    sets: list[list[Done]] = [[done[0]]]
    for before, after in pairwise(done):
        if _start_s(after) - _end_s(before) > SET_ENDS_AFTER_S:
            sets.append([])
        sets[-1].append(after)
    in_sets = tuple(map(_set, sets))
    return Segment(
        SegmentKind.EXERCISE, _start_s(done[0]), max(one.end_s for one in in_sets), name, in_sets
    )


def _set(done: Sequence[Done]) -> ExerciseSet:
    repetitions = [one.repetition for one in done if isinstance(one, RepetitionCompleted)]
    holds = [one.hold for one in done if isinstance(one, HoldEnded)]
    faults = [name for one in repetitions for name in one.faults]
    faults += [name for one in holds for name in one.faults]
    return ExerciseSet(
        start_s=_start_s(done[0]),
        end_s=_ended_s(done, repetitions),
        n_repetitions=len(repetitions),
        n_attempts=sum(isinstance(one, RepetitionAttempted) for one in done),
        held_s=sum(hold.held_s for hold in holds),
        faults=tuple(dict.fromkeys(faults)),
    )


def _ended_s(done: Sequence[Done], repetitions: Sequence[Repetition]) -> float:
    """Return when a set was over.

    Whoever stops on the way back from the last repetition comes back with whatever is done next:
    the set was over when the others' way back would have been.
    """
    end_s = max(map(_end_s, done))
    if len(repetitions) < _FEWEST_TO_COMPARE or repetitions[-1].end_s < end_s:
        return end_s
    *others, last = repetitions
    return min(end_s, last.peak_s + STOPPED_FROM * max(one.end_s - one.peak_s for one in others))


def _joined(parts: Sequence[Segment], start_s: float, end_s: float) -> Iterator[Segment]:
    """Yield the parts without those too short for a line: they go to the one before."""
    kept: list[Segment] = []
    for part in parts:
        is_short = part.end_s - part.start_s < SHORTEST_S
        if kept and (is_short or kept[-1].kind is part.kind):
            kept[-1] = Segment(kept[-1].kind, kept[-1].start_s, part.end_s)
        else:
            kept.append(part)
    if len(kept) > 1 and kept[0].end_s - kept[0].start_s < SHORTEST_S:
        kept = [Segment(kept[1].kind, kept[0].start_s, kept[1].end_s), *kept[2:]]
    if kept:
        kept[0] = Segment(kept[0].kind, start_s, kept[0].end_s)
        kept[-1] = Segment(kept[-1].kind, kept[-1].start_s, end_s)
    yield from kept


def _span_s(event: Done) -> tuple[float, float]:
    """Return from when to when it was done."""
    match event:
        case RepetitionCompleted(repetition=repetition):
            return repetition.start_s, repetition.end_s
        case HoldEnded(hold=hold):
            return hold.start_s, hold.end_s
        case RepetitionAttempted(start_s=start_s, time_s=end_s):
            return start_s, end_s


def _start_s(event: Done) -> float:
    return _span_s(event)[0]


def _end_s(event: Done) -> float:
    return _span_s(event)[1]
