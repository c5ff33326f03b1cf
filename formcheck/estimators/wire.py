"""The messages between formcheck and the process of its pose engine.

Requests go to the worker's standard input, replies come from its standard output, one reply
for each request, in order. Every message has a fixed size and begins with the same four bytes,
so that anything else on the pipe is recognised at once. Pictures travel in shared memory; a
request names it.

Only the standard library, for the worker must start fast.
"""

import enum
import struct
from dataclasses import dataclass
from typing import Any, BinaryIO

MAGIC = b"fcp2"
NUMBERS_PER_LANDMARK = 6  # x, y, visibility; x, y, z in space
N_LANDMARK_NUMBERS = 33 * NUMBERS_PER_LANDMARK
N_OUTLINE_NUMBERS = 2 * 16  # NaN where the outline is not asked for
N_NUMBERS = N_LANDMARK_NUMBERS + N_OUTLINE_NUMBERS
BODY_BYTES = 4 * N_NUMBERS
MEMORY_NAME_BYTES = 32  # macOS allows 31 characters

_REQUEST = struct.Struct(f"<4sBBxxqII{MEMORY_NAME_BYTES}s")
_REPLY = struct.Struct(f"<4sBxxxq{BODY_BYTES}s")


class RequestKind(enum.IntEnum):
    """What the worker is asked for."""

    STREAM = 1  # close the landmarker, if any, and make a fresh one
    FRAME = 2  # find the person in a picture
    OUTLINED_STREAM = 3  # as STREAM; with each person the outline of the trunk is looked for


class ReplyKind(enum.IntEnum):
    """What the worker answers."""

    READY = 1  # to STREAM and OUTLINED_STREAM
    POSE = 2  # to FRAME; the body holds `N_NUMBERS` float32
    NOBODY = 3  # to FRAME
    FAILED = 4  # to any of them; the body holds text


class GarbageError(Exception):
    """What came through the pipe is not a message."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request; a picture is described only where the kind is FRAME.

    Attributes
    ----------
    slot
        Which of the shared memories of the parent; one slot may change its memory.
    time_ms
        Strictly increasing within a stream [ms]; the reply repeats it.
    width_px, height_px
        Size of the picture [px].
    memory
        Name of the shared memory that holds the picture.

    Examples
    --------
    >>> import io
    >>> request = Request(RequestKind.FRAME, 0, 40, 640, 480, "psm_1")
    >>> read_request(io.BytesIO(request.packed())) == request
    True
    """

    kind: RequestKind
    slot: int = 0
    time_ms: int = 0
    width_px: int = 0
    height_px: int = 0
    memory: str = ""

    def packed(self) -> bytes:
        """Return the message as bytes."""
        return _REQUEST.pack(
            MAGIC,
            self.kind,
            self.slot,
            self.time_ms,
            self.width_px,
            self.height_px,
            self.memory.encode("ascii"),
        )


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply; ``time_ms`` is that of the request."""

    kind: ReplyKind
    time_ms: int = 0
    body: bytes = b""

    def packed(self) -> bytes:
        """Return the message as bytes; a body that is too long loses its end."""
        return _REPLY.pack(MAGIC, self.kind, self.time_ms, self.body[:BODY_BYTES])

    @property
    def text(self) -> str:
        """The body as text: what failed."""
        return self.body.rstrip(b"\0").decode("utf-8", "replace")


def read_request(stream: BinaryIO) -> Request | None:
    """Wait for the next request; None at the end of the stream.

    Raises
    ------
    GarbageError
        If what came is not a request.
    """
    fields = _read(stream, _REQUEST, RequestKind)
    if fields is None:
        return None
    kind, slot, time_ms, width_px, height_px, memory = fields
    name = memory.rstrip(b"\0").decode("ascii")
    return Request(RequestKind(kind), slot, time_ms, width_px, height_px, name)


def read_reply(stream: BinaryIO) -> Reply | None:
    """Wait for the next reply; None at the end of the stream.

    Raises
    ------
    GarbageError
        If what came is not a reply.
    """
    fields = _read(stream, _REPLY, ReplyKind)
    if fields is None:
        return None
    kind, time_ms, body = fields
    return Reply(ReplyKind(kind), time_ms, body)


def _read(
    stream: BinaryIO, layout: struct.Struct, kinds: type[enum.IntEnum]
) -> tuple[Any, ...] | None:
    data = stream.read(layout.size)
    if not data:
        return None
    if len(data) < layout.size or not data.startswith(MAGIC):
        raise GarbageError(f"{len(data)} bytes that begin with {data[:16]!r}")
    fields = layout.unpack(data)[1:]
    if fields[0] not in list(kinds):
        raise GarbageError(f"a message of unknown kind {fields[0]}")
    return fields
