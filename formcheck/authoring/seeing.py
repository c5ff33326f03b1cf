"""The poses of a demonstration: from a recording of poses, or from a video by way of the engine."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from formcheck.authoring.demonstration import Demonstration, watched
from formcheck.estimators.base import PoseEstimator
from formcheck.pipeline import Observation, observe
from formcheck.pose import Pose
from formcheck.recordings import Recording, is_recording
from formcheck.sources.opening import open_source

Progress = Callable[[int, int | None], None]


def seen(path: Path, estimator: PoseEstimator | None, progress: Progress) -> Demonstration:
    """Return what a file shows.

    Parameters
    ----------
    estimator
        An open pose engine; None for a recording of poses, which needs none.
    progress
        Called with the pictures done and expected.

    Raises
    ------
    SourceError
        If it cannot be read, or shows nobody.
    """
    if is_recording(path):
        return watched(Recording(path))
    if estimator is None:
        raise ValueError("a video needs a pose engine")
    with open_source(path) as source:
        return watched(_followed(observe(source, estimator), progress, source.info.n_frames))


def _followed(
    observations: Iterable[Observation], progress: Progress, n_expected: int | None
) -> Iterator[tuple[float, Pose | None]]:
    for number, one in enumerate(observations, start=1):
        progress(number, n_expected)
        yield one.time_s, one.pose
