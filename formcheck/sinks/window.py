"""A window on this computer's screen: the mirror image with everything drawn into it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from types import TracebackType
from typing import Self

import cv2
import numpy as np

from formcheck.analysis.snapshot import Snapshot
from formcheck.errors import DisplayError
from formcheck.frame import Frame
from formcheck.sinks.captions import Caption
from formcheck.sinks.drawing import annotate

TITLE = "formcheck"
SIZE_PX = (1280, 720)
ESCAPE_KEY = 27
PROBE_TIMEOUT_S = 20.0
QT_RULES = "QT_LOGGING_RULES"
WHAT_TO_DO = (
    "Start it from a desktop session, or analyse a video with `formcheck analyze`. What this"
    " computer has is listed by `formcheck doctor`."
)


class WindowClosed(Exception):  # noqa: N818 - not an error: how a session ends
    """The person closed the window, or pressed Esc or q."""


def require_display() -> None:
    """Stop where no window can be opened: OpenCV would take the whole process down.

    Raises
    ------
    DisplayError
        If there is no display, or it cannot be reached.
    """
    if not sys.platform.startswith("linux"):
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise DisplayError(
            "there is no display to open a window on: expected DISPLAY or WAYLAND_DISPLAY to be"
            f" set. {WHAT_TO_DO}"
        )
    # A display that is named need not be there: tried where an abort does no harm.
    command = [sys.executable, "-P", "-c", f"import cv2; cv2.namedWindow({TITLE!r})"]
    try:
        tried = subprocess.run(
            command, capture_output=True, timeout=PROBE_TIMEOUT_S, check=False, text=True,
            errors="replace", stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise DisplayError(f"the display does not answer. {WHAT_TO_DO}") from error
    if tried.returncode:
        said = (tried.stderr.strip().splitlines() or ["no reason given"])[0]
        raise DisplayError(f"no window can be opened on the display ({said}). {WHAT_TO_DO}")


@contextmanager
def _without_font_warnings() -> Iterator[None]:
    """Keep Qt, as OpenCV's wheels carry it, from warning about fonts that no window here uses."""
    is_set = QT_RULES in os.environ
    os.environ.setdefault(QT_RULES, "default.warning=false")
    try:
        yield
    finally:
        if not is_set:
            del os.environ[QT_RULES]


class WindowSink:
    """Show every frame, mirrored like a mirror; words are not mirrored.

    Make it before the engine and the camera are started: it needs a display, and to learn that
    there is none should not take their time.

    Raises
    ------
    DisplayError
        If there is no display, or it cannot be reached.
    """

    def __init__(self) -> None:
        require_display()
        self._caption = Caption()

    def __enter__(self) -> Self:
        """Open the window."""
        kind = cv2.WINDOW_NORMAL | cv2.WINDOW_KEEPRATIO | cv2.WINDOW_GUI_NORMAL
        with _without_font_warnings():
            cv2.namedWindow(TITLE, kind)
        cv2.resizeWindow(TITLE, *SIZE_PX)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Close the window."""
        cv2.destroyAllWindows()

    def write(self, snapshot: Snapshot, frame: Frame | None) -> None:
        """Show one frame; raise `WindowClosed` when the person wants to stop."""
        caption = self._caption.update(snapshot)
        if frame is None:
            return
        drawn = annotate(*mirrored(frame, snapshot), caption)
        cv2.imshow(TITLE, cv2.cvtColor(drawn, cv2.COLOR_RGB2BGR))
        key = cv2.waitKey(1) & 0xFF
        is_gone = cv2.getWindowProperty(TITLE, cv2.WND_PROP_VISIBLE) < 1
        if key in (ESCAPE_KEY, ord("q")) or is_gone:
            raise WindowClosed


def mirrored(
    frame: Frame, snapshot: Snapshot
) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.uint8]], Snapshot]:
    """Return picture and landmarks mirrored; left stays the patient's left."""
    picture = np.ascontiguousarray(frame.image[:, ::-1])
    pose = snapshot.pose
    if pose is None:
        return picture, snapshot
    image = pose.image.copy()
    image[:, 0] = pose.width_px - 1 - image[:, 0]
    return picture, replace(snapshot, pose=replace(pose, image=image))
