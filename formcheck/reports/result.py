"""The result of one analysis as JSON, with a versioned schema.

Everything but ``provenance`` follows from the poses and the exercise files alone: the same
poses give the same result. Numbers that are not known are ``null``. The schema is documented in
docs/result-schema.md and published as docs/schema/result-1.json.
"""

from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

from formcheck import measures
from formcheck.analysis.events import Fault, Hold, Repetition, RepetitionAttempted
from formcheck.analysis.symmetry import Symmetry
from formcheck.analysis.verdict import Outcome, Verdict
from formcheck.analysis.whole import Analysis
from formcheck.exercises.schema import Exercise
from formcheck.files import atomic_path
from formcheck.recordings.calibration_file import CalibrationFile
from formcheck.reports.amounts import symmetry_in_words
from formcheck.reports.plain import plain, with_sorted_sets
from formcheck.reports.rows import (
    AbstentionRow,
    AttemptRow,
    CheckRow,
    EventRow,
    FaultRow,
    FitRow,
    HoldRow,
    InsteadRow,
    Part,
    Provenance,
    RepetitionRow,
    SegmentRow,
    SymmetryRow,
)
from formcheck.reports.turn_words import turn_in_words

SCHEMA_VERSION: Literal["1.3"] = "1.3"


class ExerciseResult(Part):
    """What came of one exercise."""

    outcome: Outcome
    exercise: str | None
    exercise_name: str | None
    rules: dict[str, Any] | None
    fit: FitRow | None = None
    repetitions: tuple[RepetitionRow, ...]
    attempts: tuple[AttemptRow, ...]
    holds: tuple[HoldRow, ...]
    held_s: float
    symmetry: SymmetryRow | None = None
    faults: tuple[FaultRow, ...]
    checks: tuple[CheckRow, ...]
    not_checked: tuple[str, ...]


class Result(ExerciseResult):
    """What one recording came to: the exercise asked for, or most done, and everything else."""

    schema_version: Literal["1.3"] = SCHEMA_VERSION
    provenance: Provenance
    partial: str | None
    duration_s: float
    n_frames: int
    n_frames_with_person: int
    assessed_share: float
    also_done: tuple[ExerciseResult, ...] = ()
    timeline: tuple[SegmentRow, ...] = ()
    done_instead: tuple[InsteadRow, ...] = ()
    abstentions: tuple[AbstentionRow, ...]
    jumps_s: tuple[float, ...] = ()
    events: tuple[EventRow, ...]


def build_result(analysis: Analysis, provenance: Provenance) -> Result:
    """Return what a recording came to as a result."""
    verdict = analysis.verdict
    done = [verdict, *analysis.also_done]
    names = {one.exercise.id: one.exercise.name for one in done if one.exercise}
    return Result(
        **_of_exercise(verdict),
        provenance=provenance,
        partial=analysis.interrupted,
        duration_s=verdict.duration_s,
        n_frames=verdict.n_frames,
        n_frames_with_person=verdict.n_frames_with_person,
        assessed_share=verdict.assessed_share,
        also_done=tuple(ExerciseResult(**_of_exercise(one)) for one in analysis.also_done),
        timeline=tuple(
            SegmentRow(**plain(asdict(part)), exercise_name=names.get(part.exercise or ""))
            for part in analysis.timeline
        ),
        done_instead=tuple(
            InsteadRow(exercise=one.exercise, exercise_name=one.name, since_s=one.since_s)
            for one in analysis.done_instead
        ),
        abstentions=tuple(
            AbstentionRow(
                start_s=part.start_s, end_s=part.end_s, code=part.reason.code, says=part.reason.says
            )
            for part in verdict.abstentions
        ),
        jumps_s=verdict.jumps_s,
        events=tuple(
            EventRow(type=type(event).__name__, fields=plain(asdict(event)))
            for event in analysis.events
        ),
    )


def _of_exercise(verdict: Verdict) -> dict[str, Any]:
    """Return the part of a verdict that is about its exercise."""
    exercise = verdict.exercise
    return {
        "outcome": verdict.outcome,
        "exercise": exercise.id if exercise else None,
        "exercise_name": exercise.name if exercise else None,
        "rules": _rules(exercise) if exercise else None,
        "fit": _fit(verdict) if exercise else None,
        "repetitions": tuple(RepetitionRow(**_read_fields(part)) for part in verdict.repetitions),
        "attempts": tuple(AttemptRow(**_read_fields(part)) for part in verdict.attempts),
        "holds": tuple(HoldRow(**_fields(part)) for part in verdict.holds),
        "held_s": verdict.held_s,
        "symmetry": _symmetry(verdict.symmetry) if verdict.symmetry else None,
        "faults": tuple(FaultRow(**_fields(part)) for part in verdict.faults),
        "checks": tuple(
            CheckRow.model_validate(check, from_attributes=True) for check in verdict.checks
        ),
        "not_checked": verdict.not_checked,
    }


def write_json(result: Result, path: Path) -> None:
    """Write a result, or nothing.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    with atomic_path(path) as temporary:
        temporary.write_text(result.model_dump_json(indent=1) + "\n", encoding="utf-8")


def _rules(exercise: Exercise) -> dict[str, Any]:
    """Return the thresholds that were used."""
    dumped = exercise.model_dump(mode="json", include={"variants", "form", "tempo"})
    rules: dict[str, Any] = with_sorted_sets(dumped)
    return rules


def _fit(verdict: Verdict) -> FitRow:
    return FitRow(
        basis=verdict.basis,
        calibrations=tuple(CalibrationFile.of(one) for one in verdict.fit.calibrations),
        thresholds={one.name: one.value for one in verdict.fit.thresholds},
    )


def _read_fields(part: Repetition | RepetitionAttempted) -> dict[str, Any]:
    """Return the fields of a movement, with the unit and the typical error of its measure."""
    measure = measures.find(part.measure)
    return {**_fields(part), "unit": measure.unit, "expected_error": measure.expected_error}


def _symmetry(symmetry: Symmetry) -> SymmetryRow:
    return SymmetryRow(**plain(asdict(symmetry)), says=symmetry_in_words(symmetry))


def _fields(part: Repetition | RepetitionAttempted | Hold | Fault) -> dict[str, Any]:
    fields: dict[str, Any] = plain(asdict(part))
    if isinstance(part, Repetition | Hold) and part.turn:
        fields["turn"] |= {"says": turn_in_words(part)}
    return fields
