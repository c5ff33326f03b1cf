"""One picture of all clips: each at the moment at which it shows most."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]

_TILE_PX = (256, 144)
_COLUMNS = 4
_QUALITY = 82


def write_contact_sheet(folder: Path, clips: Sequence[dict[str, Any]], target: Path) -> None:
    """Write a picture of clips, as their labels have them: file and when something is done.

    Parameters
    ----------
    folder
        Where the clips lie.
    clips
        Labels; see `label_of`.
    """
    tiles = [_tile(folder / clip["file"], _moment_s(clip)) for clip in clips]
    blank = np.zeros_like(tiles[0])
    tiles += [blank] * (-len(tiles) % _COLUMNS)
    rows = [np.hstack(tiles[k : k + _COLUMNS]) for k in range(0, len(tiles), _COLUMNS)]
    cv2.imwrite(str(target), np.vstack(rows), [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])


def _moment_s(clip: dict[str, Any]) -> float:
    """Return the first peak, or the middle of the first hold [s]."""
    if clip["repetition_times_s"]:
        return float(clip["repetition_times_s"][0])
    start_s, end_s = clip["holds_s"][0]
    return float((start_s + end_s) / 2)


def _tile(video: Path, time_s: float) -> Picture:
    """Return a whole frame, on black where its shape is another, with its clip's name; BGR."""
    with av.open(str(video)) as container:
        frames = container.decode(video=0)
        frame = next(frame for frame in frames if (frame.time or 0.0) >= time_s)
        picture = frame.to_ndarray(format="bgr24")
    width_px, height_px = _TILE_PX
    scale = min(width_px / picture.shape[1], height_px / picture.shape[0])
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    top, left = (height_px - small.shape[0]) // 2, (width_px - small.shape[1]) // 2
    tile = np.zeros((height_px, width_px, 3), np.uint8)
    tile[top : top + small.shape[0], left : left + small.shape[1]] = small
    for colour, shift_px in (((20, 20, 20), 1), ((255, 255, 255), 0)):
        place = (5 + shift_px, height_px - 6 + shift_px)
        cv2.putText(tile, video.stem, place, 0, 0.4, colour, 1, cv2.LINE_AA)
    return tile
