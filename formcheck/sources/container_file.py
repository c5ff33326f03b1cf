"""Open a video file for reading, and say in words why it cannot be.

Only files of known video and audio formats are opened. FFmpeg would take much more for a video:
a text file (it draws the letters), and playlists that make it fetch files and addresses from
elsewhere. Nothing that formcheck opens may lead it off this machine.
"""

from collections.abc import Iterator
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.error import FFmpegError
from av.packet import Packet
from av.stream import Disposition
from av.video.stream import VideoStream

from formcheck.errors import SourceError

_FORMATS = (
    "mov,matroska,avi,mpegts,mpeg,flv,asf,gif,apng,ogg,mxf,nut,ivf,dv,rm"
    ",h264,hevc,m4v,mpegvideo,mjpeg,mp3,wav,flac,aac,aiff"
)
_ONLY_THIS_FILE = {"format_whitelist": _FORMATS, "protocol_whitelist": "file"}
# A title that is not UTF-8 must not keep a video from being opened. PyAV 19 does so by itself and
# no longer takes the option.
_LENIENT_TITLES: dict[str, Any] = (
    {"metadata_errors": "replace"} if int(metadata.version("av").split(".")[0]) < 19 else {}
)


def opened(path: Path) -> InputContainer:
    """Open a media file; the caller closes it.

    Raises
    ------
    SourceError
        If the file is missing, a folder, empty, unreadable, or no video.
    """
    _check_file(path)
    try:
        container: InputContainer = av.open(
            str(path.absolute()), options=_ONLY_THIS_FILE, **_LENIENT_TITLES
        )
    except FFmpegError as error:
        raise SourceError(
            f"{path} cannot be read as a video ({error.strerror}).\n"
            "Expected a video file such as MP4, MOV, WebM, MKV, AVI or GIF. If it plays"
            " elsewhere, it may have been cut off while it was copied: copy it again."
        ) from error
    return container


def video_stream(container: InputContainer, path: Path) -> VideoStream:
    """Return the stream of moving pictures; a sound file's cover is none.

    Raises
    ------
    SourceError
        If there is none.
    """
    for stream in container.streams.video:
        if not _is_cover(stream):
            stream.thread_type = "AUTO"
            return stream
    kinds = ", ".join(sorted({stream.type for stream in container.streams})) or "nothing"
    raise SourceError(
        f"{path} has no moving pictures: expected a video, found only {kinds}.\n"
        "Choose the file that was recorded with the camera."
    )


def _is_cover(stream: VideoStream) -> bool:
    return bool(stream.disposition & Disposition.attached_pic)


def packets(container: InputContainer, stream: VideoStream) -> "Iterator[Packet[VideoStream]]":
    """Yield the packets of a stream, and at the end the one that empties the decoder."""
    # In some formats other streams may begin on the way: seen with a damaged MPEG-TS file. PyAV has
    # no room for them and stumbles, but only at the very end, after the last packet of this one.
    with suppress(IndexError):
        yield from container.demux(stream)


def expected_frames(container: InputContainer, stream: VideoStream) -> int | None:
    """Return about how many frames there should be, for progress; None where unknown."""
    if stream.frames:
        return stream.frames
    if not stream.average_rate:
        return None
    return round(expected_s(container, stream) * float(stream.average_rate)) or None


def expected_s(container: InputContainer, stream: VideoStream) -> float:
    """Return how long the pictures should last by the file's own word [s]; 0 where unknown."""
    if container.format.name == "avi" and stream.average_rate:
        # FFmpeg guesses the length of a cut AVI from its size; the frame count is the file's.
        return stream.frames / float(stream.average_rate)
    whole_s = container.duration / av.time_base if container.duration else 0.0
    if stream.duration and stream.time_base:
        # A clip trimmed on a phone still holds the frames that are not to be shown.
        return min(float(stream.duration * stream.time_base), whole_s)
    tag = stream.metadata.get("DURATION", "")  # Matroska's, in hours:minutes:seconds
    if tag:
        return _seconds(tag)
    return 0.0 if container.streams.audio else whole_s


def _seconds(tag: str) -> float:
    try:
        hours, minutes, seconds = (float(part) for part in tag.split(":"))
    except ValueError:
        return 0.0
    return hours * 3600 + minutes * 60 + seconds


def _check_file(path: Path) -> None:
    try:
        if path.is_dir():
            raise SourceError(f"{path} is a folder: expected a video file")
        if path.exists() and not path.is_file():
            raise SourceError(f"{path} is a device or pipe: expected an ordinary video file")
        with path.open("rb") as file:
            is_empty = not file.read(1)
    except FileNotFoundError as error:
        raise SourceError(f"no such file: {path}; check its name and folder") from error
    except OSError as error:
        raise SourceError(
            f"{path} cannot be read ({error.strerror}): check its permissions"
        ) from error
    if is_empty:
        raise SourceError(f"{path} is empty (0 bytes): copy or record it again")
