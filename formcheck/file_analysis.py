"""Analyse one file and write everything that comes of it.

A video, a folder of pictures or a saved pose recording goes in; the result (JSON), the readings
(CSV or Parquet), the pose stream, the annotated video and the page come out. Whatever ends it
early, a damaged file, the engine, Ctrl-C, what was found until then is written and marked
partial. A file that cannot be written (the video fills the disk, its encoder fails) costs itself
and none of the others.
"""

import datetime
import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import formcheck
from formcheck.analysis.coach import Coach
from formcheck.analysis.confirming import Confirmer
from formcheck.analysis.own_numbers import Fit
from formcheck.errors import FormcheckError, OutputError, SourceError
from formcheck.estimators.base import EngineIdentity, PoseEstimator
from formcheck.exercises.schema import Exercise
from formcheck.files import ensure_folder, sha256_of
from formcheck.frame import SourceInfo
from formcheck.pipeline import Observation, Run, observe, recording_header, replay
from formcheck.recordings import SUFFIX, Recording, is_recording
from formcheck.reports.page import write_page
from formcheck.reports.result import Result, build_result, write_json
from formcheck.reports.rows import Provenance
from formcheck.sinks.annotated_video import AnnotatedVideoSink
from formcheck.sinks.base import Sink
from formcheck.sinks.dispensable import Dispensable
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
class Asked:
    """What is to be found in a file.

    Attributes
    ----------
    exercises
        The one that is due, or all that it may be.
    fits
        What fits the exercises to one person, by id.
    candidates
        What may have been done instead of the one that is due.
    outline
        Whether to look for the outline of the trunk although not all of ``exercises`` need it.
    """

    exercises: Sequence[Exercise]
    fits: Mapping[str, Fit] = field(default_factory=dict)
    candidates: Sequence[Exercise] = ()
    outline: bool = False

    @property
    def needs_outline(self) -> bool:
        """Whether the outline of the trunk is looked for."""
        return self.outline or all(one.needs_outline for one in self.exercises)

    def confirmer(self) -> Confirmer | None:
        """Return what notices that something else is done; None where nothing is due."""
        due, *others = self.exercises
        return Confirmer(due, self.candidates) if self.candidates and not others else None


@dataclass(frozen=True, slots=True)
class Written:
    """What came of one file, and where it is.

    Attributes
    ----------
    failure
        What cut the analysis short, or kept a file from being written; None where the source was
        seen to its end and everything is there.
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
    asked: Asked,
    outputs: Outputs,
    estimator: PoseEstimator | None,
    progress: Progress = no_progress,
) -> Written:
    """Analyse one file.

    Parameters
    ----------
    path
        A video, a folder of pictures, or a saved pose recording.
    asked
        What to find.
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
        If the result, or nothing at all, can be written. Where only other files cannot, that is
        the failure of what is returned.
    UserInterruptError
        On Ctrl-C, after writing what was found.
    """
    ensure_folder(outputs.folder)
    coach, confirmer = Coach(asked.exercises, asked.fits), asked.confirmer()
    if is_recording(path):
        recording = Recording(path)
        header = recording.header
        identity = EngineIdentity(
            header.engine, header.engine_version, header.model, header.model_sha256
        )
        info = SourceInfo(
            header.source, header.width_px, header.height_px, header.rate_hz, recording.n_frames
        )
        analyser = _Analyser(path, info, coach, outputs, identity, confirmer)
        return analyser.run(replay(recording), progress, recording.incomplete_reason)
    if estimator is None:
        raise ValueError("a video needs a pose engine")
    with open_source(path) as source:
        analyser = _Analyser(path, source.info, coach, outputs, estimator.identity, confirmer)
        return analyser.run(observe(source, estimator, outline=asked.needs_outline), progress)


class _Analyser:
    """One file on its way through."""

    def __init__(
        self,
        path: Path,
        info: SourceInfo,
        coach: Coach,
        outputs: Outputs,
        identity: EngineIdentity,
        confirmer: Confirmer | None,
    ) -> None:
        self._path = path
        self._info = info
        self._outputs = outputs
        self._identity = identity
        self._sinks = {f: Dispensable(sink) for f, sink in self._all_sinks(coach).items()}
        self._run = Run(coach, tuple(self._sinks.values()), confirmer)
        asked, *others = coach.trackers
        self._asked = "auto" if others else asked.exercise.id

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
            failures = self._failures()
            if len(failures) == len(self._sinks):
                raise failures[0]
            progress(number, self._info.n_frames)

    def _failures(self) -> list[OutputError]:
        """Return why files could not be written."""
        return [sink.failure for sink in self._sinks.values() if sink.failure]

    def _file(self, ending: str) -> Path:
        return self._outputs.folder / f"{output_stem(self._path)}{ending}"

    @property
    def _video_file(self) -> Path:
        return self._file(".annotated.mp4")

    def _all_sinks(self, coach: Coach) -> dict[Path, Sink]:
        """Return what writes while the source is seen, by its file."""
        readings = self._file(".readings.parquet" if self._outputs.parquet else ".readings.csv")
        sinks: dict[Path, Sink] = {readings: ReadingsSink(readings, coach.readings)}
        if is_recording(self._path):
            return sinks
        poses = self._file(SUFFIX)
        sinks[poses] = PoseRecordingSink(poses, recording_header(self._info, self._identity))
        if self._outputs.video:
            size = self._info.width_px, self._info.height_px
            rate_hz = self._info.rate_hz or DEFAULT_RATE_HZ
            sinks[self._video_file] = AnnotatedVideoSink(self._video_file, rate_hz, size)
        return sinks

    def _write(self, interrupted: str | None, failure: FormcheckError | None) -> Written:
        analysis = self._run.analysis(interrupted)
        result = build_result(analysis, self._provenance())
        result_file = self._file(".result.json")
        write_json(result, result_file)
        # A file of an earlier run may lie where one failed: it does not belong to this result.
        files = [f for f, sink in self._sinks.items() if sink.failure is None and f.exists()]
        failures = self._failures()
        if self._outputs.page:
            video = self._video_file if self._video_file in files else None
            try:
                write_page(self._file(".html"), result, analysis.curve, video)
                files.insert(0, self._file(".html"))
            except OutputError as error:
                failures.append(error)
        if failures and failure is None:
            failure = OutputError("\n".join(str(error) for error in failures))
        return Written(result, (result_file, *files), failure)

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
            source_note=self._info.note,
            width_px=self._info.width_px,
            height_px=self._info.height_px,
            rate_hz=self._info.rate_hz,
            asked_for=self._asked,
            created_at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        )
