"""A camera, through OpenCV: always the newest picture, never a queue of old ones.

A thread reads the camera as fast as it delivers and keeps only the last picture. Whoever is
slower than the camera misses pictures, but never looks at the past: a live picture that runs
seconds late is the commonest complaint about camera software.
"""

import math
import threading
import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any, Self

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.errors import SourceError
from formcheck.frame import Frame, SourceInfo

SILENT_FOR_S = 5.0


class CameraSource:
    """The newest pictures of a camera.

    Parameters
    ----------
    index
        0 for the first camera of the computer.
    width_px, height_px
        Size to ask for; the camera may deliver another.
    open_capture
        What opens the camera: OpenCV, or a stand-in.
    clock
        Seconds that never go back.

    Attributes
    ----------
    n_missed
        Pictures that nobody looked at, because newer ones had come.

    Raises
    ------
    SourceError
        If there is no such camera, it is busy, or it stops delivering.
    """

    def __init__(
        self,
        index: int,
        *,
        width_px: int = 1280,
        height_px: int = 720,
        open_capture: Callable[[int], Any] = cv2.VideoCapture,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._index = index
        self._asked_px = (width_px, height_px)
        self._open_capture = open_capture
        self._clock = clock
        self._capture: Any = None
        self._newest: tuple[float, NDArray[np.uint8]] | None = None
        self._changed = threading.Condition()
        self._is_open = False
        self._first_s = math.nan
        self._size_px = (0, 0)
        self.n_missed = 0

    def __enter__(self) -> Self:
        """Open the camera and wait for its first picture."""
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
        self._capture = self._open_capture(self._index)
        if not self._capture.isOpened():
            self._capture.release()
            raise SourceError(
                f"camera {self._index} cannot be opened: it is not there, another program uses"
                " it, or this program may not. Close other programs, allow the camera in the"
                " system's privacy settings, or try --camera 1; `formcheck doctor` lists cameras."
            )
        self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, self._asked_px[0])
        self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, self._asked_px[1])
        self._is_open = True
        self._thread = threading.Thread(target=self._read, name="camera", daemon=True)
        self._thread.start()
        try:
            _, picture = self._wait_for_newest(take=False)
        except SourceError:
            self._close()
            raise
        self._size_px = (picture.shape[1], picture.shape[0])
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop reading and give the camera back."""
        self._close()

    @property
    def info(self) -> SourceInfo:
        """Name and delivered size."""
        return SourceInfo(f"camera {self._index}", *self._size_px)

    def __iter__(self) -> Iterator[Frame]:
        """Yield the newest picture, each at most once, until the camera is closed."""
        while self._is_open:
            time_s, picture = self._wait_for_newest(take=True)
            if math.isnan(self._first_s):
                self._first_s = time_s
            yield Frame(time_s - self._first_s, picture)

    def _close(self) -> None:
        self._is_open = False
        self._thread.join(timeout=SILENT_FOR_S)
        self._capture.release()

    def _read(self) -> None:
        while self._is_open:
            is_good, picture = self._capture.read()
            if not is_good:
                time.sleep(0.01)
                continue
            rgb = np.ascontiguousarray(picture[:, :, ::-1])
            with self._changed:
                self.n_missed += self._newest is not None
                self._newest = self._clock(), rgb
                self._changed.notify()

    def _wait_for_newest(self, *, take: bool) -> tuple[float, NDArray[np.uint8]]:
        with self._changed:
            if not self._changed.wait_for(lambda: self._newest is not None, SILENT_FOR_S):
                raise SourceError(
                    f"camera {self._index} has sent no picture for {SILENT_FOR_S:.0f} s: check"
                    " its cable, its shutter, and whether another program uses it"
                )
            newest = self._newest
            assert newest is not None
            if take:
                self._newest = None
            return newest
