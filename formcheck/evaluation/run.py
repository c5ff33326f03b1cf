"""Run labelled clips through formcheck and score the answers.

Each clip runs with its own exercise given, with every exercise that must not be counted on it,
and with ``auto``. The engine looks at each clip once; all runs share its poses.
"""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from formcheck.analysis.coach import Coach
from formcheck.estimators.base import PoseEstimator
from formcheck.evaluation.labels import Clip, Labels
from formcheck.evaluation.score import Score, score
from formcheck.exercises.schema import Exercise
from formcheck.pipeline import Run, observe, recording_header, replay
from formcheck.recordings import SUFFIX, Recording, RecordingWriter
from formcheck.reports.result import Provenance, build_result
from formcheck.sources.opening import open_source

AUTO = "auto"
EVERY = "*"


def evaluate(
    labels: Labels,
    folder: Path,
    exercises: dict[str, Exercise],
    estimator: PoseEstimator,
    progress: Callable[[int, int | None], None],
) -> Iterator[Score]:
    """Yield a score for every run on every clip.

    Parameters
    ----------
    folder
        What the labels' file names are relative to.
    exercises
        The exercises that formcheck knows.
    """
    with tempfile.TemporaryDirectory() as scratch:
        for number, clip in enumerate(labels.clips, start=1):
            recording = _record(folder / clip.file, Path(scratch), number, estimator)
            for asked_for in runs_on(clip, exercises):
                yield _score(clip, asked_for, recording, exercises)
            progress(number, len(labels.clips))


def runs_on(clip: Clip, exercises: dict[str, Exercise]) -> list[str]:
    """Return what is asked for on a clip: its exercise, what must not be counted, ``auto``."""
    own = [clip.exercise] if clip.exercise in exercises else []
    forbidden = exercises if EVERY in clip.must_not_count else clip.must_not_count
    others = [name for name in forbidden if name in exercises and name != clip.exercise]
    return [*own, *others, AUTO]


def _record(path: Path, scratch: Path, number: int, estimator: PoseEstimator) -> Recording:
    with open_source(path) as source:
        header = recording_header(source.info, estimator.identity)
        target = scratch / f"{number}{SUFFIX}"
        with RecordingWriter(target, header) as writer:
            for observation in observe(source, estimator):
                writer.write(observation.time_s, observation.pose)
    return Recording(target)


def _score(
    clip: Clip, asked_for: str, recording: Recording, exercises: dict[str, Exercise]
) -> Score:
    asked = list(exercises.values()) if asked_for == AUTO else [exercises[asked_for]]
    run = Run(Coach(asked))
    run.process(replay(recording))
    analysis = run.analysis()
    provenance = Provenance.of_recording(recording.header, asked_for)
    return score(clip, asked_for, build_result(analysis.verdict, analysis.events, provenance, None))
