"""A command is imported when it is run, and is listed as if it had been before."""

import subprocess
import sys

import pytest
import typer.main

from formcheck.cli.app import Commands, app

HEAVY = ("av", "cv2", "fastapi", "numpy", "pydantic", "sqlalchemy")
LISTING = f"""
import sys
from formcheck.cli.app import app
app(["--help"], standalone_mode=False)
print("imported:", [name for name in {HEAVY} if name in sys.modules])
"""


@pytest.mark.parametrize("name", Commands.says)
def test_a_command_is_listed_with_the_sentence_of_its_own_help(name):
    """What the list says of it is what it says of itself."""
    command = typer.main.get_command(app).commands[name]
    assert command.name == name
    assert command.get_short_help_str(limit=200) == Commands.says[name]


def test_help_waits_for_no_command():
    """Codecs, store and web server of the commands are not imported to list them."""
    listing = [sys.executable, "-c", LISTING]
    done = subprocess.run(listing, capture_output=True, text=True, check=True)
    assert "analyze " in done.stdout
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
