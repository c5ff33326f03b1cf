"""The poses of a demonstration: from a recording of poses, or from a video by way of the engine."""

from collections.abc import Callable
from pathlib import Path

from formcheck.authoring.demonstration import LONGEST_S, Demonstration, watched
from formcheck.estimators.base import PoseEstimator
from formcheck.pipeline import observe
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
    poses = []
    with open_source(path) as source:
        for number, one in enumerate(observe(source, estimator), start=1):
            poses.append((one.time_s, one.pose))
            progress(number, source.info.n_frames)
            if one.time_s - poses[0][0] > LONGEST_S:  # refused below; no need to see all of it
                break
    return watched(poses)
