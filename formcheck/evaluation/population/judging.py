"""Hold what was said of a session against what was true."""

import math
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from formcheck.analysis import events as happened
from formcheck.analysis.events import (
    Event,
    ExerciseRecognised,
    FaultEnded,
    HoldEnded,
    RepetitionAttempted,
    RepetitionCompleted,
)
from formcheck.evaluation.population.cases import Case
from formcheck.evaluation.population.outcomes import (
    Answer,
    Flag,
    JudgedHold,
    JudgedRepetition,
    Outcome,
    ReadingErrors,
)
from formcheck.simulation import performance as true

# An attempt is told by the moment at which it was furthest, give or take this.
_MOMENT_S = 0.5
# A clock that a fault stops may do so this much before or after.
_STOPS_WITHIN_S = 1.0
# What lasts belongs to a repetition if this share of the shorter of both is common.
_COMMON_SHARE = 0.5

Span = tuple[float, float]
_Timed = TypeVar("_Timed", happened.Repetition, happened.Hold)


class Done(Protocol):
    """What was done, be it read off a simulation or off labels."""

    @property
    def repetitions(self) -> tuple[true.Repetition, ...]:
        """The repetitions, one after the other."""

    @property
    def holds_s(self) -> tuple[Span, ...]:
        """Start and end of each hold [s]."""

    @property
    def faults(self) -> tuple[true.FaultSpan, ...]:
        """What was wrong, and when."""


def judged(
    case: Case,
    done: Done,
    events: Sequence[Event],
    errors: tuple[ReadingErrors, ...] = (),
    recognised: str | None = None,
) -> Outcome:
    """Return what came of a session.

    Parameters
    ----------
    done
        What was done; of an idle act, nothing was.
    events
        What was said of it, asked for its exercise.
    """
    said = _Said(events)
    due, due_s = done.repetitions, done.holds_s
    if case.act.is_idle:
        due, due_s = (), ()
    repetitions = said.of_repetitions(due)
    holds = tuple(said.of_hold(span, case.act.fault, done.faults) for span in due_s)
    spans = [(repetition.start_s, repetition.end_s) for repetition in due]
    elsewhere = () if holds else tuple(said.flags_outside(spans))
    n_counted, n_holds = len(said.repetitions), len(said.holds)
    return Outcome(case, n_counted, n_holds, repetitions, holds, elsewhere, errors, recognised)


def recognised_in(events: Iterable[Event]) -> str:
    """Return the exercise that was recognised last, or nothing."""
    names = [event.exercise for event in events if isinstance(event, ExerciseRecognised)]
    return names[-1] if names else ""


class _Said:
    """What the events say, by kind."""

    def __init__(self, events: Sequence[Event]) -> None:
        self.repetitions = [e.repetition for e in events if isinstance(e, RepetitionCompleted)]
        self.holds = [e.hold for e in events if isinstance(e, HoldEnded)]
        self._attempts = [e for e in events if isinstance(e, RepetitionAttempted)]
        self._faults = [e.fault for e in events if isinstance(e, FaultEnded)]

    def of_repetitions(self, due: Sequence[true.Repetition]) -> tuple[JudgedRepetition, ...]:
        """Return the true repetitions with what was said of each."""
        open_ones = list(self.repetitions)
        judged_ones = []
        for repetition in due:
            found = _overlapping(open_ones, (repetition.start_s, repetition.end_s))
            if found is not None:
                open_ones.remove(found)
            judged_ones.append(self._judged(repetition, found))
        return tuple(judged_ones)

    def _judged(
        self, repetition: true.Repetition, found: happened.Repetition | None
    ) -> JudgedRepetition:
        answer: Answer = "counted"
        if found is None:
            answer = "attempted" if self._is_attempted(repetition) else "missed"
        knows_side = found is not None and found.side is not None and repetition.side is not None
        return JudgedRepetition(
            repetition.fault,
            answer,
            found.side == repetition.side if found and knows_side else None,
            tuple(self._flags_in((repetition.start_s, repetition.end_s))),
        )

    def _is_attempted(self, repetition: true.Repetition) -> bool:
        from_s, to_s = repetition.start_s - _MOMENT_S, repetition.end_s + _MOMENT_S
        return any(from_s <= attempt.peak_s <= to_s for attempt in self._attempts)

    def _flags_in(self, span: Span) -> Iterable[Flag]:
        """Return what was raised in a time, each name once, at its worst."""
        worst: dict[str, Flag] = {}
        for fault in self._faults:
            own = (fault.start_s, fault.end_s)
            shorter_s = min(own[1] - own[0], span[1] - span[0])
            is_in = _common_s(own, span) >= _COMMON_SHARE * shorter_s
            if is_in and (fault.name not in worst or fault.severity == "error"):
                worst[fault.name] = Flag(fault.name, fault.severity)
        return worst.values()

    def flags_outside(self, spans: Sequence[Span]) -> Iterable[Flag]:
        """Return what was raised in none of these times."""
        for fault in self._faults:
            own = (fault.start_s, fault.end_s)
            if all(_common_s(own, span) <= 0 for span in spans):
                yield Flag(fault.name, fault.severity)

    def of_hold(self, due: Span, fault: str, wrong: Sequence[true.FaultSpan]) -> JudgedHold:
        """Return a true hold with what was said of it."""
        flags = tuple(self._flags_in((-math.inf, math.inf)))
        found = _overlapping(self.holds, due)
        if found is None:
            return JudgedHold(fault, math.nan, math.nan, math.nan, flags)
        end_error_s = found.end_s - due[1]
        is_breaking = any(span.start_s == due[1] for span in wrong)
        return JudgedHold(
            fault,
            found.start_s - due[0],
            end_error_s,
            found.held_s - (due[1] - due[0]),
            flags,
            is_breaking and abs(end_error_s) <= _STOPS_WITHIN_S,
        )


def _overlapping(found: Iterable[_Timed], due: Span) -> _Timed | None:
    """Return what has most in common with a span, if anything."""
    lengths_s = [(_common_s(due, (one.start_s, one.end_s)), one) for one in found]
    common_s, best = max(lengths_s, key=lambda pair: pair[0], default=(0.0, None))
    return best if common_s > 0 else None


def _common_s(first: Span, second: Span) -> float:
    """Return how long two spans have in common [s]; below 0 where they are apart."""
    return min(first[1], second[1]) - max(first[0], second[0])
