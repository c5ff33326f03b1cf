"""Events made by hand, of which only the times and names matter."""

from formcheck.analysis.events import (
    Fault,
    FaultEnded,
    Hold,
    HoldEnded,
    Repetition,
    RepetitionAttempted,
    RepetitionCompleted,
)
from formcheck.exercises.schema import BodyPart, Phase
from formcheck.landmarks import Side


def counted(start_s: float, end_s: float, side: Side | None = None) -> RepetitionCompleted:
    """Return a repetition that was counted."""
    middle_s = (start_s + end_s) / 2
    repetition = Repetition(
        1, "v", side, start_s, middle_s, end_s, 1.0, 1.0, 1.0, "m", 0.0, 1.0, 1.0, 1.0
    )
    return RepetitionCompleted(end_s, "e", repetition)


def attempted(peak_s: float) -> RepetitionAttempted:
    """Return a repetition that turned back too early."""
    return RepetitionAttempted(
        peak_s + 1, "e", peak_s - 1, peak_s, "m", 0.0, 0.5, 1.0, 0.5, side=None
    )


def held(start_s: float, end_s: float) -> HoldEnded:
    """Return a hold without breaks."""
    return HoldEnded(end_s, "e", Hold(1, "v", start_s, end_s, end_s - start_s, 0))


def raised(name: str, start_s: float, end_s: float) -> FaultEnded:
    """Return an error that lasted from when to when."""
    values = {"measure": "m", "value": 2.0, "threshold": 1.0, "unit": "deg", "expected_error": 1.0}
    return FaultEnded(
        end_s,
        "e",
        Fault(
            name=name,
            severity="error",
            **values,
            phase=Phase.EFFORT,
            body_part=BodyPart.TRUNK,
            side=None,
            start_s=start_s,
            end_s=end_s,
            evidence_s=start_s,
            observability="good",
            says="says",
            cue="cue",
        ),
    )
