"""What a recording shows, from its first picture to its last: poses, and what was done when."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from formcheck.analysis.coach import Coach
from formcheck.analysis.whole import Analysis
from formcheck.errors import SourceError
from formcheck.estimators.base import PoseEstimator
from formcheck.file_analysis import DEFAULT_RATE_HZ, Asked
from formcheck.frame import SourceInfo
from formcheck.incoming.looking import LONGEST_S, MOST_FRAMES, is_poses
from formcheck.incoming.names import in_words
from formcheck.pipeline import Observation, Run, observe, recording_header, replay
from formcheck.recordings import SUFFIX, Recording
from formcheck.sinks.annotated_video import AnnotatedVideoSink
from formcheck.sinks.base import Sink
from formcheck.sinks.dispensable import Dispensable
from formcheck.sinks.recording import PoseRecordingSink
from formcheck.sources.opening import open_source

POSES = f"whole{SUFFIX}"
VIDEO = "video-01.mkv"

Progress = Callable[[float], None]
"""Told the share that is done; raises what ends it early."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a recording shows.

    Attributes
    ----------
    recording
        Its poses.
    incomplete
        Why it ends early; empty where it was seen to its end.
    video
        Its pictures without anything else that its file says, where they are kept.
    no_video
        Why they are not, though they should be.
    """

    analysis: Analysis
    recording: Recording
    n_with_person: int
    incomplete: str = ""
    video: Path | None = None
    no_video: str = ""


def seen_poses(path: Path, name: str, asked: Asked, progress: Progress) -> Seen:
    """Return what a recording of poses shows.

    Parameters
    ----------
    name
        What its file was called.

    Raises
    ------
    SourceError
        If nothing of it can be read.
    """
    recording = Recording(path)
    watched = _Watched(replay(recording), recording.n_frames, progress)
    run, failure = _run(asked, (), watched)
    incomplete = _said(failure, path, name) or recording.incomplete_reason or ""
    return Seen(run.analysis(incomplete or None), recording, watched.n_with_person, incomplete)


def seen_video(  # noqa: PLR0913 - each is about one recording
    path: Path,
    name: str,
    asked: Asked,
    estimator: PoseEstimator,
    work: Path,
    progress: Progress,
    *,
    keeps_video: bool,
) -> Seen:
    """Return what a video shows; its poses are written on the way.

    Parameters
    ----------
    name
        What its file was called.
    work
        A folder for poses and pictures.

    Raises
    ------
    SourceError
        If nothing of it can be read.
    EngineError
        If the engine stops.
    OutputError
        If its poses cannot be written.
    """
    with open_source(path) as source:
        info = replace(source.info, name=name)
        poses = PoseRecordingSink(work / POSES, recording_header(info, estimator.identity))
        video = _video_sink(work / VIDEO, info) if keeps_video else None
        sinks: list[Sink] = [poses, *([video] if video else [])]
        observations = observe(source, estimator, outline=asked.needs_outline)
        watched = _Watched(observations, info.n_frames, progress)
        run, error = _run(asked, sinks, watched)
    failure = _said(error, path, name)
    is_kept = video is not None and video.failure is None
    return Seen(
        run.analysis(failure or None),
        Recording(work / POSES),
        watched.n_with_person,
        failure,
        work / VIDEO if is_kept else None,
        str(video.failure) if video and video.failure else "",
    )


def needs_engine(path: Path) -> bool:
    """Whether poses have to be found first."""
    return not is_poses(path)


def _video_sink(path: Path, info: SourceInfo) -> Dispensable:
    size = info.width_px, info.height_px
    return Dispensable(AnnotatedVideoSink(path, info.rate_hz or DEFAULT_RATE_HZ, size, draws=False))


def _said(error: SourceError | None, path: Path, name: str) -> str:
    """Return why it ended early in one line; empty where it did not."""
    return in_words(error, path, name).replace("\n", " ") if error else ""


def _run(
    asked: Asked, sinks: Iterable[Sink], watched: "_Watched"
) -> tuple[Run, SourceError | None]:
    """Return a run over it, and what ended it early.

    A file that breaks off has shown something until then.
    """
    run = Run(Coach(asked.exercises, asked.fits), tuple(sinks), asked.confirmer())
    try:
        run.process(watched)
    except SourceError as error:
        if run.n_frames == 0:
            raise
        return run, error
    if run.n_frames == 0:
        raise SourceError("there is nothing in it: not a single picture or pose")
    return run, None


class _Watched:
    """Observations on their way, counted, and ended where they would take all day."""

    def __init__(
        self, observations: Iterator[Observation], expected: int | None, progress: Progress
    ) -> None:
        self._observations = observations
        self._expected = expected
        self._progress = progress
        self.n_with_person = 0

    def __iter__(self) -> Iterator[Observation]:
        for number, one in enumerate(self._observations, start=1):
            if one.time_s > LONGEST_S or number > MOST_FRAMES:
                hours = LONGEST_S / 3600
                raise SourceError(
                    f"it is longer than {hours:.0f} hours: only these were analysed. Cut it into"
                    " shorter videos"
                )
            self.n_with_person += one.pose is not None
            yield one
            self._progress(min(number / self._expected, 1.0) if self._expected else 0.0)
