"""The command ``formcheck live``, with the real engine and the real flow."""

import json
import os
import re
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest

from formcheck.cli.live import asked_plan
from formcheck.errors import UsageError
from formcheck.exercises.library import load_all
from tests.web.serving import Served

EXERCISES = load_all()
BRIDGE, PLANK = EXERCISES["glute_bridge"], EXERCISES["front_plank"]
BIRD_DOG = EXERCISES["bird_dog"]


def test_the_dose_is_the_files_unless_another_is_asked_for():
    """What is left out is taken from the exercise's file."""
    (bridge, plank) = asked_plan([BRIDGE, PLANK], None, None, None).steps
    assert (bridge.dose, plank.dose) == (BRIDGE.starting_dose, PLANK.starting_dose)
    (step,) = asked_plan([BRIDGE], 4, 11, None).steps
    assert (step.dose.sets, step.dose.repetitions, step.dose.hold_s) == (4, 11, None)
    assert asked_plan([], 3, None, None) is None


@pytest.mark.parametrize(
    ("exercise", "repetitions", "hold_s", "says"),
    [
        (PLANK, 10, None, "held: give --hold"),
        (BIRD_DOG, None, 20.0, "repeated: give --reps"),
        (BRIDGE, 10, 20.0, "got both"),
    ],
)
def test_a_dose_that_does_not_fit_is_refused(exercise, repetitions, hold_s, says):
    """The message says what to give instead."""
    with pytest.raises(UsageError, match=says):
        asked_plan([exercise], None, repetitions, hold_s)


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C by signal")
def test_the_address_opens_the_session_and_ctrl_c_ends_it(tmp_path):
    """The command prints an address that works, and ends in order within seconds."""
    command = [sys.executable, "-m", "formcheck.cli.app", "live", "--no-browser"]
    command += ["--exercise", "glute_bridge", "--reps", "3", "--store", str(tmp_path)]
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
    )
    try:
        lines = [running.stdout.readline() for _ in range(2)]
        port, token = re.search(r":(\d+)/open\?token=(\S+)", lines[1]).groups()
        server = Served(SimpleNamespace(port=int(port), token=token), None, None)
        server.open()
        state = json.loads(server.request("/api/state")[2])
        assert state["plan"][0]["repetitions"] == 3
        assert state["folder"] == str(tmp_path)
        page = server.page()
        page.command("begin", "next")
        page.receive_stage("placement")
        got = page.show(0, 0.0)
        while got["type"] == "error":
            got = page.show(1, 33.0)
        assert got["placement"]["advice"]["code"] == "come_into_picture"
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=15)
    finally:
        running.kill()
        running.wait()
        running.stdout.close()
        running.stderr.close()
    assert running.returncode == 0
    assert "Traceback" not in errors
