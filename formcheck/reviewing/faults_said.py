"""Faults that a therapist names: what the exercise's file says of them, and nothing measured."""

import math
from dataclasses import replace

from formcheck import measures
from formcheck.analysis.events import Fault
from formcheck.exercises.rules import BodyPart, Finding, FormRule, Phase
from formcheck.exercises.schema import Exercise
from formcheck.store.corrections import AddedFault


def added_fault(said: AddedFault, exercise: Exercise | None) -> Fault:
    """Return a fault that the machine has not seen; it counts as one."""
    middle_s = (said.start_s + said.end_s) / 2
    return renamed(
        Fault(
            name=said.name,
            severity="error",
            measure="",
            value=math.nan,
            threshold=math.nan,
            unit="",
            expected_error=math.nan,
            phase=Phase.EFFORT,
            body_part=BodyPart.TRUNK,
            side=said.side,
            start_s=said.start_s,
            end_s=said.end_s,
            evidence_s=middle_s,
            observability="good",
            says=said.name.replace("_", " "),
            cue="",
        ),
        said.name,
        exercise,
    )


def renamed(fault: Fault, name: str, exercise: Exercise | None) -> Fault:
    """Return another fault at the same time: what was read was read of the first one."""
    rule = _rule(name, exercise)
    measure = rule.measure if isinstance(rule, FormRule) else ""
    return replace(
        fault,
        name=name,
        measure=measure,
        value=math.nan,
        threshold=math.nan,
        unit=measures.find(measure).unit if measure else "",
        expected_error=math.nan,
        body_part=rule.body_part if rule else fault.body_part,
        says=rule.says if rule else name.replace("_", " "),
        cue=rule.cue if rule else "",
    )


def _rule(name: str, exercise: Exercise | None) -> Finding | None:
    findings = exercise.findings if exercise else ()
    return next((one for one in findings if one.name == name), None)
