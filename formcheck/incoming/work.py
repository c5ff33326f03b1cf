"""Work the queue off in a process of its own: ``python -m formcheck.incoming.work STORE [MODEL]``.

Whatever a foreign file does to the program that reads it, it does not do it to the one that shows
the pages; and these are not slowed down by it.
"""

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

from formcheck.estimators import model_files
from formcheck.estimators.base import PoseEstimator
from formcheck.estimators.process import MediaPipeEstimator
from formcheck.incoming.queue import Queue
from formcheck.incoming.working import Stopped, Worker
from formcheck.recordings.incoming_file import Incoming

_KINDLY = 5
"""Whoever looks at pages goes first."""


def main() -> None:
    """Work off what waits, and end."""
    store, model = Path(sys.argv[1]), sys.argv[2:]
    if hasattr(os, "nice"):
        os.nice(_KINDLY)
    ending = _Ending()
    signal.signal(signal.SIGTERM, ending.ask)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program that started this

    def engine() -> PoseEstimator:
        return MediaPipeEstimator(model_files.find(Path(model[0]) if model else None))

    with suppress(Stopped):
        Worker(Queue(store), engine, ending.told).work_off()


class _Ending:
    """End at the next opportunity, once that was asked for."""

    def __init__(self) -> None:
        self._is_asked = False

    def ask(self, *_: object) -> None:
        self._is_asked = True

    def told(self, _: Incoming) -> None:
        if self._is_asked:
            raise Stopped


if __name__ == "__main__":
    main()
