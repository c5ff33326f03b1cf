"""From the outcomes of sessions to figures, by exercise and view."""

import math
from collections.abc import Iterable, Iterator, Sequence

from formcheck.evaluation.population import Findings, Outcome, findings_on
from formcheck.evaluation.population.findings import FaultFindings
from formcheck.evaluation.population.outcomes import JudgedHold, JudgedRepetition
from formcheck.evaluation.synthetic.records import (
    ExerciseFigures,
    FaultFigures,
    Level,
    MeasureFigures,
    Tally,
    ViewFigures,
)
from formcheck.exercises.schema import Exercise
from formcheck.measures import View

ALL = "all"
_N_DIGITS = 4


def figures_of(exercise: Exercise, outcomes: Sequence[Outcome]) -> ExerciseFigures:
    """Return the figures of all sessions of one exercise, and of those of each view."""
    by_view = [(view, [one for one in outcomes if one.case.shot.view == view]) for view in View]
    return ExerciseFigures(
        exercise=exercise.id,
        views=(
            _view_figures(exercise, ALL, outcomes),
            *(_view_figures(exercise, str(view), some) for view, some in by_view if some),
        ),
    )


def _view_figures(exercise: Exercise, view: str, outcomes: Sequence[Outcome]) -> ViewFigures:
    findings = findings_on(exercise, outcomes)
    holds = [
        hold
        for one in outcomes
        for hold in one.holds
        if not one.case.act.fault and not math.isnan(hold.start_error_s)
    ]
    return ViewFigures(
        view=view,
        n_sessions=findings.n_sessions,
        counted=Tally.of(findings.counted),
        within_one=Tally.of(findings.off_by_one),
        held=Tally.of(findings.held),
        quiet=Tally.of(findings.quiet),
        sides=Tally.of(findings.sides),
        start_error_s=_mean_size(hold.start_error_s for hold in holds),
        end_error_s=_mean_size(hold.end_error_s for hold in holds),
        faults=tuple(_fault_figures(exercise, findings, outcomes)),
        measures=tuple(
            MeasureFigures(
                measure=one.measure,
                side=one.side,
                n=one.n,
                bias=round(one.bias, _N_DIGITS),
                sd=round(one.sd, _N_DIGITS),
            )
            for one in findings.errors
            if one.n > 1
        ),
    )


def _mean_size(values: Iterable[float]) -> float | None:
    listed = [abs(value) for value in values]
    return round(math.fsum(listed) / len(listed), 3) if listed else None


def _fault_figures(
    exercise: Exercise, findings: Findings, outcomes: Sequence[Outcome]
) -> Iterator[FaultFigures]:
    judged: list[JudgedRepetition | JudgedHold] = []
    for outcome in outcomes:
        judged += [*outcome.repetitions, *outcome.holds]
    for finding in exercise.findings:
        name = finding.name
        levels = tuple(_level(one) for one in findings.faults if one.fault == name)
        clean = _raised(name, (one for one in judged if not one.fault))
        others = _raised(name, (one for one in judged if one.fault not in {"", name}))
        if levels or clean.n_right or others.n_right:
            yield FaultFigures(fault=name, levels=levels, clean=clean, among_others=others)


def _level(found: FaultFindings) -> Level:
    return Level(
        way=found.way,
        n=found.n,
        n_errors=found.n_errors,
        n_tips=found.n_tips,
        n_refused=found.n_refused,
        n_lost=found.n_not_counted,
    )


def _raised(fault: str, judged: Iterable[JudgedRepetition | JudgedHold]) -> Tally:
    answers = [any(flag.name == fault for flag in one.flags) for one in judged]
    return Tally(n_right=sum(answers), n=len(answers))
