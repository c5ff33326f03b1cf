"""A camera, through OpenCV: always the newest picture, never a queue of old ones.

A thread reads the camera as fast as it delivers and keeps only the last picture. Whoever is
slower than the camera misses pictures, but never looks at the past: a live picture that runs
seconds late is the commonest complaint about camera software.
"""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import cv2
from numpy.typing import NDArray

from formcheck.errors import SourceError
from formcheck.frame import Frame, SourceInfo
from formcheck.sources.clock import Clock
from formcheck.sources.pictures import rgb_of

SILENT_FOR_S = 5.0
_AFTER_A_FAILURE_S = 0.01
# Uncompressed, most USB cameras manage 10 pictures a second at 1280 x 720.
_MOTION_JPEG = int.from_bytes(b"MJPG", "little")


def open_camera(index: int) -> Any:
    """Open a camera with OpenCV, by the way that is quickest on this system."""
    if sys.platform == "win32":
        # Media Foundation, OpenCV's first choice, takes half a minute with many cameras.
        capture = cv2.VideoCapture(index, cv2.CAP_DSHOW)
        if capture.isOpened():
            return capture
    return cv2.VideoCapture(index)


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
    silent_for_s
        How long the camera may send nothing [s].

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
        open_capture: Callable[[int], Any] = open_camera,
        clock: Callable[[], float] = time.monotonic,
        silent_for_s: float = SILENT_FOR_S,
    ) -> None:
        self._index = index
        self._asked_px = (width_px, height_px)
        self._open_capture = open_capture
        self._clock = clock
        self._silent_for_s = silent_for_s
        self._capture: Any = None
        self._newest: tuple[float, NDArray[Any]] | None = None
        self._changed = threading.Condition()
        self._is_open = False
        self._log_level = 0
        self._shape: tuple[int, ...] = (0, 0)

    def __enter__(self) -> Self:
        """Open the camera and wait for its first picture."""
        # OpenCV's own warnings on the terminal say nothing that a user can act on.
        self._log_level = cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
        try:
            self._open()
            self._shape = rgb_of(self._wait_for_newest(take=False)[1]).shape
        except BaseException:
            self._close()
            raise
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
        height_px, width_px = self._shape[:2]
        return SourceInfo(f"camera {self._index}", width_px, height_px)

    def __iter__(self) -> Iterator[Frame]:
        """Yield the newest picture, each at most once, until the camera is closed."""
        clock = Clock(nominal_step_s=0.0)
        while self._is_open:
            time_s, picture = self._wait_for_newest(take=True)
            rgb = rgb_of(picture)
            if rgb.shape != self._shape:
                raise SourceError(
                    f"camera {self._index} changed its picture from {self._shape[1]} x"
                    f" {self._shape[0]} to {rgb.shape[1]} x {rgb.shape[0]}: start again"
                )
            yield Frame(clock.update(time_s), rgb)

    def _open(self) -> None:
        self._capture = self._open_capture(self._index)
        if not self._capture.isOpened():
            raise SourceError(f"{why_not(self._index)}\n`formcheck doctor` lists the cameras.")
        self._capture.set(cv2.CAP_PROP_FOURCC, _MOTION_JPEG)
        self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, self._asked_px[0])
        self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, self._asked_px[1])
        self._is_open = True
        self._thread = threading.Thread(target=self._read, name="camera", daemon=True)
        self._thread.start()

    def _close(self) -> None:
        is_reading = self._is_open
        self._is_open = False
        if is_reading:
            self._thread.join(timeout=self._silent_for_s)
            is_reading = self._thread.is_alive()
        # Taking a camera from under a driver that hangs in a read ends the whole process.
        if self._capture is not None and not is_reading:
            self._capture.release()
        cv2.utils.logging.setLogLevel(self._log_level)

    def _read(self) -> None:
        while self._is_open:
            try:
                is_good, picture = self._capture.read()
            except cv2.error:
                is_good, picture = False, None
            if not is_good or picture is None or not picture.size:
                time.sleep(_AFTER_A_FAILURE_S)
                continue
            with self._changed:
                self._newest = self._clock(), picture
                self._changed.notify()

    def _wait_for_newest(self, *, take: bool) -> tuple[float, NDArray[Any]]:
        with self._changed:
            self._changed.wait_for(lambda: self._newest is not None, self._silent_for_s)
            newest = self._newest
            if newest is None:
                raise SourceError(
                    f"camera {self._index} has sent no picture for {self._silent_for_s:g} s: check"
                    " its cable, its shutter, and whether another program uses it"
                )
            if take:
                self._newest = None
            return newest


def why_not(index: int, devices: Path = Path("/dev"), platform: str = sys.platform) -> str:
    """Return why a camera cannot be opened and what to do, as far as the system tells."""
    if platform != "linux":
        return (
            f"camera {index} cannot be opened: it is not there, another program uses it, or this"
            " program may not. Close other programs, and allow the camera in the system's"
            " privacy settings."
        )
    device = devices / f"video{index}"
    if not device.exists():
        there = sorted(int(d.name[5:]) for d in devices.glob("video*") if d.name[5:].isdecimal())
        which = ", ".join(str(number) for number in there)
        todo = f"choose one of {which} with --camera" if which else "connect one"
        return f"there is no camera {index} on this computer: {todo}"
    if not os.access(device, os.R_OK | os.W_OK):
        return (
            f"you may not use camera {index} ({device}): join the group 'video'"
            " (sudo usermod -aG video $USER), then log in again"
        )
    return f"camera {index} is used by another program, or sends no pictures: close other programs"
