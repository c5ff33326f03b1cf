"""``formcheck exercises from-demonstration``: from poses of somebody who shows it to a file."""

import json

import pytest
from typer.testing import CliRunner

from formcheck.cli.app import app
from formcheck.errors import FormcheckError, UsageError
from formcheck.exercises import library
from formcheck.recordings import RecordingHeader, RecordingWriter, own_exercises
from tests.moving import FPS, moving

HEADER = RecordingHeader("shown.mp4", 640, 480, FPS, "simulation", "1", "none", "0" * 64)


@pytest.fixture
def shown(tmp_path):
    """Return a recording of somebody who does four glute bridges."""
    path = tmp_path / "shown.poses.npz"
    with RecordingWriter(path, HEADER) as writer:
        for time_s, pose in moving("glute_bridge", 4):
            writer.write(time_s, pose)
    return path


def make(*words: object) -> tuple[str, BaseException | None]:
    """Run the command; return what it printed and what it raised."""
    done = CliRunner().invoke(app, ["exercises", "from-demonstration", *map(str, words)])
    return " ".join(done.output.split()), done.exception


def test_a_demonstration_becomes_an_exercise_that_is_known(shown, tmp_path):
    """The ranking is printed, it counts what was shown, and it lies beside the sessions."""
    printed, raised = make(shown, "--name", "My bridge", "--count", 4, "--store", tmp_path)
    assert raised is None, printed
    assert "times its error" in printed
    assert "counted 4 of 4" in printed
    assert "Unvalidated" in printed
    (own,) = own_exercises.own_exercises(tmp_path).values()
    assert (own.id, own.name, own.demonstrated.repetitions) == ("own_my_bridge", "My bridge", 4)


def test_measure_fault_and_place_can_be_chosen(shown, tmp_path):
    """What is counted by, what is wrong, and where the file goes; the faulty one raises it."""
    out = tmp_path / "own_bridge.toml"
    rule = "knee_flexion > 10: The knees bend. | Straighten your knees."
    printed, raised = make(
        shown,
        *("--name", "Bridge", "--measure", "hip_lift", "--fault", rule),
        *("--with-fault", shown, "--out", out),
    )
    assert raised is None, printed
    assert "raised on the demonstration: The knees bend." in printed
    assert "On shown.poses.npz: The knees bend." in printed
    own = library.load(out)
    assert own.variants[0].repetition.signals[0].measure == "hip_lift"
    assert [rule.cue for rule in own.form][-1] == "Straighten your knees."


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--count", 9), "goes out and back 9"),
        (("--measure", "hip_lit"), "hip_lift"),
        (("--fault", "the knees bend"), "expected a measure, a bound"),
        (("--measure", "hip_lift@top"), "expected one of near"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(shown, tmp_path, words, says):
    """Each with what was expected."""
    printed, raised = make(shown, "--name", "Bridge", "--store", tmp_path, *words)
    assert isinstance(raised, UsageError | FormcheckError), printed
    assert says in str(raised)
    assert not own_exercises.own_exercises(tmp_path)


def test_it_is_listed_and_shown_as_unvalidated(shown, tmp_path):
    """With the demonstration that it comes from; of those that are built in nothing is said."""
    make(shown, "--name", "My bridge", "--count", 4, "--store", tmp_path)
    words = ["exercises", "list", "--own", "--store", str(tmp_path)]
    assert "unvalidated" in CliRunner().invoke(app, words).output
    (row,) = json.loads(CliRunner().invoke(app, [*words, "--json"]).output)
    assert (row["id"], row["is_validated"]) == ("own_my_bridge", False)
    file = own_exercises.file_of(tmp_path, "own_my_bridge")
    told = " ".join(CliRunner().invoke(app, ["exercises", "show", str(file)]).output.split())
    assert "from a demonstration of 4 repetitions by one person" in told
    for words in (["exercises", "list"], ["exercises", "show", "glute_bridge"]):
        assert "nvalidated" not in CliRunner().invoke(app, words).output
