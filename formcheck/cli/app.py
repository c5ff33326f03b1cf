"""The command ``formcheck``: commands, options and exit codes.

What a user can put right is printed without a traceback and ends with the exit code of its
exception (see ``formcheck.errors``); a bug keeps its traceback.
"""

import sys

import typer

import formcheck
from formcheck.cli import (
    analyze,
    calibrate,
    demo,
    doctor,
    evaluate,
    exercises,
    export,
    handover,
    incoming,
    live,
    models,
    outcomes,
    prescription,
    report,
    review,
    sbom,
    simulate,
    store,
)
from formcheck.cli.output import errors
from formcheck.errors import FormcheckError

EXIT_CODES = """
Exit codes: 0 done; 1 something else that you can put right; 2 a wrong option; 3 a source cannot
be read, or only in part; 4 the model is missing; 5 the pose engine stopped; 6 an exercise file
is wrong; 7 a result cannot be written; 8 labels are wrong; 9 no display; 10 a prescription is
wrong, or something in it blocks; 11 the store is damaged or in use;
12 a hand-over file is damaged, foreign, or its passphrase is another one;
130 stopped with Ctrl-C.
"""

app = typer.Typer(
    name="formcheck",
    help="Count repetitions, time holds and assess form of physiotherapy exercises, on this"
    " computer alone. Not a medical device; it does not diagnose.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("analyze")(analyze.analyze)
app.command("calibrate")(calibrate.calibrate)
app.command("live")(live.live)
app.command("review")(review.review)
app.command("demo")(demo.demo)
app.command("evaluate")(evaluate.evaluate)
app.command("simulate")(simulate.simulate)
app.command("doctor")(doctor.doctor)
app.command("sbom")(sbom.sbom)
app.add_typer(exercises.app, name="exercises")
app.add_typer(models.app, name="models")
app.add_typer(prescription.app, name="prescription")
app.add_typer(outcomes.app, name="outcomes")
app.add_typer(store.app, name="store")
app.add_typer(handover.app, name="handover")
app.add_typer(export.app, name="export")
app.add_typer(report.app, name="report")
app.add_typer(incoming.app, name="incoming")


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
        errors.print(f"[bold red]error:[/] {_escaped(str(error))}")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        errors.print("stopped")
        sys.exit(130)


def _escaped(text: str) -> str:
    from rich.markup import escape  # noqa: PLC0415 - only on the way out

    return escape(text)


if __name__ == "__main__":
    main()
