"""The poses of labelled clips: the engine looks at each clip once.

A folder of recordings keeps them from run to run. A recording is named after what the clip and
the model are made of, so that a changed clip, or another model, is looked at anew.
"""

import hashlib
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from formcheck.errors import SourceError
from formcheck.estimators.base import PoseEstimator
from formcheck.evaluation.labels import Clip
from formcheck.files import sha256_of
from formcheck.pipeline import observe, recording_header
from formcheck.recordings import SUFFIX, Recording, RecordingWriter, is_recording
from formcheck.sources.opening import open_source

_N_DIGITS = 12


class ClipPoses:
    """Give the poses of clips, inside a ``with`` block; a recording has them already.

    Parameters
    ----------
    clips_folder
        What the labels' file names are relative to.
    recordings_folder
        Where recordings are kept.
    estimator
        Finds the poses of clips that have not been recorded yet; opened when the first of them
        comes.
    """

    def __init__(
        self, clips_folder: Path, recordings_folder: Path, estimator: PoseEstimator
    ) -> None:
        self._clips_folder = clips_folder
        self._recordings_folder = recordings_folder
        self._estimator = estimator
        self._stack = ExitStack()
        self._is_started = False

    def __enter__(self) -> Self:
        """Nothing to open yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the engine where it was opened."""
        self._stack.close()

    def video(self, clip: Clip) -> Path:
        """Return where the clip is.

        Raises
        ------
        SourceError
            If there is nothing.
        """
        video = self._clips_folder / clip.file
        if not video.exists():
            raise SourceError(
                f"no such clip: {video}; clips are looked for beside the labels, as `file` says"
            )
        return video

    def of(self, clip: Clip) -> Recording:
        """Return the poses of a clip.

        Raises
        ------
        SourceError
            If the clip is missing or cannot be read.
        """
        video = self.video(clip)
        if is_recording(video):
            return Recording(video)
        identity = self._estimator.identity
        by_what = f"{identity.engine_version}-{identity.model_sha256[:_N_DIGITS]}"
        name = clip.file.replace("/", "__")
        path = self._recordings_folder / f"{name}-{_digest(video)}-{by_what}{SUFFIX}"
        if not _is_whole(path):
            self._record(video, path)
        return Recording(path)

    def _record(self, video: Path, target: Path) -> None:
        if not self._is_started:
            self._stack.enter_context(self._estimator)
            self._is_started = True
        with open_source(video) as source:
            header = recording_header(source.info, self._estimator.identity)
            with RecordingWriter(target, header) as writer:
                for observation in observe(source, self._estimator):
                    writer.write(observation.time_s, observation.pose)


def _is_whole(path: Path) -> bool:
    """Whether there is a recording that was not broken off."""
    return path.is_file() and Recording(path).incomplete_reason is None


def _digest(path: Path) -> str:
    """Return what a clip, or each picture of a folder, is made of, in a few digits."""
    if path.is_file():
        return sha256_of(path)[:_N_DIGITS]
    pictures = sorted(file for file in path.iterdir() if file.is_file())
    parts = "".join(f"{file.name} {sha256_of(file)}\n" for file in pictures)
    return hashlib.sha256(parts.encode()).hexdigest()[:_N_DIGITS]
