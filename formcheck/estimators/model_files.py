"""Where the pose model is, and whether it is what it should be.

The search goes from the most to the least particular: a path that was given, the environment
variable ``FORMCHECK_MODEL``, ``models/`` of a checkout, the user's data folder. Nothing here
goes online; ``model_fetch.py`` does, when asked.
"""

import enum
import os
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from formcheck.errors import ModelError
from formcheck.estimators.task_bundle import BUNDLE_SHA256, DAMAGED_ZIP, DETECTOR, LANDMARKS
from formcheck.files import sha256_of

MODEL_NAME = "pose_landmarker_full.task"
VARIABLE = "FORMCHECK_MODEL"
KNOWN_MODELS: Mapping[str, str] = {BUNDLE_SHA256: "full"}


class ModelState(enum.StrEnum):
    """What checking a model file says of it."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class ModelCheck:
    """What is known of a model file.

    Attributes
    ----------
    state
        Known by its checksum; unknown, but a whole pose model; or damaged.
    sha256
        Of the file, in hexadecimal.
    problem
        What is wrong with a damaged file; empty otherwise.
    """

    path: Path
    state: ModelState
    sha256: str
    problem: str = ""


def find(explicit: Path | None = None) -> Path:
    """Return the model file to use.

    Parameters
    ----------
    explicit
        The file that was asked for; no other is then looked for.

    Raises
    ------
    ModelError
        If there is none; the message names the places and the command that fetches it.
    """
    if explicit is not None:
        return _required(explicit, "the model that was asked for")
    if os.environ.get(VARIABLE):
        return _required(Path(os.environ[VARIABLE]), f"the model that {VARIABLE} names")
    places = standard_places()
    for place in places:
        if place.is_file():
            return place
    raise ModelError(
        f"expected the pose model {MODEL_NAME}, found it in none of: "
        f"{', '.join(str(place.parent) for place in places)}. "
        "Run `formcheck models fetch`, or name a model with --model"
    )


def standard_places() -> list[Path]:
    """Return where the model is looked for when none is named, in order."""
    checkout = checkout_folder()
    places = [] if checkout is None else [checkout / "models" / MODEL_NAME]
    return [*places, platformdirs.user_data_path("formcheck", appauthor=False) / MODEL_NAME]


def checkout_folder() -> Path | None:
    """Return the folder of the source code that this package runs from; None if installed."""
    folder = Path(__file__).resolve().parents[2]
    return folder if (folder / "pyproject.toml").is_file() else None


def verify(path: Path) -> ModelCheck:
    """Check a model file by its checksum and, if that is not known, by its parts.

    Raises
    ------
    ModelError
        If the file cannot be read.
    """
    sha256 = checksum(path)
    if sha256 in KNOWN_MODELS:
        return ModelCheck(path, ModelState.KNOWN, sha256)
    problem = _problem(path)
    state = ModelState.DAMAGED if problem else ModelState.UNKNOWN
    return ModelCheck(path, state, sha256, problem)


def checked(path: Path) -> ModelCheck:
    """Check a model that is about to be used.

    Raises
    ------
    ModelError
        If it cannot be read or is damaged: native code that reads such a file may crash.
    """
    found = verify(path)
    if found.state is ModelState.DAMAGED:
        raise ModelError(
            f"expected a pose model (a .task bundle) in {path}, got a file that "
            f"{found.problem}. Name another with --model, or run `formcheck models fetch`"
        )
    return found


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal.

    Raises
    ------
    ModelError
        If the file cannot be read.
    """
    try:
        return sha256_of(path)
    except OSError as error:
        raise ModelError(
            f"expected to read the pose model {path}, got: {error.strerror}. "
            "Check the path and its permissions, or run `formcheck models fetch`"
        ) from error


def _required(path: Path, what: str) -> Path:
    if path.is_file():
        return path
    found = "a folder" if path.is_dir() else "nothing"
    raise ModelError(
        f"expected {what} at {path}, found {found} there. "
        "Check the path, or leave it out and run `formcheck models fetch`"
    )


def _problem(path: Path) -> str:
    """Return what keeps a file from being a pose model; empty if nothing does."""
    try:
        with zipfile.ZipFile(path) as bundle:
            missing = {DETECTOR, LANDMARKS} - set(bundle.namelist())
            if missing:
                return f"is a bundle without {' and '.join(sorted(missing))}"
            if any(entry.compress_type != zipfile.ZIP_STORED for entry in bundle.infolist()):
                return "is compressed, where the engine needs it stored as it is"
            broken = bundle.testzip()
    except DAMAGED_ZIP:
        return "is not a bundle, or only a part of one"
    return f"has a damaged {broken}" if broken else ""
