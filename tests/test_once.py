"""What is shared by the workers of a run is made once."""

import subprocess
import sys

import pytest

from tests.once import once

ELSEWHERE = """
import sys
from tests.once import once
sys.exit(once(sys.argv[1], lambda: "made again") != "made here")
"""


def test_it_is_made_once_for_all_processes(tmp_path):
    """Another process of the same run gets what the first has made."""
    name = tmp_path.name
    assert once(name, lambda: "made here") == "made here"
    assert once(name, lambda: "made again") == "made here"
    assert subprocess.run([sys.executable, "-c", ELSEWHERE, name], check=False).returncode == 0


def test_what_could_not_be_made_is_made_by_the_next(tmp_path):
    """An error leaves nothing behind that others would wait for."""
    name = tmp_path.name
    with pytest.raises(ZeroDivisionError):
        once(name, lambda: 1 / 0)
    assert once(name, lambda: 1) == 1
