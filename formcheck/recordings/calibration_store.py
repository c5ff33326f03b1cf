"""Calibrations of whoever exercises here: a folder with a file for each exercise and view."""

import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from formcheck.analysis.own_numbers import AS_IN_THE_FILE, Calibration
from formcheck.errors import SourceError
from formcheck.exercises.schema import Exercise
from formcheck.recordings.calibration_file import (
    SUFFIX,
    CalibrationFile,
    checked,
    fit_of,
    load,
    save,
)

FOLDER = "calibrations"
_log = logging.getLogger(__name__)


class CalibrationStore:
    """Keep calibrations beside the sessions of one person.

    Parameters
    ----------
    store
        The folder of sessions.
    """

    def __init__(self, store: Path) -> None:
        self.folder = store / FOLDER

    def files(self, exercises: Mapping[str, Exercise]) -> tuple[CalibrationFile, ...]:
        """Return what is known of these exercises; what cannot be read is left out, and logged."""
        found = []
        for path in sorted(self.folder.glob(f"*{SUFFIX}")):
            try:
                file = load(path)
                if file.exercise in exercises:
                    checked(exercises[file.exercise], fit_of([file]), str(path))
                    found.append(file)
            except SourceError as error:
                _log.warning("%s", error)
        return tuple(found)

    def keep(self, measured: Calibration, now: datetime) -> CalibrationFile:
        """Write a calibration in the place of an older one; what a therapist has set stays.

        Raises
        ------
        OutputError
            If it cannot be written.
        """
        path = self.folder / f"{measured.exercise}.{measured.view}{SUFFIX}"
        set_before = AS_IN_THE_FILE.thresholds
        with suppress(SourceError):  # there is none, or none that can be read
            set_before = load(path).set_thresholds()
        made = replace(measured, made=now.date().isoformat())
        file = CalibrationFile.of(made, set_before)
        save(file, path)
        return file
