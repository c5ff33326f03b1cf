"""``formcheck doctor``: what is wrong with this computer, and what to do about it."""

import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

import av
import cv2
import typer
from rich.markup import escape

from formcheck.cli.output import JsonOption, console
from formcheck.errors import DisplayError, FormcheckError
from formcheck.estimators import model_files
from formcheck.estimators.model_files import ModelState
from formcheck.sinks.window import WHAT_TO_DO, require_display
from formcheck.sources.camera import CameraSource

OLDEST_PYTHON, NEWEST_PYTHON = (3, 11), (3, 14)
N_CAMERAS_TRIED = 3
_SIGNS = {"good": "[green]ok  [/]", "warning": "[yellow]note[/]", "problem": "[red]bad [/]"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    about: str
    state: Literal["good", "warning", "problem"]
    says: str
    todo: str = ""


def check_python() -> Finding:
    """Look at the Python version."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if OLDEST_PYTHON <= sys.version_info[:2] <= NEWEST_PYTHON:
        return Finding("Python", "good", version)
    return Finding("Python", "warning", f"{version} was not tried", "Use Python 3.11 to 3.14.")


def check_opencv() -> Finding:
    """Look for several OpenCV packages: they overwrite each other's files in silence."""
    names = sorted(
        name
        for distribution in metadata.distributions()
        if (name := distribution.metadata["Name"] or "").lower().startswith("opencv-")
    )
    if len(set(names)) > 1:
        return Finding(
            "OpenCV",
            "problem",
            f"{', '.join(names)} overwrite each other",
            f"Run: python -m pip uninstall {' '.join(names)}, then install formcheck again.",
        )
    return Finding("OpenCV", "good", f"{cv2.__version__} ({', '.join(names)})")


def check_model() -> Finding:
    """Look for the pose model."""
    try:
        found = model_files.verify(model_files.find())
    except FormcheckError as error:
        return Finding("pose model", "problem", str(error), "Run: formcheck models fetch")
    if found.state is ModelState.DAMAGED:
        return Finding("pose model", "problem", found.problem, "Run: formcheck models fetch")
    state: Literal["good", "warning"] = "good" if found.state is ModelState.KNOWN else "warning"
    return Finding("pose model", state, f"{found.state}: {found.path}")


def check_encoder() -> Finding:
    """Look for an encoder whose videos browsers play."""
    if "libx264" in av.codecs_available:
        return Finding("video encoder", "good", "H.264 (libx264)")
    return Finding(
        "video encoder", "warning", "no libx264", "Annotated videos use another encoder, or none."
    )


def check_display() -> Finding:
    """Try the display, which only `formcheck live --window` needs."""
    try:
        require_display()
    except DisplayError as error:
        says = str(error).removesuffix(WHAT_TO_DO).strip()
        return Finding("display", "warning", says, "`formcheck live --window` needs one.")
    return Finding("display", "good", "a window can be opened")


def check_cameras() -> Finding:
    """Try the first cameras."""
    working = []
    for index in range(N_CAMERAS_TRIED):
        try:
            with CameraSource(index) as source:
                working.append(f"{index} ({source.info.width_px} x {source.info.height_px})")
        except FormcheckError:
            continue
    if working:
        return Finding("cameras", "good", ", ".join(working))
    return Finding(
        "cameras",
        "warning",
        f"none of 0 to {N_CAMERAS_TRIED - 1} can be opened",
        "Only live sessions need one: connect it, close other programs, allow it in the"
        " system's privacy settings.",
    )


def check_output_folder() -> Finding:
    """Look whether results can be written here."""
    if os.access(Path.cwd(), os.W_OK):
        return Finding("this folder", "good", "results can be written here")
    return Finding("this folder", "warning", "may not be written to", "Use --out FOLDER.")


CHECKS: tuple[Callable[[], Finding], ...] = (
    check_python,
    check_opencv,
    check_model,
    check_encoder,
    check_display,
    check_cameras,
    check_output_folder,
)


def doctor(*, as_json: JsonOption = False) -> None:
    """Say what is wrong with this computer for formcheck, and what to do. Exits with 1 if bad."""
    findings = [check() for check in CHECKS]
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], indent=1))
    else:
        for finding in findings:
            says = f"{_SIGNS[finding.state]} [bold]{finding.about}[/]: {escape(finding.says)}"
            console.print(says, highlight=False, soft_wrap=True)
            if finding.todo:
                console.print(f"     {escape(finding.todo)}", highlight=False, soft_wrap=True)
    if any(finding.state == "problem" for finding in findings):
        raise typer.Exit(1)
