"""Rendered clips as a camera: motion JPEG that Chromium plays at 30 pictures a second, in a loop.

A person stays in their first posture for a while before they move: long enough to go through the
welcome, to be seen, and to hold the start position. Afterwards they stay in their last one.
"""

import json
from pathlib import Path

import av
import cv2
import numpy as np

RATE_HZ = 30
QUALITY = 92
SAMPLES = Path(__file__).parents[2] / "sample_videos"


def camera_file(clip: str, folder: Path, *, before_s: float, after_s: float = 0.0) -> Path:
    """Write a sample clip as a camera; return the file.

    Parameters
    ----------
    before_s, after_s
        How long the first and the last picture are held.
    """
    times_s, pictures = _pictures(SAMPLES / f"{clip}.mp4")
    wanted_s = np.arange(-before_s, times_s[-1] + after_s, 1 / RATE_HZ)
    path = folder / f"{clip}-{before_s:g}-{after_s:g}.mjpeg"
    with path.open("wb") as file:
        for time_s in wanted_s:
            file.write(pictures[int(np.abs(times_s - time_s).argmin())])
    return path


def label_of(clip: str) -> dict:
    """Return what is known of a sample clip."""
    labels = json.loads((SAMPLES / "labels.json").read_text(encoding="utf-8"))["clips"]
    return next(label for label in labels if label["file"] == f"{clip}.mp4")


def _pictures(path: Path) -> tuple[np.ndarray, list[bytes]]:
    """Return the time of each picture [s], and its JPEG."""
    with av.open(str(path)) as container:
        decoded = container.decode(video=0)
        frames = [(float(frame.time), frame.to_ndarray(format="bgr24")) for frame in decoded]
    settings = [cv2.IMWRITE_JPEG_QUALITY, QUALITY]
    jpegs = [cv2.imencode(".jpg", picture, settings)[1].tobytes() for _, picture in frames]
    return np.array([time_s for time_s, _ in frames]), jpegs
