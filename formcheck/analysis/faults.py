"""Turn a reading or a duration that is out of bounds into a fault with its evidence."""

import math

from formcheck import measures
from formcheck.analysis.events import Fault, Severity
from formcheck.analysis.movement import Movement
from formcheck.analysis.taking import Taken
from formcheck.exercises.schema import FormRule, Phase, TempoRule


def severity_of(rule: FormRule, value: float) -> Severity | None:
    """Return how bad a reading is by this rule; a poorly seen fault is never an error."""
    if rule.advice.excess(value) == 0:
        return None
    is_error = rule.error is not None and rule.error.excess(value) > 0
    return "error" if is_error and rule.observability != "poor" else "advice"


def form_fault(
    rule: FormRule,
    severity: Severity,
    taken: Taken,
    phase: Phase,
    span_s: tuple[float, float, float],
) -> Fault:
    """Return the fault that this reading shows; ``span_s`` is (start, end, evidence)."""
    bounds = rule.error if severity == "error" and rule.error else rule.advice
    measure = measures.find(rule.measure)
    return Fault(
        name=rule.name,
        severity=severity,
        measure=rule.measure,
        value=taken.value,
        threshold=bounds.nearest(taken.value),
        unit="ratio" if rule.statistic == "drop" else measure.unit,
        expected_error=measure.expected_error,
        phase=phase,
        body_part=rule.body_part,
        side=taken.side,
        start_s=span_s[0],
        end_s=span_s[1],
        evidence_s=span_s[2],
        observability=rule.observability,
        says=rule.says,
        cue=rule.cue,
    )


def tempo_fault(rule: TempoRule, movement: Movement) -> Fault | None:
    """Return the fault of having taken too little time, if so."""
    lasted_s = math.fsum(
        duration_s
        for phase, duration_s in (
            (Phase.OUTBOUND, movement.outbound_s),
            (Phase.EFFORT, movement.effort_s),
            (Phase.RETURN, movement.return_s),
        )
        if phase in rule.phases
    )
    if lasted_s >= rule.advice_s:
        return None
    is_error = lasted_s < rule.error_s and rule.observability != "poor"
    phase = min(rule.phases, key=list(Phase).index)
    return Fault(
        name=rule.name,
        severity="error" if is_error else "advice",
        measure="duration",
        value=lasted_s,
        threshold=rule.error_s if is_error else rule.advice_s,
        unit="s",
        expected_error=0.1,  # three frames of a 30 Hz camera
        phase=phase,
        body_part=rule.body_part,
        side=None,
        start_s=movement.start_s,
        end_s=movement.end_s,
        evidence_s=movement.peak_s,
        observability=rule.observability,
        says=rule.says,
        cue=rule.cue,
    )
