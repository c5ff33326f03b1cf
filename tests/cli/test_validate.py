"""``formcheck exercises validate``: an exercise that does not work is told so."""

import json
from importlib import resources

import pytest
from typer.testing import CliRunner

from formcheck.cli.app import app
from formcheck.errors import ExerciseFileError, FormcheckError, UsageError

QUICK = "seated_thoracic_rotation"  # a tenth of a second to make
TEXT = (resources.files("formcheck.exercises") / f"{QUICK}.toml").read_text(encoding="utf-8")
EXACT = ("--noise", 0, "--jobs", 1)


def validate(*words: object) -> tuple[str, BaseException | None]:
    """Run the command; return what it printed and what it raised."""
    done = CliRunner().invoke(app, ["exercises", "validate", *map(str, words)])
    return done.output, done.exception


@pytest.fixture
def own_file(tmp_path):
    """Return a function that writes an exercise file of one's own."""

    def write(text):
        file = tmp_path / "mine.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_a_file_of_ones_own_that_works_passes(own_file):
    """Somebody at rest and in every manner is counted rightly; nothing is raised."""
    printed, raised = validate(own_file(TEXT), "--sessions", 8, *EXACT)
    assert raised is None, printed
    assert "counted exactly: 7/7" in printed
    assert "nothing counted at rest: 1/1" in printed
    assert "keeps every bound" in printed


def test_an_exercise_that_is_not_counted_fails(own_file):
    """A threshold that nobody reaches: every clean session is a miss, and the exit code says so."""
    head, _, rest = TEXT.partition("effort = ")
    beyond = rest.partition("\n")[2]
    absurd = f"{head}effort = 88\n{beyond}".replace("target = ", "target = 89 #", 1)
    printed, raised = validate(own_file(absurd), "--sessions", 3, *EXACT)
    assert "counted exactly 0/3" in printed
    assert "not right: seated steady" in printed
    assert isinstance(raised, FormcheckError)
    assert raised.exit_code == 1
    assert "mine" in str(raised)


def test_an_exercise_without_a_motion_is_unvalidated(own_file):
    """It works all the same, so that it is no error; what to add is said."""
    printed, raised = validate(own_file(TEXT.partition("[[motion]]")[0]))
    assert raised is None
    assert "unvalidated: it has no motion" in printed
    assert "[[motion]]" in printed


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('fault = "slumps"', 'fault = "slouches"', "no form rule of that name"),
        ("thorax_turn", "thorax_tunr", "no angle thorax_tunr"),
        ('posture = "seated_arms_crossed"', 'posture = "afloat"', "afloat"),
    ],
)
def test_a_motion_that_cannot_be_done_is_refused(own_file, was, becomes, says):
    """Before, or as soon as, anybody is made to do it."""
    _, raised = validate(own_file(TEXT.replace(was, becomes)), "--sessions", 1, *EXACT)
    assert isinstance(raised, ExerciseFileError)
    assert says in str(raised)


def test_an_unknown_exercise_is_refused():
    """The nearest one is suggested."""
    _, raised = validate("seated_rotation")
    assert isinstance(raised, UsageError)


def test_findings_are_given_to_programs_as_json():
    """Numbers, and the same for an exercise that is recognised by itself."""
    printed, _ = validate(QUICK, "--sessions", 1, "--auto", "--json", "--jobs", 1, "--noise", 0.2)
    (found,) = json.loads(printed, parse_constant=pytest.fail)  # NaN is no JSON
    assert found["exercise"] == QUICK
    assert found["n_sessions"] == 1
    assert found["counted"] == found["recognised"] == {"n_right": 1, "n": 1}
    assert all(low < high for low, high in (one["limits"] for one in found["errors"]))
