"""What a set comes to: the machine's verdict, under what a therapist has said about it.

The one place of the reports that says what counts; everything else asks here.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from formcheck.analysis.events import Fault, Hold, Repetition
from formcheck.exercises.schema import Exercise
from formcheck.measures.vocabulary import MEASURES
from formcheck.reviewing.corrected import judged_session
from formcheck.reviewing.judged import Figures, Judged, JudgedSet
from formcheck.store import CorrectionKind, SetRecord, Store
from formcheck.store.corrections import in_force
from formcheck.store.figures import SetFigures, figures_of

_Value = TypeVar("_Value", Repetition, Hold, Fault)
_Moved = TypeVar("_Moved", Repetition, Hold)
_CHANGING = {CorrectionKind.REJECTED, CorrectionKind.RELABELLED, CorrectionKind.ADDED}


@dataclass(frozen=True, slots=True)
class CountedSet:
    """A set with what counts of it now.

    Attributes
    ----------
    judged
        With what the machine said, and what a therapist has.
    repetitions, holds
        Those that are true, numbered in the order of time.
    """

    judged: JudgedSet
    repetitions: tuple[Repetition, ...]
    holds: tuple[Hold, ...]
    faults: tuple[Fault, ...]

    @property
    def record(self) -> SetRecord:
        """As the machine has judged it."""
        return self.judged.record

    @property
    def by_machine(self) -> Figures:
        """What the machine made of it."""
        return self.judged.by_machine

    @property
    def held_s(self) -> float:
        """Time inside the posture [s]."""
        return math.fsum(one.held_s for one in self.holds)

    @property
    def measured(self) -> tuple[Repetition, ...]:
        """The repetitions of which something known was read: those that were added have nothing."""
        return tuple(one for one in self.repetitions if one.measure in MEASURES)

    def figures(self, session_started: datetime, session_id: str) -> SetFigures:
        """Return it in figures, as the store would if the machine had judged it so."""
        now = replace(
            self.record, repetitions=self.repetitions, holds=self.holds, faults=self.faults
        )
        return figures_of(now, session_id, session_started)


def counted(judged: JudgedSet) -> CountedSet:
    """Return what counts of a set."""
    return CountedSet(
        judged,
        _numbered(_true(judged.repetitions)),
        _numbered(_true(judged.holds)),
        tuple(_true(judged.faults)),
    )


class Recounted:
    """Somebody's sets as they count now: those of sessions in which something is otherwise, anew.

    Parameters
    ----------
    person
        Whose sessions they are.
    exercises
        All that are known, by id.
    """

    def __init__(self, store: Store, person: str, exercises: Mapping[str, Exercise]) -> None:
        said = in_force(store.corrections_of(person))
        otherwise = dict.fromkeys(one.session_id for one in said if one.kind in _CHANGING)
        self._anew = {
            _place(one): one
            for session_id in otherwise
            for one in _figures_now(store, session_id, exercises)
        }

    def figures(self, sets: Sequence[SetFigures]) -> tuple[SetFigures, ...]:
        """Return figures of sets as they count now."""
        return tuple(self._anew.get(_place(one), one) for one in sets)


def _place(one: SetFigures) -> tuple[str, float, str]:
    return one.session_id, one.started_s, one.exercise


def _figures_now(
    store: Store, session_id: str, exercises: Mapping[str, Exercise]
) -> list[SetFigures]:
    record = store.session(session_id, poses=False)
    judged = judged_session(record, store.corrections(session_id), exercises).sets
    return [counted(one).figures(record.started, record.id) for one in judged]


def _true(judged: Sequence[Judged[_Value]]) -> list[_Value]:
    return [one.now for one in judged if one.counts]


def _numbered(movements: Sequence[_Moved]) -> tuple[_Moved, ...]:
    return tuple(replace(one, number=number) for number, one in enumerate(movements, start=1))
