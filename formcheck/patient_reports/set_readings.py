"""What a set was counted or timed by, read again for its drawing: in a few pictures a second.

Nothing is counted or judged anew: what was done is known, and so is when. The pictures in which a
repetition began, was furthest and ended are always read, so that no peak is missed.
"""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from formcheck import measures
from formcheck.analysis.curve import EMPTY, Curve, CurvePoint, extremes
from formcheck.analysis.events import Repetition, RepetitionAttempted
from formcheck.analysis.observing import Observed, Observer
from formcheck.analysis.readings import channel
from formcheck.analysis.snapshot import Threshold
from formcheck.exercises.schema import Condition, Exercise, Signal
from formcheck.patient_reports.judged import CountedSet
from formcheck.pose import Pose

MOST_POINTS = 300  # a picture of eight centimetres shows no more
# An observer refuses fewer than 7.5 pictures a second, and looks no better with more than these.
LOOKS_HZ = 10.0
# In between, no movement of an exercise gets farther than its reading errs.
READS_HZ = 5.0

Poses = Sequence[tuple[float, Pose | None]]
_Reading = Signal | Condition


def curve_of(exercise: Exercise, poses: Poses, done: CountedSet) -> Curve:
    """Return the measure over a set, with the target that was worked toward in it.

    Parameters
    ----------
    exercise
        With the numbers of this person.
    """
    observer = Observer([exercise])
    marked = _marked(poses, done)
    looked_at = sorted(_every(LOOKS_HZ, poses) | marked)
    seen = {place: observer.update(*poses[place]) for place in looked_at}
    read = _counted_by(exercise, done) or _would_count_by(exercise, seen.values())
    shown = sorted(_every(READS_HZ, poses) | marked)
    points = [CurvePoint(poses[place][0], _value(seen[place], read)) for place in shown]
    if all(math.isnan(point.value) for point in points):
        return EMPTY
    measure = measures.find(read[0].measure)
    return Curve(
        measure.name,
        measure.unit,
        measure.expected_error,
        tuple(_thresholds(read, done)),
        tuple(_fewer(points)),
    )


def _every(rate_hz: float, poses: Poses) -> set[int]:
    """Return the places of so many pictures a second; those of half as many are among them."""
    beats = [math.floor(time_s * rate_hz) for time_s, _ in poses]
    return {place for place, beat in enumerate(beats) if not place or beat > beats[place - 1]}


def _marked(poses: Poses, done: CountedSet) -> set[int]:
    """Return the places of the pictures that must not be missed."""
    times_s = [time_s for time_s, _ in poses]
    return {_nearest(times_s, time_s) for time_s in _marked_s(done)} if times_s else set()


def _marked_s(done: CountedSet) -> Iterator[float]:
    """Yield when something began, was furthest or worst, and ended [s]."""
    for one in done.measured:
        yield from (one.start_s, one.peak_s, one.end_s)
    for attempt in done.record.attempts:
        yield from (attempt.start_s, attempt.peak_s)
    for fault in done.faults:
        yield fault.evidence_s


def _nearest(times_s: Sequence[float], time_s: float) -> int:
    after = bisect_left(times_s, time_s)
    near = (k for k in (after - 1, after) if 0 <= k < len(times_s))
    return min(near, key=lambda k: abs(times_s[k] - time_s))


def _counted_by(exercise: Exercise, done: CountedSet) -> Sequence[_Reading]:
    """Return what most of a set was counted or timed by; nothing where nothing was."""
    moved = Counter(one.measure for one in done.measured or done.record.attempts)
    if done.holds and not done.measured:
        held = {one.variant for one in done.holds}
        return [
            variant.hold.conditions[0]
            for variant in exercise.variants
            if variant.hold and variant.id in held
        ][:1]
    most = dict(moved.most_common(1))
    return [one for one in _signals(exercise) if one.measure in most]


def _would_count_by(exercise: Exercise, seen: Iterable[Observed]) -> Sequence[_Reading]:
    """Return what a set would have been counted by as it was mostly seen."""
    views = Counter(one.body.view for one in seen if one.body is not None).most_common(1)
    signals = [one for one in _signals(exercise) if any(view in one.views for view, _ in views)]
    holds = [variant.hold for variant in exercise.variants if variant.hold]
    return signals[:1] or [hold.conditions[0] for hold in holds[:1]]


def _signals(exercise: Exercise) -> list[Signal]:
    rules = (variant.repetition for variant in exercise.variants)
    return [signal for rule in rules if rule for signal in rule.signals]


def _value(one: Observed, read: Sequence[_Reading]) -> float:
    """Return the reading that counts in the view of an instant; NaN where none can be taken."""
    if one.readings is None or one.body is None:
        return math.nan
    for reading in read:
        if not isinstance(reading, Signal) or one.body.view in reading.views:
            return one.readings[channel(reading)].value
    return math.nan


def _thresholds(read: Sequence[_Reading], done: CountedSet) -> Iterator[Threshold]:
    """Yield what was worked toward, each number once."""
    moved: list[Repetition | RepetitionAttempted] = [*done.measured, *done.record.attempts]
    targets = dict.fromkeys(one.target for one in moved if one.measure == read[0].measure)
    yield from (Threshold("target", one) for one in targets)
    if targets:
        return
    first = read[0]
    ends = (first.target,) if isinstance(first, Signal) else (first.min, first.max)
    yield from (Threshold("target", one) for one in ends if math.isfinite(one))


def _fewer(points: Sequence[CurvePoint]) -> Iterator[CurvePoint]:
    """Yield no more points than can be seen, the lowest and the highest among them."""
    if len(points) <= MOST_POINTS:
        yield from points
        return
    size = math.ceil(2 * len(points) / MOST_POINTS)
    for begin in range(0, len(points), size):
        yield from extremes(points[begin : begin + size])
