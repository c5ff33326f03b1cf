"""What every sink offers."""

from contextlib import AbstractContextManager
from typing import Protocol

from formcheck.analysis.snapshot import Snapshot
from formcheck.frame import Frame


class Sink(AbstractContextManager["Sink"], Protocol):
    """Receive what the coach saw; opened and closed by the run.

    A sink that writes a file puts it in place when it is closed, also when an error ends the
    run: what was analysed until then is kept.
    """

    def write(self, snapshot: Snapshot, frame: Frame | None) -> None:
        """Take what was seen at one instant; ``frame`` is None without a picture."""
        ...
