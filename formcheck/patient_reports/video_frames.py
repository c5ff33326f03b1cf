"""Pictures of a kept video in place of drawings: only where somebody asks for them.

They show a person. A video that cannot be read, or does not reach a moment, gives none, and the
body is drawn instead.
"""

import logging
from pathlib import Path

import av
import cv2
import numpy as np
from av.error import FFmpegError
from numpy.typing import NDArray

from formcheck.errors import FormcheckError
from formcheck.patient_reports import svg
from formcheck.patient_reports.session_material import SetMaterial
from formcheck.recordings.session_journal import SessionJournal
from formcheck.store import SessionRecord

_log = logging.getLogger(__name__)
WIDTH_PX = 480  # twice what a third of a page needs in print
JPEG_QUALITY = 80
# A picture from further away than this is another moment [s].
_NEAR_S = 0.5


class VideoFrames:
    """Give the picture at a time of a session.

    Parameters
    ----------
    folder
        Where the folders of sessions are.
    """

    def __init__(self, folder: Path, record: SessionRecord) -> None:
        path = folder / record.id
        is_within = path.parent == folder and path.is_dir()
        files = {one.name: one for one in path.glob("video-*.mkv")} if is_within else {}
        self._begun = sorted(
            (begin_s, files[name]) for name, begin_s in _begun_s(record) if name in files
        )

    def __call__(self, one: SetMaterial, time_s: float) -> str | None:
        """Return the picture nearest to a time as SVG; None where there is none."""
        before = [(begin_s, file) for begin_s, file in self._begun if begin_s <= time_s]
        if not before:
            return None
        begin_s, file = before[-1]
        try:
            picture = _picture(file, time_s - begin_s)
        except (FFmpegError, OSError, IndexError) as error:
            _log.warning("a picture of %s cannot be read: %s", one.judged.record.name, error)
            return None
        return None if picture is None else _written(picture)


def _begun_s(record: SessionRecord) -> list[tuple[str, float]]:
    """Return when each video begins, on the clock of the session [s]."""
    try:
        events = list(SessionJournal(record.facts, record.events, record.id).events())
    except FormcheckError:
        return []
    started = (event for event in events if event["type"] == "VideoStarted")
    return [(str(event.get("file")), float(event.get("time_s", 0.0))) for event in started]


def _picture(file: Path, at_s: float) -> NDArray[np.uint8] | None:
    with av.open(str(file)) as video:
        stream = video.streams.video[0]
        video.seek(max(0, int(at_s * av.time_base)))
        last = None
        for frame in video.decode(stream):
            last = frame
            if frame.time is not None and frame.time >= at_s:
                break
        if last is None or last.time is None or abs(last.time - at_s) > _NEAR_S:
            return None
        return np.asarray(last.to_ndarray(format="rgb24"), np.uint8)


def _written(picture: NDArray[np.uint8]) -> str:
    height_px, width_px = picture.shape[:2]
    height_px = max(1, round(height_px * WIDTH_PX / width_px))
    small = cv2.resize(picture, (WIDTH_PX, height_px), interpolation=cv2.INTER_AREA)
    quality = [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY]
    _, encoded = cv2.imencode(".jpg", cv2.cvtColor(small, cv2.COLOR_RGB2BGR), quality)
    return svg.photo(encoded.tobytes(), WIDTH_PX, height_px)
