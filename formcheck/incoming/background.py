"""Have the queue worked off beside everything else, whenever something waits in it."""

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from formcheck.incoming.queue import Queue

LOOKS_EVERY_S = 1.0
ENDS_WITHIN_S = 5.0
WAITS_AFTER_FAILURE_S = 30.0

_log = logging.getLogger(__name__)


class Background:
    """Start a worker where something waits, and end it with the program.

    Parameters
    ----------
    queue
        The recordings.
    model
        Of the pose engine; None for the one that is found.
    command
        What to start instead of formcheck's own worker.

    Examples
    --------
    >>> import tempfile
    >>> background = Background(Queue(Path(tempfile.mkdtemp())))
    >>> background.start()
    >>> background.close()
    """

    def __init__(
        self, queue: Queue, model: Path | None = None, command: Sequence[str] | None = None
    ) -> None:
        own = (sys.executable, "-P", "-m", "formcheck.incoming.work")
        arguments = (str(queue.store.absolute()), *([str(model.absolute())] if model else []))
        self._queue = queue
        self._command = [*(command or own), *arguments]
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="incoming", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def close(self) -> None:
        """End; what is half done begins anew the next time."""
        self._closing.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._closing.wait(LOOKS_EVERY_S):
            if self._queue.needs_work and not self._work():
                self._closing.wait(WAITS_AFTER_FAILURE_S)

    def _work(self) -> bool:
        """Return whether a worker came to its end by itself, without a failure."""
        try:
            worker = subprocess.Popen(self._command, stdin=subprocess.DEVNULL)
        except OSError as error:
            _log.error("recordings are not analysed: %s", error)
            return False
        _until(lambda: worker.poll() is not None or self._closing.is_set())
        if worker.poll() is None:
            worker.terminate()
            try:
                worker.wait(ENDS_WITHIN_S)
            except subprocess.TimeoutExpired:
                worker.kill()
                worker.wait()
        return worker.returncode == 0


def _until(is_so: Callable[[], bool]) -> None:
    while not is_so():
        time.sleep(0.1)
