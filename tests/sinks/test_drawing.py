"""What is drawn is where it belongs, and says what it should."""

from dataclasses import replace

import numpy as np
import pytest

from formcheck.analysis.coach import Coach
from formcheck.analysis.events import Fault, NotAssessed
from formcheck.errors import DisplayError
from formcheck.exercises import library
from formcheck.exercises.schema import BodyPart, Phase
from formcheck.frame import Frame
from formcheck.landmarks import INDEX, Side
from formcheck.sinks import window
from formcheck.sinks.captions import SHOWN_FOR_S, Caption
from formcheck.sinks.drawing import annotate
from tests.people import poses

FAULT = Fault(
    "knee", "error", "knee_flexion", 1.0, 0.0, "deg", 7.0, Phase.EFFORT, BodyPart.KNEE,
    Side.LEFT, 0.0, 1.0, 0.5, "good", "Wrong.", "Knees over toes.",
)  # fmt: skip


@pytest.fixture
def snapshot():
    """Return somebody in the middle of a bridge."""
    coach = Coach([library.find("glute_bridge")])
    snapshots = [coach.update(*pair) for pair in poses("glute_bridge")[:60]]
    return replace(snapshots[-1], active_faults=())


def changed(before, after, centre, radius=40):
    """Return how many pixels differ near a point."""
    x, y = np.rint(centre).astype(int)
    near = np.s_[max(0, y - radius) : y + radius, max(0, x - radius) : x + radius]
    return int((before[near] != after[near]).any(axis=2).sum())


def test_a_fault_is_drawn_at_the_body_part_concerned(snapshot):
    """A knee fault marks the knee of its side, and leaves the shoulder alone."""
    blank = np.full((360, 640, 3), 90, np.uint8)
    plain = annotate(blank, snapshot, "")
    marked = annotate(blank, replace(snapshot, active_faults=(FAULT,)), "")
    knee, shoulder = (snapshot.pose.image[INDEX[f"left_{p}"]] for p in ("knee", "shoulder"))
    assert changed(plain, marked, knee) > 200
    assert changed(plain, marked, shoulder, radius=15) == 0


def test_the_picture_itself_is_left_alone(snapshot):
    """Drawing is done on a copy."""
    blank = np.full((360, 640, 3), 90, np.uint8)
    annotate(blank, snapshot, "Lift.")
    assert (blank == 90).all()


@pytest.mark.parametrize("size", [(1, 1), (48, 64), (1080, 1920), (1920, 1080)])
def test_any_size_can_be_drawn_on(snapshot, size):
    """From one pixel to a portrait phone, with every kind of mark at once."""
    refused = NotAssessed("too_far_away", "too far away: come closer or zoom in")
    everything = replace(snapshot, active_faults=(FAULT,), not_assessed=refused)
    drawn = annotate(np.zeros((*size, 3), np.uint8), everything, "Caption")
    assert drawn.shape == (*size, 3)


def test_not_being_able_to_judge_is_said_in_the_picture(snapshot):
    """The banner takes the caption's place at the bottom."""
    blank = np.full((360, 640, 3), 90, np.uint8)
    refused = NotAssessed("nobody_in_view", "nobody in view")
    plain, said = (
        annotate(blank, replace(snapshot, not_assessed=reason), "") for reason in (None, refused)
    )
    assert changed(plain, said, (320, 345), radius=14) > 100


def test_a_caption_stays_long_enough_to_read(snapshot):
    """A cue is shown for its time and no longer; counts are on the counter already."""
    from formcheck.analysis.cues import Cue  # noqa: PLC0415 - only here

    caption = Caption()
    at = replace(snapshot, time_s=1.0, cue=Cue(1.0, "form", "Lift."))
    assert caption.update(at) == "Lift."
    assert caption.update(replace(at, time_s=1.0 + SHOWN_FOR_S, cue=None)) == "Lift."
    assert caption.update(replace(at, time_s=1.1 + SHOWN_FOR_S, cue=None)) == ""
    assert caption.update(replace(at, time_s=9.0, cue=Cue(9.0, "count", "3"))) == ""


def test_the_mirror_turns_picture_and_landmarks_but_not_sides(snapshot):
    """Left stays the patient's left, where the mirror shows it."""
    picture = np.zeros((360, 640, 3), np.uint8)
    picture[:, :10] = 255
    turned, seen = window.mirrored(Frame(0.0, picture), snapshot)
    assert (turned[:, -10:] == 255).all()
    assert np.allclose(seen.pose.image[:, 0], 639 - snapshot.pose.image[:, 0])
    assert seen.near_side is snapshot.near_side


def test_a_window_without_a_display_is_refused(monkeypatch):
    """OpenCV would take the process down; the message says what to do."""
    monkeypatch.setattr(window.sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with pytest.raises(DisplayError, match="DISPLAY"):
        window.require_display()
