"""Landmark sets of others: the same movement in their coordinates is counted as the same."""

import csv
import gzip
import json
from dataclasses import replace

import numpy as np
import pytest

from formcheck.errors import LabelsError, UsageError
from formcheck.evaluation.landmark_scores import score_landmark_sets, separate, squat_signal
from formcheck.evaluation.landmark_sets import SquatFrame, exercise_correction_frames
from formcheck.exercises import library
from formcheck.landmarks import NAMES
from tests.people import LABELS, poses

EXERCISES = {name: library.find(name) for name in ("sit_to_stand", "seated_thoracic_rotation")}
RATE_HZ = 10
N_SQUATS = LABELS["squat"]["repetitions"]
ACCEPTED = {N_SQUATS, *LABELS["squat"].get("repetitions_accept", ())}
N_TURNS = LABELS["seated_thoracic_rotation"]["repetitions"]


def truth(name):
    """Return the true landmarks of a sample clip in space, at about ten frames a second."""
    every = round(LABELS[name]["fps"] / RATE_HZ)
    rate_hz = LABELS[name]["fps"] / every
    return np.stack([pose.world for _, pose in poses(name, every=every)]), rate_hz


def write_table(path, rows):
    """Write a table with a heading."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def write_repcount(folder, exercise="sit_to_stand"):
    """Write squats as RepCount has them: in widths of each frame's own box, with gaps."""
    world, rate_hz = truth("squat")
    low = world.min(axis=1, keepdims=True)
    widths = world[:, :, :1].max(axis=1, keepdims=True) - low[:, :, :1]
    landmarks = ((world - low) / widths).astype(np.float32)
    is_found = np.ones(len(landmarks), bool)
    is_found[:2], landmarks[:2] = False, np.nan
    landmarks[2] *= 100  # a recovery that failed
    (folder / "repcount").mkdir()
    np.savez(folder / "repcount" / "one.npz", landmarks=landmarks, ok=is_found)
    row = {
        "name": "one", "exercise": "squat", "catalogue_exercise": exercise, "count": N_SQUATS,
        "fps": rate_hz, "spans_frames": json.dumps([[0, 1]]), "remarks": "made",
    }  # fmt: skip
    write_table(folder / "repcount_labels.csv", [row])
    return len(landmarks)


def write_keraal(folder):
    """Write seated turns as KERAAL has them: in shares of a picture of 960 by 540."""
    world, rate_hz = truth("seated_thoracic_rotation")
    pixels = world * 300 + (480, 270, 0)
    np.savez(
        folder / "keraal_blazepose.npz",
        take=(pixels / (960, 540, 960)).astype(np.float32),
        joints=np.array(NAMES),
    )
    row = {
        "key": "take", "exercise": "turns", "catalogue_exercise": "seated_thoracic_rotation",
        "label": "error", "low_arm_of_subject": "left arm", "repetitions": N_TURNS, "fps": rate_hz,
    }  # fmt: skip
    write_table(folder / "keraal_labels.csv", [row])


def write_single_frames(folder):
    """Write single frames: shares of a picture of 1600 by 900, up and down as the knees say."""
    world, _ = truth("squat")
    knee, hip = NAMES.index("left_knee"), NAMES.index("left_hip")
    height_m = world[:, knee, 1] - world[:, hip, 1]
    middle_m = (height_m.min() + height_m.max()) / 2
    rows = []
    for points, above_m in zip(world, height_m, strict=True):
        row = {"label": "up" if above_m > middle_m else "down"}
        for name, point in zip(NAMES, points * (1, 16 / 9, 1), strict=True):
            if "heel" not in name:
                row |= {f"{name}_{axis}": value for axis, value in zip("xyz", point, strict=True)}
                row[f"{name}_v"] = 1.0
        rows.append(row)
    write_table(folder / "plain.csv", rows)
    packed = gzip.compress((folder / "plain.csv").read_bytes())
    (folder / "exercise_correction_squat_train.csv.gz").write_bytes(packed)


def test_squats_in_boxes_of_their_own_are_counted(tmp_path):
    """Frames without a person, and those whose recovery failed, are gaps."""
    n_frames = write_repcount(tmp_path)
    (found,) = score_landmark_sets(tmp_path, EXERCISES).streams
    assert (found.asked_for, found.n_labelled) == ("sit_to_stand", N_SQUATS)
    assert found.n_counted in ACCEPTED
    assert found.found_share == pytest.approx(1 - 3 / n_frames, abs=1e-4)


def test_what_formcheck_has_no_exercise_for_runs_with_auto(tmp_path):
    """The same landmarks without a name: what is recognised is said."""
    write_repcount(tmp_path, exercise="other")
    (found,) = score_landmark_sets(tmp_path, EXERCISES).streams
    assert (found.asked_for, found.recognised) == ("auto", "sit_to_stand")


def test_turns_in_shares_of_a_picture_are_counted_on_their_sides(tmp_path):
    """The set is not mirrored: the subject's left is left."""
    write_keraal(tmp_path)
    (found,) = score_landmark_sets(tmp_path, EXERCISES).streams
    assert (found.n_counted, found.found_share) == (N_TURNS, 1.0)
    assert list(found.sides) == LABELS["seated_thoracic_rotation"]["sides"]
    assert found.remarks == "error, low: left arm"


def test_single_frames_are_told_apart_by_the_signal(tmp_path):
    """In the pictures' true shape the deepest read more than the highest."""
    write_single_frames(tmp_path)
    wide, tall = score_landmark_sets(tmp_path, EXERCISES).separations
    assert (wide.set_name, wide.n_unread) == ("Exercise-Correction, taken as 16:9", 0)
    assert wide.auc > 0.99
    assert wide.n_up + wide.n_down == len(exercise_correction_frames(tmp_path, 9 / 16))
    assert tall.share_down_at_effort != wide.share_down_at_effort


def test_separation_of_frames_that_cannot_be_read():
    """Nothing is claimed of frames without knees and ankles: a seen ankle tells of its knee."""
    _, seen = poses("squat")[0]
    visibility = seen.visibility.copy()
    hidden = [f"{side}_{joint}" for side in ("left", "right") for joint in ("knee", "ankle")]
    visibility[[NAMES.index(name) for name in hidden]] = 0
    pose = replace(seen, visibility=visibility)
    frames = [SquatFrame(is_down=True, pose=pose), SquatFrame(is_down=False, pose=pose)]
    found = separate("frames", frames, squat_signal(EXERCISES))
    assert (found.n_unread, found.auc, found.share_up_at_rest) == (2, None, None)


def test_a_folder_without_any_set_is_a_mistake(tmp_path):
    """The message names the files that are looked for."""
    with pytest.raises(UsageError, match=r"repcount_labels\.csv"):
        score_landmark_sets(tmp_path, EXERCISES)


def test_a_damaged_set_is_named(tmp_path):
    """What cannot be read is said, not passed over."""
    write_repcount(tmp_path)
    (tmp_path / "repcount" / "one.npz").write_bytes(b"no arrays")
    with pytest.raises(LabelsError, match=r"one\.npz"):
        score_landmark_sets(tmp_path, EXERCISES)
