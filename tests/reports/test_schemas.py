"""The published schemas are those of the code."""

import json
from pathlib import Path

import pytest

from formcheck.exercises.schema import Exercise
from formcheck.recordings.calibration_file import CalibrationFile
from formcheck.reports.result import Result

SCHEMAS = Path(__file__).parents[2] / "docs" / "schema"


@pytest.mark.parametrize(
    ("name", "model"),
    [("result-1", Result), ("exercise", Exercise), ("calibration-1", CalibrationFile)],
)
def test_a_published_schema_is_current(name, model):
    """Whoever reads results or writes exercises relies on it."""
    published = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    assert {k: v for k, v in published.items() if not k.startswith("$") or k == "$defs"} == (
        model.model_json_schema()
    )
