"""The pictures of a session as a video, where the patient has asked for it.

A thread of its own encodes. What it cannot keep up with is left out: a picture is never waited
for. Matroska in short clusters: what a killed process leaves can be played but for the last
second.
"""

import queue
import threading
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray

from formcheck.errors import OutputError
from formcheck.files import output_errors
from formcheck.sinks.annotated_video import ENCODERS, TIME_BASE, X264_OPTIONS

MOST_WAITING = 8
_RATE_HZ = 30  # a hint for players: pictures keep their own times
_CLUSTER_MS = "500"
# Beside an engine that needs the processor: little work, nothing held back.
_LIGHT = {"preset": "ultrafast", "tune": "zerolatency", "threads": "1"}

Picture = NDArray[np.uint8]


def encoder() -> str | None:
    """Return the encoder that there is; None where no video can be written."""
    return next((name for name in ENCODERS if name in av.codecs_available), None)


class SessionVideo:
    """Write one video; every method but `wait` returns at once.

    Parameters
    ----------
    path
        A new ``.mkv`` file.
    on_failure
        Told once, from the thread that writes, when nothing more can be written.

    Attributes
    ----------
    n_left_out
        Pictures that came too fast.
    """

    def __init__(
        self, path: Path, on_failure: Callable[[OutputError], None] = lambda _: None
    ) -> None:
        self.path = path
        self.n_left_out = 0
        self._on_failure = on_failure
        self._waiting: queue.SimpleQueue[tuple[float, Picture] | None] = queue.SimpleQueue()
        self._container: Any = None
        self._stream: Any = None
        self._first_s = 0.0
        self._last_ticks = -1
        self._thread = threading.Thread(target=self._write_all, name="session video")
        self._thread.start()

    def offer(self, time_s: float, picture: Picture) -> None:
        """Add a picture, RGB, unless there are too many already."""
        if self._waiting.qsize() >= MOST_WAITING:
            self.n_left_out += 1
        else:
            self._waiting.put((time_s, picture))

    def end(self) -> None:
        """Write what is left, and end, without being waited for."""
        self._waiting.put(None)

    def wait(self) -> None:
        """Wait for the end."""
        self._thread.join()

    def _write_all(self) -> None:
        failure: OutputError | None = None
        while (item := self._waiting.get()) is not None:
            failure = failure or self._failing(lambda item=item: self._write(*item))  # type: ignore[misc]
        if self._container is not None:
            self._failing(self._finish)

    def _failing(self, work: Callable[[], None]) -> OutputError | None:
        try:
            with output_errors(self.path):
                work()
        except (OutputError, FFmpegError) as error:
            failure = OutputError(f"cannot write {self.path}: {error}")
            self._on_failure(failure)
            return failure
        return None

    def _write(self, time_s: float, picture: Picture) -> None:
        if self._container is None:
            self._open(time_s, picture)
        frame = av.VideoFrame.from_ndarray(self._fitted(picture), format="rgb24")
        ticks = round((time_s - self._first_s) / TIME_BASE)
        if ticks <= self._last_ticks:
            return
        frame.pts, frame.time_base = ticks, TIME_BASE
        self._last_ticks = ticks
        self._container.mux(self._stream.encode(frame))

    def _open(self, time_s: float, picture: Picture) -> None:
        name = encoder()
        if name is None:
            raise OutputError("no H.264 encoder in this build of PyAV")
        options = {"cluster_time_limit": _CLUSTER_MS, "flush_packets": "1"}
        self._container = av.open(str(self.path), "w", format="matroska", options=options)
        stream: Any = self._container.add_stream(name, rate=Fraction(_RATE_HZ))
        stream.height, stream.width = (side // 2 * 2 for side in picture.shape[:2])
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = TIME_BASE
        stream.codec_context.gop_size = 2 * _RATE_HZ
        if name == "libx264":
            stream.options = {**X264_OPTIONS, **_LIGHT}
        self._stream, self._first_s = stream, time_s

    def _fitted(self, picture: Picture) -> Picture:
        """Return a picture in the size of the first; even sides, as H.264 wants them."""
        width_px, height_px = self._stream.width, self._stream.height
        if picture.shape[:2] == (height_px, width_px):
            return picture
        resized = cv2.resize(picture, (width_px, height_px), interpolation=cv2.INTER_AREA)
        return np.ascontiguousarray(resized, dtype=np.uint8)

    def _finish(self) -> None:
        self._container.mux(self._stream.encode(None))
        self._container.close()
