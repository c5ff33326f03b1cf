"""A command is imported when it is run, and is listed as if it had been before."""

import subprocess
import sys

import pytest
import typer.main

from formcheck.cli.app import Commands, app
from formcheck.cli.exercises import ExerciseCommands

HEAVY = ("av", "cv2", "fastapi", "numpy", "pydantic", "sqlalchemy")
LISTING = f"""
import sys
from formcheck.cli.app import app
app(["--help"], standalone_mode=False)
print("imported:", [name for name in {HEAVY} if name in sys.modules])
"""


# What simulates people and takes pictures apart is not needed to list exercises.
LISTING_EXERCISES = """
import sys
from formcheck.cli.app import app
app(["exercises", "list"], standalone_mode=False)
names = ("av", "cv2", "sqlalchemy", "formcheck.analysis.coach", "formcheck.simulation.script")
print("imported:", [name for name in names if name in sys.modules])
"""


@pytest.mark.parametrize("name", Commands.says)
def test_a_command_is_listed_with_the_sentence_of_its_own_help(name):
    """What the list says of it is what it says of itself."""
    command = typer.main.get_command(app).commands[name]
    assert command.name == name
    assert command.get_short_help_str(limit=200) == Commands.says[name]


@pytest.mark.parametrize("name", ExerciseCommands.says)
def test_a_command_of_a_group_is_listed_with_the_sentence_of_its_own_help(name):
    """What the list of the group says of it is what it says of itself."""
    command = typer.main.get_command(app).commands["exercises"].commands[name]
    assert command.name == name
    assert command.get_short_help_str(limit=200) == ExerciseCommands.says[name]


@pytest.mark.parametrize(("listing", "listed"), [(LISTING, "analyze "), (LISTING_EXERCISES, "id ")])
def test_a_list_waits_for_no_command(listing, listed):
    """Codecs, store, web server and simulated people are not imported to list what there is."""
    asked = [sys.executable, "-c", listing]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert listed in done.stdout
    assert done.stdout.splitlines()[-1] == "imported: []"


def test_a_slip_of_the_finger_is_understood():
    """What is no command is an error that names the nearest one."""
    done = subprocess.run(
        [sys.executable, "-m", "formcheck.cli.app", "anlyze"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "analyze" in done.stderr
