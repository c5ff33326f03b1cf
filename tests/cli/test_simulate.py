"""``formcheck simulate``: what is asked for is done, said and found again."""

import json

import av
import numpy as np
import pytest
from typer.testing import CliRunner

from formcheck.cli.app import app
from formcheck.errors import FormcheckError, UsageError
from formcheck.evaluation.labels import load_labels
from formcheck.evaluation.poses import ClipPoses
from formcheck.exercises import library
from formcheck.landmarks import N_LANDMARKS
from formcheck.recordings import Recording
from formcheck.simulation.truth import Truth

QUICK = "seated_thoracic_rotation"  # a tenth of a second to make


def formcheck(*words: object) -> str:
    """Run the command and return what it printed; raise what it raised."""
    done = CliRunner().invoke(app, [*map(str, words)])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def simulated(tmp_path_factory):
    """Return the folder of five turns, the last two of them wrong, and what was printed."""
    folder = tmp_path_factory.mktemp("simulated")
    words = ("--reps", 5, "--fault", "pelvis_turns=0.5", "--fault", "leans_sideways=1.5")
    printed = formcheck("simulate", QUICK, *words, "--poses", folder / "turns")
    return folder, printed


def test_what_was_simulated_is_analysed_as_it_was_asked_for(simulated):
    """As many repetitions are counted as were done, to the side that was worked."""
    folder, _ = simulated
    words = ("--exercise", QUICK, "--out", folder / "results", "--json")
    (result,) = json.loads(formcheck("analyze", folder / "turns.poses.npz", *words))
    assert len(result["repetitions"]) == 5
    assert [one["side"] for one in result["repetitions"]] == ["left", "right"] * 2 + ["left"]
    assert "leans_sideways" in result["repetitions"][-1]["faults"]


def test_the_labels_say_what_was_done(simulated):
    """They are read by ``evaluate``; what stays below a threshold is no labelled fault."""
    folder, _ = simulated
    (clip,) = load_labels(folder / "turns.labels.json").clips
    assert (clip.exercise, clip.expect, clip.repetitions) == (QUICK, "count", 5)
    assert [fault.catalogue_fault for fault in clip.faults] == ["leans_sideways"]
    assert (folder / clip.file).is_file()


def test_the_truth_has_a_frame_for_each_pose(simulated):
    """Landmarks beside the recording, as many as it has."""
    folder, _ = simulated
    truth = Truth.load(folder / "turns.truth.npz")
    assert truth.image_px.shape == (Recording(folder / "turns.poses.npz").n_frames, N_LANDMARKS, 2)


def test_what_is_true_is_printed(simulated):
    """A line for each repetition, and what to do next."""
    _, printed = simulated
    assert "leans_sideways" in printed
    assert "pelvis_turns" not in printed
    assert f"--exercise {QUICK}" in printed


def test_recordings_are_evaluated_without_an_engine(simulated):
    """Labels beside a recording need no video and no model's work."""
    folder, _ = simulated
    (clip,) = load_labels(folder / "turns.labels.json").clips
    with ClipPoses(folder, folder, estimator=None) as poses:  # type: ignore[arg-type]
        assert poses.of(clip).n_frames > 100


def test_a_hold_lasts_as_long_as_asked(tmp_path):
    """Kept still for as long; the last of the way into it and the first out of it belong to it."""
    formcheck("simulate", "child_pose", "--hold", 4, "--fps", 10, "--poses", tmp_path / "pose")
    (clip,) = load_labels(tmp_path / "pose.labels.json").clips
    ((start_s, end_s),) = clip.holds_s
    assert clip.expect == "hold"
    pace = library.find("child_pose").motion[0].pace
    ways_s = 0.189 * (pace.out_s + pace.back_s)
    assert end_s - start_s == pytest.approx(4 + ways_s, abs=0.02)


def test_the_camera_and_the_picture_are_as_asked(tmp_path):
    """Size and rate are those of the recording."""
    words = ("--reps", 1, "--camera", "10,1.4", "--size", "320x240", "--fps", 15, "--noise", 1)
    formcheck("simulate", QUICK, *words, "--poses", tmp_path / "small.poses.npz")
    header = Recording(tmp_path / "small.poses.npz").header
    assert (header.width_px, header.height_px, header.rate_hz) == (320, 240, 15)


def test_an_uneven_camera_keeps_the_time_of_each_picture(tmp_path):
    """Poses and video have the same uneven times, fewer of them where some are dropped."""
    words = ("--reps", 1, "--size", "96x72", "--fps", 20, "--uneven", 0.2, "--dropped", 0.3)
    files = ("--poses", tmp_path / "poses", "--video", tmp_path / "video.mp4")
    formcheck("simulate", QUICK, *words, *files)
    true_s = Truth.load(tmp_path / "poses.truth.npz").time_s
    recording = Recording(tmp_path / "poses.poses.npz")
    assert [time_s for time_s, _ in recording] == pytest.approx(true_s, abs=0.001)
    assert recording.header.rate_hz == pytest.approx(14)
    assert np.diff(true_s).std() > 0.01
    with av.open(str(tmp_path / "video.mp4")) as video:
        shown_s = [frame.time for frame in video.decode(video=0)]
    assert np.diff(shown_s) == pytest.approx(np.diff(true_s), abs=0.002)


def test_the_truth_of_a_large_picture_is_exact(tmp_path):
    """Poses that do not err are the truth, far to the right and below as well."""
    words = ("--reps", 1, "--size", "1920x1080", "--fps", 10)
    formcheck("simulate", QUICK, *words, "--poses", tmp_path / "large.poses.npz")
    truth = Truth.load(tmp_path / "large.truth.npz")
    for (_, pose), image_px in zip(
        Recording(tmp_path / "large.poses.npz"), truth.image_px, strict=True
    ):
        assert pose.image == pytest.approx(image_px, abs=0.02)


@pytest.mark.parametrize("seeds", [(3, 3), (3, 4)], ids=["same", "other"])
def test_the_same_seed_gives_the_same_poses(seeds, tmp_path):
    """Bit for bit; another seed gives others."""
    files = []
    for number, seed in enumerate(seeds):
        files.append(tmp_path / f"{number}" / "turns.poses.npz")
        words = ("--reps", 1, "--noise", 1, "--seed", seed, "--poses", files[-1])
        formcheck("simulate", QUICK, *words)
    first, second = (file.read_bytes() for file in files)
    assert (first == second) == (seeds[0] == seeds[1])


def test_an_exercise_file_of_ones_own_is_simulated(tmp_path):
    """A therapist's file works as a built-in one does."""
    source = library.find(QUICK)
    file = tmp_path / "mine.toml"
    file.write_text(text_of(source.id), encoding="utf-8")
    assert "Seated" in formcheck("simulate", file, "--reps", 1)


def text_of(exercise_id: str) -> str:
    """Return a built-in exercise file."""
    return (library.resources.files("formcheck.exercises") / f"{exercise_id}.toml").read_text()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("seated_thoracic_rotatoin",), "did you mean seated_thoracic_rotation"),
        (("auto",), "unknown exercise"),
        ((QUICK, "--variant", "lying"), "no motion for lying"),
        ((QUICK, "--fault", "slouches=1"), "can be done with"),
        ((QUICK, "--fault", "leans_sideways=nine"), "expected a number"),
        ((QUICK, "--fault", "leans_sideways=9"), "expected 0 to 3"),
        ((QUICK, "--reps", 1, *["--fault", "leans_sideways"] * 2), "--reps 2"),
        ((QUICK, "--hold", 5), "is repeated"),
        (("side_plank", "--reps", 2), "is held"),
        (("glute_bridge", "--side", "left"), "both sides at once"),
        ((QUICK, "--camera", "above"), "AZIMUTH,HEIGHT"),
        ((QUICK, "--camera", "0,9"), "expected 0.05 to 3"),
        ((QUICK, "--size", "640"), "WIDTHxHEIGHT"),
        ((QUICK, "--person", "height=170"), "1.4 to 2.1"),
        ((QUICK, "--person", "sex=any"), "sex=female"),
        ((QUICK, "--manner", "wild"), "steady, slow"),
    ],
)
def test_what_cannot_be_done_is_refused(words, says):
    """The message says what can be asked for."""
    with pytest.raises(UsageError, match=says):
        formcheck("simulate", *words)


def test_an_exercise_without_a_motion_cannot_be_simulated(tmp_path):
    """It says so, and does not guess."""
    file = tmp_path / "mine.toml"
    file.write_text(text_of(QUICK).partition("[[motion]]")[0], encoding="utf-8")
    with pytest.raises(FormcheckError, match="has no motion"):
        formcheck("simulate", file)
