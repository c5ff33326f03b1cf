"""Video files, through PyAV.

Time is the file's own (never a frame's number divided by a rate), rotation recorded by a phone
is applied, pixels become square, and any pixel format becomes RGB. Of a damaged file the good
pictures are yielded, and then comes an error that says what was lost, so that what could be
analysed is kept. Pictures that are built on a damaged one are not good: a decoder smears the
damage over them until the next key frame, and a smeared limb has a plausible wrong angle.
"""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream
from numpy.typing import NDArray

from formcheck.errors import DamagedSourceError, SourceError
from formcheck.frame import Frame, SourceInfo
from formcheck.sources import container_file
from formcheck.sources.clock import Clock
from formcheck.sources.ending import UNKNOWN_LENGTH, Ending, ending_of
from formcheck.sources.pictures import limited_size

# A loss that is shorter cannot hide a repetition: it is counted, and not called damage.
TOLERATED_LOSS_S = 0.5
DEFAULT_RATE_HZ = 30.0
SAME_SHAPE = 0.02


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
        Frames left out so far, because they or those that they are built on were damaged.

    Raises
    ------
    SourceError
        If the file is missing, empty, unreadable, no video, or has no pictures.
    DamagedSourceError
        After the last good frame, if the file breaks off or more than half a second of it is
        damaged.
    """

    def __init__(self, path: Path, *, loop_for_s: float | None = None) -> None:
        self._path = path
        self._loop_for_s = loop_for_s
        self._info: SourceInfo | None = None
        self._size_px = (0, 0)
        self._pixel_aspect = 1.0
        self._ending = Ending.UNKNOWN
        self.n_damaged_frames = 0

    def __enter__(self) -> Self:
        """Look at the file, and at its first picture for the size as it will be delivered."""
        with container_file.opened(self._path) as container:
            stream = container_file.video_stream(container, self._path)
            first = next(self._good_frames(container, stream), None)
            if first is None:
                raise SourceError(
                    f"{self._path} is a video without a single readable picture.\n"
                    "It may have been cut off while it was recorded or copied: copy it again."
                )
            self._ending = ending_of(self._path, container)
            self._pixel_aspect = float(stream.sample_aspect_ratio or 1)
            self._size_px = _square_pixel_size(first, self._pixel_aspect)
            is_turned = _quarter_turns(first) % 2 == 1
            width_px, height_px = self._size_px[::-1] if is_turned else self._size_px
            self._info = SourceInfo(
                name=self._path.name,
                width_px=width_px,
                height_px=height_px,
                rate_hz=float(stream.average_rate) if stream.average_rate else None,
                n_frames=self._expected_frames(container, stream),
                note=UNKNOWN_LENGTH if self._ending is Ending.UNKNOWN else None,
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
        """Yield every good frame with its own time."""
        self.n_damaged_frames = 0
        clock = Clock(1.0 / (self.info.rate_hz or DEFAULT_RATE_HZ))
        while True:
            for frame in self._one_pass(clock):
                if self._loop_for_s is not None and frame.time_s > self._loop_for_s:
                    return
                yield frame
            if self._loop_for_s is None:
                return
            clock.restart()

    def _one_pass(self, clock: Clock) -> Iterator[Frame]:
        n_read, begin_s, end_s = 0, None, 0.0
        n_damaged_before = self.n_damaged_frames
        reformatter = VideoReformatter()
        with container_file.opened(self._path) as container:
            stream = container_file.video_stream(container, self._path)
            step_s = 1.0 / float(stream.average_rate or DEFAULT_RATE_HZ)
            try:
                for frame in self._good_frames(container, stream):
                    picture = self._picture(frame, reformatter)
                    time_s = clock.update(frame.time)
                    begin_s = time_s if begin_s is None else begin_s
                    end_s = time_s - begin_s + max(step_s, _duration_s(frame))
                    n_read += 1
                    yield Frame(time_s, picture)
            except (FFmpegError, EOFError, _ShapeChangedError) as error:
                raise self._broken(n_read, end_s, str(error)) from error
            lost_s = (self.n_damaged_frames - n_damaged_before) * step_s
            expected_s = container_file.expected_s(container, stream)
        if self._ending is Ending.CUT:
            raise self._broken(n_read, end_s, "there it breaks off")
        if expected_s - end_s > max(TOLERATED_LOSS_S, 0.01 * expected_s):
            raise self._broken(n_read, end_s, f"it should last {expected_s:.1f} s")
        if lost_s > TOLERATED_LOSS_S:
            raise self._broken(n_read, end_s, f"{lost_s:.1f} s of it are damaged")

    def _good_frames(self, container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
        """Yield the frames that neither are damaged nor are built on damaged ones."""
        is_spoilt = False
        for packet in container_file.packets(container, stream):
            try:
                frames = packet.decode()
            except FFmpegError:
                is_spoilt = True
                self.n_damaged_frames += 1
                continue
            for frame in frames:
                is_spoilt = frame.is_corrupt or (is_spoilt and not frame.key_frame)
                self.n_damaged_frames += is_spoilt
                if not is_spoilt:
                    yield frame

    def _picture(self, frame: VideoFrame, reformatter: VideoReformatter) -> NDArray[np.uint8]:
        """Return the upright RGB picture, C-contiguous, in the size of the first.

        PyAV pads rows to 32 bytes, and mediapipe ignores strides: a picture 500 pixels wide
        that was not copied was found in 0 of 106 frames instead of 106.
        """
        width_px, height_px = _square_pixel_size(frame, self._pixel_aspect)
        shape, first = width_px / height_px, self._size_px[0] / self._size_px[1]
        if abs(shape / first - 1) > SAME_SHAPE:
            raise _ShapeChangedError(f"its pictures change to {width_px} x {height_px}")
        small = reformatter.reformat(frame, *self._size_px, format="rgb24")
        picture = np.rot90(small.to_ndarray(), _quarter_turns(frame))
        if picture.shape[:2] != (self.info.height_px, self.info.width_px):
            raise _ShapeChangedError("its pictures turn from upright to lying")
        return np.ascontiguousarray(picture, dtype=np.uint8)

    def _expected_frames(self, container: InputContainer, stream: VideoStream) -> int | None:
        # What is missing at the end of a cut file is in no count of what is there.
        is_cut = self._ending is Ending.CUT
        return None if is_cut else container_file.expected_frames(container, stream)

    def _broken(self, n_read: int, end_s: float, why: str) -> DamagedSourceError:
        of = f" of about {self.info.n_frames}" if self.info.n_frames else ""
        return DamagedSourceError(
            f"{self._path.name} is damaged: {n_read}{of} frames could be read, up to"
            f" {end_s:.1f} s ({why}).\n"
            "What could be read is kept. If the original is whole, copy it again."
        )


class _ShapeChangedError(Exception):
    """The pictures of one file do not fit on each other."""


def _square_pixel_size(frame: VideoFrame, pixel_aspect: float) -> tuple[int, int]:
    """Return width and height as delivered, before rotation: angles need square pixels."""
    return limited_size(max(1, round(frame.width * pixel_aspect)), frame.height)


def _quarter_turns(frame: VideoFrame) -> int:
    """Return how many quarter turns counter-clockwise make the picture upright."""
    return round(frame.rotation / 90) % 4


def _duration_s(frame: VideoFrame) -> float:
    return float(frame.duration * frame.time_base) if frame.duration and frame.time_base else 0.0
