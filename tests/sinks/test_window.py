"""The window mirrors what it shows, and a display that is not there is said, not crashed on."""

import os
import sys

import numpy as np
import pytest

from formcheck.analysis.coach import Coach
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
