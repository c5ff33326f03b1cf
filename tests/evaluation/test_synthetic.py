"""Figures of simulated people: what is stored can be reckoned by hand, and the page says it."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from formcheck.errors import LabelsError
from formcheck.evaluation.population import Act, Case, Outcome, Shot
from formcheck.evaluation.population.outcomes import (
    Flag,
    JudgedHold,
    JudgedRepetition,
    ReadingErrors,
)
from formcheck.evaluation.synthetic import rendered
from formcheck.evaluation.synthetic.command import main
from formcheck.evaluation.synthetic.figures import figures_of
from formcheck.evaluation.synthetic.goals import missed_goals
from formcheck.evaluation.synthetic.landmarks import population
from formcheck.evaluation.synthetic.page import page
from formcheck.evaluation.synthetic.recognition_figures import RecognitionFigures
from formcheck.evaluation.synthetic.records import Figures, MeasuredWith
from formcheck.evaluation.synthetic.sameness import SamenessFigures
from formcheck.exercises import library
from formcheck.landmarks import N_LANDMARKS, Side
from formcheck.measures import View
from formcheck.pose import rounded_pose
from formcheck.recordings import RecordingHeader, RecordingWriter
from formcheck.simulation.camera import Viewpoint
from formcheck.simulation.person import Person
from formcheck.simulation.timing import Timing
from formcheck.simulation.truth import Truth

ROOT = Path(__file__).parents[2]
STORE = ROOT / "benchmarks" / "synthetic"
EXERCISES = library.load_all()
BRIDGE = EXERCISES["glute_bridge"]
CLEAN = Case(
    Act(BRIDGE.id, "bridge", Person(), "steady", "", 0.0, Side.LEFT, False, 1),
    Shot(View.SIDE, Viewpoint(90.0, 0.5), Timing(25), 1.0, 1),
)


def repetition(fault: str = "", *raised: str, answer="counted") -> JudgedRepetition:
    flags = tuple(Flag(name, "error") for name in raised)
    return JudgedRepetition(fault, answer, None, flags)


def outcome(*repetitions: JudgedRepetition, fault="", way=0.0, view=View.SIDE) -> Outcome:
    act = replace(CLEAN.act, fault=fault, way=way)
    n_counted = sum(one.answer == "counted" for one in repetitions)
    case = Case(act, replace(CLEAN.shot, view=view))
    errors = (ReadingErrors("hip_lift", "near", 2, 4.0, 10.0),)
    return Outcome(case, n_counted, 0, repetitions, (), (), errors)


def of_over_arch(figures):
    return next(one for one in figures.all_views.faults if one.fault == "over_arch")


def test_clear_faults_are_met_three_times_as_often_as_others():
    """A dozen of each variant, and two dozen more."""
    drawn = Counter(
        case.act.way for case in population(BRIDGE, seed=1) if case.act.fault == "over_arch"
    )
    assert drawn == {0.5: 16, 1.0: 16, 1.5: 24 + 48, 2.0: 16}


def test_precision_is_what_was_there_of_what_was_raised():
    """Right: at 1.5 and 2; wrong: clean, half-way and beside another fault; neither: at once."""
    figures = figures_of(
        BRIDGE,
        [
            outcome(repetition(), repetition("", "over_arch")),
            outcome(repetition("over_arch", "over_arch"), fault="over_arch", way=2.0),
            outcome(repetition("over_arch", "over_arch"), fault="over_arch", way=1.5),
            outcome(repetition("over_arch", "over_arch"), fault="over_arch", way=1.0),
            outcome(repetition("head_lifts", "over_arch"), fault="head_lifts", way=1.5),
        ],
    )
    fault = of_over_arch(figures)
    assert (fault.precision.n_right, fault.precision.n) == (2, 4)
    assert (fault.clean.n_right, fault.clean.n) == (1, 2)
    assert (fault.among_others.n_right, fault.among_others.n) == (1, 1)


def test_a_fault_that_was_refused_is_found_and_one_that_was_lost_is_not():
    """An attempt tells the patient; nothing said and nothing counted does not."""
    figures = figures_of(
        BRIDGE,
        [
            outcome(repetition("over_arch", answer="attempted"), fault="over_arch", way=1.5),
            outcome(repetition("over_arch", answer="missed"), fault="over_arch", way=1.5),
        ],
    )
    level = of_over_arch(figures).at(1.5)
    assert (level.n_refused, level.n_lost) == (1, 1)
    assert (level.found.n_right, level.found.n) == (1, 2)


def test_each_view_has_its_own_figures_and_all_have_theirs():
    """All together come first; a view without sessions is left out."""
    figures = figures_of(
        BRIDGE,
        [outcome(repetition()), outcome(repetition(answer="missed"), view=View.OBLIQUE)],
    )
    assert [one.view for one in figures.views] == ["all", "oblique", "side"]
    counted = {one.view: one.counted for one in figures.views}
    assert (counted["all"].n_right, counted["all"].n) == (1, 2)
    assert (counted["side"].n_right, counted["side"].n) == (1, 1)
    assert figures.all_views.measures[0].bias == 2.0


def test_the_errors_of_a_hold_are_sizes():
    """Too early and too late do not cancel out."""
    early, late = (
        replace(
            outcome(),
            holds=(JudgedHold("", error_s, error_s, 0.0, ()),),
            n_holds_found=1,
            n_counted=0,
        )
        for error_s in (-0.2, 0.4)
    )
    assert figures_of(BRIDGE, [early, late]).all_views.start_error_s == pytest.approx(0.3)


def test_what_falls_short_is_named_and_tips_may():
    """A count, a fault that is overlooked and one that is invented; not one that is a tip only."""
    held_to_it = next(one.name for one in BRIDGE.findings if one.observability == "good")
    tip = next(one.name for one in BRIDGE.findings if one.observability == "poor")
    outcomes = [
        outcome(repetition(answer="missed"), repetition(answer="missed")),
        outcome(repetition("", held_to_it, tip)),
        outcome(repetition(held_to_it), fault=held_to_it, way=1.5),
    ]
    missed = missed_goals(figures_of(BRIDGE, outcomes), BRIDGE)
    assert missed == (
        "counted exactly 1/2",
        "off by more than one 1 times",
        f"{held_to_it} found 0/1",
        f"{held_to_it} raised in 1/3 clean ones",
    )


def test_figures_come_back_from_their_file(tmp_path):
    """And asking for one exercise again replaces only that one."""
    one = figures_of(BRIDGE, [outcome(repetition())])
    both = Figures(measured_with=MeasuredWith.now(3), exercises=()).replaced(
        [one, one.model_copy(update={"exercise": "bird_dog"})], list(EXERCISES)
    )
    both.save(tmp_path / "figures.json")
    assert Figures.load(tmp_path / "figures.json") == both
    new = figures_of(BRIDGE, [outcome(repetition()), outcome(repetition())])
    changed = both.replaced([new], list(EXERCISES))
    assert changed.of("glute_bridge") == new
    assert changed.of("bird_dog") == both.of("bird_dog")
    assert changed.n_sessions == 3


def test_without_figures_the_command_to_measure_them_is_named(tmp_path):
    """Not a traceback."""
    with pytest.raises(LabelsError, match=r"evaluation\.synthetic landmarks"):
        Figures.load(tmp_path / "nothing.json")


def test_the_command_measures_stores_and_writes_the_page(tmp_path):
    """A few sessions of one exercise, through to the page."""
    where = ["--store", str(tmp_path), "--page", str(tmp_path / "page.md")]
    assert main([*where, "landmarks", "seated_thoracic_rotation", "--sessions", "2"]) == 0
    text = (tmp_path / "page.md").read_text("utf-8")
    assert "seated_thoracic_rotation" in text
    assert "no figure on it says how accurate formcheck is on people" in text
    assert main([*where, "landmarks", "yawning"]) != 0


def recorded_clip(folder: Path, n_lost: int) -> None:
    """Write the truth and a recording of a person who does nothing; the first frames are lost."""
    times = np.arange(20) / 10
    image, world = np.full((20, N_LANDMARKS, 2), 50.0), np.zeros((20, N_LANDMARKS, 3))
    image += np.arange(N_LANDMARKS)[:, None]
    Truth(times, image, world, np.zeros((20, 14))).save(folder / "one.truth.npz")
    header = RecordingHeader(
        source="one", width_px=200, height_px=200, rate_hz=10.0, engine="none",
        engine_version="0", model="none", model_sha256="0",
    )  # fmt: skip
    with RecordingWriter(folder / "one.poses.npz", header) as writer:
        for k, time_s in enumerate(times.tolist()):
            pose = rounded_pose(time_s, image[k], world[k], np.ones(N_LANDMARKS), (200, 200))
            writer.write(time_s, None if k < n_lost else pose)
    label = {
        "file": "one.mp4", "exercise": "glute_bridge", "variant": "bridge", "view": "side",
        "fps": 10, "width": 200, "height": 200, "repetition_times_s": [0.5],
        "repetition_spans_s": [[0.1, 1.0]], "sides": None,
        "faults": [{"catalogue_fault": "over_arch", "start_s": 0.1, "end_s": 1.0}],
    }  # fmt: skip
    (folder / "labels.json").write_text(json.dumps({"clips": [label]}), "utf-8")


def test_a_rendered_clip_is_scored_by_its_label(tmp_path):
    """Its repetition was missed, its fault with it, and half of the frames had nobody."""
    recorded_clip(tmp_path, n_lost=10)
    (figures,) = rendered.measured(tmp_path, EXERCISES)
    level = of_over_arch(figures).at(1.5)
    assert (level.n, level.n_lost) == (1, 1)
    assert rendered.found_share(tmp_path) == (0.5, 0.5)


def test_a_clip_that_was_made_anew_takes_the_place_of_the_old_one(tmp_path, monkeypatch):
    """The others that were kept stay, with their labels."""
    store, new = tmp_path / "store", tmp_path / "new"
    for folder, names in ((store, ("000_a", "001_b")), (new, ("001_b",))):
        folder.mkdir()
        labels = [
            {"file": f"{name}.mp4", "exercise": BRIDGE.id, "variant": folder.name, "view": "side",
             "fps": 15, "width": 480, "height": 360} for name in names
        ]  # fmt: skip
        (folder / "labels.json").write_text(json.dumps({"clips": labels}), "utf-8")
    (new / "001_b.truth.npz").write_bytes(b"new truth")
    (new / "found.npz").write_bytes(b"new poses")
    found = SimpleNamespace(path=new / "found.npz")
    monkeypatch.setattr(rendered, "recorded", lambda _video, _poses: found)
    rendered.keep(new, store, lambda _done, _of: None)
    kept = [(clip.name, clip.variant) for clip in rendered.kept_clips(store)]
    assert kept == [("000_a", "store"), ("001_b", "new")]
    assert (store / "001_b.truth.npz").read_bytes() == b"new truth"
    assert (store / "001_b.poses.npz").read_bytes() == b"new poses"


def test_a_folder_without_labels_is_refused_with_what_to_do(tmp_path):
    """The command that makes clips is named."""
    with pytest.raises(LabelsError, match="--crowd"):
        rendered.kept_clips(tmp_path)


def test_the_page_is_that_of_the_stored_figures():
    """Every built-in exercise is on it."""
    figures = Figures.load(STORE / "landmarks.json")
    assert [one.exercise for one in figures.exercises] == list(EXERCISES)
    path = STORE / "rendered.json"
    clips = Figures.load(path) if path.is_file() else None
    recognised = RecognitionFigures.load(STORE / "recognition.json")
    same = SamenessFigures.load(STORE / "sameness.json")
    text = (ROOT / "docs" / "synthetic-accuracy.md").read_text("utf-8")
    assert text == page(figures, clips, EXERCISES, recognised, same)


def test_thousands_of_sessions_were_measured():
    """As the page's goals want it."""
    assert Figures.load(STORE / "landmarks.json").n_sessions >= 5000
