"""Write a session down while it happens, so that a crash loses at most a second.

A session is a folder: ``session.json`` says what was planned, ``events.jsonl`` has a line for
everything that happened, and each set has its poses (``set_recording.py``). There are no
pictures in it. A thread of its own writes, so that a slow disk never delays a picture; a disk
that is full costs the log and not the session.
"""

import json
import os
import queue
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from formcheck.errors import OutputError
from formcheck.files import ensure_folder, output_errors
from formcheck.pose import Pose
from formcheck.recordings.folder_lock import FolderLock
from formcheck.recordings.meta import RecordingHeader
from formcheck.recordings.session_facts import EVENTS, SESSION, SessionFacts
from formcheck.recordings.set_recording import SetRecording

FLUSH_EVERY_S = 0.5

_Work = Callable[[], None]


def new_session_folder(store: Path, started: datetime) -> Path:
    """Return where a session that starts now goes: sorted by time, never twice the same."""
    name = f"{started.astimezone(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
    return store / name


class SessionLog:
    """Write one session; every method returns at once.

    Parameters
    ----------
    folder
        New, or of a session that is gone on with.
    facts
        What ``session.json`` says.
    on_failure
        Told once, from the thread that writes, when nothing more can be written.

    Attributes
    ----------
    failure
        Why nothing more is written; None while all is well.

    Raises
    ------
    OutputError
        If the folder cannot be made, or another process writes to it.
    """

    def __init__(
        self,
        folder: Path,
        facts: SessionFacts,
        on_failure: Callable[[OutputError], None] = lambda _: None,
    ) -> None:
        self.folder = ensure_folder(folder)
        self._lock = FolderLock(folder)
        self.failure: OutputError | None = None
        self._on_failure = on_failure
        facts.save(folder / SESSION)
        with output_errors(folder / EVENTS):
            self._events: TextIO = (folder / EVENTS).open("a", encoding="utf-8")
            if self._events.tell():
                self._events.write("\n")  # the last line may have been cut off
        self._n_sets = len(list(folder.glob("set-*")))
        self._set: SetRecording | None = None
        self._work: queue.SimpleQueue[_Work | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write_all, name="session log")
        self._thread.start()

    def event(self, kind: str, fields: Mapping[str, Any]) -> None:
        """Write that something happened; the fields are as JSON knows them."""
        line = json.dumps({"type": kind, **fields}, ensure_ascii=False, allow_nan=False)
        self._work.put(lambda: self._write_line(line))

    def begin_set(self, exercise_id: str, header: RecordingHeader) -> str:
        """Begin the recording of a set and return its name."""
        self._n_sets += 1
        name = f"set-{self._n_sets:02d}-{exercise_id}"
        self._work.put(lambda: self._begin(self.folder / name, header))
        return name

    def pose(self, time_s: float, pose: Pose | None) -> None:
        """Add an instant to the set that is going on."""
        self._work.put(lambda: self._add(time_s, pose))

    def end_set(self) -> None:
        """End the recording of the set, if one is going on."""
        self._work.put(self._end)

    def close(self) -> None:
        """Write what is left, and end."""
        self._work.put(self._end)
        self._work.put(None)
        self._thread.join()
        self._events.close()
        self._lock.release()

    def _write_all(self) -> None:
        flushed_s = time.monotonic()
        while True:
            try:
                work = self._work.get(timeout=FLUSH_EVERY_S)
            except queue.Empty:
                work = self._flush
            if work is None:
                return
            self._do(work)
            if time.monotonic() - flushed_s >= FLUSH_EVERY_S:
                self._do(self._flush)
                flushed_s = time.monotonic()

    def _do(self, work: _Work) -> None:
        if self.failure is not None:
            return
        try:
            work()
        except OutputError as error:
            self.failure = error
            self._on_failure(error)

    def _write_line(self, line: str) -> None:
        with output_errors(self.folder / EVENTS):
            self._events.write(line + "\n")
            self._events.flush()

    def _begin(self, folder: Path, header: RecordingHeader) -> None:
        self._end()
        self._set = SetRecording(folder, header)

    def _add(self, time_s: float, pose: Pose | None) -> None:
        if self._set is not None:
            self._set.add(time_s, pose)

    def _end(self) -> None:
        if self._set is not None:
            recording, self._set = self._set, None
            recording.finish()

    def _flush(self) -> None:
        if self._set is not None:
            self._set.flush()
        with output_errors(self.folder / EVENTS):
            os.fsync(self._events.fileno())
