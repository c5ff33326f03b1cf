"""What the threat model claims is shown by tests that exist."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "threat-model.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_every_test_that_is_named_exists(file, test):
    """A claim whose test was renamed or taken away shows here."""
    assert re.search(rf"^def {test}\(", (ROOT / file).read_text(encoding="utf-8"), re.MULTILINE)


def test_every_claim_names_its_test():
    """No row of a table of claims stands without one."""
    defended = PAGE.partition("## What is defended")[2].partition("## What is not defended")[0]
    rows = [line for line in defended.splitlines() if line.startswith("| ")]
    claims = [row for row in rows if row != "| claim | test |"]
    assert [row for row in claims if "::test_" not in row] == []
    assert len(claims) > 25
