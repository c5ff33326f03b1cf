"""How a video file ends: whether it is whole, as far as its container lets one tell.

Most containers state their length in front, and a file that is shorter was cut off. Browsers and
recording programs write others: what is written before anyone knows the length must be readable
wherever it stops. FFmpeg takes the last time in such a file for its length, so that the half of
one looks like a whole. Two of them still show that they were cut: a fragmented MP4 ends inside of
a box, a GIF ends without its trailer. Of the rest it cannot be told, and that is said.
"""

import enum
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from av.container import InputContainer

UNKNOWN_LENGTH = "the file states no length: whether it is whole cannot be told"

# What FFmpeg says of their length is measured in the file, not stated by it.
_WITHOUT_LENGTH = frozenset(
    {"mpegts", "mpeg", "ogg", "dv", "h264", "hevc", "m4v", "mpegvideo", "mjpeg"}
)
_GIF_TRAILER = b";"


class Ending(enum.StrEnum):
    """What is known of the end of a file."""

    STATED = "stated"  # the file says how long it should be
    WHOLE = "whole"  # it ends with its end mark
    CUT = "cut"
    UNKNOWN = "unknown"


def ending_of(path: Path, container: InputContainer) -> Ending:
    """Return how an open video file ends."""
    name = container.format.name
    with path.open("rb") as file:
        if name == "gif":
            return _gif(file, path.stat().st_size)
        if name.startswith("mov"):
            return _mp4(file, path.stat().st_size)
    if name in _WITHOUT_LENGTH or not container.duration:
        return Ending.UNKNOWN
    return Ending.STATED


def _gif(file: BinaryIO, size: int) -> Ending:
    file.seek(max(0, size - 64))
    # Some writers pad their files with zeros.
    return Ending.WHOLE if file.read().rstrip(b"\0").endswith(_GIF_TRAILER) else Ending.CUT


def _mp4(file: BinaryIO, size: int) -> Ending:
    """Return how an MP4 ends; only a fragmented one does not state its length."""
    boxes = list(_boxes(file, size))
    if all(name != b"moof" for name, _ in boxes):
        return Ending.STATED
    last, end = boxes[-1]
    if end > size or last == b"moof":
        return Ending.CUT
    return Ending.WHOLE if last == b"mfra" else Ending.UNKNOWN


def _boxes(file: BinaryIO, size: int) -> Iterator[tuple[bytes, int]]:
    """Yield the name and the end of every outermost box; the last may end beyond the file."""
    at = 0
    while at < size:
        file.seek(at)
        head = file.read(16)
        if len(head) < 8:
            yield b"", size + 1
            return
        length, name = struct.unpack(">I4s", head[:8])
        if length == 1 and len(head) == 16:
            (length,) = struct.unpack(">Q", head[8:])
        at = size if length == 0 else at + length
        if length != 0 and length < 8:
            return  # no box: something else was hung on at the end
        yield name, at
