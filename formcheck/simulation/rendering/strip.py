"""A few pictures of one clip side by side: how an exercise looks from its beginning to its end."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.simulation.truth import Truth

Picture = NDArray[np.uint8]

_WIDTH_PX = 960
_COLUMNS = 3
_GAP_PX = 4
_MARGIN = 0.18  # of the body's larger extent, on each side of it
_NARROWEST = 0.62  # width by height of a picture
_WIDEST = 2.2
_MOST_BYTES = 60 * 1024
_QUALITIES = range(86, 30, -4)


def strip_of(video: Path, truth: Path, times_s: Sequence[float]) -> bytes:
    """Return a JPEG of at most 60 KiB: a clip at some times, cut to where the body is.

    Parameters
    ----------
    truth
        Where the body is in the clip.
    times_s
        In order; the seconds since the first of them stand on the pictures. What lies beyond the
        end is its last picture.
    """
    known = Truth.load(truth)
    moments_s = [min(time_s, float(known.time_s[-1])) for time_s in times_s]
    columns, rows = _where(known, moments_s)
    pictures = [picture[rows, columns] for picture in _pictures(video, moments_s)]
    height, width = pictures[0].shape[:2]
    n_columns = _COLUMNS if width > height else len(pictures)
    width_px = (_WIDTH_PX - (n_columns - 1) * _GAP_PX) // n_columns
    size_px = (width_px, round(width_px * height / width))
    tiles = [
        _tile(picture, size_px, time_s - moments_s[0])
        for picture, time_s in zip(pictures, moments_s, strict=True)
    ]
    return _encoded(_sheet(tiles, n_columns))


def _where(truth: Truth, times_s: Sequence[float]) -> tuple[slice, slice]:
    """Return the columns and rows of a picture that show the body at all of the times."""
    chosen = [int(np.argmin(np.abs(truth.time_s - time_s))) for time_s in times_s]
    points = truth.image_px[chosen].reshape(-1, 2)
    low, high = points.min(axis=0), points.max(axis=0)
    width, height = high - low + 2 * _MARGIN * float((high - low).max())
    size = np.array([max(width, _NARROWEST * height), max(height, width / _WIDEST)])
    left, top = np.maximum(np.rint((low + high - size) / 2), 0).astype(int)
    right, bottom = np.rint((low + high + size) / 2).astype(int)
    return slice(left, right), slice(top, bottom)


def _pictures(video: Path, times_s: Sequence[float]) -> Iterator[Picture]:
    """Yield the frame at each of the times; blue, green and red."""
    with av.open(str(video)) as container:
        frames = container.decode(video=0)
        frame = next(frames)
        for time_s in times_s:
            while (frame.time or 0.0) < time_s and (following := next(frames, None)) is not None:
                frame = following
            yield np.asarray(frame.to_ndarray(format="bgr24"), np.uint8)


def _tile(picture: Picture, size_px: tuple[int, int], since_s: float) -> Picture:
    small = np.ascontiguousarray(cv2.resize(picture, size_px, interpolation=cv2.INTER_AREA))
    for colour, shift_px in (((20, 20, 20), 1), ((255, 255, 255), 0)):
        place = (6 + shift_px, size_px[1] - 8 + shift_px)
        cv2.putText(small, f"{since_s:.1f} s", place, 0, 0.5, colour, 1, cv2.LINE_AA)
    return np.asarray(small, np.uint8)


def _sheet(tiles: Sequence[Picture], n_columns: int) -> Picture:
    """Return tiles in rows, with a gap between; what is missing in the last row stays white."""
    height_px, width_px = tiles[0].shape[:2]
    n_rows = -(-len(tiles) // n_columns)
    shape = (n_rows * (height_px + _GAP_PX) - _GAP_PX, n_columns * (width_px + _GAP_PX) - _GAP_PX)
    sheet = np.full((*shape, 3), 255, np.uint8)
    for number, tile in enumerate(tiles):
        row, column = divmod(number, n_columns)
        top, left = row * (height_px + _GAP_PX), column * (width_px + _GAP_PX)
        sheet[top : top + height_px, left : left + width_px] = tile
    return sheet


def _encoded(sheet: Picture) -> bytes:
    """Return it as a JPEG, as good as fits."""
    for quality in _QUALITIES:
        _, data = cv2.imencode(".jpg", sheet, [cv2.IMWRITE_JPEG_QUALITY, quality])
        if data.size <= _MOST_BYTES:
            break
    return data.tobytes()
