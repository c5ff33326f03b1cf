"""A session as the machine judged it and as it is true, side by side, for tables and bundles."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from formcheck.analysis.events import Fault, Hold, Repetition
from formcheck.store import Correction, SessionRecord, SetRecord, Store

Status = Literal["machine", "accepted", "rejected", "relabelled", "added"]

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Judged(Generic[_Value]):
    """One repetition, hold or fault.

    Attributes
    ----------
    number
        Which one of its set, from 1, as the machine counted; None where somebody added it.
    by_machine
        As the machine judged it; None where it saw none.
    now
        As it is true; as the machine judged it, where it was rejected.
    status
        What became of it.
    comment
        What whoever corrected it wrote.
    """

    number: int | None
    by_machine: _Value | None
    now: _Value
    status: Status = "machine"
    comment: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is true."""
        return self.status != "rejected"


@dataclass(frozen=True, slots=True)
class Figures:
    """What a set comes to."""

    n_repetitions: int
    n_with_faults: int
    held_s: float
    n_faults: int


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """One set, with what the machine said and what is true."""

    record: SetRecord
    repetitions: tuple[Judged[Repetition], ...]
    holds: tuple[Judged[Hold], ...]
    faults: tuple[Judged[Fault], ...]
    by_machine: Figures
    now: Figures


@dataclass(frozen=True, slots=True)
class JudgedSession:
    """One session, with what somebody has said instead of the machine."""

    record: SessionRecord
    sets: tuple[JudgedSet, ...]
    corrections: tuple[Correction, ...]


def judged_session(store: Store, session_id: str) -> JudgedSession:
    """Return a session of the store, without the poses of its sets.

    Raises
    ------
    StoreError
        If there is none of this id.
    """
    record = store.session(session_id, poses=False)
    return JudgedSession(
        record, tuple(map(_judged_set, record.sets)), store.corrections(session_id)
    )


def _judged_set(record: SetRecord) -> JudgedSet:
    figures = Figures(
        len(record.repetitions),
        sum(bool(one.faults) for one in record.repetitions),
        sum(one.held_s for one in record.holds),
        len(record.faults),
    )
    return JudgedSet(
        record,
        tuple(_as_judged(record.repetitions)),
        tuple(_as_judged(record.holds)),
        tuple(_as_judged(record.faults)),
        figures,
        figures,
    )


def _as_judged(values: tuple[_Value, ...]) -> Iterator[Judged[_Value]]:
    return (Judged(number, one, one) for number, one in enumerate(values, start=1))
