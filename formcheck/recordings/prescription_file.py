"""A prescription as a TOML file that a therapist reads and edits.

Published as docs/schema/prescription-1.json. What is left out of the file is as `Prescription`
says; comments of a file that is written again are lost.
"""

import tomllib
from pathlib import Path
from typing import Any

import tomli_w
from pydantic import ValidationError

from formcheck.errors import PrescriptionError, unread
from formcheck.files import atomic_path, ensure_folder
from formcheck.prescription.model import FORMAT_VERSION, Prescription


def parsed(text: str, where: str) -> Prescription:
    """Return the prescription that a text holds; ``where`` says where it came from.

    Raises
    ------
    PrescriptionError
        If it is none; every mistake is named with its field. Or if a newer formcheck wrote it.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PrescriptionError(
            f"{where} is no prescription: not valid TOML: {error}."
            "\nExpected a file that `formcheck prescription new` or the therapist's pages wrote."
        ) from error
    version = content.get("format_version", FORMAT_VERSION)
    if isinstance(version, int) and version > FORMAT_VERSION:
        raise PrescriptionError(
            f"{where} was written by a newer formcheck (format {version}): update formcheck"
        )
    try:
        return Prescription.model_validate(content)
    except ValidationError as error:
        mistakes = "\n  ".join(_mistake(one) for one in error.errors())
        raise PrescriptionError(f"{where} is not a valid prescription:\n  {mistakes}") from error


def load(path: Path) -> Prescription:
    """Read a prescription.

    Raises
    ------
    PrescriptionError
        If it cannot be read or is none (see `parsed`).
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PrescriptionError(f"{path}: {unread(error)}") from error
    return parsed(text, str(path))


def written(prescription: Prescription) -> str:
    """Return a prescription as the text of its file; what is empty is left out."""
    content = prescription.model_dump(mode="json", exclude_none=True)
    return tomli_w.dumps(_without_empty(content))


def save(prescription: Prescription, path: Path) -> None:
    """Write a prescription, or nothing.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    ensure_folder(path.parent)
    with atomic_path(path) as temporary:
        temporary.write_text(written(prescription), encoding="utf-8")


def _without_empty(content: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty by default; a list that was emptied on purpose stays."""
    kept = {}
    for name, value in content.items():
        if isinstance(value, dict):
            value = _without_empty(value)  # noqa: PLW2901
        elif isinstance(value, list):
            value = [_without_empty(v) if isinstance(v, dict) else v for v in value]  # noqa: PLW2901
        if value not in ({}, "") and not (value == [] and name != "equipment"):
            kept[name] = value
    return kept


def _mistake(mistake: Any) -> str:
    place = ".".join(str(part) for part in mistake["loc"]) or "the file"
    message = mistake["msg"].removeprefix("Value error, ")
    if mistake["type"] == "extra_forbidden":
        message = "unknown field"
    got = mistake["input"]
    found = f", got {got!r}" if isinstance(got, str | int | float | bool) else ""
    return f"{place}: {message}{found}"
