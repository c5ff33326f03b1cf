"""`formcheck live` as a patient runs it, in a process of its own that may be killed."""

import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

START_S = 30


class Program:
    """A running `formcheck live`.

    Parameters
    ----------
    calibrates
        Whether it measures the own range the first time.

    Attributes
    ----------
    address
        What it printed to be opened.
    """

    def __init__(self, store: Path, *options: str, calibrates: bool = False) -> None:
        command = [sys.executable, "-m", "formcheck.cli.app", "live", "--no-browser"]
        command += [] if calibrates else ["--no-calibration"]
        self._process = subprocess.Popen(
            [*command, "--store", str(store), *options],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        watchdog = threading.Timer(START_S, self._process.kill)
        watchdog.start()
        said = []
        for line in self._process.stdout:
            said.append(line)
            if found := re.search(r"http://\S+token=\S+", line):
                self.address = found.group()
                break
        watchdog.cancel()
        assert hasattr(self, "address"), "".join(said)

    @property
    def process_id(self) -> int:
        """Its process."""
        return self._process.pid

    @property
    def port(self) -> str:
        """Where it listens."""
        return self.address.split(":")[2].split("/")[0]

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self._process.wait(10)
        self._process.stdout.close()

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """Let it stand still for a while, as a computer that sleeps does."""
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def end(self) -> None:
        """End it as Ctrl-C does."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(15)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(10)
        self._process.stdout.close()
