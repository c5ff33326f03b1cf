"""What fits exercises to one person, from the words of a command."""

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from formcheck.analysis.own_numbers import AS_IN_THE_FILE, Fit
from formcheck.cli.simulated import number
from formcheck.errors import SourceError, UsageError
from formcheck.exercises.schema import Exercise
from formcheck.exercises.set_thresholds import SetThreshold, settable
from formcheck.recordings.calibration_file import checked, fit_of, load

CalibrationOption = Annotated[
    list[Path] | None,
    typer.Option(
        help="A calibration of this person (`formcheck calibrate`); give it again for each"
        " further exercise or view.",
        show_default=False,
    ),
]
ThresholdOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="EXERCISE.NAME=VALUE",
        help="A number that a therapist has set, as in glute_bridge.target=20: it wins over"
        " calibration and exercise file. A wrong name is answered by all that there are.",
        show_default=False,
    ),
]


def asked_fits(
    exercises: Sequence[Exercise], calibrations: Sequence[Path], thresholds: Sequence[str]
) -> Mapping[str, Fit]:
    """Return what fits the exercises to a person, by their ids.

    Raises
    ------
    UsageError
        If a calibration or a threshold is of no exercise that is looked for, or does not fit.
    SourceError
        If a calibration cannot be read.
    """
    by_id = {exercise.id: exercise for exercise in exercises}
    fits: dict[str, Fit] = {}
    for path in calibrations:
        file = load(path)
        exercise = _of(by_id, file.exercise, str(path))
        fit = checked(exercise, fit_of([file]), str(path))
        fits[exercise.id] = fits.get(exercise.id, AS_IN_THE_FILE).and_also(fit)
    for word in thresholds:
        exercise, threshold = _threshold(by_id, word)
        fit = fits.get(exercise.id, AS_IN_THE_FILE).and_also(Fit(thresholds=(threshold,)))
        try:
            fits[exercise.id] = checked(exercise, fit, f"--threshold {word}")
        except SourceError as error:
            raise UsageError(str(error)) from error
    return fits


def _threshold(by_id: Mapping[str, Exercise], word: str) -> tuple[Exercise, SetThreshold]:
    name, equals, value = word.partition("=")
    exercise_id, _, threshold = name.partition(".")
    if not (equals and threshold):
        raise UsageError(
            f"--threshold {word}: expected EXERCISE.NAME=VALUE, as in side_bend.target=15"
        )
    exercise = _of(by_id, exercise_id, f"--threshold {word}")
    if threshold not in settable(exercise):
        raise UsageError(
            f"--threshold {word}: {exercise_id} has no {threshold}; expected one of"
            f" {', '.join(settable(exercise))}"
        )
    return exercise, SetThreshold(threshold, number(value, f"--threshold {word}"))


def _of(by_id: Mapping[str, Exercise], exercise_id: str, where: str) -> Exercise:
    if exercise_id not in by_id:
        near = difflib.get_close_matches(exercise_id, by_id, n=1)
        hint = f"did you mean {near[0]}? Looked for" if near else "looked for"
        raise UsageError(
            f"{where} is of {exercise_id or 'no exercise'}; {hint}: {', '.join(by_id)}"
        )
    return by_id[exercise_id]
