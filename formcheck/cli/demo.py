"""``formcheck demo``: analyse the sample clips and show where to look."""

from importlib import resources
from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli.analyze import analyse_all
from formcheck.cli.models import fetch
from formcheck.cli.output import ModelOption, console
from formcheck.errors import ModelError, SourceError
from formcheck.estimators import model_files
from formcheck.evaluation.labels import load_labels
from formcheck.exercises import library
from formcheck.file_analysis import Asked, Outputs

DEFAULT_FOLDER = Path("formcheck-results") / "demo"
# A first look shall not take long: these take a minute or two.
N_SHOWN = 6


def sample_folder() -> Path:
    """Return the sample clips: inside an installed package, or beside it in a checkout."""
    installed = Path(str(resources.files("formcheck"))) / "sample_videos"
    checkout = Path(__file__).resolve().parents[2] / "sample_videos"
    for folder in (installed, checkout):
        if (folder / "labels.json").is_file():
            return folder
    raise SourceError(f"the sample clips are missing: expected them in {installed} or {checkout}")


def demo(
    out: Annotated[Path, typer.Option(help="Folder for the results.")] = DEFAULT_FOLDER,
    model: ModelOption = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every sample clip, not the first six only.")
    ] = False,
) -> None:
    """Fetch the model if needed, analyse sample clips and say where the results are.

    The people in the clips are rendered: the figures show that formcheck works, not how
    accurate it is on people.
    """
    try:
        model_files.find(model)
    except ModelError:
        if model is not None:
            raise
        fetch(None)
    folder = sample_folder()
    pages = []
    clips = load_labels(folder / "labels.json").clips
    for clip in clips if everything else clips[:N_SHOWN]:
        asked = Asked((library.find(clip.exercise),))
        done = analyse_all([folder / clip.file], asked, Outputs(out), model)
        pages += [file for written in done for file in written.files if file.suffix == ".html"]
    console.print("\nOpen these pages in a browser:", style="bold")
    for page in pages:
        console.print(f"  {page.resolve().as_uri()}", highlight=False, soft_wrap=True)
