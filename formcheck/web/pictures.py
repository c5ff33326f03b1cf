"""A picture from the page: looked at before it is decoded, decoded within bounds.

A JPEG of a few hundred bytes can claim to be 65535 by 65535: its header is read first, and only
what the page itself could have made goes to the decoder.
"""

import math
import struct
from collections import deque

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.session.placement import PictureQuality
from formcheck.web.limits import (
    LARGEST_PICTURE_BYTES,
    LONGEST_SIDE_PX,
    SHORTEST_SIDE_PX,
)

_START, _END, _SCAN = b"\xff\xd8", b"\xff\xd9", b"\xff\xda"
_FRAMES = (0xC0, 0xC1, 0xC2)  # baseline, extended, progressive: what browsers write
_OTHER_FRAMES = frozenset(range(0xC3, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH = frozenset((0x01, *range(0xD0, 0xD8)))
_COMPONENTS = (1, 3)
# A progressive picture is decoded once a scan: a thousand of them in a small file cost minutes.
_MOST_SCANS = 16
_FLAGS = cv2.IMREAD_COLOR_RGB | cv2.IMREAD_IGNORE_ORIENTATION
_QUALITY_EVERY = 8  # pixels: brightness needs no more


class PictureError(Exception):
    """What was sent is no picture that the page could have made; says why."""


def jpeg_size_px(jpeg: bytes | memoryview) -> tuple[int, int]:
    """Return width and height that a JPEG claims [px], from its header alone.

    Raises
    ------
    PictureError
        If it is no JPEG, or one of a kind that no browser writes.
    """
    if bytes(jpeg[:2]) != _START:
        raise PictureError("no JPEG")
    at = 2
    while at + 4 <= len(jpeg):
        if jpeg[at] != 0xFF:
            raise PictureError("a marker is missing")
        kind = jpeg[at + 1]
        if kind == 0xFF:  # padding
            at += 1
            continue
        if kind in _WITHOUT_LENGTH:
            at += 2
            continue
        if kind in _FRAMES:
            return _frame_size_px(jpeg, at)
        if kind in _OTHER_FRAMES or kind in {0xD8, 0xD9, 0xDA}:
            raise PictureError("of a kind that browsers do not write")
        (length,) = struct.unpack_from(">H", jpeg, at + 2)
        at += 2 + max(2, length)
    raise PictureError("its header is cut off")


def _frame_size_px(jpeg: bytes | memoryview, at: int) -> tuple[int, int]:
    if at + 10 > len(jpeg):
        raise PictureError("its header is cut off")
    bits, height_px, width_px, n_components = struct.unpack_from(">BHHB", jpeg, at + 4)
    if bits != 8 or n_components not in _COMPONENTS:
        raise PictureError("of a kind that browsers do not write")
    return width_px, height_px


def decoded(jpeg: bytes | memoryview) -> NDArray[np.uint8]:
    """Return a picture, RGB uint8, shape (height, width, 3).

    Raises
    ------
    PictureError
        If it is too large, too small, cut off, or no JPEG.
    """
    if len(jpeg) > LARGEST_PICTURE_BYTES:
        raise PictureError("too many bytes")
    width_px, height_px = jpeg_size_px(jpeg)
    if max(width_px, height_px) > LONGEST_SIDE_PX or min(width_px, height_px) < SHORTEST_SIDE_PX:
        raise PictureError(f"{width_px} x {height_px} pixels")
    contents = bytes(jpeg)
    if not contents.endswith(_END) or contents.count(_SCAN) > _MOST_SCANS:
        raise PictureError("cut off, or too many scans")
    try:
        picture = cv2.imdecode(np.frombuffer(contents, np.uint8), _FLAGS)
    except cv2.error as error:
        raise PictureError("cannot be decoded") from error
    if picture is None or picture.shape != (height_px, width_px, 3):
        raise PictureError("cannot be decoded")
    return picture  # type: ignore[return-value]


class QualityMeter:
    """How bright and how frequent the pictures are, measured on few pixels of few pictures."""

    def __init__(self) -> None:
        self._times_s: deque[float] = deque(maxlen=30)
        self._n = 0
        self._brightness = self._contrast = math.nan

    def update(self, time_s: float, picture: NDArray[np.uint8]) -> PictureQuality:
        """Take the next picture."""
        self._times_s.append(time_s)
        if self._n % 10 == 0:
            few = picture[::_QUALITY_EVERY, ::_QUALITY_EVERY, 1] / 255
            self._brightness, self._contrast = float(few.mean()), float(few.std())
        self._n += 1
        span_s = self._times_s[-1] - self._times_s[0]
        rate_hz = (len(self._times_s) - 1) / span_s if span_s > 0 else math.nan
        return PictureQuality(self._brightness, self._contrast, rate_hz)
