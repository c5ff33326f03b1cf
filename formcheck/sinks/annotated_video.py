"""A video with everything drawn into it that a browser plays: H.264, yuv420p, faststart.

Every frame keeps its own time, so that the annotated video of a phone's variable frame rate
runs like the original.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import av
import cv2
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray

from formcheck.analysis.snapshot import Snapshot
from formcheck.errors import OutputError
from formcheck.files import atomic_path, output_errors
from formcheck.frame import Frame
from formcheck.sinks.captions import Caption
from formcheck.sinks.drawing import annotate

LONGEST_SIDE_PX = 1280
TIME_BASE = Fraction(1, 90_000)
WHOLE_PICTURE_EVERY_S = 2.0
# In order of preference; the first is in PyAV's wheels, the others in some systems' builds.
ENCODERS = ("libx264", "libopenh264", "h264_videotoolbox", "h264_mf")
X264_OPTIONS = {"preset": "veryfast", "crf": "26"}


class AnnotatedVideoSink:
    """Write the annotated video.

    Parameters
    ----------
    path
        An ``.mp4`` or ``.mkv`` file.
    rate_hz
        Nominal frames a second: a hint for players; frames keep their own times.
    size
        Width and height of the frames [px].
    draws
        False keeps the pictures as they are.

    Raises
    ------
    OutputError
        If there is no encoder, or the file cannot be written.
    """

    def __init__(
        self, path: Path, rate_hz: float, size: tuple[int, int], *, draws: bool = True
    ) -> None:
        self._path = path
        self._draws = draws
        self._rate_hz = rate_hz
        self._size = _even(_limited(size))
        self._caption = Caption()
        self._last_ticks = -1
        self._failure: OutputError | None = None
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Open the file under its temporary name."""
        encoder = next((name for name in ENCODERS if name in av.codecs_available), None)
        if encoder is None:
            raise OutputError(
                "no H.264 encoder in this build of PyAV: expected one of"
                f" {', '.join(ENCODERS)}. Install PyAV's own wheel, or use --no-video."
            )
        with ExitStack() as stack:  # whatever fails in here leaves no temporary
            temporary = stack.enter_context(atomic_path(self._path))
            with output_errors(self._path):
                self._container = _opened(temporary)
            self._stream = self._opened_stream(encoder)
            self._stack = stack.pop_all()
        return self

    def _opened_stream(self, encoder: str) -> Any:
        rate = Fraction(self._rate_hz).limit_denominator(1001)
        stream: Any = self._container.add_stream(encoder, rate=rate)
        stream.width, stream.height = self._size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = TIME_BASE
        if not self._draws:
            # A set is cut out of it without encoding it anew: whole pictures often, in their order.
            stream.codec_context.gop_size = round(WHOLE_PICTURE_EVERY_S * self._rate_hz)
            stream.codec_context.max_b_frames = 0
        if encoder == "libx264":
            stream.options = X264_OPTIONS
        return stream

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Put it in place, whatever ended the run, unless this file itself failed or is empty."""
        if self._last_ticks < 0:
            self._container.close()
            self._stack.__exit__(OutputError, OutputError("no frames"), None)
            return
        with self._stack:
            with suppress(OutputError):  # raised below, once the file is let go of
                if self._failure is None:
                    self._encode(None)
            with suppress(OutputError), self._encoder_errors():
                self._container.close()
            if self._failure is not None:
                raise self._failure

    def write(self, snapshot: Snapshot, frame: Frame | None) -> None:
        """Draw and encode one frame; without a picture there is nothing to draw on."""
        caption = self._caption.update(snapshot)
        if frame is None:
            return
        # Drawn after scaling: crisp text, and 8K costs no more than Full HD.
        picture, fitting = self._fitted(frame.image, snapshot)
        drawn = annotate(picture, fitting, caption) if self._draws else picture
        video_frame = av.VideoFrame.from_ndarray(drawn, format="rgb24")
        ticks = max(self._last_ticks + 1, round(snapshot.time_s / TIME_BASE))
        video_frame.pts, video_frame.time_base = ticks, TIME_BASE
        self._last_ticks = ticks
        self._encode(video_frame)

    def _encode(self, video_frame: av.VideoFrame | None) -> None:
        """Encode a frame, or with None what the encoder still holds back."""
        with self._encoder_errors():
            for packet in self._stream.encode(video_frame):
                self._container.mux(packet)

    @contextmanager
    def _encoder_errors(self) -> Iterator[None]:
        """Turn a failure to encode or to write into an `OutputError`; remember the first."""
        try:
            with output_errors(self._path):
                yield
        except OutputError as error:
            self._failure = self._failure or error
            raise
        except FFmpegError as error:
            failure = OutputError(
                f"cannot write {self._path}: the encoder failed ({error}). Use --no-video."
            )
            self._failure = self._failure or failure
            raise failure from error

    def _fitted(
        self, picture: NDArray[np.uint8], snapshot: Snapshot
    ) -> tuple[NDArray[np.uint8], Snapshot]:
        """Return picture and landmarks in the video's size, which is even as H.264 wants it."""
        width_px, height_px = self._size
        if picture.shape[:2] == (height_px, width_px):
            return picture, snapshot
        scale = width_px / picture.shape[1], height_px / picture.shape[0]
        resized = cv2.resize(picture, self._size, interpolation=cv2.INTER_AREA)
        pose = snapshot.pose
        if pose is not None:
            image = pose.image * scale
            pose = replace(pose, image=image, width_px=width_px, height_px=height_px)
        return np.ascontiguousarray(resized, dtype=np.uint8), replace(snapshot, pose=pose)


def _opened(path: Path) -> Any:
    if path.suffix == ".mkv":
        return av.open(str(path), "w", format="matroska")
    return av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"})


def _limited(size: tuple[int, int]) -> tuple[int, int]:
    scale = min(1.0, LONGEST_SIDE_PX / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _even(size: tuple[int, int]) -> tuple[int, int]:
    return max(2, size[0] // 2 * 2), max(2, size[1] // 2 * 2)
