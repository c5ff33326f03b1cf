"""``formcheck outcomes``: scores are checked and kept, and five stands are timed."""

import pytest
from typer.testing import CliRunner

from formcheck.cli.app import app
from formcheck.errors import FormcheckError, SourceError, UsageError
from formcheck.store import Store


@pytest.fixture
def run(tmp_path):
    """Return a function that runs a command on a store and returns what it prints."""

    def command(name: str, *words: object) -> str:
        options = ["--store", str(tmp_path / "store")]
        result = CliRunner().invoke(app, ["outcomes", name, *options, *map(str, words)])
        if isinstance(result.exception, FormcheckError):
            raise result.exception
        assert result.exit_code == 0, result.output
        return " ".join(result.output.split())

    return command


def recorded(tmp_path, n: int):
    """Return the poses of somebody who stands up so many times."""
    path = tmp_path / "stands.poses.npz"
    words = ["simulate", "sit_to_stand", "--reps", str(n), "--poses", str(path)]
    assert CliRunner().invoke(app, words).exit_code == 0
    return path


def test_scores_are_kept_by_day(run):
    """And listed."""
    assert "Written down for robin" in run("add", "robin", "pain_0_100", 45, "--on", "2026-03-02")
    run("add", "robin", "psfs", 4.5, "--on", "2026-03-01")
    assert run("list", "robin") == "2026-03-01 psfs 4.5 2026-03-02 pain_0_100 45"
    assert run("list", "kim") == "Nothing is written down of 'kim'. The store knows robin."


@pytest.mark.parametrize("score", [-1, 101, 45.5])
def test_a_score_outside_of_its_scale_is_refused_and_not_kept(run, score):
    """Pain from 0 to 100 has whole numbers."""
    with pytest.raises(UsageError):
        run("add", "--", "robin", "pain_0_100", score)
    assert run("list", "robin") == "Nothing is written down of 'robin'."


def test_five_stands_are_timed_and_written_down(run, tmp_path):
    """The norm of the age is said beside it, and what may be chance."""
    said = run("sit-to-stand", recorded(tmp_path, 6), "--person", "robin", "--age", 72)
    assert "5 stands in" in said
    assert "may be chance" in said
    assert "70 to 79 years" in said
    with Store.open(tmp_path / "store") as store:
        (score,) = store.outcomes("robin")
    assert score.measure == "sit_to_stand_5"
    assert f"5 stands in {score.score:.1f} s" in said


def test_four_stands_are_no_test(run, tmp_path):
    """It says what is expected, and nothing is written down."""
    with pytest.raises(SourceError, match="expected 5 full stands"):
        run("sit-to-stand", recorded(tmp_path, 4), "--person", "robin")
    assert run("list", "robin") == "Nothing is written down of 'robin'."
