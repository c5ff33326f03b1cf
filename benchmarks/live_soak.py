"""Whether a live session can go on for long: memory flat, counts exact, delays that do not grow.

    python -m benchmarks.live_soak [--minutes 60] [--exercise ID ...]

``formcheck live`` runs as it is, in a process of its own; sample clips are shown to it over its
socket as a camera would, each again and again, session after session. A picture is taken when
it is sent, whatever came of the one before it. How often the movement was done while a set went
on is known from the clip's labels. Linux only: memory is read from ``/proc``.
"""

import argparse
import http.client
import json
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
from websockets.sync.client import ClientConnection, connect

from benchmarks.memory import children, resident_mb
from formcheck.sources.video import VideoSource

SAMPLES = Path(__file__).resolve().parent.parent / "sample_videos"
# Clips in which every repetition is a whole one.
USUAL = ("sit_to_stand", "cat_cow", "dead_bug")
REPETITIONS = 6
LONGEST_SESSION_S = 180.0
SAMPLE_EVERY_S = 2.0
# What is still taken for flat, and for not growing.
FLAT_WITHIN_MB = 15.0
SLOWER_WITHIN_MS = 10.0


@dataclass(frozen=True)
class Clip:
    """A sample clip as a browser would send it, and when its repetitions begin and end."""

    exercise: str
    jpegs: tuple[bytes, ...]
    fps: float
    spans_s: tuple[tuple[float, float], ...]

    @property
    def duration_s(self) -> float:
        """How long once through takes [s]."""
        return len(self.jpegs) / self.fps

    def picture(self, time_s: float) -> bytes:
        """Return what a camera sees."""
        return self.jpegs[int(time_s * self.fps) % len(self.jpegs)]

    def n_done(self, from_s: float, until_s: float) -> int:
        """Return how many repetitions have their middle between two times."""
        middles_s = [
            sum(span) / 2 + loop * self.duration_s
            for loop in range(int(until_s / self.duration_s) + 1)
            for span in self.spans_s
        ]
        return sum(from_s < middle_s < until_s for middle_s in middles_s)


@dataclass
class Session:
    """What came of one session.

    Attributes
    ----------
    counted, done
        Repetitions that formcheck counted, and that were shown while its set went on.
    delays_ms
        From sending a picture to its answer.
    """

    exercise: str
    counted: int = 0
    done: int = 0
    is_over: bool = False
    start_s: float = 0.0
    delays_ms: list[float] = field(default_factory=list)


class Watch:
    """Memory of the server and its engine, every now and then."""

    def __init__(self, process_id: int) -> None:
        self.process_id = process_id
        self.server_mb: list[float] = []
        self.engine_mb: list[float] = []
        self._due_s = time.monotonic()

    def look(self) -> None:
        """Take a sample if one is due."""
        if time.monotonic() < self._due_s:
            return
        self._due_s += SAMPLE_EVERY_S
        self.server_mb.append(resident_mb(self.process_id))
        self.engine_mb.append(max(map(resident_mb, children(self.process_id)), default=0.0))


class Page:
    """What the page does, without a page."""

    def __init__(self, host: str, cookie: str, socket: ClientConnection) -> None:
        self._host, self._cookie, self._socket = host, cookie, socket
        self._sequence = 0
        self.say({"type": "hello", "page_id": "soak-page-1", "language": "en"})

    def say(self, message: dict[str, Any]) -> None:
        """Send a message."""
        self._socket.send(json.dumps(message))

    def command(self, name: str) -> None:
        """Press a button."""
        self.say({"type": "command", "command": name, "exercise": None})

    def choose(self, exercise: str) -> None:
        """Choose what is to be done."""
        plan = {"exercises": [{"id": exercise, "sets": 1, "repetitions": REPETITIONS}]}
        ask(self._host, "/api/plan", self._cookie, json.dumps(plan))

    def show(self, jpeg: bytes) -> Iterator[dict[str, Any]]:
        """Send a picture; yield what is said up to its answer."""
        self._sequence += 1
        head = struct.pack("<dII", time.monotonic() * 1e3, self._sequence, 0)
        self._socket.send(head + jpeg)
        while True:
            message = json.loads(self._socket.recv(timeout=30))
            yield message
            if message["type"] in {"frame", "error"} and message["seq"] == self._sequence:
                return


def ask(host: str, path: str, cookie: str = "", body: str | None = None) -> str:
    """Get, or post a body; return the cookie that comes with the answer."""
    connection = http.client.HTTPConnection(host)
    headers = {"Cookie": cookie, "Origin": f"http://{host}", "Content-Type": "application/json"}
    with closing(connection):
        connection.request("POST" if body else "GET", path, body, headers)
        answer = connection.getresponse()
        if answer.status >= 400:
            raise RuntimeError(f"{path}: {answer.status}")
        return (answer.getheader("set-cookie") or "").split(";")[0]


@contextmanager
def opened(address: str) -> Iterator[Page]:
    """Open the address that formcheck prints, and the socket behind it."""
    host, path = address.removeprefix("http://").split("/", 1)
    cookie = ask(host, f"/{path}")
    origin: Any = f"http://{host}"
    headers = {"Cookie": cookie}
    with connect(f"ws://{host}/socket", origin=origin, additional_headers=headers) as socket:
        yield Page(host, cookie, socket)


def clip_of(name: str) -> Clip:
    """Return a sample clip, encoded once."""
    labels = json.loads((SAMPLES / "labels.json").read_text(encoding="utf-8"))["clips"]
    label = next(one for one in labels if one["file"] == f"{name}.mp4")
    with VideoSource(SAMPLES / label["file"]) as source:
        jpegs = tuple(
            cv2.imencode(".jpg", cv2.cvtColor(frame.image, cv2.COLOR_RGB2BGR))[1].tobytes()
            for frame in source
        )
    spans_s = tuple((float(start), float(end)) for start, end in label["repetition_spans_s"])
    return Clip(label["exercise"], jpegs, float(label["fps"]), spans_s)


@contextmanager
def running(store: Path) -> Iterator[tuple[str, int]]:
    """Run ``formcheck live``; give its address and its process."""
    command = [sys.executable, "-m", "formcheck.cli.app", "live", "--no-browser"]
    server = subprocess.Popen([*command, "--store", str(store)], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    try:
        address = next(line.strip() for line in server.stdout if "/open?token=" in line)
        yield address, server.pid
    finally:
        server.terminate()
        server.wait()
        server.stdout.close()


def go_through(page: Page, clip: Clip, watch: Watch) -> Session:
    """Do one session, from the choice to the summary."""
    session = Session(clip.exercise)
    page.choose(clip.exercise)
    page.command("begin")
    page.command("next")
    began_s = time.monotonic()
    while not session.is_over and time.monotonic() - began_s < LONGEST_SESSION_S:
        shown_s = time.monotonic() - began_s
        for message in page.show(clip.picture(shown_s)):
            take(session, message, clip, shown_s)
        session.delays_ms.append((time.monotonic() - began_s - shown_s) * 1e3)
        watch.look()
        next_s = (int(shown_s * clip.fps) + 1) / clip.fps
        time.sleep(max(0.0, next_s - (time.monotonic() - began_s)))
    if not session.is_over:
        page.command("stop")
    return session


def take(session: Session, message: dict[str, Any], clip: Clip, shown_s: float) -> None:
    """Note what formcheck says."""
    match message:
        case {"type": "stage", "stage": "exercising"} if not session.start_s:
            session.start_s = shown_s
        case {"type": "stage", "stage": "summary"}:
            session.is_over = True
        case {"type": "frame", "count": int(count)} if count > session.counted:
            session.counted = count
            session.done = clip.n_done(session.start_s, shown_s)


def outcome(sessions: list[Session], watch: Watch) -> dict[str, Any]:
    """Return the figures, and whether they are as they should be."""
    growth_mb = {
        name: round(_late(values) - _early(values), 1)
        for name, values in (("server", watch.server_mb), ("engine", watch.engine_mb))
    }
    median_ms = [statistics.median(one.delays_ms) for one in sessions]
    return {
        "sessions": [
            {
                "exercise": one.exercise,
                "is_over": one.is_over,
                "counted": one.counted,
                "done": one.done,
                "pictures": len(one.delays_ms),
                "delay_ms": [
                    round(value, 1)
                    for value in (
                        statistics.median(one.delays_ms),
                        statistics.quantiles(one.delays_ms, n=20)[-1],
                        max(one.delays_ms),
                    )
                ],
            }
            for one in sessions
        ],
        "server_mb": [round(_early(watch.server_mb), 1), round(_late(watch.server_mb), 1)],
        "engine_mb": [round(_early(watch.engine_mb), 1), round(_late(watch.engine_mb), 1)],
        "growth_mb": growth_mb,
        "memory_is_flat": max(growth_mb.values()) < FLAT_WITHIN_MB,
        "counts_are_exact": all(one.is_over and one.counted == one.done for one in sessions),
        "delays_do_not_grow": _late(median_ms) < _early(median_ms) + SLOWER_WITHIN_MS,
    }


def _early(values: list[float]) -> float:
    """Return what the second quarter came to: after everything has been loaded."""
    return statistics.median(values[len(values) // 4 : max(1, len(values) // 2)] or values)


def _late(values: list[float]) -> float:
    return statistics.median(values[-max(1, len(values) // 4) :])


def main() -> None:
    """Show clips until the time is over and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--exercise", action="append", help="name of a sample clip")
    options = parser.parse_args()
    clips = [clip_of(name) for name in options.exercise or USUAL]
    sessions: list[Session] = []
    with tempfile.TemporaryDirectory() as store, running(Path(store)) as (address, process_id):
        watch = Watch(process_id)
        end_s = time.monotonic() + options.minutes * 60
        with opened(address) as page:
            while time.monotonic() < end_s:
                sessions.append(go_through(page, clips[len(sessions) % len(clips)], watch))
                print(json.dumps(outcome(sessions, watch)["sessions"][-1]), flush=True)  # noqa: T201
    print(json.dumps(outcome(sessions, watch), indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
