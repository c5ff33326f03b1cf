"""What is said to whoever does something else than the exercise of the set."""

from dataclasses import replace

import numpy as np

from formcheck.analysis.cues import Cue
from formcheck.session.events import AnotherExercise
from formcheck.session.stages import Stage
from formcheck.texts import Texts
from tests.session.puppets import CATALOGUE, puppet, repeated
from tests.session.under_way import BRIDGE, begun

SLIDES = puppet("heel_slide", n=4)


def said(drive):
    """Return the codes of everything that was said."""
    return [view.cue.code for view in drive.views if view.cue]


def lying_for_bridges():
    """Return a session in which a set of bridges has just begun."""
    drive = begun(("glute_bridge", repeated(1, 5)))
    drive.until(Stage.EXERCISING)
    return drive


def test_another_exercise_is_named_and_the_set_waits():
    """Heel slides in a set of bridges: said once, noted, and bridges count afterwards."""
    drive = lying_for_bridges()
    begun_s = drive.time_s
    view = drive.wait(SLIDES.duration_s, lambda time_s: SLIDES.pose(time_s, time_s - begun_s))
    assert view.stage is Stage.EXERCISING
    assert view.set_done == 0
    (noted,) = drive.of_kind(AnotherExercise)
    assert (noted.exercise, noted.instead) == ("glute_bridge", "heel_slide")
    assert said(drive).count("another_exercise") == 1
    drive.play_s = 0.0
    assert drive.wait(BRIDGE.duration_s).set_done > 0


def test_the_exercise_itself_is_not_questioned():
    """Nobody who does it is told that it is something else, or cannot be counted."""
    drive = lying_for_bridges()
    drive.wait(BRIDGE.duration_s)
    assert drive.flow.view.set_done > 0
    assert not {"another_exercise", "unknown_movement"} & set(said(drive))


def test_movement_that_is_nothing_known_is_spoken_of_once():
    """Arms that wave for a minute beside a body at rest: that it cannot be counted is said."""
    drive = lying_for_bridges()
    drive.wait(60.0, waving)
    assert said(drive).count("unknown_movement") == 1
    assert drive.of_kind(AnotherExercise) == []


def waving(time_s):
    """Return somebody who lies ready for a bridge and waves both hands."""
    pose = BRIDGE.pose(time_s, 0.0)
    trunk_px = np.ptp(pose.image[[11, 23], 0])
    sway_px = 0.2 * trunk_px * np.sin(2 * np.pi * time_s / 1.5)
    image = pose.image.copy()
    image[[13, 14, 15, 16], 1] += (0.3 * sway_px, 0.3 * sway_px, sway_px, sway_px)
    return replace(pose, image=image)


def test_it_is_said_in_the_patients_language():
    """The exercise that is due has its own name there."""
    cue = Cue(0.0, "form", "", "another_exercise")
    for language in ("en", "de"):
        texts, due = Texts.load(language), CATALOGUE["glute_bridge"]
        assert texts.exercise(due).name in texts.cue(cue, due)
