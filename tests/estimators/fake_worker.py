"""A worker that speaks the protocol and has no engine; run as a program with a way to behave.

It answers every picture with a pose whose x is the time in ms and whose y is the picture's
first value, so that a test sees which picture a pose belongs to; its outline, where it is asked
for, is a quarter of the trunk away everywhere. ``fault@n`` goes wrong at the
n-th picture (from 0) of this process.
"""

import os
import signal
import struct
import sys
import time

from formcheck.estimators.pictures import PictureReader
from formcheck.estimators.wire import (
    BODY_BYTES,
    MAGIC,
    N_LANDMARK_NUMBERS,
    N_OUTLINE_NUMBERS,
    Reply,
    ReplyKind,
    RequestKind,
    read_request,
)


def crash(_out) -> None:
    """Be killed, with last words."""
    sys.stderr.write("first line\nthe end of the world\n")
    sys.stderr.flush()
    os.kill(os.getpid(), signal.SIGKILL)


FAULTS = {
    "crash": crash,
    "abort": lambda _out: os.abort(),
    "exit": lambda _out: sys.exit(3),
    "hang": lambda _out: time.sleep(60),
    "garbage": lambda out: out.write(b"hello, I am a library that prints" * 30),
    "unknown": lambda out: out.write(struct.pack(f"<4sBxxxq{BODY_BYTES}s", MAGIC, 99, 0, b"")),
    "failed": lambda out: out.write(Reply(ReplyKind.FAILED, 0, b"ValueError: no").packed()),
    "other": lambda out: out.write(Reply(ReplyKind.NOBODY, 123_456).packed()),
}


def body(request, first, *, outline) -> bytes:
    """Return the pose of a picture whose first value this is."""
    landmark = [float(request.time_ms), float(first), 0.5, 0.1, 0.2, 0.3]
    edge = 0.25 if outline else float("nan")
    numbers = landmark * (N_LANDMARK_NUMBERS // 6) + [edge] * N_OUTLINE_NUMBERS
    return struct.pack(f"<{len(numbers)}f", *numbers)


def main() -> None:
    """Serve until the input ends; the last argument is the model."""
    fault, _, at = sys.argv[1].partition("@")
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    n_frames, outline = 0, False
    with PictureReader() as pictures:
        while (request := read_request(sys.stdin.buffer)) is not None:
            if request.kind is not RequestKind.FRAME:
                outline = request.kind is RequestKind.OUTLINED_STREAM
                if fault == "badmodel":
                    out.write(Reply(ReplyKind.FAILED, 0, b"RuntimeError: not a model").packed())
                elif fault == "nostart":
                    sys.stderr.write("ImportError: libGL.so.1\n")
                    sys.exit(1)
                else:
                    out.write(Reply(ReplyKind.READY).packed())
                continue
            if at and n_frames == int(at):
                FAULTS[fault](out)
            n_frames += 1
            size_px = request.width_px, request.height_px
            first = int(pictures.read(request.slot, request.memory, size_px).flat[0])
            if fault == "nobody":
                out.write(Reply(ReplyKind.NOBODY, request.time_ms).packed())
                continue
            numbers = body(request, first, outline=outline)
            out.write(Reply(ReplyKind.POSE, request.time_ms, numbers).packed())
    if fault == "deaf":
        time.sleep(60)


if __name__ == "__main__":
    main()
