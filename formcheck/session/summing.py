"""Sum up a session from the verdicts of its sets."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from statistics import fmean

from formcheck import measures
from formcheck.analysis.events import Fault, Repetition, RepetitionAttempted
from formcheck.analysis.own_numbers import OwnSignal, RangeBasis
from formcheck.analysis.symmetry import compare
from formcheck.analysis.verdict import Check, CheckStatus, Verdict
from formcheck.exercises.schema import Exercise, Signal
from formcheck.session.stages import SetEnd
from formcheck.session.summary import (
    ExerciseSummary,
    Improvement,
    NotJudged,
    Peak,
    RangeReached,
    SessionSummary,
    SetResult,
    SetSummary,
)

N_IMPROVEMENTS = 2
_OBSERVABILITY = {"good": 0, "fair": 1, "poor": 2}


def sum_up(
    results: Sequence[SetResult], n_sets_planned: int, n_pain_reports: int = 0
) -> SessionSummary:
    """Return the summary of the sets that are over, in the order in which they were done."""
    grouped = groupby(results, key=lambda result: (result.step_index, result.exercise.id))
    parts = [list(sets) for _, sets in grouped]
    ranked = [rank for sets in parts for rank in _ranked(sets)]
    return SessionSummary(
        exercises=tuple(_exercise(sets) for sets in parts),
        improvements=_best(ranked),
        n_sets_done=sum(result.end is SetEnd.DONE for result in results),
        n_sets_planned=n_sets_planned,
        n_pain_reports=n_pain_reports,
    )


def _exercise(results: Sequence[SetResult]) -> ExerciseSummary:
    exercise = results[0].exercise
    sets = tuple(_set(result) for result in results)
    repetitions = [part for result in results for part in result.verdict.repetitions]
    checks = _checks(results)
    return ExerciseSummary(
        exercise=exercise.id,
        step_index=results[0].step_index,
        is_hold=results[0].dose.hold_s is not None,
        sets=sets,
        n_full=sum(one.n_full for one in sets),
        n_attempted=sum(one.n_attempted for one in sets),
        n_with_faults=sum(one.n_with_faults for one in sets),
        held_s=sum(one.held_s for one in sets),
        reached=range_reached(repetitions),
        basis=results[-1].verdict.basis,
        own=_own(results[-1].verdict),
        symmetry=compare(repetitions, signals_of(exercise)),
        improvements=_best(_ranked(results)),
        nothing_wrong_seen=_named(checks, CheckStatus.NOTHING_WRONG_SEEN),
        not_judged=tuple(
            NotJudged(check.name, check.refused)
            for check in checks
            if check.status is CheckStatus.NOT_ASSESSED
        ),
        not_checked=tuple(unseen.name for unseen in exercise.not_checked),
    )


def _set(result: SetResult) -> SetSummary:
    verdict = result.verdict
    return SetSummary(
        set_number=result.set_number,
        dose=result.dose,
        end=result.end,
        n_full=len(verdict.repetitions),
        n_attempted=len(verdict.attempts),
        n_with_faults=sum(bool(part.faults) for part in verdict.repetitions),
        held_s=verdict.held_s,
        holds=verdict.holds,
        peaks=_peaks(result),
        assessed_share=verdict.assessed_share,
    )


def _peaks(result: SetResult) -> tuple[Peak, ...]:
    """Return the furthest points of repetitions and attempts, in the order of time."""
    made: list[Repetition | RepetitionAttempted] = [
        *result.verdict.repetitions,
        *result.verdict.attempts,
    ]
    return tuple(
        Peak(
            number=number,
            time_s=part.peak_s,
            value=part.peak_value,
            reached=part.reached,
            is_full=isinstance(part, Repetition),
            side=part.side,
            faults=part.faults if isinstance(part, Repetition) else (),
        )
        for number, part in enumerate(sorted(made, key=lambda part: part.peak_s), start=1)
    )


def range_reached(repetitions: Sequence[Repetition]) -> RangeReached | None:
    """Return how far the repetitions went by the commonest measure: others do not compare."""
    if not repetitions:
        return None
    commonest = Counter(part.measure for part in repetitions).most_common(1)[0][0]
    alike = [part for part in repetitions if part.measure == commonest]
    measure = measures.find(commonest)
    # One that swings to both sides is signed: its size is how far it went.
    is_signed = len({part.target > part.start_value for part in alike}) > 1
    values = [abs(part.peak_value) if is_signed else part.peak_value for part in alike]
    furthest = max(range(len(alike)), key=lambda index: alike[index].reached)
    target = alike[0].target
    return RangeReached(
        measure=measure.name,
        unit=measure.unit,
        expected_error=measure.expected_error,
        mean=fmean(values),
        best=values[furthest],
        target=abs(target) if is_signed else target,
        mean_reached=fmean(part.reached for part in alike),
    )


def _own(verdict: Verdict) -> OwnSignal | None:
    """Return the own range that the last repetition was measured against, if it was one."""
    if verdict.basis is not RangeBasis.CALIBRATION or not verdict.repetitions:
        return None
    measure = verdict.repetitions[-1].measure
    own = (one for made in reversed(verdict.fit.calibrations) for one in made.signals)
    return next((one for one in own if one.measure == measure), None)


def signals_of(exercise: Exercise) -> list[Signal]:
    """Return everything that an exercise may be counted by."""
    rules = [variant.repetition for variant in exercise.variants if variant.repetition]
    return [signal for rule in rules for signal in rule.signals]


def _checks(results: Sequence[SetResult]) -> list[Check]:
    """Return the strongest statement on each finding over all sets: found, watched, not judged."""
    order = [CheckStatus.FOUND, CheckStatus.NOTHING_WRONG_SEEN, CheckStatus.NOT_ASSESSED]
    best: dict[str, Check] = {}
    for result in results:
        for check in result.verdict.checks:
            known = best.get(check.name)
            if known is None or order.index(check.status) < order.index(known.status):
                best[check.name] = check
    return list(best.values())


def _named(checks: Iterable[Check], status: CheckStatus) -> tuple[str, ...]:
    return tuple(check.name for check in checks if check.status is status)


_Rank = tuple[tuple[bool, int, int], Improvement]


def _ranked(results: Sequence[SetResult]) -> list[_Rank]:
    """Return what was found with how useful it is to hear: the lowest first.

    Errors before tips, what the camera shows well before what it shows poorly, then what
    happened most often.
    """
    exercise = results[0].exercise
    found: dict[str, list[Fault]] = {}
    for result in results:
        for fault in result.verdict.faults:
            found.setdefault(fault.name, []).append(fault)
    ranked: list[_Rank] = []
    for name, faults in found.items():
        is_error = any(fault.severity == "error" for fault in faults)
        seen = min(_OBSERVABILITY[fault.observability] for fault in faults)
        improvement = Improvement(exercise.id, name, "error" if is_error else "advice", len(faults))
        ranked.append(((not is_error, seen, -len(faults)), improvement))
    return ranked


def _best(ranked: Iterable[_Rank]) -> tuple[Improvement, ...]:
    first = sorted(ranked, key=lambda rank: rank[0])[:N_IMPROVEMENTS]
    return tuple(improvement for _, improvement in first)
