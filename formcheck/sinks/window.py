"""A window on this computer's screen: the mirror image with everything drawn into it."""

import os
import sys
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


class WindowClosed(Exception):  # noqa: N818 - not an error: how a session ends
    """The person closed the window, or pressed Esc or q."""


def require_display() -> None:
    """Stop where there is no display: OpenCV would take the whole process down.

    Raises
    ------
    DisplayError
        If no window can be opened.
    """
    if not sys.platform.startswith("linux"):
        return
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        raise DisplayError(
            "there is no display to open a window on: expected DISPLAY or WAYLAND_DISPLAY to be"
            " set. Start it from a desktop session, or analyse a video with `formcheck analyze`."
        )


class WindowSink:
    """Show every frame, mirrored like a mirror; words are not mirrored."""

    def __init__(self) -> None:
        self._caption = Caption()

    def __enter__(self) -> Self:
        """Open the window."""
        require_display()
        cv2.namedWindow(TITLE, cv2.WINDOW_NORMAL | cv2.WINDOW_KEEPRATIO | cv2.WINDOW_GUI_NORMAL)
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
