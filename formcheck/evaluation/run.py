"""Run labelled clips through formcheck and score the answers.

Each clip runs with its own exercise given, with every exercise that must not be counted on it
(on a clip that shows nothing of the catalogue: with every one), and with ``auto``. All runs on
a clip share its poses.
"""

from collections.abc import Callable, Iterator, Mapping

from formcheck.analysis.coach import Coach
from formcheck.analysis.whole import Analysis
from formcheck.evaluation.labels import EVERY, Clip, Labels
from formcheck.evaluation.poses import ClipPoses
from formcheck.evaluation.score import AUTO, Score
from formcheck.evaluation.scoring import score
from formcheck.exercises.library import searched
from formcheck.exercises.schema import Exercise
from formcheck.pipeline import Run, replay
from formcheck.recordings import Recording
from formcheck.reports.result import build_result
from formcheck.reports.rows import Provenance
from formcheck.sinks.base import Sink

Exercises = Mapping[str, Exercise]


def evaluate(
    labels: Labels,
    poses: ClipPoses,
    exercises: Exercises,
    progress: Callable[[int, int | None], None],
) -> Iterator[tuple[Clip, Score]]:
    """Yield a score for every run on every clip.

    Parameters
    ----------
    exercises
        The exercises that formcheck knows, by their ids.
    progress
        Called with the clips done and the clips there are.
    """
    for number, clip in enumerate(labels.clips, start=1):
        recording = poses.of(clip)
        for asked_for in runs_on(clip, exercises):
            analysis = analyse(recording, asked_for, exercises)
            provenance = Provenance.of_recording(recording.header, asked_for)
            result = build_result(analysis, provenance)
            yield clip, score(clip, asked_for, result, exercises)
        progress(number, len(labels.clips))


def runs_on(clip: Clip, exercises: Exercises) -> list[str]:
    """Return what is asked for on a clip: its exercise, what must not be counted, ``auto``."""
    own = [clip.exercise] if clip.exercise in exercises else []
    is_nothing_due = EVERY in clip.must_not_count or clip.expect == "negative"
    forbidden = exercises if is_nothing_due else dict.fromkeys(clip.must_not_count)
    passed_over = {clip.exercise, *clip.acceptable_ids}
    others = [name for name in forbidden if name in exercises and name not in passed_over]
    return [*own, *others, AUTO]


def analyse(recording: Recording, asked_for: str, exercises: Exercises, *sinks: Sink) -> Analysis:
    """Return what formcheck makes of a recording when it is asked for this."""
    asked = searched(exercises.values()) if asked_for == AUTO else (exercises[asked_for],)
    run = Run(Coach(asked), sinks)
    run.process(replay(recording))
    return run.analysis()
