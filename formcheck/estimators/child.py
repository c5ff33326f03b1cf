"""A worker process as seen from formcheck: its pipes, its last words, and how it ended.

Two threads read what it writes, so that a wait can end in time on every system.
"""

import contextlib
import os
import queue
import re
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from typing import IO

from formcheck.errors import EngineError
from formcheck.estimators.wire import GarbageError, Reply, Request, read_reply

MAX_LAST_LINES = 12
# What the engine prints in good health, and no variable stops: "INFO: ...", "W0000 00:00:17...".
_CHATTER = re.compile(r"INFO: |[IW]\d{4} |WARNING: Logging before")
POLL_S = 0.5  # on Windows a wait cannot be interrupted: Ctrl-C takes effect after this long
CLOSE_S = 3.0
# A group of its own keeps Ctrl-C away from the worker: formcheck finishes first, then ends it.
_NEW_GROUP: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)  # Windows alone has it


class Child:
    """One running worker.

    Parameters
    ----------
    command
        What to start.
    environment
        Every environment variable that it gets.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self.started_s = time.monotonic()
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                bufsize=0,
                env=environment,
                process_group=0 if os.name == "posix" else None,
                creationflags=_NEW_GROUP,
            )
        except OSError as error:
            raise EngineError(
                f"expected to start the pose engine with {command[0]}, got: {error}. "
                "Install formcheck again; `formcheck doctor` checks the installation"
            ) from error
        self._replies: queue.SimpleQueue[Reply | GarbageError | None] = queue.SimpleQueue()
        self._last_lines: deque[str] = deque(maxlen=MAX_LAST_LINES)
        self._threads = [
            threading.Thread(target=target, args=(pipe,), daemon=True)
            for target, pipe in (
                (self._read_replies, self._process.stdout),
                (self._read_last_lines, self._process.stderr),
            )
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pid(self) -> int:
        """The worker's process number."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether the worker has not ended yet."""
        return self._process.poll() is None

    @property
    def has_answered(self) -> bool:
        """Whether `receive` would return, or raise, at once."""
        return not self._replies.empty()

    def send(self, request: Request) -> None:
        """Send a request.

        That the worker has stopped is for `receive` to say, after the replies it still gave.
        """
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.write(request.packed())

    def receive(self, timeout_s: float, task: str) -> Reply:
        """Wait for the next reply.

        Raises
        ------
        EngineError
            If the worker has stopped, does not answer in time, or answers with something that
            is no reply; ``task`` says what it was doing.
        """
        end_s = time.monotonic() + timeout_s
        while True:
            left_s = end_s - time.monotonic()
            try:
                answer = self._replies.get(timeout=max(0.0, min(POLL_S, left_s)))
                break
            except queue.Empty:
                if left_s <= POLL_S and time.monotonic() >= end_s:
                    raise self._silent(timeout_s, task) from None
        if answer is None:
            raise self._stopped(task)
        if isinstance(answer, GarbageError):
            raise EngineError(
                f"expected a reply of the pose engine {task}, got {answer}.{self._wrote()} "
                "Install formcheck again: its parts do not fit together"
            )
        return answer

    def close(self) -> None:
        """End the worker: in order within `CLOSE_S`, then by force."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # a worker that has ended
            self._process.stdin.close()
        try:
            self._process.wait(CLOSE_S)
        except subprocess.TimeoutExpired:
            pass
        finally:
            self.kill()

    def kill(self) -> None:
        """End the worker by force and give back everything it held here."""
        self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join(1.0)
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            with contextlib.suppress(OSError):
                pipe.close()  # type: ignore[union-attr]

    def _read_replies(self, pipe: IO[bytes]) -> None:
        try:
            with open(pipe.fileno(), "rb", closefd=False) as replies:
                while (reply := read_reply(replies)) is not None:
                    self._replies.put(reply)
        except GarbageError as error:
            self._replies.put(error)
        self._replies.put(None)

    def _read_last_lines(self, pipe: IO[bytes]) -> None:
        with open(pipe.fileno(), "rb", closefd=False) as lines:
            for line in lines:
                text = line.decode("utf-8", "replace").strip()
                if text and not _CHATTER.match(text):
                    self._last_lines.append(text[:300])

    def _stopped(self, task: str) -> EngineError:
        try:
            code = self._process.wait(2.0)
        except subprocess.TimeoutExpired:
            how = "it closed its output"
        else:
            how = describe_exit(code)
        self._threads[1].join(1.0)
        return EngineError(f"the pose engine stopped {task}: {how}.{self._wrote()} {ADVICE}")

    def _silent(self, timeout_s: float, task: str) -> EngineError:
        return EngineError(
            f"expected an answer of the pose engine within {timeout_s:g} s {task}, got none."
            f"{self._wrote()} The computer may be too busy: close other programs and try again"
        )

    def _wrote(self) -> str:
        if not self._last_lines:
            return ""
        return " It last wrote:\n  " + "\n  ".join(self._last_lines) + "\n"


ADVICE = "Try again; if it stops at the same place, run `formcheck doctor` and report the message"


def describe_exit(code: int) -> str:
    """Say in words how a process ended, from its return code."""
    if code >= 0:
        return f"exit code {code}" if code < 1 << 30 else f"exit code {code:#x}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    hints = {"SIGKILL": " (often: not enough memory)", "SIGABRT": " (native code gave up)"}
    return f"ended by {name}{hints.get(name, '')}"
