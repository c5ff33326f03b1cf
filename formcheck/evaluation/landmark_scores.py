"""What formcheck makes of landmarks that others recorded.

Report only: no figure of theirs is in a headline. One number was set on them, the least share of
one's own range (docs/decisions/0017-own-range.md); no exercise file was.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from formcheck.analysis.body import BodyEstimator
from formcheck.analysis.coach import Coach
from formcheck.analysis.readings import Reader, channel
from formcheck.analysis.verdict import Outcome
from formcheck.errors import UsageError
from formcheck.evaluation import landmark_sets
from formcheck.evaluation.landmark_sets import LandmarkStream, SquatFrame
from formcheck.evaluation.score import AUTO, Record
from formcheck.exercises.library import searched
from formcheck.exercises.schema import Exercise, Signal
from formcheck.pipeline import Observation, Run

ASPECTS = (("taken as 16:9", 9 / 16), ("taken as 9:16", 16 / 9))
SQUAT = "squat"

Progress = Callable[[int, int | None], None]


class StreamScore(Record):
    """What one recording of a set came to.

    Attributes
    ----------
    asked_for
        Its exercise, or ``auto`` where formcheck's catalogue has none for it.
    n_labelled, n_counted, n_attempts
        Repetitions of the set's own labels, those counted, and those found too small.
    recognised
        What was counted or timed; None where nothing was.
    sides
        The side of each counted repetition; empty where it has none.
    found_share
        Share of the frames in which the set has a person.
    """

    set_name: str
    name: str
    shows: str
    asked_for: str
    n_labelled: int
    n_counted: int
    n_attempts: int
    held_s: float
    recognised: str | None
    is_abstention: bool
    sides: tuple[str, ...]
    found_share: float
    remarks: str


class Separation(Record):
    """How well the signal of the squat tells standing from squatting in single frames.

    Attributes
    ----------
    auc
        Chance that a frame taken low reads more than one taken high; None without readings.
    n_unread
        Frames in which the signal could not be read.
    share_up_at_rest, share_down_at_effort
        Frames that lie on their side of the thresholds ``rest`` and ``effort``.
    """

    set_name: str
    measure: str
    n_up: int
    n_down: int
    n_unread: int
    auc: float | None
    rest: float
    effort: float
    share_up_at_rest: float | None
    share_down_at_effort: float | None


class LandmarkScores(Record):
    """Everything measured on landmark sets."""

    streams: tuple[StreamScore, ...] = ()
    separations: tuple[Separation, ...] = ()


def no_progress(done: int, expected: int | None) -> None:
    """Show nothing."""


def score_landmark_sets(
    folder: Path, exercises: Mapping[str, Exercise], progress: Progress = no_progress
) -> LandmarkScores:
    """Score every set that is in a folder.

    Parameters
    ----------
    progress
        Called with the recordings done; how many there are is not known before.

    Raises
    ------
    UsageError
        If there is none.
    LabelsError
        If one cannot be read.
    """
    streams: list[StreamScore] = []
    separations: list[Separation] = []
    for stream in _streams(folder):
        streams.append(score_stream(stream, exercises))
        progress(len(streams), None)
    signal = squat_signal(exercises)
    if signal is not None:
        separations += [separate(name, frames, signal) for name, frames in _squat_frames(folder)]
    if not streams and not separations:
        raise UsageError(
            f"{folder} has no set of landmarks: expected repcount_labels.csv, keraal_labels.csv,"
            " exercise_correction_squat_train.csv.gz or kalatz_train.csv.gz"
        )
    return LandmarkScores(streams=tuple(streams), separations=tuple(separations))


def score_stream(stream: LandmarkStream, exercises: Mapping[str, Exercise]) -> StreamScore:
    """Run one recording: with its own exercise, or ``auto`` where formcheck has none for it."""
    own = exercises.get(stream.exercise)
    run = Run(Coach([own] if own else searched(exercises.values())))
    run.process(Observation(time_s, pose) for time_s, pose in stream.poses)
    verdict = run.analysis().verdict
    is_something = bool(verdict.repetitions or verdict.holds)
    return StreamScore(
        set_name=stream.set_name,
        name=stream.name,
        shows=stream.shows,
        asked_for=own.id if own else AUTO,
        n_labelled=stream.n_repetitions,
        n_counted=len(verdict.repetitions),
        n_attempts=len(verdict.attempts),
        held_s=round(verdict.held_s, 3),
        recognised=verdict.exercise.id if verdict.exercise and is_something else None,
        is_abstention=verdict.outcome is Outcome.NOT_ASSESSED,
        sides=tuple(str(row.side) for row in verdict.repetitions if row.side),
        found_share=round(
            sum(pose is not None for _, pose in stream.poses) / max(1, len(stream.poses)), 4
        ),
        remarks=stream.remarks,
    )


def squat_signal(exercises: Mapping[str, Exercise]) -> Signal | None:
    """Return what squats from standing are counted by."""
    for exercise in exercises.values():
        for variant in exercise.variants:
            if variant.repetition and SQUAT in (exercise.id, variant.id):
                return variant.repetition.signals[0]
    return None


def separate(set_name: str, frames: Sequence[SquatFrame], signal: Signal) -> Separation:
    """Say how well a signal tells frames apart."""
    values = np.array([_read(frame, signal) for frame in frames])
    is_down = np.array([frame.is_down for frame in frames], dtype=bool)
    is_read = np.isfinite(values)
    up, down = values[is_read & ~is_down], values[is_read & is_down]
    grows = signal.target > signal.rest
    at_rest = up <= signal.rest if grows else up >= signal.rest
    at_effort = down >= signal.effort if grows else down <= signal.effort
    has_both = bool(len(up) and len(down))
    return Separation(
        set_name=set_name,
        measure=signal.measure,
        n_up=len(up),
        n_down=len(down),
        n_unread=int((~is_read).sum()),
        auc=round(area_under_curve(up, down) if grows else area_under_curve(down, up), 4)
        if has_both
        else None,
        rest=signal.rest,
        effort=signal.effort,
        share_up_at_rest=round(float(at_rest.mean()), 4) if has_both else None,
        share_down_at_effort=round(float(at_effort.mean()), 4) if has_both else None,
    )


def area_under_curve(low: NDArray[Any], high: NDArray[Any]) -> float:
    """Return the chance that a value of ``high`` exceeds one of ``low``, ties counting half.

    Examples
    --------
    >>> area_under_curve(np.array([1.0, 2.0]), np.array([2.0, 3.0]))
    0.875
    """
    ordered = np.sort(low)
    below = np.searchsorted(ordered, high, side="left")
    equal = np.searchsorted(ordered, high, side="right") - below
    return float((below + equal / 2).mean() / len(low))


def _streams(folder: Path) -> Iterator[LandmarkStream]:
    if (folder / "repcount_labels.csv").is_file():
        yield from landmark_sets.repcount_streams(folder)
    if (folder / "keraal_labels.csv").is_file():
        yield from landmark_sets.keraal_streams(folder)


def _squat_frames(folder: Path) -> Iterator[tuple[str, list[SquatFrame]]]:
    if (folder / "exercise_correction_squat_train.csv.gz").is_file():
        for words, height_share in ASPECTS:
            frames = landmark_sets.exercise_correction_frames(folder, height_share)
            yield f"Exercise-Correction, {words}", frames
    if (folder / "kalatz_train.csv.gz").is_file():
        yield "exercise_recognition", landmark_sets.kalatz_frames(folder)


def _read(frame: SquatFrame, signal: Signal) -> float:
    body = BodyEstimator().update(frame.pose)
    return Reader([signal]).read(frame.pose, body)[channel(signal)].value
