"""The command ``formcheck``: commands, options and exit codes.

What a user can put right is printed without a traceback and ends with the exit code of its
exception (see ``formcheck.errors``); a bug keeps its traceback.
"""

import sys
from collections.abc import Mapping
from typing import ClassVar

import typer

import formcheck
from formcheck.cli.on_demand import GroupOnDemand
from formcheck.errors import FormcheckError

EXIT_CODES = """
Exit codes: 0 done; 1 something else that you can put right; 2 a wrong option; 3 a source cannot
be read, or only in part; 4 the model is missing; 5 the pose engine stopped; 6 an exercise file
is wrong; 7 a result cannot be written; 8 labels are wrong; 9 no display; 10 a prescription is
wrong, or something in it blocks; 11 the store is damaged or in use;
12 a hand-over file is damaged, foreign, or its passphrase is another one;
130 stopped with Ctrl-C.
"""


class Commands(GroupOnDemand):
    """Every command: its module in this package, and the sentence that its own help begins with."""

    package = "formcheck.cli"
    says: ClassVar[Mapping[str, str]] = {
        "analyze": "Say what was done in recordings: how often, how long, what was wrong and what"
        " was not seen.",
        "calibrate": "Measure a person's own range in 2 or 3 easy repetitions, or a comfortable"
        " posture.",
        "live": "Exercise in front of the camera: guided, counted and timed, with one cue at a"
        " time.",
        "review": "Look through sessions, correct what the machine says, and change what is"
        " prescribed.",
        "demo": "Fetch the model if needed, analyse sample clips and say where the results are.",
        "evaluate": "Run labelled clips, each with its exercise given, with what must not be"
        " counted, and auto.",
        "simulate": "Have somebody who does not exist do an exercise, rightly or not, and say what"
        " is true.",
        "doctor": "Say what is wrong with this computer for formcheck, and what to do.",
        "sbom": "Write a software bill of materials (CycloneDX): every library, its version"
        " and licence.",
        "exercises": "List, show and check exercises.",
        "models": "Fetch and verify the pose model.",
        "prescription": "Draft, check, show and seal what a patient is to do.",
        "outcomes": "Write down and list how somebody is; time five stands from a chair.",
        "store": "What is kept on this computer: where it is, whether it is whole, copies, its"
        " erasure.",
        "handover": "Save what is kept of a person as one file for their therapist, or open such a"
        " file.",
        "export": "Write what other software reads: tables, FHIR, OpenSim markers, poses as"
        " netCDF.",
        "report": "Write a report about a person as a page (.html) or for printing (.pdf);"
        " nothing is sent.",
        "incoming": "Videos and recordings from anywhere: analysed, and kept as sessions of a"
        " person.",
    }


app = typer.Typer(
    name="formcheck",
    cls=Commands,
    help="Count repetitions, time holds and assess form of physiotherapy exercises, on this"
    " computer alone. Not a medical device; it does not diagnose.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _print_version(value: bool) -> None:
    if value:
        typer.echo(f"formcheck {formcheck.__version__}")
        raise typer.Exit


@app.callback()
def common(
    *,
    version: bool = typer.Option(
        False, "--version", callback=_print_version, is_eager=True, help="Print the version."
    ),
) -> None:
    """Recognise exercises, count repetitions, time holds and assess form."""


def main() -> None:
    """Run the command line."""
    try:
        app()
    except FormcheckError as error:
        _say(f"[bold red]error:[/] {_escaped(str(error))}")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _say("stopped")
        sys.exit(130)


def _say(text: str) -> None:
    from formcheck.cli.output import errors  # noqa: PLC0415 - only on the way out

    errors.print(text)


def _escaped(text: str) -> str:
    from rich.markup import escape  # noqa: PLC0415 - only on the way out

    return escape(text)


if __name__ == "__main__":
    main()
