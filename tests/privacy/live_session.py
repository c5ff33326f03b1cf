"""A live session in a window whose camera is a video file: run by the system-call test."""

import _thread
import functools
import sys
import time
from pathlib import Path

import cv2

from formcheck.cli import live
from formcheck.sources.camera import CameraSource

SAMPLE = Path(__file__).parents[2] / "sample_videos" / "front_plank.mp4"


class FileCapture:
    """A camera that shows three seconds of a clip, after which the session is stopped."""

    def __init__(self, _index: int) -> None:
        self._capture = cv2.VideoCapture(str(SAMPLE))
        self._n_left = 75

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        """Whether there is a camera."""
        return True

    def set(self, *_setting: float) -> bool:
        """Accept every setting."""
        return True

    def release(self) -> None:
        """Give the camera back."""
        self._capture.release()

    def read(self):
        """Deliver 25 pictures a second, then stop the session as Ctrl-C does."""
        time.sleep(0.04)
        self._n_left -= 1
        if self._n_left == 0:
            _thread.interrupt_main()
        return self._capture.read()


if __name__ == "__main__":
    live.CameraSource = functools.partial(CameraSource, open_capture=FileCapture)
    live.live(exercise=[sys.argv[1]], camera=0, window=True, model=None)
