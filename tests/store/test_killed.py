"""`kill -9` while a store is written to."""

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9 on Windows")


def rounds(folder, n_rounds, seed):
    """Return what each of so many kills left."""
    command = [sys.executable, "-m", "tests.store.killed", str(folder), str(n_rounds), str(seed)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def check(left, n_rounds):
    """Nothing that was told to be saved is lost, and every store is whole."""
    assert len(left) == n_rounds
    assert [one["lost"] for one in left if one["lost"]] == []
    assert [one["problems"] for one in left if one["problems"]] == []
    assert left[-1]["saved"] > 0


def test_nothing_that_was_saved_is_lost(tmp_path):
    """At eight random moments: all is there, the store opens, the trail is whole."""
    check(rounds(tmp_path, 8, seed=1), 8)


@pytest.mark.long
def test_nothing_that_was_saved_is_lost_at_any_moment(tmp_path):
    """The same at a hundred moments, twenty-five of them with a store that is being made."""
    check(rounds(tmp_path, 100, seed=2), 100)
