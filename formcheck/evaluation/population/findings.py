"""All outcomes of one exercise put together, and what they fall short of."""

import functools
import operator
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from formcheck.evaluation.population.cases import CLEAR, LEVELS, judged_in
from formcheck.evaluation.population.outcomes import (
    Flag,
    JudgedHold,
    JudgedRepetition,
    Outcome,
    ReadingErrors,
)
from formcheck.exercises.schema import Exercise
from formcheck.shares import Share
from formcheck.simulation.faults import doable


@dataclass(frozen=True, slots=True)
class Bounds:
    """What an exercise must reach.

    Attributes
    ----------
    right
        Share of clean sessions of which everything is counted or timed.
    recall
        Share of clear faults that are found.
    false_flags
        How often a fault may be raised that was not there, in one clean repetition or hold.
    """

    right: float = 0.99
    recall: float = 0.95
    false_flags: float = 1 / 50


@dataclass(frozen=True, slots=True)
class FaultFindings:
    """How one fault at one level was found.

    Attributes
    ----------
    n
        How often it was done.
    n_errors, n_tips
        How often it was raised as an error, or only as a tip.
    n_refused
        How often it was not raised, but the repetition was reported as an attempt, or the clock
        of the hold stopped where the fault began.
    n_not_counted
        How often it was not raised and the repetition neither counted nor reported.
    """

    fault: str
    way: float
    n: int
    n_errors: int
    n_tips: int
    n_refused: int
    n_not_counted: int

    @property
    def found(self) -> Share:
        """How often the patient was told in one way or another."""
        return Share(self.n_errors + self.n_tips + self.n_refused, self.n)


@dataclass(frozen=True, slots=True)
class FalseFlags:
    """How often a fault was raised where nothing was wrong.

    Attributes
    ----------
    n
        Clean repetitions and holds.
    n_errors, n_tips
        In how many of them it was raised.
    """

    fault: str
    n: int
    n_errors: int
    n_tips: int

    @property
    def raised(self) -> Share:
        """How often it was raised in one way or another."""
        return Share(self.n_errors + self.n_tips, self.n)


@dataclass(frozen=True, slots=True)
class Findings:
    """What a population says about an exercise.

    Attributes
    ----------
    n_sessions
        How many there were.
    counted, off_by_one
        Clean sessions with repetitions that were counted exactly, or off by at most one.
    held
        Clean holds with both ends right.
    quiet
        Sessions of rest in which nothing was counted or held.
    sides
        Counted repetitions that were given to the right side.
    recognised
        Clean sessions that ``auto`` took for this exercise; of none where it was not asked.
    faults
        By fault and level.
    false_flags
        By fault, those that were raised.
    elsewhere
        What was raised while nothing was done, and how often.
    errors
        Of every reading.
    missed
        Clean sessions and sessions of rest that were not right.
    """

    n_sessions: int
    counted: Share
    off_by_one: Share
    held: Share
    quiet: Share
    sides: Share
    recognised: Share
    faults: tuple[FaultFindings, ...]
    false_flags: tuple[FalseFlags, ...]
    elsewhere: tuple[tuple[str, int], ...]
    errors: tuple[ReadingErrors, ...]
    missed: tuple[Outcome, ...]

    def shortfalls(self, exercise: Exercise, bounds: Bounds | None = None) -> tuple[str, ...]:
        """Return what stays below the bounds, in words; faults that are seen poorly may."""
        limits = bounds or Bounds()
        poor = {one.name for one in exercise.findings if one.observability == "poor"}
        return (
            *self._wrongly_counted(limits),
            *(said for fault, said in self._overlooked(limits) if fault not in poor),
            *(said for fault, said in self._invented(limits) if fault not in poor),
        )

    def _wrongly_counted(self, limits: Bounds) -> Iterator[str]:
        for share, says in (
            (self.counted, "counted exactly"),
            (self.held, "holds right within half a second"),
            (self.quiet, "nothing counted at rest"),
        ):
            if share.n and share.value < limits.right:
                yield f"{says} {share.n_right}/{share.n}, expected {limits.right:.0%}"

    def _overlooked(self, limits: Bounds) -> Iterator[tuple[str, str]]:
        for one in self.faults:
            if one.way == CLEAR and one.n and one.found.value < limits.recall:
                yield (
                    one.fault,
                    f"{one.fault} found {one.found.n_right}/{one.n} where it is clear,"
                    f" expected {limits.recall:.0%}",
                )

    def _invented(self, limits: Bounds) -> Iterator[tuple[str, str]]:
        for one in self.false_flags:
            if one.raised.value > limits.false_flags:
                yield (
                    one.fault,
                    f"{one.fault} raised in {one.raised.n_right}/{one.n} clean ones,"
                    f" expected at most 1 of {round(1 / limits.false_flags)}",
                )


def findings_on(exercise: Exercise, outcomes: Sequence[Outcome]) -> Findings:
    """Put the outcomes of one exercise together."""
    clean = [one for one in outcomes if not one.case.act.fault and not one.case.act.is_idle]
    repeated = [one for one in clean if one.repetitions]
    return Findings(
        len(outcomes),
        Share.of(one.is_right for one in repeated),
        Share.of(abs(one.n_off) <= 1 for one in repeated),
        Share.of(hold.is_right for one in clean for hold in one.holds),
        Share.of(one.is_right for one in outcomes if one.case.act.is_idle),
        Share.of(
            repetition.is_side_right
            for one in outcomes
            for repetition in one.repetitions
            if repetition.is_side_right is not None
        ),
        Share.of(one.recognised == exercise.id for one in clean if one.recognised is not None),
        tuple(_fault_findings(exercise, outcomes)),
        tuple(_false_flags(exercise, outcomes)),
        tuple(_elsewhere(outcomes)),
        tuple(_errors(outcomes)),
        tuple(one for one in outcomes if not one.case.act.fault and not one.is_right),
    )


def undone_faults(exercise: Exercise) -> tuple[str, ...]:
    """Return the faults that nobody can be made to do: no motion says how."""
    done = {fault for motion in exercise.motion for fault in doable(exercise, motion)}
    return tuple(one.name for one in exercise.findings if one.name not in done)


def _judged(outcomes: Iterable[Outcome]) -> Iterator[tuple[Outcome, JudgedRepetition | JudgedHold]]:
    for one in outcomes:
        both: tuple[JudgedRepetition | JudgedHold, ...] = (*one.repetitions, *one.holds)
        for judged in both:
            yield one, judged


def _fault_findings(exercise: Exercise, outcomes: Sequence[Outcome]) -> Iterator[FaultFindings]:
    """Count how each fault was found, in the views where it may be judged."""
    for finding in exercise.findings:
        for way in LEVELS:
            done = [
                judged
                for one, judged in _judged(outcomes)
                if judged.fault == finding.name
                and one.case.act.way == way
                and one.case.shot.view in judged_in(exercise, finding.name)
            ]
            if done:
                yield _found(finding.name, way, done)


def _found(fault: str, way: float, done: Sequence[JudgedRepetition | JudgedHold]) -> FaultFindings:
    raised = [_severity(fault, judged.flags) for judged in done]
    unraised = [
        _without_flag(judged)
        for judged, severity in zip(done, raised, strict=True)
        if severity is None
    ]
    return FaultFindings(
        fault,
        way,
        len(done),
        raised.count("error"),
        raised.count("advice"),
        unraised.count("refused"),
        unraised.count("lost"),
    )


def _without_flag(judged: JudgedRepetition | JudgedHold) -> str:
    if isinstance(judged, JudgedHold):
        return "refused" if judged.is_stopped else "counted"
    return {"attempted": "refused", "missed": "lost"}.get(judged.answer, "counted")


def _severity(fault: str, flags: Iterable[Flag]) -> str | None:
    return next((flag.severity for flag in flags if flag.name == fault), None)


def _false_flags(exercise: Exercise, outcomes: Sequence[Outcome]) -> Iterator[FalseFlags]:
    clean = [judged.flags for _, judged in _judged(outcomes) if not judged.fault]
    for finding in exercise.findings:
        raised = [_severity(finding.name, flags) for flags in clean]
        n_errors, n_tips = raised.count("error"), raised.count("advice")
        if n_errors or n_tips:
            yield FalseFlags(finding.name, len(clean), n_errors, n_tips)


def _elsewhere(outcomes: Iterable[Outcome]) -> Iterator[tuple[str, int]]:
    names = [flag.name for one in outcomes for flag in one.flags_elsewhere]
    for name in dict.fromkeys(names):
        yield name, names.count(name)


def _errors(outcomes: Iterable[Outcome]) -> Iterator[ReadingErrors]:
    by_reading: dict[tuple[str, str], list[ReadingErrors]] = {}
    for one in outcomes:
        for errors in one.errors:
            by_reading.setdefault((errors.measure, errors.side), []).append(errors)
    for same in by_reading.values():
        yield functools.reduce(operator.add, same)
