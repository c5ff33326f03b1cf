import hashlib
import json
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from formcheck.errors import SourceError
from formcheck.simulation import samples
from formcheck.simulation.cast import SCENES
from formcheck.simulation.rendering import archive
from formcheck.simulation.truth import ANGLES, Truth

FOLDER = Path(__file__).parents[2] / "sample_videos"
CLIPS = json.loads((FOLDER / "labels.json").read_text("utf-8"))["clips"]
MOST_BYTES, MOST_TRUTH_BYTES = 300 * 1024, 120 * 1024

by_clip = pytest.mark.parametrize("clip", CLIPS, ids=lambda clip: clip["file"])


def test_there_is_one_clip_for_every_scene_and_nothing_else() -> None:
    """Labels, videos and truth files name the same clips."""
    names = {scene.name for scene in SCENES}
    assert {Path(clip["file"]).stem for clip in CLIPS} == names
    assert {path.stem for path in FOLDER.glob("*.mp4")} == names
    assert {path.name for path in FOLDER.glob("*.npz")} == {clip["truth"] for clip in CLIPS}


@by_clip
def test_a_label_describes_the_file_that_is_there(clip: dict) -> None:
    """Hash, size of the picture, frames, rate and duration are those of the video."""
    path = FOLDER / clip["file"]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == clip["sha256"]
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height) == (clip["width"], clip["height"])
        assert float(stream.average_rate) == clip["fps"]
        assert stream.frames == clip["frames"]
    assert clip["duration_s"] == pytest.approx(clip["frames"] / clip["fps"], abs=0.001)


@by_clip
def test_a_clip_is_small_and_plays_in_a_browser(clip: dict) -> None:
    """Under 300 KiB with its index first, 8 to 20 s, H.264 in yuv420p."""
    path = FOLDER / clip["file"]
    data = path.read_bytes()
    assert len(data) < MOST_BYTES
    assert data.index(b"moov") < data.index(b"mdat")
    assert 8 <= clip["duration_s"] <= 20
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.pix_fmt) == ("h264", "yuv420p")


@by_clip
def test_the_truth_fits_the_clip(clip: dict) -> None:
    """A row for each frame; every landmark is in the picture; the file is small."""
    path = FOLDER / clip["truth"]
    assert path.stat().st_size < MOST_TRUTH_BYTES
    truth = Truth.load(path)
    assert truth.image_px.shape == (clip["frames"], 33, 2)
    assert truth.world_m.shape == (clip["frames"], 33, 3)
    assert truth.angles_deg.shape == (clip["frames"], len(ANGLES))
    assert truth.time_s[-1] == pytest.approx((clip["frames"] - 1) / clip["fps"], abs=0.001)
    assert (truth.image_px > 0).all()
    assert (truth.image_px < [clip["width"], clip["height"]]).all()


@by_clip
def test_a_label_says_what_was_done(clip: dict) -> None:
    """Repetitions, their times and sides agree; holds and faults are within the clip."""
    if clip["expect"] == "count":
        times, spans = clip["repetition_times_s"], clip["repetition_spans_s"]
        assert len(times) == len(spans) == clip["repetitions"]
        assert all(start < peak < end for peak, (start, end) in zip(times, spans, strict=True))
        assert clip["repetitions"] in clip["repetitions_accept"]
    else:
        assert clip["repetitions"] is None
        assert clip["holds_s"]
    for fault in clip["faults"]:
        assert 0 <= fault["start_s"] < fault["end_s"] <= clip["duration_s"] + 0.04
    if clip["sides"] is not None:
        assert len(clip["sides"]) == clip["repetitions"]


def test_the_truth_shows_the_labelled_repetitions() -> None:
    """In the squats the knee bends most at each labelled time."""
    clip = next(clip for clip in CLIPS if clip["file"] == "squat.mp4")
    truth = Truth.load(FOLDER / clip["truth"])
    knee = truth.angles_deg[:, ANGLES.index("left_knee")]
    for peak_s, (start_s, end_s) in zip(
        clip["repetition_times_s"], clip["repetition_spans_s"], strict=True
    ):
        inside = (truth.time_s >= start_s) & (truth.time_s <= end_s)
        lowest_s = truth.time_s[inside][np.argmin(knee[inside])]
        assert lowest_s == pytest.approx(peak_s, abs=0.25)


def test_new_labels_replace_old_ones_of_the_same_clip_only(tmp_path: Path) -> None:
    """Rendering one clip anew keeps the labels of the others."""
    path = tmp_path / "labels.json"
    samples.write_labels(path, {"squat.mp4": {"file": "squat.mp4", "n": 1}})
    samples.write_labels(path, {"cat_cow.mp4": {"file": "cat_cow.mp4", "n": 2}})
    samples.write_labels(path, {"squat.mp4": {"file": "squat.mp4", "n": 3}})
    clips = json.loads(path.read_text("utf-8"))["clips"]
    assert [(clip["file"], clip["n"]) for clip in clips] == [("squat.mp4", 3), ("cat_cow.mp4", 2)]


def test_a_failed_download_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without the body's data the command ends with the error's code and where to put it."""

    class Failed:
        returncode = 1

    monkeypatch.setattr(archive.subprocess, "run", lambda *_args, **_options: Failed())
    assert samples.main(["--cache", str(tmp_path / "cache")]) == SourceError.exit_code
    assert "put the wheel there by hand" in " ".join(capsys.readouterr().out.split())


def test_the_contact_sheet_has_a_tile_for_each_clip(tmp_path: Path) -> None:
    """Four in a row, made from the clips that lie there; nothing is rendered."""
    target = tmp_path / "sheet.png"
    assert samples.main(["--out", str(FOLDER), "--contact-sheet", str(target)]) == 0
    height_px, width_px, _ = cv2.imread(str(target)).shape
    n_clips = len(json.loads((FOLDER / "labels.json").read_text("utf-8"))["clips"])
    assert (width_px, height_px) == (4 * 256, -(-n_clips // 4) * 144)
