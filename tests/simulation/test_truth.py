from pathlib import Path

import numpy as np
import pytest

from formcheck.landmarks import INDEX, Side
from formcheck.simulation.camera import Viewpoint
from formcheck.simulation.cast import SCENES
from formcheck.simulation.labels import label_of
from formcheck.simulation.people import average_skeleton
from formcheck.simulation.performance import QUIET_S, Performance
from formcheck.simulation.repertoire import REPERTOIRE
from formcheck.simulation.truth import ANGLES, Truth, true_angles_deg, truth_of

SKELETON = average_skeleton()
FPS = 5


def performance(name: str, seed: int = 3) -> Performance:
    return REPERTOIRE[name](SKELETON, seed)


def truth(name: str, seed: int = 3) -> Truth:
    acted = performance(name, seed)
    cloud = np.concatenate([acted.at(SKELETON, t).landmarks for t in (0.0, 2.0, 4.0)])
    return truth_of(acted, SKELETON, Viewpoint(60, 1.0).framing(cloud), FPS)


@pytest.mark.parametrize("name", ["glute_bridge", "squat"])
def test_the_same_seed_gives_the_same_truth_and_another_does_not(name: str) -> None:
    """Truth is a function of person, performance and camera, to the last bit."""
    first, again, other = truth(name), truth(name), truth(name, seed=4)
    for field in ("time_s", "image_px", "world_m", "angles_deg"):
        assert np.array_equal(getattr(first, field), getattr(again, field))
    assert not np.array_equal(first.angles_deg[:20], other.angles_deg[:20])


def test_truth_is_read_back_within_the_steps_it_is_stored_in(tmp_path: Path) -> None:
    """Half a step: 0.0125 px, 0.05 mm and 0.005 degrees."""
    written = truth("squat")
    path = tmp_path / "squat.truth.npz"
    written.save(path)
    read = Truth.load(path)
    assert read.time_s == pytest.approx(written.time_s, abs=1e-9)
    assert read.image_px == pytest.approx(written.image_px, abs=0.0126)
    assert read.world_m == pytest.approx(written.world_m, abs=0.000051)
    assert read.angles_deg == pytest.approx(written.angles_deg, abs=0.0051)


def test_world_landmarks_are_about_the_middle_of_the_hips() -> None:
    """The two hips are opposite each other, as in the pose engine's world landmarks."""
    world = truth("sit_to_stand").world_m
    both = world[:, INDEX["left_hip"]] + world[:, INDEX["right_hip"]]
    assert both == pytest.approx(np.zeros_like(both), abs=1e-9)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_everybody_is_quiet_in_the_start_position_at_both_ends(scene) -> None:
    """For the first second nothing moves but sway (the plank is held from the first frame)."""
    acted = performance(scene.name)
    first, later = (true_angles_deg(acted.at(SKELETON, t)) for t in (0.0, 0.95 * QUIET_S))
    assert later == pytest.approx(first, abs=3.0)
    if acted.repetitions:
        assert acted.repetitions[0].start_s >= QUIET_S
        assert acted.repetitions[-1].end_s <= acted.duration_s - QUIET_S


@pytest.mark.parametrize(
    ("name", "angle", "faulty", "good"),
    [
        ("glute_bridge", "left_hip", (132, 148), (165, 180)),
        ("squat", "left_knee", (130, 138), (75, 90)),
    ],
)
def test_a_faulty_repetition_is_clearly_smaller_than_the_good_ones(
    name: str, angle: str, faulty: tuple[float, float], good: tuple[float, float]
) -> None:
    """At the far end the joint's angle is on the labelled side of the limit."""
    acted = performance(name)
    for repetition in acted.repetitions:
        angles = true_angles_deg(acted.at(SKELETON, repetition.peak_s))
        low, high = faulty if repetition.fault else good
        assert low < angles[ANGLES.index(angle)] < high
    spans = [(fault.start_s, fault.end_s) for fault in acted.faults]
    assert spans == [(r.start_s, r.end_s) for r in acted.repetitions if r.fault]


def test_turns_alternate_and_go_to_the_labelled_side() -> None:
    """The chest is turned to the left in a left repetition."""
    acted = performance("seated_thoracic_rotation")
    assert [r.side for r in acted.repetitions] == [Side.LEFT, Side.RIGHT] * 2
    for repetition in acted.repetitions:
        angles = true_angles_deg(acted.at(SKELETON, repetition.peak_s))
        turn = angles[ANGLES.index("chest_turn")]
        assert abs(turn) > 35
        assert (turn > 0) == (repetition.side is Side.LEFT)


def test_the_plank_is_straight_in_its_hold_and_sags_in_its_fault() -> None:
    """The hold ends where the fault begins, at 15 degrees of sag."""
    acted = performance("front_plank")
    ((begin_s, end_s),) = acted.holds_s
    (sag,) = acted.faults
    assert (begin_s, end_s) == (0.0, sag.start_s)
    assert end_s > 8.0
    assert sag.end_s - sag.start_s > 3.0

    def body(time_s: float) -> float:
        return float(true_angles_deg(acted.at(SKELETON, time_s))[ANGLES.index("left_body")])

    assert body(4.0) > 171
    assert body(sag.start_s) == pytest.approx(164, abs=2.5)
    assert body(acted.duration_s) < 158


def test_a_label_accepts_the_count_without_the_small_repetition(tmp_path: Path) -> None:
    """A too small repetition may be counted with its fault, or be an attempt."""
    video = tmp_path / "squat.mp4"
    video.write_bytes(b"a video")
    scene = next(scene for scene in SCENES if scene.name == "squat")
    label = label_of(scene, performance("squat"), video, 100)
    assert label["repetitions"] == 4
    assert label["repetitions_accept"] == [3, 4]
    assert label["variant"] == "squat"
    assert [fault["catalogue_fault"] for fault in label["faults"]] == ["not_deep_enough"]
