"""The window mirrors what it shows, and a display that is not there is said, not crashed on."""

import os
import sys

import numpy as np
import pytest

from formcheck.analysis.coach import Coach
from formcheck.analysis.snapshot import Snapshot
from formcheck.errors import DisplayError
from formcheck.exercises import library
from formcheck.frame import Frame
from formcheck.sinks import window
from tests.people import poses

needs_x11 = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 is of Linux")


def test_the_mirror_turns_picture_and_landmarks_but_not_sides():
    """Left stays the patient's left, where the mirror shows it."""
    coach = Coach([library.find("glute_bridge")])
    snapshot = [coach.update(*pair) for pair in poses("glute_bridge")[:60]][-1]
    picture = np.zeros((360, 640, 3), np.uint8)
    picture[:, :10] = 255
    turned, seen = window.mirrored(Frame(0.0, picture), snapshot)
    assert (turned[:, -10:] == 255).all()
    assert np.allclose(seen.pose.image[:, 0], 639 - snapshot.pose.image[:, 0])
    assert seen.near_side is snapshot.near_side


def test_no_display_is_refused(monkeypatch):
    """The message says what was expected and what to do instead."""
    monkeypatch.setattr(window.sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(DisplayError, match=r"expected DISPLAY.*formcheck analyze"):
        window.require_display()


@needs_x11
def test_a_display_that_cannot_be_reached_is_refused(monkeypatch):
    """A stale name, as a lost connection leaves it, aborts a probe and not the session."""
    monkeypatch.setenv("DISPLAY", ":40977")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(DisplayError, match=r"could not connect to display :40977"):
        window.require_display()


@needs_x11
def test_a_display_that_never_answers_is_refused(monkeypatch):
    """A hung server does not hang the session."""
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(window, "PROBE_TIMEOUT_S", 0.0)
    with pytest.raises(DisplayError, match="does not answer"):
        window.require_display()


@pytest.mark.parametrize("rules", [None, "*.debug=true"])
def test_the_environment_is_left_as_it_was(monkeypatch, rules):
    """What keeps Qt quiet is gone afterwards; rules of one's own stand."""
    monkeypatch.delenv(window.QT_RULES, raising=False)
    if rules:
        monkeypatch.setenv(window.QT_RULES, rules)
    with window._without_font_warnings():
        assert os.environ[window.QT_RULES] == (rules or "default.warning=false")
    assert os.environ.get(window.QT_RULES) == rules


class Screen:
    """A screen that remembers what it was shown."""

    def __init__(self):
        self.shown = []
        self.key = -1
        self.is_visible = 1.0

    def patch(self, monkeypatch):
        """Take the place of OpenCV's windows."""
        monkeypatch.setattr(window, "require_display", lambda: None)
        for name in ("namedWindow", "resizeWindow", "destroyAllWindows"):
            monkeypatch.setattr(window.cv2, name, lambda *_: None)
        monkeypatch.setattr(window.cv2, "imshow", lambda _, picture: self.shown.append(picture))
        monkeypatch.setattr(window.cv2, "waitKey", lambda _: self.key)
        monkeypatch.setattr(window.cv2, "getWindowProperty", lambda *_: self.is_visible)
        return self


def test_the_window_shows_the_mirror_image_in_opencv_s_colours(monkeypatch):
    """Red on the left is shown on the right, and blue, green, red is the order of a window."""
    screen = Screen().patch(monkeypatch)
    picture = np.zeros((480, 640, 3), np.uint8)
    picture[:, :5, 0] = 255
    with window.WindowSink() as sink:
        sink.write(Snapshot(0.0, None), None)
        sink.write(Snapshot(0.1, None), Frame(0.1, picture))
    (shown,) = screen.shown
    assert (shown[:, -5:] == (0, 0, 255)).all()
    assert (shown[-100:, :5] == 0).all()


@pytest.mark.parametrize(
    "wish", [{"key": ord("q")}, {"key": window.ESCAPE_KEY}, {"is_visible": 0.0}]
)
def test_q_escape_and_the_close_button_end_the_session(monkeypatch, wish):
    """Any other key does not."""
    screen = Screen().patch(monkeypatch)
    frame = Frame(0.0, np.zeros((48, 64, 3), np.uint8))
    with window.WindowSink() as sink:
        screen.key = ord("x")
        sink.write(Snapshot(0.0, None), frame)
        for name, value in wish.items():
            setattr(screen, name, value)
        with pytest.raises(window.WindowClosed):
            sink.write(Snapshot(0.1, None), frame)
