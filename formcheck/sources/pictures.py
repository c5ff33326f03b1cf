"""What every source does to a picture: limit its size, make it RGB with 8 bits."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

# The engine looks at 256 x 256 pixels of the person: more than Full HD shows it nothing new,
# and an 8K picture (100 MB as RGB) would be copied several times.
LONGEST_SIDE_PX = 1920


def limited_size(width_px: int, height_px: int) -> tuple[int, int]:
    """Return the size of a picture with its longest side limited, its shape kept.

    Examples
    --------
    >>> limited_size(7680, 4320), limited_size(640, 480), limited_size(9000, 1)
    ((1920, 1080), (640, 480), (1920, 1))
    """
    scale = LONGEST_SIDE_PX / max(width_px, height_px)
    if scale >= 1:
        return width_px, height_px
    return max(1, round(width_px * scale)), max(1, round(height_px * scale))


def rgb_of(picture: NDArray[Any]) -> NDArray[np.uint8]:
    """Return OpenCV's picture (BGR, BGRA or grey; 8 or 16 bits) as RGB, 8 bits, limited in size."""
    if picture.dtype == np.uint16:
        picture = (picture >> 8).astype(np.uint8)
    n_channels = 1 if picture.ndim == 2 else picture.shape[2]
    to_rgb = {1: cv2.COLOR_GRAY2RGB, 3: cv2.COLOR_BGR2RGB, 4: cv2.COLOR_BGRA2RGB}
    rgb = cv2.cvtColor(picture, to_rgb[n_channels])
    size_px = limited_size(rgb.shape[1], rgb.shape[0])
    if size_px != (rgb.shape[1], rgb.shape[0]):
        rgb = cv2.resize(rgb, size_px, interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(rgb, dtype=np.uint8)
