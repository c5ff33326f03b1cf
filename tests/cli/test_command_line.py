"""The commands as a user runs them: a process of its own, its exit code and what it prints."""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from formcheck.exercises.library import load_all
from tests.people import SAMPLES

CLIP = SAMPLES / "front_plank.mp4"
COMMAND = [sys.executable, "-m", "formcheck.cli.app"]
LARGEST_FILE_BYTES = 4_000


def run(
    *words: object, timeout_s: float = 60, **options: object
) -> subprocess.CompletedProcess[str]:
    """Run formcheck with these words."""
    command = [*COMMAND, *map(str, words)]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=timeout_s, check=False, **options
    )


def result_of(folder: Path) -> dict[str, object]:
    """Return the only result of a folder."""
    (path,) = folder.glob("*.result.json")
    return json.loads(path.read_text(encoding="utf-8"))


def temporaries(folder: Path) -> list[Path]:
    """Return what is left of unfinished files."""
    return list(folder.glob(".*"))


@pytest.fixture(scope="module")
def analysed(tmp_path_factory):
    """Return the folder of one whole analysis and what it printed."""
    folder = tmp_path_factory.mktemp("analysed")
    done = run("analyze", CLIP, "--exercise", "front_plank", "--out", folder, "--json")
    return folder, done


def test_a_whole_analysis_ends_with_0_and_prints_its_result_as_json(analysed):
    """What is printed is what is written, and every file is there under its final name."""
    folder, done = analysed
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [result_of(folder)]
    endings = ("annotated.mp4", "html", "poses.npz", "readings.csv", "result.json")
    assert sorted(f.name for f in folder.iterdir()) == [f"front_plank.{e}" for e in endings]


def test_a_recording_gives_the_same_as_its_video(analysed, tmp_path):
    """Everything but the provenance follows from the poses."""
    folder, _ = analysed
    poses = folder / "front_plank.poses.npz"
    done = run("analyze", poses, "--exercise", "front_plank", "--out", tmp_path)
    assert done.returncode == 0, done.stderr
    of_video, of_poses = result_of(folder), result_of(tmp_path)
    assert of_video["events"]
    assert {**of_video, "provenance": 0} == {**of_poses, "provenance": 0}
    assert "hips sag" in done.stdout  # words for people, not the names of rules
    assert "hips_sag" not in done.stdout


def bad_labels(folder: Path) -> list[object]:
    path = folder / "labels.json"
    path.write_text('{"clips": [{"file": 3}]}', encoding="utf-8")
    return ["evaluate", path]


def bad_exercise(folder: Path) -> list[object]:
    path = folder / "mine.toml"
    path.write_text("id = 3", encoding="utf-8")
    return ["exercises", "check", path]


def no_model(folder: Path) -> list[object]:
    return ["analyze", CLIP, "--model", folder / "no.task", "--out", folder]


def no_folder(folder: Path) -> list[object]:
    (folder / "taken").write_text("a file", encoding="utf-8")
    return ["analyze", CLIP, "--out", folder / "taken"]


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (lambda _: ["analyze"], 2, "Missing argument"),
        (lambda _: ["live", "--exercise", "front_plank", "--reps", "3"], 2, "--hold"),
        (lambda f: ["analyze", f / "no.mp4", "--out", f], 3, "no.mp4"),
        (no_model, 4, "no.task"),
        (bad_exercise, 6, "mine.toml"),
        (no_folder, 7, "a file of that name is in the way: choose another name"),
        (bad_labels, 8, "clips.0.file"),
        (lambda _: ["live", "--exercise", "front_plank", "--window"], 9, "display"),
    ],
)
def test_what_a_user_can_put_right_has_its_exit_code_and_no_traceback(tmp_path, words, code, says):
    """The code tells the kind, the message names the place."""
    bare = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    done = run(*words(tmp_path), env={**bare, "COLUMNS": "200"})
    assert done.returncode == code, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["prescription", "show"], 10),
        (["exercises", "check"], 6),
        (["analyze", CLIP, "--exercise"], 6),
        (["analyze", CLIP, "--exercise", "front_plank", "--calibration"], 3),
        (["evaluate"], 8),
        (["handover", "open"], 10),  # a .toml is opened as a prescription
    ],
)
def test_a_file_that_is_not_there_is_told_in_the_same_words_everywhere(tmp_path, words, code):
    """No number of an error, no traceback: check its name and folder."""
    done = run(*words, tmp_path / "missing.toml", env={**os.environ, "COLUMNS": "200"})
    assert done.returncode == code, done.stderr
    assert "missing.toml: no such file; check its name and folder" in done.stderr
    assert "Errno" not in done.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["prescription", "show"], "`formcheck prescription new`"),
        (["exercises", "check"], "`formcheck exercises schema`"),
        (["analyze", CLIP, "--exercise", "front_plank", "--calibration"], "`formcheck calibrate`"),
        (["evaluate"], "docs/accuracy.md"),
    ],
)
def test_another_kind_of_file_is_told_what_is_expected(tmp_path, words, says):
    """The message names what makes such a file, or shows one."""
    path = tmp_path / "letter.toml"
    path.write_text("Dear all, this is a letter", encoding="utf-8")
    done = run(*words, path, env={**os.environ, "COLUMNS": "200"})
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_slip_in_a_threshold_is_understood():
    """The nearest exercise is suggested; what is no number is called so."""
    options = ("analyze", CLIP, "--exercise", "front_plank", "--threshold")
    slip = run(*options, "front_plnk.hips_sag=20", env={**os.environ, "COLUMNS": "200"})
    assert "did you mean front_plank?" in slip.stderr
    nan = run(*options, "front_plank.hips_sag=nan", env={**os.environ, "COLUMNS": "200"})
    assert "expected a number, got 'nan'" in nan.stderr


def test_an_unknown_exercise_suggests_the_nearest():
    """A slip of the finger is understood."""
    done = run("exercises", "show", "front_plnk")
    assert done.returncode != 0
    assert "front_plank" in done.stderr


def test_an_exercise_is_shown_in_ones_language():
    """All of it is German; a language that there is not is named."""
    done = run("exercises", "show", "wall_angel", "--language", "de")
    assert done.returncode == 0, done.stderr
    assert "Wie gezählt oder gemessen wird" in done.stdout
    assert "Rücken an der Wand" in done.stdout
    unknown = run("exercises", "show", "wall_angel", "--language", "xx")
    assert unknown.returncode != 0
    assert "de (Deutsch)" in unknown.stderr


def test_ids_are_whole_on_a_narrow_terminal():
    """An id is what is typed afterwards: none is cut short at 80 letters a line."""
    done = run("exercises", "list", env={**os.environ, "COLUMNS": "80"})
    printed = {line.split()[0] for line in done.stdout.splitlines() if line.strip()}
    assert set(load_all()) <= printed
    assert "\u2026" not in done.stdout


def test_what_helps_to_choose_is_there_for_programs():
    """Needs, alternatives and contraindications are in the list, and in what is shown."""
    rows = {row["id"]: row for row in json.loads(run("exercises", "list", "--json").stdout)}
    assert rows["glute_bridge"]["needs_floor"]
    assert rows["glute_bridge"]["alternatives"] == ["sit_to_stand"]
    assert rows["wall_angel"]["needs"] == ["wall"]
    one = json.loads(run("exercises", "show", "glute_bridge", "--json").stdout)
    kept = ("needs", "needs_floor", "alternatives", "contraindications")
    assert {name: one[name] for name in kept} == {name: rows["glute_bridge"][name] for name in kept}


@pytest.mark.parametrize("words", [("list",), ("show", "front_plank"), ("schema",)])
def test_json_for_programs_parses(words):
    """Nothing but JSON is on the output."""
    done = run("exercises", *words, *([] if words == ("schema",) else ["--json"]))
    assert done.returncode == 0
    assert json.loads(done.stdout)


def test_two_recordings_of_the_same_name_are_refused(tmp_path):
    """Their results would overwrite each other."""
    done = run("analyze", CLIP, tmp_path / "front_plank.mov", "--out", tmp_path)
    assert done.returncode == 2
    assert "front_plank" in done.stderr
    assert not list(tmp_path.iterdir())


def test_one_bad_file_does_not_stop_the_other(analysed, tmp_path):
    """The good one is analysed, and the exit code tells of the bad one."""
    bad = tmp_path / "bad.poses.npz"
    bad.write_bytes(b"no recording")
    good = analysed[0] / "front_plank.poses.npz"
    done = run("analyze", bad, good, "--out", tmp_path / "out")
    assert done.returncode == 3
    assert "bad.poses.npz" in done.stderr.replace("\n", "")
    assert result_of(tmp_path / "out")["partial"] is None


def started(folder: Path, *words: object) -> subprocess.Popen[str]:
    """Start a long analysis and return once it has seen some frames."""
    command = [*COMMAND, "analyze", str(SAMPLES / "squat.mp4"), "--out", str(folder), "--no-video"]
    process = subprocess.Popen(
        [*command, *map(str, words)], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        if any(file.stat().st_size for file in folder.glob(".squat.readings.part.csv")):
            return process
        time.sleep(0.02)
    process.kill()
    raise AssertionError(process.communicate())


@pytest.mark.parametrize("options", [(), ("--json",)])
def test_ctrl_c_keeps_what_was_seen(tmp_path, options):
    """Exit code 130, a result that says it is partial, nothing half-written."""
    process = started(tmp_path, *options)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    result = result_of(tmp_path)
    assert "Ctrl-C" in str(result["partial"])
    assert result["n_frames"] > 0
    assert not temporaries(tmp_path)
    assert "Traceback" not in err
    assert not options or json.loads(out) == [result]


def children(process_id: int) -> list[int]:
    """Return the processes that a process has started."""
    tasks = Path(f"/proc/{process_id}/task").glob("*/children")
    return [int(number) for task in tasks for number in task.read_text().split()]


def test_a_killed_engine_leaves_a_partial_result(tmp_path):
    """What was seen before is written, and the exit code tells."""
    process = started(tmp_path)
    for child in children(process.pid):
        os.kill(child, signal.SIGKILL)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 5, err
    result = result_of(tmp_path)
    assert result["partial"]
    assert result["n_frames"] > 0
    assert not temporaries(tmp_path)


def test_a_full_disk_is_said_and_leaves_nothing(analysed, tmp_path):
    """A file that cannot grow is no traceback, and no half of it is kept."""
    limits = (LARGEST_FILE_BYTES, LARGEST_FILE_BYTES)
    done = run(
        *("analyze", analysed[0] / "front_plank.poses.npz", "--out", tmp_path),
        preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, limits),
    )
    assert done.returncode == 7, done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_name_that_leaves_no_room_for_an_ending_is_refused(analysed, tmp_path):
    """A name that is allowed for the recording may be too long for its results."""
    long = tmp_path / f"{'x' * 240}.poses.npz"
    shutil.copy(analysed[0] / "front_plank.poses.npz", long)
    done = run("analyze", long, "--out", tmp_path / "out")
    assert done.returncode == 7, done.stderr
    assert "Traceback" not in done.stderr
    assert "too long" in done.stderr
