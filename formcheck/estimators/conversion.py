"""From a frame to what the engine may see, and from its reply to a pose."""

import numpy as np

from formcheck.estimators.wire import (
    N_LANDMARK_NUMBERS,
    NUMBERS_PER_LANDMARK,
    Reply,
    ReplyKind,
)
from formcheck.frame import Frame
from formcheck.landmarks import N_LANDMARKS
from formcheck.pose import Pose, rounded_pose


def require_picture(frame: Frame) -> None:
    """Stop what would abort the engine (16 bits) or spoil it for later pictures (empty, grey).

    Raises
    ------
    ValueError
        If the picture is not RGB uint8 with at least one pixel.
    """
    image = frame.image
    if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3 or image.size == 0:
        raise ValueError(
            f"the frame at {frame.time_s:.2f} s: expected uint8 (height, width, 3) with pixels, "
            f"got {image.dtype} {image.shape}"
        )


def pose_of(frame: Frame, reply: Reply) -> Pose | None:
    """Return the pose that a reply describes, in pixels of the frame; None for nobody."""
    if reply.kind is ReplyKind.NOBODY:
        return None
    numbers = np.frombuffer(reply.body, "<f4").astype(np.float64)
    landmarks = numbers[:N_LANDMARK_NUMBERS].reshape(N_LANDMARKS, NUMBERS_PER_LANDMARK)
    height_px, width_px = frame.image.shape[:2]
    return rounded_pose(
        frame.time_s,
        landmarks[:, :2] * (width_px, height_px),
        landmarks[:, 3:],
        landmarks[:, 2],
        (width_px, height_px),
        numbers[N_LANDMARK_NUMBERS:].reshape(2, -1),
    )
