"""``formcheck exercises``: what is built in, and whether a file of one's own is right.

Each command is a module of this package, imported when it is run: who lists exercises does not
wait for simulated people.
"""

from collections.abc import Mapping
from typing import ClassVar

import typer

from formcheck.cli.on_demand import GroupOnDemand


class ExerciseCommands(GroupOnDemand):
    """What can be asked of exercises."""

    package = "formcheck.cli.exercises"
    says: ClassVar[Mapping[str, str]] = {
        "list": "List the exercises: level, camera view, what they need, and which are"
        " unvalidated.",
        "show": "Show one exercise: for whom, how, the camera, how it is counted, what is and is"
        " not seen.",
        "check": "Check exercise files; every mistake is named with its field.",
        "validate": "Try exercises on people who do not exist: what is counted, and which faults"
        " are found.",
        "from-demonstration": "Make an exercise from somebody who shows it: several repetitions, or"
        " one held posture.",
        "pages": "Write a page for each built-in exercise, a strip of its sample clip, and an"
        " index.",
        "schema": "Print the JSON Schema of exercise files, for editors.",
    }


app = typer.Typer(
    cls=ExerciseCommands, help="List, show and check exercises.", no_args_is_help=True
)
