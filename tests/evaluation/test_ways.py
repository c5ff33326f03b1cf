"""How far a fault was done is found again from what was kept of a clip."""

import json
from dataclasses import replace

import numpy as np
import pytest

from formcheck.evaluation.synthetic import rendered, ways
from formcheck.evaluation.synthetic.ways import done_by, label_ways, performer, way_of
from formcheck.exercises import library
from formcheck.simulation.crowd import crowd
from formcheck.simulation.labels import what_is_true
from formcheck.simulation.performance import Performance
from formcheck.simulation.rendering.stage import PlainBodies
from formcheck.simulation.scene import Scene
from formcheck.simulation.truth import Truth, true_angles_deg

BRIDGE = library.find("glute_bridge")
FAULT = "not_high_enough"


@pytest.fixture(scope="module")
def short() -> Scene:
    """Return one repetition that goes wrong."""
    scene = next(crowd({BRIDGE.id: BRIDGE}, 1))
    plan = replace(scene.plan, attempts=scene.plan.attempts[-1:])
    return done_by(replace(scene, plan=plan), FAULT, 1.5)


@pytest.fixture(scope="module")
def perform(short):
    """Return what does a scene with a body of capsules."""
    return performer(short, BRIDGE, PlainBodies())


def truth_of(performance: Performance) -> Truth:
    times_s = np.arange(0, performance.duration_s, 1 / 15)
    n, angles_deg = len(times_s), true_angles_deg(performance.bodies(times_s))
    return Truth(times_s, np.zeros((n, 33, 2)), np.zeros((n, 33, 3)), angles_deg)


@pytest.mark.parametrize("way", [0.8, 1.5, 2.2])
def test_the_way_is_that_of_the_clip_whatever_would_be_done_today(short, perform, way):
    """Done 0.8, 1.5 or 2.2 times the way: found again to a fiftieth."""
    found, performance = way_of(
        short, FAULT, truth_of(perform(done_by(short, FAULT, way))), perform
    )
    assert found == pytest.approx(way, abs=0.02)
    assert bool(performance.faults) == (way >= 1)


def test_another_motion_has_no_way(short, perform):
    """Nothing fits where something else was done."""
    truth = truth_of(perform(done_by(short, "over_arch", 1.0)))
    assert way_of(short, FAULT, truth, perform) is None


def labelled(folder, scene: Scene, performance: Performance) -> None:
    truth_of(performance).save(folder / f"{scene.name}.truth.npz")
    label = {
        "file": f"{scene.name}.mp4", "view": scene.view, "fps": 15, "width": 480, "height": 360,
        **what_is_true(performance),
    }  # fmt: skip
    (folder / "labels.json").write_text(json.dumps({"clips": [label]}), "utf-8")


@pytest.mark.parametrize(("way", "level"), [(1.5, 1.5), (1.25, 1.25)])
def test_labels_say_how_far_a_fault_was_done(tmp_path, monkeypatch, short, perform, way, level):
    """Near a level it counts as that level, else as none; somebody of the crowd does one only."""
    monkeypatch.setattr(ways, "crowd", lambda _exercises, _n: iter([short]))
    labelled(tmp_path, short, perform(done_by(short, FAULT, way)))
    (before,) = rendered.kept_clips(tmp_path)
    assert before.way == 1.5
    label_ways(tmp_path, {BRIDGE.id: BRIDGE}, PlainBodies(), lambda _done, _of: None)
    (clip,) = rendered.kept_clips(tmp_path)
    assert clip.way == pytest.approx(level, abs=0.02)
    assert clip.fault == FAULT
    assert clip.repetition_spans_s == before.repetition_spans_s
