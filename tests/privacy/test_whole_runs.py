"""Nothing leaves the machine during whole runs of the commands that patients and clinics use."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.privacy.strace import off_machine_calls, traced

ROOT = Path(__file__).parents[2]
XVFB_MISSING = "a live session needs a display: install one with `sudo apt-get install xvfb`"

pytestmark = [
    pytest.mark.trace,
    pytest.mark.skipif(sys.platform != "linux", reason="strace is of Linux"),
]


@pytest.fixture
def display(monkeypatch):
    """Start a screen that nobody sees."""
    if shutil.which("Xvfb") is None:
        pytest.fail(XVFB_MISSING)
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[write_end],
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    with os.fdopen(read_end) as answer:  # kept open: the server writes to it more than once
        monkeypatch.setenv("DISPLAY", f":{answer.readline().strip()}")
        yield
    server.terminate()
    server.wait()


def test_analysing_a_video_stays_on_the_machine(tmp_path):
    """From the video to the page: no look-up, no connection off the machine."""
    command = [sys.executable, "-m", "formcheck.cli.app", "analyze"]
    command += [str(ROOT / "sample_videos" / "front_plank.mp4"), "--out", str(tmp_path / "out")]
    trace = traced(command, tmp_path / "trace", dict(os.environ))
    assert (tmp_path / "out" / "front_plank.html").is_file()
    assert off_machine_calls(trace) == []


@pytest.mark.usefixtures("display")
def test_a_live_session_stays_on_the_machine(tmp_path):
    """A whole session in a window, camera to cue: no look-up, no connection off the machine."""
    command = [sys.executable, "-m", "tests.privacy.live_session", "front_plank"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    begin_s = time.monotonic()
    trace = traced(command, tmp_path / "trace", environment)
    assert time.monotonic() - begin_s > 3  # the camera ran to its end
    assert off_machine_calls(trace) == []
