"""Get the pose model: download it, or make it from a file that was brought here.

The model is built from the two networks in a MediaPipe wheel (see ``task_bundle.py``). It
appears under its name only when it is whole and its checksum is right.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from formcheck.errors import ModelError
from formcheck.estimators import download, model_files, task_bundle
from formcheck.estimators.download import Address, Progress
from formcheck.estimators.model_files import ModelState
from formcheck.estimators.task_bundle import POSE_MODEL, Recipe
from formcheck.files import temporary_beside


def fetch(
    destination: Path,
    *,
    progress: Progress = lambda _done, _total: None,
    from_file: Path | None = None,
    recipe: Recipe = POSE_MODEL,
    locate: Callable[[str], Address] = download.locate,
) -> Path:
    """Put the pose model at ``destination``, unless it is there already, and return its path.

    Parameters
    ----------
    progress
        Called with the bytes that have come and, where known, how many there are in all.
    from_file
        The model or the wheel, brought from elsewhere: nothing is downloaded.
    recipe, locate
        What to make the model from, and what tells where that is.

    Raises
    ------
    ModelError
        If the model cannot be had, made or written, or another file has its place.
    """
    if _is_there(destination, recipe):
        return destination
    if from_file is not None:
        _place(destination, _from_file(from_file, recipe))
        return destination
    part = destination.with_name(f"{destination.name}.wheel.part")
    _make_folder(destination.parent)
    otherwise = download.from_file_advice(recipe.requirement)
    download.download(locate(recipe.requirement), part, progress, otherwise)
    try:
        model = task_bundle.build(part, recipe)
    except ModelError:
        part.unlink()  # whole, and no use: going on from it would fail for ever
        raise
    _place(destination, model)
    part.unlink()
    return destination


def _is_there(destination: Path, recipe: Recipe) -> bool:
    if not destination.exists():
        return False
    found = model_files.verify(destination)
    if found.sha256 == recipe.bundle_sha256:
        return True
    if found.state is ModelState.DAMAGED:
        return False
    raise ModelError(
        f"expected no other model at {destination}, found one with SHA-256 {found.sha256}. "
        "Move it away, or use it as it is with --model"
    )


def _from_file(path: Path, recipe: Recipe) -> bytes:
    if model_files.checksum(path) == recipe.bundle_sha256:
        return path.read_bytes()
    try:
        return task_bundle.build(path, recipe)
    except ModelError as error:
        raise ModelError(
            f"{path}: expected the finished model or the wheel of {recipe.requirement}. {error}"
        ) from error


def _place(destination: Path, model: bytes) -> None:
    _make_folder(destination.parent)
    temporary = temporary_beside(destination)
    try:
        temporary.write_bytes(model)
        temporary.replace(destination)
    except OSError as error:
        raise _cannot_write(destination, error) from error
    finally:
        with suppress(OSError):  # what went wrong before says more
            temporary.unlink(missing_ok=True)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_write(folder, error) from error


def _cannot_write(path: Path, error: OSError) -> ModelError:
    return ModelError(
        f"cannot write the model to {path}: {error.strerror}. Free some space or get the right "
        "to write there, and run `formcheck models fetch` again"
    )
