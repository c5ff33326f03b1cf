"""``formcheck report``: a report is written as what its name says, and mistakes are named."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from formcheck.cli.app import app
from formcheck.errors import FormcheckError, StoreError, UsageError
from formcheck.store import Store
from tests.patient_reports.reading import page_texts, words_of_page
from tests.robin import ROBIN, prescribe, session_on


@pytest.fixture
def store(tmp_path):
    """Return the folder of a store with a session of Robin's."""
    folder = tmp_path / "sessions"
    with Store.open(folder) as opened:
        prescribe(opened)
        opened.take_in(session_on(3, prescription_revision=1))
    return folder


def run(store: Path, *words: object) -> str:
    """Run the command on a store and return what it prints."""
    result = CliRunner().invoke(app, ["report", *map(str, words), "--store", str(store)])
    if isinstance(result.exception, FormcheckError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize(
    ("words", "title"),
    [
        (["session", ROBIN], "Session report"),
        (["progress", ROBIN, "--on", "2026-03-06"], "Progress report"),
        (["discharge", ROBIN, "--on", "2026-03-06", "--language", "de"], "Abschlussbericht"),
    ],
)
def test_each_report_is_written_as_page_and_as_pdf(store, tmp_path, words, title):
    """By the name of the file; nothing half-written is left beside it."""
    page, pdf = tmp_path / "out" / "report.html", tmp_path / "out" / "report.PDF"
    page.parent.mkdir()
    for file in (page, pdf):
        assert "written" in run(store, *words, "--out", file)
    assert words_of_page(page.read_text(encoding="utf-8")).startswith(title)
    assert page_texts(pdf.read_bytes())[0].startswith(title)
    assert sorted(page.parent.iterdir()) == sorted([page, pdf])


@pytest.mark.parametrize(
    ("words", "error", "says"),
    [
        (["session", ROBIN, "--out", "x.docx"], UsageError, r"ends in \.html or \.pdf"),
        (["session", "kim", "--out", "x.pdf"], StoreError, "does not know 'kim'; it knows robin"),
        (["session", ROBIN, "--session", "no", "--out", "x.pdf"], StoreError, "no session 'no'"),
        (["session", ROBIN, "--language", "xx", "--out", "x.pdf"], UsageError, "no texts"),
        (["session", ROBIN, "--out", "no/such/x.pdf"], FormcheckError, "does not exist"),
    ],
)
def test_what_is_wrong_is_named(store, tmp_path, monkeypatch, words, error, says):
    """Before anything is written."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error, match=says):
        run(store, *words)
    assert not list(tmp_path.glob("x.*"))


def test_a_store_that_is_not_there_is_not_made(tmp_path):
    """Nothing is kept yet: that is said."""
    with pytest.raises(StoreError, match="nothing is kept yet"):
        run(tmp_path / "none", "session", ROBIN, "--out", tmp_path / "x.pdf")
    assert not (tmp_path / "none").exists()
