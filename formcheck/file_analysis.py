"""Analyse one file and write everything that comes of it.

A video, a folder of pictures or a saved pose recording goes in; the result (JSON), the readings
(CSV or Parquet), the pose stream, the annotated video and the page come out. Whatever ends it
early, a damaged file, the engine, Ctrl-C, what was found until then is written and marked
partial.
"""

import datetime
import platform
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import formcheck
from formcheck.analysis.coach import Coach
from formcheck.errors import FormcheckError, OutputError, SourceError
from formcheck.estimators.base import EngineIdentity, PoseEstimator
from formcheck.exercises.schema import Exercise
from formcheck.files import ensure_folder, sha256_of
from formcheck.frame import SourceInfo
from formcheck.pipeline import Observation, Run, observe, recording_header, replay
from formcheck.recordings import SUFFIX, Recording, is_recording
from formcheck.reports.page import write_page
from formcheck.reports.result import Provenance, Result, build_result, write_json
from formcheck.sinks.annotated_video import AnnotatedVideoSink
from formcheck.sinks.base import Sink
from formcheck.sinks.readings_table import ReadingsSink
from formcheck.sinks.recording import PoseRecordingSink
from formcheck.sources.opening import open_source

INTERRUPTED_BY_USER = "stopped with Ctrl-C"
DEFAULT_RATE_HZ = 30.0

Progress = Callable[[int, int | None], None]


def no_progress(done: int, expected: int | None) -> None:
    """Show nothing."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """What to write, and where."""

    folder: Path
    video: bool = True
    page: bool = True
    parquet: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What came of one file, and where it is.

    Attributes
    ----------
    failure
        What cut the analysis short; None where the file was seen to its end.
    """

    result: Result
    files: tuple[Path, ...]
    failure: FormcheckError | None = None


class UserInterruptError(FormcheckError):
    """Ctrl-C: what was analysed has been written."""

    exit_code = 130

    def __init__(self, written: Written) -> None:
        super().__init__(f"{INTERRUPTED_BY_USER}: what was analysed until then is kept")
        self.written = written


def output_stem(path: Path) -> str:
    """Return the name that the results of a file are called after."""
    return path.name.removesuffix(SUFFIX) if is_recording(path) else path.stem or path.name


def analyse_file(
    path: Path,
    exercises: Sequence[Exercise],
    outputs: Outputs,
    estimator: PoseEstimator | None,
    progress: Progress = no_progress,
) -> Written:
    """Analyse one file.

    Parameters
    ----------
    path
        A video, a folder of pictures, or a saved pose recording.
    exercises
        The one that is due, or all that it may be.
    outputs
        What to write; the folder is made.
    estimator
        An open pose engine; None for a recording, which has its poses already.
    progress
        Called with the frames done and the frames expected, where known.

    Raises
    ------
    SourceError
        If nothing of the file can be read.
    OutputError
        If a result cannot be written.
    UserInterruptError
        On Ctrl-C, after writing what was found.
    """
    ensure_folder(outputs.folder)
    if is_recording(path):
        recording = Recording(path)
        header = recording.header
        identity = EngineIdentity(
            header.engine, header.engine_version, header.model, header.model_sha256
        )
        info = SourceInfo(
            header.source, header.width_px, header.height_px, header.rate_hz, recording.n_frames
        )
        analyser = _Analyser(path, info, exercises, outputs, identity)
        return analyser.run(replay(recording), progress, recording.incomplete_reason)
    if estimator is None:
        raise ValueError("a video needs a pose engine")
    with open_source(path) as source:
        analyser = _Analyser(path, source.info, exercises, outputs, estimator.identity)
        return analyser.run(observe(source, estimator), progress)


class _Analyser:
    """One file on its way through."""

    def __init__(
        self,
        path: Path,
        info: SourceInfo,
        exercises: Sequence[Exercise],
        outputs: Outputs,
        identity: EngineIdentity,
    ) -> None:
        self._path = path
        self._info = info
        self._outputs = outputs
        self._identity = identity
        coach = Coach(exercises)
        self._run = Run(coach, self._sinks(coach))
        self._asked = exercises[0].id if len(exercises) == 1 else "auto"

    def run(
        self,
        observations: Iterator[Observation],
        progress: Progress,
        interrupted: str | None = None,
    ) -> Written:
        """Take every observation and write what comes of it."""
        is_stopped = False
        failure: FormcheckError | None = SourceError(interrupted) if interrupted else None
        try:
            self._run.process(self._watched(observations, progress))
        except KeyboardInterrupt:
            interrupted, is_stopped = INTERRUPTED_BY_USER, True
        except OutputError:
            raise
        except FormcheckError as error:
            if self._run.n_frames == 0:
                raise
            interrupted, failure = str(error), error
        written = self._write(interrupted, failure)
        if is_stopped:
            raise UserInterruptError(written)
        return written

    def _watched(
        self, observations: Iterator[Observation], progress: Progress
    ) -> Iterator[Observation]:
        for number, observation in enumerate(observations, start=1):
            yield observation
            progress(number, self._info.n_frames)

    def _file(self, ending: str) -> Path:
        return self._outputs.folder / f"{output_stem(self._path)}{ending}"

    @property
    def _video_file(self) -> Path | None:
        has_pictures = not is_recording(self._path)
        return self._file(".annotated.mp4") if self._outputs.video and has_pictures else None

    @property
    def _readings_file(self) -> Path:
        return self._file(".readings.parquet" if self._outputs.parquet else ".readings.csv")

    def _sinks(self, coach: Coach) -> list[Sink]:
        sinks: list[Sink] = [ReadingsSink(self._readings_file, coach.readings)]
        if not is_recording(self._path):
            header = recording_header(self._info, self._identity)
            sinks.append(PoseRecordingSink(self._file(SUFFIX), header))
        if self._video_file:
            size = self._info.width_px, self._info.height_px
            rate_hz = self._info.rate_hz or DEFAULT_RATE_HZ
            sinks.append(AnnotatedVideoSink(self._video_file, rate_hz, size))
        return sinks

    def _write(self, interrupted: str | None, failure: FormcheckError | None) -> Written:
        analysis = self._run.analysis(interrupted)
        result = build_result(analysis.verdict, analysis.events, self._provenance(), interrupted)
        files = [self._file(".result.json")]
        write_json(result, files[0])
        if self._outputs.page:
            files.append(self._file(".html"))
            video = self._video_file
            write_page(files[-1], result, analysis.curve, video)
        others = (self._video_file, self._readings_file, self._file(SUFFIX))
        files += [file for file in others if file and file.exists()]
        return Written(result, tuple(files), failure)

    def _provenance(self) -> Provenance:
        return Provenance(
            formcheck_version=formcheck.__version__,
            python_version=platform.python_version(),
            engine=self._identity.engine,
            engine_version=self._identity.engine_version,
            model=self._identity.model,
            model_sha256=self._identity.model_sha256,
            source=self._info.name,
            source_sha256=sha256_of(self._path) if self._path.is_file() else None,
            width_px=self._info.width_px,
            height_px=self._info.height_px,
            rate_hz=self._info.rate_hz,
            asked_for=self._asked,
            created_at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        )
