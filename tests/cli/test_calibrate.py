"""``formcheck calibrate``, and what ``analyze`` makes of its file and of a therapist's numbers."""

import json

import pytest

from formcheck.errors import SourceError, UsageError
from formcheck.recordings.calibration_file import load
from tests.cli.test_simulate import formcheck

BEND = "side_bend"


@pytest.fixture(scope="module")
def bends(tmp_path_factory):
    """Return the recording of six bends that are too small for the file alone."""
    folder = tmp_path_factory.mktemp("bends")
    formcheck("simulate", BEND, "--reps", 6, "--reach", 0.45, "--poses", folder / "bends")
    return folder / "bends.poses.npz"


@pytest.fixture(scope="module")
def calibration(bends):
    """Return the file of what was measured in them."""
    path = bends.parent / "bend.toml"
    formcheck("calibrate", BEND, bends, "--person", "P7", "--age", 71, "--out", path)
    return path


def analysed(path, *words):
    """Return the result of a recording."""
    (result,) = json.loads(
        formcheck("analyze", path, "--out", path.parent / "results", "--json", *words)
    )
    return result


def test_a_calibration_says_what_was_measured(bends, calibration):
    """The file has the numbers, of whom and from where; the command shows them."""
    file = load(calibration)
    assert (file.exercise, file.view, file.person, file.age_years) == (BEND, "front", "P7", 71)
    (own,) = file.signals
    assert own.n_repetitions == 4
    assert 6 < own.furthest - own.rest < 8.5
    printed = formcheck("calibrate", BEND, bends, "--out", calibration.parent / "again.toml")
    assert "smallest that counts" in printed
    assert "8.5 deg" not in printed  # degrees are told as whole ones
    assert "formcheck analyze VIDEO --exercise side_bend --calibration" in printed


def test_without_out_it_is_called_after_exercise_and_view(bends, monkeypatch, tmp_path):
    """It lies where the command was run."""
    monkeypatch.chdir(tmp_path)
    formcheck("calibrate", BEND, bends)
    assert [path.name for path in tmp_path.iterdir()] == ["side_bend.front.calibration.toml"]


def test_with_it_small_bends_count_and_the_result_says_so(bends, calibration):
    """Six attempts by the file alone are six repetitions against the own range."""
    plain = analysed(bends, "--exercise", BEND)
    fitted = analysed(bends, "--exercise", BEND, "--calibration", calibration)
    assert len(plain["repetitions"]) < len(fitted["repetitions"]) == 6
    assert plain["fit"] == {"basis": plain["fit"]["basis"], "calibrations": [], "thresholds": {}}
    assert fitted["fit"]["basis"] == "calibration"
    assert fitted["fit"]["calibrations"][0]["person"] == "P7"
    own = fitted["fit"]["calibrations"][0]["signals"][0]
    assert {one["target"] for one in fitted["repetitions"]} == {own["furthest"], -own["furthest"]}


def test_in_words_it_is_said_as_well(bends, calibration):
    """The terminal says what it was measured against."""
    words = ("--exercise", BEND, "--out", bends.parent / "results")
    printed = formcheck("analyze", bends, *words, "--calibration", calibration)
    said = " ".join(printed.split())
    assert "Measured against their own range (front view of 20" in said
    assert "trunk lean" in said


def test_a_therapists_number_wins_and_is_recorded(bends, calibration):
    """A target of 12 is the target, calibrated or not."""
    words = ("--exercise", BEND, "--calibration", calibration, "--threshold", "side_bend.target=12")
    result = analysed(bends, *words)
    assert result["fit"]["thresholds"] == {"target": 12.0}
    assert {abs(one["target"]) for one in result["repetitions"]} == {12.0}


def test_where_it_is_recognised_a_calibration_holds_for_its_exercise(bends, calibration):
    """Among all candidates the one that was calibrated counts by the own range."""
    result = analysed(bends, "--calibration", calibration)
    assert (result["exercise"], len(result["repetitions"])) == (BEND, 6)


@pytest.mark.parametrize(
    ("threshold", "message"),
    [
        ("side_bend.target", "expected EXERCISE.NAME=VALUE"),
        ("target=12", "expected EXERCISE.NAME=VALUE"),
        ("side_bend.target=far", "expected a number"),
        ("cat_cow.target=12", "looked for: side_bend"),
        ("side_bend.bend=12", "expected one of .*hip_sways"),
        ("side_bend.target=1", "target must lie beyond"),
    ],
)
def test_a_wrong_threshold_says_what_is_expected(bends, threshold, message):
    """The word, and what there is."""
    with pytest.raises(UsageError, match=message):
        analysed(bends, "--exercise", BEND, "--threshold", threshold)


def test_a_calibration_of_another_exercise_is_a_clear_error(bends, calibration):
    """Both are named."""
    with pytest.raises(UsageError, match="is of side_bend; looked for: cat_cow"):
        analysed(bends, "--exercise", "cat_cow", "--calibration", calibration)


def test_what_cannot_be_calibrated_says_why(bends):
    """A plank is the same for everybody; what is repeated is not held."""
    with pytest.raises(UsageError, match="the same for everybody"):
        formcheck("calibrate", "front_plank", bends)
    with pytest.raises(UsageError, match="leave out --hold"):
        formcheck("calibrate", BEND, bends, "--hold")
    with pytest.raises(UsageError, match="--camera NUMBER"):
        formcheck("calibrate", BEND)


def test_too_little_says_what_was_seen(tmp_path):
    """One repetition is not enough, and the message says how many there were."""
    formcheck("simulate", BEND, "--reps", 1, "--poses", tmp_path / "one")
    with pytest.raises(SourceError, match="1 easy repetitions seen; expected 2 or more"):
        formcheck("calibrate", BEND, tmp_path / "one.poses.npz", "--out", tmp_path / "one.toml")
    assert not (tmp_path / "one.toml").exists()
