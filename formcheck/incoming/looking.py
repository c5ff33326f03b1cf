"""Look at a foreign file before anything is done with it: what it is, how long, from when.

Its name is not believed: a recording of poses is told by its first bytes, a video by FFmpeg. What
would take all memory or all day is refused here, in words.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from av.container import InputContainer
from av.video.stream import VideoStream

from formcheck.errors import SourceError
from formcheck.recordings import Recording
from formcheck.sources import container_file

LONGEST_S = 4 * 3600.0
LARGEST_POSES_BYTES = 256 << 20
MOST_PIXELS = 8192 * 8192
SHORTEST_SIDE_PX = 64
MOST_FRAMES = round(LONGEST_S * 240)
FIRST_VIDEOS = datetime(1995, 1, 1, tzinfo=UTC)
"""Cameras without a clock say 1904, 1970 or 1980."""
_ZIP = b"PK\x03\x04"
# A list of entries takes this much for each, and a chunk of 512 poses has five of them.
_LARGEST_LIST_BYTES = 4 << 20


@dataclass(frozen=True, slots=True)
class Look:
    """What a file says of itself.

    Attributes
    ----------
    is_poses
        Whether it is a recording of poses; a video otherwise.
    recorded
        When its camera says that it was recorded; None where it does not, or cannot be right.
    """

    is_poses: bool
    recorded: datetime | None


def is_poses(path: Path) -> bool:
    """Whether a file is a zip, as recordings of poses are."""
    with path.open("rb") as file:
        return file.read(len(_ZIP)) == _ZIP


def looked_at(path: Path, now: datetime) -> Look:
    """Return what a file is.

    Raises
    ------
    SourceError
        If it is neither a video nor a recording of poses, or more than can be analysed.
    """
    if is_poses(path):
        _check_poses(path)
        return Look(is_poses=True, recorded=None)
    with container_file.opened(path) as container:
        stream = container_file.video_stream(container, path)
        _check_pictures(stream)
        _check_length(container_file.expected_s(container, stream))
        return Look(is_poses=False, recorded=_recorded(container, stream, now))


def plausible(time: datetime, now: datetime) -> bool:
    """Whether something may have been recorded then."""
    return FIRST_VIDEOS <= time <= now + timedelta(days=1)


def _check_poses(path: Path) -> None:
    if path.stat().st_size > LARGEST_POSES_BYTES:
        raise SourceError("it is too large for a recording of poses: expected a video, or less")
    _check_list(path)
    recording = Recording(path)
    if recording.n_frames > MOST_FRAMES:
        raise SourceError(f"it says that it holds {recording.n_frames} poses: that is no recording")
    _check_size(recording.header.width_px, recording.header.height_px)


def _check_list(path: Path) -> None:
    """Refuse a zip whose list of entries would fill the memory before any of them is read."""
    tail = 22 + (1 << 16)
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - tail))
        end = file.read()
    at = end.rfind(b"PK\x05\x06")
    if at < 0 or int.from_bytes(end[at + 12 : at + 16], "little") > _LARGEST_LIST_BYTES:
        raise SourceError("it is a zip, and none that formcheck wrote: expected a *.poses.npz")


def _check_pictures(stream: VideoStream) -> None:
    _check_size(stream.codec_context.width, stream.codec_context.height)


def _check_size(width_px: int, height_px: int) -> None:
    size = f"its pictures have {width_px} x {height_px} pixels"
    if width_px * height_px > MOST_PIXELS:
        raise SourceError(f"{size}: that is more than any camera's. Expected at most 8192 x 8192")
    # Some files say their size only with the first picture.
    if 0 < min(width_px, height_px) < SHORTEST_SIDE_PX:
        raise SourceError(
            f"{size}: nobody can be seen in them. Expected at least {SHORTEST_SIDE_PX} on each side"
        )


def _check_length(length_s: float) -> None:
    if length_s > LONGEST_S:
        raise SourceError(
            f"it lasts {length_s / 3600:.1f} hours, longer than the {LONGEST_S / 3600:.0f} that"
            " are analysed at once: cut it into shorter videos"
        )


def _recorded(container: InputContainer, stream: VideoStream, now: datetime) -> datetime | None:
    said = {**stream.metadata, **container.metadata}
    # Apple's has the zone of the place; the other one is UTC.
    for key in ("com.apple.quicktime.creationdate", "creation_time", "DATE_RECORDED"):
        with suppress(ValueError):
            time = datetime.fromisoformat(said.get(key, ""))
            time = time if time.tzinfo else time.replace(tzinfo=UTC)
            if plausible(time, now):
                return time
    return None
