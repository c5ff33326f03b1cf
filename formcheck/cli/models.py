"""``formcheck models``: fetch and verify the pose model, the only commands that go online."""

from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli.output import ModelOption, console, progress_bar
from formcheck.errors import ModelError
from formcheck.estimators import model_fetch, model_files
from formcheck.estimators.model_files import ModelState

app = typer.Typer(help="Fetch and verify the pose model.", no_args_is_help=True)


def destination() -> Path:
    """Return where a fetched model goes: models/ of a checkout, else the user's data folder."""
    return model_files.standard_places()[0]


@app.command("fetch")
def fetch(
    from_file: Annotated[
        Path | None,
        typer.Option(
            "--from",
            help="Take it from this file instead of the network: the .task itself, or the"
            " mediapipe 0.10.21 wheel that carries it.",
        ),
    ] = None,
) -> None:
    """Fetch the pose model (9 MB, out of a 36 MB download), check it and put it in place."""
    target = destination()
    if target.is_file() and model_files.verify(target).state is ModelState.KNOWN:
        console.print(f"the pose model is in place: {target}", highlight=False, soft_wrap=True)
        return
    with progress_bar("pose model") as progress:
        model_fetch.fetch(target, progress=progress, from_file=from_file)
    console.print(f"fetched and verified: {target}", highlight=False, soft_wrap=True)


@app.command("verify")
def verify(model: ModelOption = None) -> None:
    """Say whether the model that would be used is the one that formcheck was measured with."""
    found = model_files.verify(model_files.find(model))
    console.print(f"{found.path}\nsha256 {found.sha256}", highlight=False, soft_wrap=True)
    if found.state is ModelState.DAMAGED:
        raise ModelError(
            f"expected a whole pose model, got a file that {found.problem}.\n"
            "Delete it and run `formcheck models fetch`."
        )
    if found.state is ModelState.KNOWN:
        console.print(f"the {model_files.KNOWN_MODELS[found.sha256]} model, as measured")
    else:
        console.print("another pose model: it may work, but no figure of ours is about it")
