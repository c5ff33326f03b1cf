"""A picture, when it was taken, and where it came from."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a video or camera.

    Attributes
    ----------
    time_s
        Time since the first frame of the source [s], strictly increasing.
    image
        RGB, uint8, shape (height, width, 3), upright, not mirrored, C-contiguous.
    """

    time_s: float
    image: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What a source says of itself before its first frame.

    Attributes
    ----------
    name
        The file's or folder's name, or ``camera 0``: what results are called after.
    width_px, height_px
        Size of the upright picture [px].
    rate_hz
        Nominal frames a second; None where the source does not say. Never used for time.
    n_frames
        Frames to expect, for progress only; None for a camera or where unknown.
    note
        What cannot be told of the source, in words; None where nothing.
    """

    name: str
    width_px: int
    height_px: int
    rate_hz: float | None = None
    n_frames: int | None = None
    note: str | None = None


class FrameSource(AbstractContextManager["FrameSource"], Protocol):
    """Frames in order of time, opened and closed by a ``with`` block."""

    @property
    def info(self) -> SourceInfo:
        """What is known of the source before its first frame."""
        ...

    def __iter__(self) -> Iterator[Frame]:
        """Yield each frame once; raise ``SourceError`` where reading fails in the middle."""
        ...
