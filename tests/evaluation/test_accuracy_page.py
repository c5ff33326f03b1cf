"""The committed page on accuracy is what its committed figures and notes say."""

from pathlib import Path

import pytest

from formcheck.evaluation.evaluation import load_evaluation
from formcheck.evaluation.notes import load_notes
from formcheck.evaluation.page import render_page
from formcheck.evaluation.report import NOT_EXPLAINED

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")
EVALUATION = load_evaluation(ROOT / "docs" / "accuracy.json")
NOTES = load_notes(ROOT / "benchmarks" / "accuracy")


def test_the_page_is_what_the_figures_and_notes_say():
    """Nobody wrote into it by hand."""
    assert render_page(EVALUATION, NOTES) == PAGE


def test_every_miss_is_explained_and_nothing_else_is():
    """A miss without a cause is unfinished work; a cause without a miss is out of date."""
    missed = {(s.file, s.asked_for) for s in EVALUATION.scores if not s.is_right}
    assert {(miss.file, miss.asked_for) for miss in NOTES.explanations} == missed
    assert NOT_EXPLAINED not in PAGE


@pytest.mark.parametrize("source", sorted({score.source for score in EVALUATION.scores}))
def test_every_source_is_named_and_in_a_half(source):
    """Who made a clip, and whether thresholds were tuned on it, is said of all of them."""
    assert [found.folder for found in NOTES.sources].count(source) == 1
    assert NOTES.split.half_of(source) is not None


def test_nothing_of_a_machine_is_in_the_figures():
    """Files are named as the labels name them."""
    assert all(not score.file.startswith(("/", "..")) for score in EVALUATION.scores)
