"""The parts of a result: what is written of a repetition, a hold, a fault, a stretch."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from formcheck.analysis.events import TurnUnknown
from formcheck.analysis.own_numbers import RangeBasis
from formcheck.analysis.symmetry import Balance
from formcheck.analysis.timeline import SegmentKind
from formcheck.analysis.verdict import CheckStatus
from formcheck.recordings import RecordingHeader
from formcheck.recordings.calibration_file import CalibrationFile
from formcheck.reports.plain import known

Number = Annotated[float | None, BeforeValidator(known)]


class Part(BaseModel):
    """Base of the parts of a result."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Provenance(Part):
    """What was analysed, with what: the only part that differs between equal analyses."""

    formcheck_version: str
    python_version: str = ""
    engine: str
    engine_version: str
    model: str
    model_sha256: str
    source: str
    source_sha256: str | None = None
    source_note: str | None = None
    width_px: int
    height_px: int
    rate_hz: Number
    asked_for: str
    created_at: str = ""

    @classmethod
    def of_recording(cls, header: RecordingHeader, asked_for: str) -> "Provenance":
        """Return where the poses of a recording come from."""
        return cls(
            formcheck_version="",
            engine=header.engine,
            engine_version=header.engine_version,
            model=header.model,
            model_sha256=header.model_sha256,
            source=header.source,
            width_px=header.width_px,
            height_px=header.height_px,
            rate_hz=header.rate_hz,
            asked_for=asked_for,
        )


class TurnRow(Part):
    """How far the trunk turned; see ``formcheck.analysis.events.Turn``."""

    chest_deg: Number
    pelvis_deg: Number
    chest_within_deg: Number
    pelvis_within_deg: Number
    unknown: TurnUnknown | None
    says: str


class RepetitionRow(Part):
    """One repetition; see ``formcheck.analysis.events.Repetition``."""

    number: int
    variant: str
    side: str | None
    start_s: float
    peak_s: float
    end_s: float
    outbound_s: float
    effort_s: float
    return_s: float
    measure: str
    unit: str
    expected_error: float
    start_value: Number
    peak_value: Number
    target: float
    reached: float
    is_whole: bool
    faults: tuple[str, ...]
    turn: TurnRow | None = None


class AttemptRow(Part):
    """A movement that turned back too early to count."""

    time_s: float
    exercise: str
    start_s: float
    peak_s: float
    measure: str
    unit: str
    expected_error: float
    start_value: Number
    peak_value: Number
    target: float
    reached: float
    side: str | None


class HoldRow(Part):
    """One posture that was held."""

    number: int
    variant: str
    start_s: float
    end_s: float
    held_s: float
    n_breaks: int
    side: str | None = None
    faults: tuple[str, ...]
    turn: TurnRow | None = None


class SideRow(Part):
    """The repetitions to one side; see ``formcheck.analysis.symmetry.SideSummary``."""

    side: str
    n_repetitions: int
    mean_range: float
    mean_reached: float
    mean_duration_s: Number


class SymmetryRow(Part):
    """The sides beside each other; see ``formcheck.analysis.symmetry.Symmetry``."""

    balance: Balance
    measure: str
    unit: str
    expected_error: float
    left: SideRow | None
    right: SideRow | None
    difference: Number
    is_near_and_far: bool
    says: str


class FaultRow(Part):
    """One fault with its evidence; see ``formcheck.analysis.events.Fault``."""

    name: str
    severity: Literal["advice", "error"]
    measure: str
    value: Number
    threshold: Number
    unit: str
    expected_error: Number
    phase: str
    body_part: str
    side: str | None
    start_s: float
    end_s: float
    evidence_s: float
    observability: Literal["good", "fair", "poor"]
    says: str
    cue: str


class CheckRow(Part):
    """One possible fault and what became of it."""

    name: str
    says: str
    status: CheckStatus
    n_found: int
    assessed_share: float
    reason: str


class AbstentionRow(Part):
    """A stretch that could not be judged."""

    start_s: float
    end_s: float
    code: str
    says: str


class FitRow(Part):
    """What the recording was measured against, and what is known of this person.

    Attributes
    ----------
    basis
        What was far enough, or in the posture, was decided by: a therapist's number, this
        person's calibration, their own first repetitions, or the exercise file alone.
    thresholds
        What a therapist has set, by its name; it is in ``rules``, as everything in force.
    """

    basis: RangeBasis
    calibrations: tuple[CalibrationFile, ...] = ()
    thresholds: dict[str, float] = Field(default_factory=dict)


class EventRow(Part):
    """One event: its type and its fields, in the order in which they happened."""

    type: str
    fields: dict[str, Any]


class SetRow(Part):
    """One set of an exercise; see ``formcheck.analysis.timeline.ExerciseSet``."""

    start_s: float
    end_s: float
    n_repetitions: int
    n_attempts: int
    held_s: float
    faults: tuple[str, ...]


class InsteadRow(Part):
    """Another exercise than the one asked for; see ``formcheck.analysis.confirming``."""

    exercise: str
    exercise_name: str
    since_s: float


class SegmentRow(Part):
    """One stretch of the recording; see ``formcheck.analysis.timeline.Segment``."""

    kind: SegmentKind
    start_s: float
    end_s: float
    exercise: str | None
    exercise_name: str | None
    sets: tuple[SetRow, ...]
