"""Video files, through PyAV.

Time is the file's own (never a frame's number divided by a rate), rotation recorded by a phone
is applied, and any pixel format becomes RGB. A damaged file yields its good frames first and
then says where it broke, so that what could be analysed is kept.
"""

import math
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from numpy.typing import NDArray

from formcheck.errors import DamagedSourceError, SourceError
from formcheck.frame import Frame, SourceInfo

# The engine looks at 256 x 256 pixels of the person; more than Full HD only costs time.
LONGEST_SIDE_PX = 1920
SMALLEST_STEP_S = 0.001
# Containers round lengths; a file that ends this much early has lost its end.
MISSING_END_S = 1.0
MISSING_END_SHARE = 0.05


class VideoSource:
    """Frames of a video file.

    Parameters
    ----------
    path
        The file; its name's extension does not matter.
    loop_for_s
        Start again at the end until this much time has passed, with time going on: a long
        video for measuring.

    Attributes
    ----------
    n_damaged_frames
        Frames whose data were damaged and that the decoder patched.

    Raises
    ------
    SourceError
        If the file is missing, empty, unreadable, no video, or has no pictures.
    """

    def __init__(self, path: Path, *, loop_for_s: float | None = None) -> None:
        self._path = path
        self._loop_for_s = loop_for_s
        self._info: SourceInfo | None = None
        self.n_damaged_frames = 0

    def __enter__(self) -> Self:
        """Look at the file, and at its first picture for the size as it will be delivered."""
        with self._open() as container:
            stream = self._stream(container)
            first = self._first_frame(container, stream)
            height_px, width_px = _picture(first).shape[:2]
            self._info = SourceInfo(
                name=self._path.name,
                width_px=width_px,
                height_px=height_px,
                rate_hz=float(stream.average_rate) if stream.average_rate else None,
                n_frames=_expected_frames(container, stream),
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Nothing stays open between passes."""

    @property
    def info(self) -> SourceInfo:
        """Name, size and expected length of the file."""
        if self._info is None:
            raise ValueError("a source is used inside of a with block")
        return self._info

    def __iter__(self) -> Iterator[Frame]:
        """Yield every frame with its own time."""
        begin_s, last_s = 0.0, -math.inf
        while True:
            for time_s, picture in self._one_pass():
                time_s = max(begin_s + time_s, last_s + SMALLEST_STEP_S)  # noqa: PLW2901
                if self._loop_for_s is not None and time_s > self._loop_for_s:
                    return
                last_s = time_s
                yield Frame(time_s, picture)
            if self._loop_for_s is None:
                return
            begin_s = last_s + 1.0 / (self.info.rate_hz or 30.0)

    def _open(self) -> InputContainer:
        _check_file(self._path)
        try:
            return av.open(str(self._path), metadata_errors="replace")
        except FFmpegError as error:
            raise SourceError(
                f"{self._path} cannot be read as a video ({error.strerror}).\n"
                "Expected a video file such as MP4, MOV, WebM, MKV, AVI or GIF. If it plays"
                " elsewhere, it may have been cut off while it was copied: copy it again."
            ) from error

    def _stream(self, container: InputContainer) -> VideoStream:
        streams = container.streams.video
        if not streams:
            kinds = ", ".join(sorted({s.type for s in container.streams})) or "nothing"
            raise SourceError(
                f"{self._path} has no pictures: expected a video, found only {kinds}"
            )
        stream = streams[0]
        stream.thread_type = "AUTO"
        return stream

    def _first_frame(self, container: InputContainer, stream: VideoStream) -> VideoFrame:
        try:
            return next(container.decode(stream))
        except (StopIteration, FFmpegError, EOFError) as error:
            raise SourceError(
                f"{self._path} is a video without a single readable picture.\n"
                "It may have been cut off while it was recorded or copied: copy it again."
            ) from error

    def _one_pass(self) -> Iterator[tuple[float, NDArray[np.uint8]]]:
        n_read, first_s, time_s = 0, None, 0.0
        with self._open() as container:
            stream = self._stream(container)
            step_s = 1.0 / float(stream.average_rate or 30)
            try:
                for frame in container.decode(stream):
                    seen_s = frame.time
                    if seen_s is None:
                        seen_s = (first_s or 0.0) + (time_s + step_s if n_read else 0.0)
                    first_s = seen_s if first_s is None else first_s
                    time_s = seen_s - first_s
                    self.n_damaged_frames += bool(frame.is_corrupt)
                    n_read += 1
                    yield time_s, _picture(frame)
            except (FFmpegError, EOFError) as error:
                raise self._damaged(n_read, time_s, str(error)) from error
            self._check_length(container, stream, n_read, time_s + step_s)

    def _check_length(
        self, container: InputContainer, stream: VideoStream, n_read: int, lasted_s: float
    ) -> None:
        expected_s = _expected_s(container, stream)
        missing_s = expected_s - lasted_s
        if missing_s > max(MISSING_END_S, MISSING_END_SHARE * expected_s):
            raise self._damaged(n_read, lasted_s, f"it should last {expected_s:.1f} s")

    def _damaged(self, n_read: int, time_s: float, why: str) -> DamagedSourceError:
        n_expected = self._info.n_frames if self._info else None
        of = f" of about {n_expected}" if n_expected else ""
        return DamagedSourceError(
            f"{self._path.name} breaks off at {time_s:.1f} s, after {n_read}{of} frames ({why}).\n"
            "What came before is kept. If the original is whole, copy it again."
        )


def _check_file(path: Path) -> None:
    if not path.exists():
        raise SourceError(f"no such file: {path}")
    if path.is_dir():
        raise SourceError(f"{path} is a folder: expected a video file")
    try:
        with path.open("rb") as file:
            is_empty = not file.read(1)
    except OSError as error:
        raise SourceError(
            f"{path} cannot be read ({error.strerror}): check its permissions"
        ) from error
    if is_empty:
        raise SourceError(f"{path} is empty (0 bytes): copy or record it again")


def _expected_frames(container: InputContainer, stream: VideoStream) -> int | None:
    if stream.frames:
        return int(stream.frames)
    if not stream.average_rate:
        return None
    return round(_expected_s(container, stream) * float(stream.average_rate)) or None


def _expected_s(container: InputContainer, stream: VideoStream) -> float:
    """Return how long the pictures should last by the file's own word, 0 where unknown."""
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return container.duration / 1e6 if container.duration and not container.streams.audio else 0.0


def _picture(frame: VideoFrame) -> NDArray[np.uint8]:
    """Return the upright RGB picture, C-contiguous.

    PyAV pads rows to 32 bytes, and mediapipe ignores strides: a picture 500 pixels wide that
    was not copied was found in 0 of 106 frames instead of 106.
    """
    width_px, height_px = _limited(frame.width, frame.height)
    small = frame.reformat(width=width_px, height=height_px, format="rgb24")
    quarter_turns = round(frame.rotation / 90) % 4
    picture: NDArray[np.uint8] = np.rot90(small.to_ndarray(), quarter_turns)
    return np.ascontiguousarray(picture)


def _limited(width_px: int, height_px: int) -> tuple[int, int]:
    longest_px = max(width_px, height_px)
    if longest_px <= LONGEST_SIDE_PX:
        return width_px, height_px
    scale = LONGEST_SIDE_PX / longest_px
    return max(1, round(width_px * scale)), max(1, round(height_px * scale))
