"""A display is tried once, and in the same way, wherever it is asked for."""

import subprocess
import sys

import pytest

from formcheck.cli import doctor, live
from formcheck.errors import DisplayError
from formcheck.sinks import window

on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 is of Linux")


@pytest.fixture
def probes(monkeypatch):
    """Return the probes that were started; each succeeds, as with a display that is there."""
    started = []

    def run(command, **_options):
        started.append(command)
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(window.subprocess, "run", run)
    return started


@on_linux
def test_a_live_session_tries_the_display_once_and_before_anything_else(probes, monkeypatch):
    """The probe takes half a second; the engine and the camera are started after it."""

    class Stopped(Exception):  # noqa: N818 - not an error: as far as the test goes
        pass

    def find(_model):
        assert len(probes) == 1
        raise Stopped

    monkeypatch.setattr(live.model_files, "find", find)
    with pytest.raises(Stopped):
        live.live(["front_plank"], window=True)
    for name in ("namedWindow", "resizeWindow", "destroyAllWindows"):
        monkeypatch.setattr(window.cv2, name, lambda *_: None)
    with window.WindowSink():
        pass
    assert len(probes) == 2


def test_doctor_finds_the_display_that_a_window_would_open_on(monkeypatch):
    """What opens is good; what does not is said in the words of the window itself."""
    monkeypatch.setattr(doctor, "require_display", lambda: None)
    assert doctor.check_display().state == "good"

    def refuse():
        raise DisplayError(f"the display does not answer. {window.WHAT_TO_DO}")

    monkeypatch.setattr(doctor, "require_display", refuse)
    finding = doctor.check_display()
    assert (finding.state, finding.says) == ("warning", "the display does not answer.")
    assert "live --window" in finding.todo


@on_linux
def test_doctor_does_not_trust_the_name_of_a_display(monkeypatch):
    """A name that a lost connection left behind opens no window."""
    monkeypatch.setenv("DISPLAY", ":40977")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    finding = doctor.check_display()
    assert finding.state == "warning"
    assert ":40977" in finding.says
