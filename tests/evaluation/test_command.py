"""``formcheck evaluate`` makes pages again, and refuses what does not make sense."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from formcheck.cli.app import app
from formcheck.errors import FormcheckError, LabelsError, UsageError
from formcheck.evaluation.evaluation import load_evaluation
from tests.people import SAMPLES

ROOT = Path(__file__).parents[2]
FIGURES = ROOT / "docs" / "accuracy.json"
NOTES = ROOT / "benchmarks" / "accuracy"


def evaluate(*words: object) -> str:
    """Run the command and return what it printed; raise what it raised."""
    done = CliRunner().invoke(app, ["evaluate", *map(str, words)])
    if isinstance(done.exception, FormcheckError):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


def test_figures_that_were_written_make_their_page_again(tmp_path):
    """Neither clips nor the engine are needed, and nothing changes."""
    page = tmp_path / "again" / "page.md"
    evaluate(FIGURES, "--notes", NOTES, "--document", page, "--json")
    assert page.read_text(encoding="utf-8") == (ROOT / "docs" / "accuracy.md").read_text(
        encoding="utf-8"
    )
    assert load_evaluation(page.with_suffix(".json")) == load_evaluation(FIGURES)


def test_the_tables_alone_are_printed_and_written(tmp_path):
    """What is on the terminal is in the file."""
    printed = evaluate(FIGURES, "--out", tmp_path / "table.md")
    written = (tmp_path / "table.md").read_text(encoding="utf-8")
    assert printed.strip() == written.strip()
    assert "## Every miss" in written


@pytest.mark.parametrize(
    ("words", "error", "says"),
    [
        (("--half", "tuned"), UsageError, "split.json"),
        (("--exercise", "cartwheel"), UsageError, "cartwheel"),
        (("--notes", "no-such-folder"), LabelsError, "no-such-folder"),
    ],
)
def test_what_leaves_nothing_to_measure_is_refused(words, error, says):
    """The message says what to give instead."""
    with pytest.raises(error, match=says):
        evaluate(SAMPLES / "labels.json", *words)
