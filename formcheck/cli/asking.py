"""What is asked at the terminal; where nobody can answer, what to do instead."""

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import GetPassWarning

import typer

from formcheck.errors import UsageError


def passphrase(*, twice: bool = False) -> str:
    """Ask for the passphrase of a file, without showing it.

    Raises
    ------
    UsageError
        If there is no terminal.
    """
    with _answered("a passphrase", "give it in FORMCHECK_HANDOVER_PASSPHRASE, or as --passphrase"):
        return str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=twice))


def confirmed(question: str, instead: str) -> bool:
    """Ask for a yes or a no.

    Parameters
    ----------
    instead
        What to do where there is no terminal.

    Raises
    ------
    UsageError
        If there is none.
    """
    with _answered("yes or no", instead):
        return typer.confirm(question, default=False)


@contextmanager
def _answered(what: str, instead: str) -> Iterator[None]:
    is_terminal = sys.stdin.isatty()
    try:
        with warnings.catch_warnings():
            if not is_terminal:  # what is not typed does not show either
                warnings.simplefilter("ignore", GetPassWarning)
            yield
    except typer.Abort:
        if is_terminal:
            raise  # somebody left
        raise UsageError(
            f"expected {what}, got nothing: there is no terminal to ask at\nInstead {instead}."
        ) from None
