"""The first command of a new user, through the real engine."""

import pytest

from formcheck.cli.demo import N_SHOWN
from tests.cli.test_command_line import run


@pytest.mark.long
def test_the_demo_analyses_its_clips_and_says_where_the_results_are(tmp_path):
    """Each with a page; one of them is judged by the outline of the back as well."""
    done = run("demo", "--out", tmp_path, timeout_s=300)
    assert done.returncode == 0, done.stderr
    pages = sorted(tmp_path.glob("*.html"))
    assert len(pages) == N_SHOWN
    assert all(page.as_uri() in done.stdout for page in pages)
