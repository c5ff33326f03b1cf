"""Parts of results, made by hand: what is in them is known."""

from formcheck.analysis.verdict import Outcome
from formcheck.reports.result import Result
from formcheck.reports.rows import AttemptRow, FaultRow, HoldRow, Provenance, RepetitionRow

PROVENANCE = Provenance(
    formcheck_version="0", engine="e", engine_version="1", model="m", model_sha256="0" * 64,
    source="s", width_px=4, height_px=3, rate_hz=None, asked_for="auto",
)  # fmt: skip
REPETITION = RepetitionRow(
    number=1, variant="v", side=None, start_s=0, peak_s=1, end_s=2, outbound_s=1, effort_s=0,
    return_s=1, measure="hip_lift", unit="deg", expected_error=4, start_value=0, peak_value=30,
    target=30, reached=1, is_whole=True, faults=(),
)  # fmt: skip
ATTEMPT = AttemptRow(
    time_s=1, exercise="x", start_s=0, peak_s=0.5, measure="hip_lift", unit="deg",
    expected_error=4, start_value=0, peak_value=9, target=30, reached=0.3, side=None,
)  # fmt: skip
FAULT = FaultRow(
    name="too_fast", severity="advice", measure="m", value=1, threshold=2, unit="s",
    expected_error=0.1, phase="return", body_part="hip", side=None, start_s=0, end_s=2,
    evidence_s=1, observability="good", says="It is too fast.", cue="Slower.",
)  # fmt: skip


def hold(number, held_s, n_breaks=0, side=None):
    """Return a hold of a given length."""
    return HoldRow(
        number=number, variant="v", start_s=0, end_s=held_s, held_s=held_s, n_breaks=n_breaks,
        side=side, faults=(),
    )  # fmt: skip


def result(outcome=Outcome.NOTHING_DONE, **parts):
    """Return a result with these parts and nothing else in it."""
    holds = parts.get("holds", ())
    empty = {"repetitions": (), "attempts": (), "holds": (), "faults": (), "checks": ()}
    values = {
        "provenance": PROVENANCE, "partial": None, "exercise": "x", "exercise_name": "Exercise",
        "rules": None, "duration_s": 60, "n_frames": 100, "n_frames_with_person": 90,
        "assessed_share": 0.9, "held_s": sum(h.held_s for h in holds), "not_checked": (),
        "abstentions": (), "events": (),
    }  # fmt: skip
    return Result(outcome=outcome, **{**empty, **values, **parts})
